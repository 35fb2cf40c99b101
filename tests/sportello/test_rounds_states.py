"""Rounds: every state, actor and verb; what a guard says; what the clock does."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from sportello import rounds
from sportello.actions import round_runs
from sportello.actions import rounds as actions
from sportello.enums import Actor, OfferState
from sportello.enums_rounds import RoundState
from sportello.errors import ActionError, GuardRefused, WrongState
from sportello.models import (
    MatchRound,
    RoundBand,
    RoundEvent,
)
from sportello.transitions import find
from sportello.transitions_rounds import ROUND
from tests.factories.rounds import add_list, bring_to, end_of, make_round, round_values, supervisor_of
from tests.factories.sportello import (
    HostFactory,
    UserFactory,
    YouthFactory,
    make_offer,
    operator_of,
    owner_of,
)

pytestmark = pytest.mark.django_db
R = RoundState


VERBS = {
    R.OPEN: actions.open_round,
    R.BANDS: actions.close_lists,
    R.RUN: round_runs.run_final,
    R.PUBLISHED: round_runs.publish,
    R.CLOSED: actions.close_round,
    R.CANCELLED: lambda row, by: actions.cancel_round(row, by, "Non ci sono abbastanza offerte."),
}


def test_the_table_is_what_happens():
    """Every state x actor x verb. What is tried is undone, what happens is what the table and its guards allow."""
    match_round = make_round(R.OPEN)
    youth = add_list(match_round, 0, 1)
    bring_to(match_round, R.RUN)
    run = match_round.run
    desk = match_round.desk
    people = {
        "operator": operator_of(desk),
        "supervisor": supervisor_of(desk),
        "system": None,
        "youth": youth.user,
        "host": owner_of(match_round.offers.first().offer.host),
        "other desk": operator_of(HostFactory().desk),
        "stranger": UserFactory(),
    }
    ready = lambda row, by: (  # noqa: E731  two rows of the table end there: one closes the bands, one reopens
        round_runs.reopen(row, by, "Manca un posto.") if row.state == R.RUN else actions.make_ready(row, by)
    )
    for state in R.values:
        given = {
            "state": state,
            "run": run if state in (R.RUN, R.PUBLISHED, R.CLOSED) else None,
            "published_at": timezone.now() if state in (R.PUBLISHED, R.CLOSED) else None,
            "published_by": people["supervisor"] if state in (R.PUBLISHED, R.CLOSED) else None,
            "state_reason": "Motivo." if state == R.CANCELLED else "",
            # Time is over for lists and bands, save for who still has to open.
            "lists_close_at": timezone.now() + timedelta(days=1 if state == R.DRAFT else -2),
            "bands_close_at": timezone.now() + timedelta(days=2 if state == R.DRAFT else -1),
        }
        RoundBand.objects.all().delete()
        if state not in (R.DRAFT, R.OPEN):
            RoundBand.objects.bulk_create(rounds.drafted_bands(match_round))
        MatchRound.objects.filter(pk=match_round.pk).update(**given)
        match_round.refresh_from_db()
        for name, user in people.items():
            for target, verb in {**VERBS, R.READY: ready}.items():
                row = find(ROUND, state, target)
                actor = {"operator": Actor.DESK, "supervisor": Actor.DESK, "system": Actor.SYSTEM}.get(name)
                expected = row is not None and actor in row.actors
                if expected and "supervisor" in row.guards:
                    expected = name == "supervisor"
                events = RoundEvent.objects.count()
                sid = transaction.savepoint()
                try:
                    verb(MatchRound.objects.get(pk=match_round.pk), user)
                    done = True
                except ActionError:
                    done = False
                left = MatchRound.objects.get(pk=match_round.pk).state
                added = RoundEvent.objects.count() - events
                transaction.savepoint_rollback(sid)
                assert done == expected, f"{state} -> {target} by {name}: {'happened' if done else 'refused'}"
                assert left == (target if expected else state)
                assert added == (1 if expected else 0)


def test_guards_say_why():
    host = HostFactory()
    operator = operator_of(host.desk)
    with pytest.raises(GuardRefused, match="dopo l'apertura") as refused:
        actions.create_round(host.desk, round_values(lists_close_at=timezone.now() - timedelta(days=3)), operator)
    assert refused.value.code == "lists_close_at"
    match_round = actions.create_round(host.desk, round_values(), operator)
    with pytest.raises(GuardRefused, match="Scegli prima le offerte"):
        actions.open_round(match_round, operator)
    with pytest.raises(GuardRefused, match="non è più pubblicata"):
        actions.choose_offers(match_round, [make_offer(host, state=OfferState.DRAFT).pk], operator)
    with pytest.raises(GuardRefused, match="non è più pubblicata"):
        actions.choose_offers(match_round, [make_offer().pk], operator)
    actions.choose_offers(match_round, [make_offer(host).pk], operator)
    match_round = actions.open_round(match_round, operator)
    assert len(match_round.seed) == 32
    assert match_round.weights_sha256
    with pytest.raises(GuardRefused, match="ancora tempo per le liste"):
        actions.close_lists(match_round, operator)
    with pytest.raises(WrongState, match="non si cambiano più"):
        actions.choose_offers(match_round, [], operator)
    sooner = {
        "lists_open_at": match_round.lists_open_at,
        "lists_close_at": match_round.lists_close_at - timedelta(days=2),
        "bands_close_at": match_round.bands_close_at,
    }
    with pytest.raises(GuardRefused, match="solo dare più tempo"):
        actions.change_deadlines(match_round, sooner, operator)
    actions.change_deadlines(match_round, {**sooner, "lists_close_at": match_round.bands_close_at}, operator)
    bring_to(match_round, R.READY)
    with pytest.raises(GuardRefused, match="Nessuno ha ancora salvato"):
        round_runs.run_final(match_round, operator)


def test_the_clock_closes_lists_and_bands_and_reminds_once(django_capture_on_commit_callbacks, mailoutbox):
    match_round = make_round(offers=1)
    saved, late = add_list(match_round, 0), YouthFactory(desk=match_round.desk)
    assert actions.advance_due() == 0
    soon = timezone.now() + timedelta(hours=30)
    MatchRound.objects.filter(pk=match_round.pk).update(lists_close_at=soon)
    for times in (1, 0):
        with django_capture_on_commit_callbacks(execute=True):
            assert actions.remind_due() == times
    assert [letter.to for letter in mailoutbox] == [[late.user.email]]
    end_of(match_round, "bands")
    assert actions.advance_due() == 2
    match_round.refresh_from_db()
    assert match_round.state == R.READY
    assert [event.actor for event in match_round.events.order_by("pk")][-2:] == [Actor.SYSTEM, Actor.SYSTEM]
    assert saved.in_rounds.get().bands.count() == 1
