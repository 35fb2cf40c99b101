"""Rounds for tests, in any state; built in bulk, since what is tried is the round and not how offers are made."""

from datetime import timedelta

from django.utils import timezone

from sportello import rounds as reading
from sportello.actions import round_lists, round_runs, rounds
from sportello.enums import DeskRole
from sportello.enums_rounds import PairKind, RoundState, RunKind
from sportello.models import (
    Desk,
    DeskMembership,
    MatchRound,
    RoundBand,
    RoundChoice,
    RoundOffer,
    RoundPair,
    RoundPerson,
    RoundResult,
    YouthProfile,
)
from tests.factories.sportello import HostFactory, YouthFactory, make_offer, make_operator, operator_of

ORDER = (
    RoundState.OPEN, RoundState.BANDS, RoundState.READY, RoundState.RUN, RoundState.PUBLISHED, RoundState.CLOSED,
)  # fmt: skip


def supervisor_of(desk: Desk):
    """Somebody who supervises the desk, made if there is nobody yet."""
    row = DeskMembership.objects.working().filter(desk=desk, role=DeskRole.SUPERVISOR).select_related("user").first()
    return row.user if row else make_operator(desk, DeskRole.SUPERVISOR)


def round_values(**changes) -> dict:
    """What the desk writes in a round."""
    now = timezone.now()
    return {
        "name": "Estate in bottega",
        "intro": "",
        "lists_open_at": now - timedelta(days=1),
        "lists_close_at": now + timedelta(days=7),
        "bands_close_at": now + timedelta(days=14),
        **changes,
    }


def end_of(match_round: MatchRound, what: str) -> None:
    """Let the time for lists, or for bands, be over."""
    now = timezone.now()
    times = {"lists_open_at": now - timedelta(days=9), "lists_close_at": now - timedelta(days=2)}
    if what == "bands":
        times["bands_close_at"] = now - timedelta(days=1)
    MatchRound.objects.filter(pk=match_round.pk).update(**times)
    match_round.refresh_from_db()


def bring_to(match_round: MatchRound, state: str) -> MatchRound:
    """Take a round forward to a state, as its desk would."""
    operator, supervisor = operator_of(match_round.desk), supervisor_of(match_round.desk)
    steps = {
        RoundState.OPEN: lambda: rounds.open_round(match_round, operator),
        RoundState.BANDS: lambda: (end_of(match_round, "lists"), rounds.close_lists(match_round, operator)),
        RoundState.READY: lambda: (end_of(match_round, "bands"), rounds.make_ready(match_round, operator)),
        RoundState.RUN: lambda: round_runs.run_final(match_round, operator),
        RoundState.PUBLISHED: lambda: round_runs.publish(match_round, supervisor),
        RoundState.CLOSED: lambda: rounds.close_round(match_round, operator),
        RoundState.CANCELLED: lambda: rounds.cancel_round(match_round, supervisor, "Non ci sono abbastanza offerte."),
    }
    match_round.refresh_from_db()
    if state == RoundState.CANCELLED:
        steps[state]()
    elif state != RoundState.DRAFT:
        done = ORDER.index(match_round.state) + 1 if match_round.state in ORDER else 0
        for step in ORDER[done : ORDER.index(state) + 1]:
            steps[step]()
            match_round.refresh_from_db()
    match_round.refresh_from_db()
    return match_round


def make_round(state: str = RoundState.OPEN, *, offers: int = 2, seats: int = 1, host=None, **changes) -> MatchRound:
    """A round with so many offers of one host. To go past the lists give it some with `add_lists`, then `bring_to`."""
    host = host or HostFactory()
    operator = operator_of(host.desk)
    rows = [make_offer(host, seats_count=seats, title=f"Esperienza {n + 1}") for n in range(offers)]
    match_round = rounds.create_round(host.desk, round_values(**changes), operator)
    rounds.choose_offers(match_round, [row.pk for row in rows], operator)
    return bring_to(match_round, state)


def offers_of(match_round: MatchRound) -> list[RoundOffer]:
    """Its offers, in the order in which they were made."""
    return list(match_round.offers.select_related("offer__host", "round").order_by("pk"))


def add_list(match_round: MatchRound, *numbers: int, youth: YouthProfile | None = None, **changes) -> YouthProfile:
    """A young person of the desk with a list: numbers of offers from 0, the most wanted first."""
    youth = youth or YouthFactory(desk=match_round.desk, **changes)
    rows = offers_of(match_round)
    round_lists.save_list(match_round, youth, [rows[n].pk for n in numbers], youth.user, "So usare la pialla.")
    return youth


def published_round(offer, youth: YouthProfile, supervisor) -> MatchRound:
    """A published round with one offer, one person and one pair, straight as rows: for who only looks at it."""
    now = timezone.now()
    values = {
        "lists_open_at": now - timedelta(days=30),
        "lists_close_at": now - timedelta(days=20),
        "bands_close_at": now - timedelta(days=10),
    }
    match_round = MatchRound.objects.create(desk=offer.desk, name="Primavera", seed="seme", **values)
    row = RoundOffer.objects.create(round=match_round, offer=offer)
    person = RoundPerson.objects.create(round=match_round, youth=youth, saved_at=now)
    RoundChoice.objects.create(person=person, round_offer=row, rank=1)
    RoundBand.objects.create(person=person, round_offer=row, band=1)
    RoundPair.objects.create(person=person, round_offer=row, kind=PairKind.BAN, reason="Motivo.", by=supervisor)
    run = reading.new_run(match_round, reading.build_input(match_round), kind=RunKind.FINAL, by=supervisor)
    run.save()
    why = [{"offer": row.pk, "reason": "forbidden", "decided_by": None}]
    RoundResult.objects.create(round=match_round, run=run, youth=youth, why=why)
    MatchRound.objects.filter(pk=match_round.pk).update(
        state=RoundState.PUBLISHED, run=run, published_at=now, published_by=supervisor
    )
    match_round.refresh_from_db()
    return match_round
