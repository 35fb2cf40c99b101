"""Running a round, publishing what came out, proposing the seats."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sportello.matching import RoundInput, RoundInputError, RoundOutcome

from .. import rounds, tasks_rounds
from ..enums import Actor, ApplicationState
from ..enums_rounds import RoundState, RunKind
from ..errors import ActionError, GuardRefused, NotPermitted, WrongState
from ..models import (
    Application,
    MatchRound,
    RoundOffer,
    RoundPerson,
    RoundResult,
    RoundRun,
    RoundSending,
    Seat,
)
from ..permissions_rounds import actors_on_round, why_none_in_rounds
from . import applications, applications_host
from .common import after_commit, silently
from .hosts import require_reason
from .locks import lock_hosts
from .rounds import begin, finish, lock, record

DRY_STATES = (RoundState.OPEN, RoundState.BANDS, RoundState.READY, RoundState.RUN)
A = ApplicationState


def dry_run(match_round: MatchRound, by, what_if: rounds.WhatIf | None = None, label: str = "") -> RoundRun:
    """Try a run, maybe with something changed. Nothing comes of it but the figures.

    Raises:
        WrongState: the round is not open yet, or over.
        GuardRefused: `has_lists` or `input`.
    """
    with transaction.atomic():
        match_round = lock(match_round, by)
        if match_round.state not in DRY_STATES:
            raise WrongState(_("Le prove si fanno a tornata aperta e prima della pubblicazione."))
        given = _input(match_round, what_if)
        run = rounds.new_run(match_round, given, kind=RunKind.DRY, label=label[:300], by=by)
        run.save()
    return run


def run_final(match_round: MatchRound, by) -> RoundRun:
    """Run the round as it is. Nobody is told until a supervisor publishes it.

    Raises:
        NotPermitted, WrongState: see `actions.common`.
        GuardRefused: `has_lists` or `input`.
    """
    with transaction.atomic():
        match_round, actor = begin(match_round, RoundState.RUN, by)
        run = rounds.new_run(match_round, _input(match_round), kind=RunKind.FINAL, by=by)
        run.save()
        match_round.run = run
        finish(match_round, RoundState.RUN, actor, by, f"{run} · {run.input_sha256}")
    return run


def _input(match_round: MatchRound, what_if: rounds.WhatIf | None = None) -> RoundInput:
    try:
        given = rounds.build_input(match_round, what_if)
    except RoundInputError as error:
        raise GuardRefused(
            _("Ci sono più coppie già concordate che posti: togline una, poi riprova."), "input"
        ) from error
    if not given.choices and not given.pinned:
        raise GuardRefused(_("Nessuno ha ancora salvato una lista: non c'è nulla da eseguire."), "has_lists")
    return given


def reopen(match_round: MatchRound, by, reason: str) -> MatchRound:
    """Go back before a run that has not been published, to change its input; the run stays on record.

    Raises:
        GuardRefused: `reason` is missing.
    """
    with transaction.atomic():
        match_round, actor = begin(match_round, RoundState.READY, by)
        match_round.run = None
        finish(match_round, RoundState.READY, actor, by, require_reason(reason))
    return match_round


def publish(match_round: MatchRound, by) -> MatchRound:
    """Tell everyone: write a result for each person, for good.

    Raises:
        NotPermitted: `by` is not a supervisor.
        WrongState: somebody published it first, or it has been reopened.
        GuardRefused: `consents_hold` or `seats_still_free`: the world has changed since the run, run it again.
    """
    with transaction.atomic():
        match_round, actor = begin(match_round, RoundState.PUBLISHED, by)
        run = match_round.run
        if run is None:
            raise RoundRun.DoesNotExist
        given, outcome = rounds.outcome_of(run)
        people = _people(match_round, given)
        seats = _seats(match_round, outcome)
        RoundResult.objects.bulk_create(_results(match_round, run, given, outcome, people, seats), batch_size=500)
        match_round.published_at, match_round.published_by = timezone.now(), by
        finish(match_round, RoundState.PUBLISHED, actor, by, run.output_sha256)
        after_commit(tasks_rounds.tell_round, match_round.pk, "published")
    return match_round


def _people(match_round: MatchRound, given: RoundInput) -> dict[str, RoundPerson]:
    rows = RoundPerson.objects.filter(round=match_round).select_related("youth__user", "youth__home", "youth__desk")
    names = given.choices.keys() | {name for name, _offer in given.pinned}
    people = {row.pseudonym: row for row in rows if row.pseudonym in names}
    if why_none_in_rounds(row.youth for row in people.values()):
        raise GuardRefused(
            _("Nel frattempo qualcuno ha ritirato il permesso: riapri la tornata ed eseguila di nuovo."),
            "consents_hold",
        )
    return people


def _seats(match_round: MatchRound, outcome: RoundOutcome) -> dict[str, tuple[RoundOffer, list[Seat]]]:
    """Return the free seats of each offer, lowest number first; enough for whom the run gave one. Four queries."""
    rows = {row.pseudonym: row for row in match_round.offers.with_offers()}
    free: dict[int, list[Seat]] = {}
    for seat in Seat.objects.filter(offer__in_rounds__round=match_round).free().order_by("offer_id", "n"):
        free.setdefault(seat.offer_id, []).append(seat)
    found = {name: (row, free.get(row.offer_id, []) if rounds.seats_of(row) else []) for name, row in rows.items()}
    needed: dict[str, int] = {}
    for got in outcome.assigned.values():
        needed[got.offer] = needed.get(got.offer, 0) + 1
    if any(len(found[name][1]) < count for name, count in needed.items()):
        raise GuardRefused(
            _("Dopo l'esecuzione alcuni posti sono stati dati per altre vie: riapri la tornata ed eseguila di nuovo."),
            "seats_still_free",
        )
    return found


def _results(match_round, run, given, outcome, people, seats):
    pinned = dict(given.pinned)
    ids = {name: row.pk for name, (row, _seats) in seats.items()}
    for name in sorted(people):
        got = outcome.assigned.get(name)
        row, free = seats[got.offer] if got else (None, [])
        yield RoundResult(
            round=match_round,
            run=run,
            youth_id=people[name].youth_id,
            round_offer=row,
            seat=free.pop(0) if got else None,
            rank=got.rank if got else None,
            pinned=name in pinned,
            why=[
                {"offer": ids[refusal.offer], "reason": refusal.reason, "decided_by": refusal.decided_by}
                for refusal in outcome.preferred(name)
            ],
        )


def send_seats(match_round: MatchRound, by) -> list[RoundSending]:
    """Propose every seat of a published round through the normal states of applications, one by one.

    What is refused is written with the reason and can be tried again; what has been done is not done twice.

    Raises:
        NotPermitted: `by` does not work at the desk.
        WrongState: the round is not published, or closed.
    """
    if Actor.DESK not in actors_on_round(by, match_round):
        raise NotPermitted
    match_round.refresh_from_db(fields=["state"])
    if match_round.state != RoundState.PUBLISHED:
        raise WrongState(_("I posti si propongono dopo la pubblicazione e prima della chiusura."))
    to_send = unsent(match_round)
    done = [sending for result in to_send if (sending := _send(result, by))]
    if done:
        worked = sum(1 for sending in done if sending.application_id)
        record(match_round, "seats_sent", Actor.DESK, by, reason=f"{worked}/{len(done)}")
    return done


def unsent(match_round: MatchRound) -> list[RoundResult]:
    """Return the results whose seat has not been proposed yet. One query."""
    rows = RoundResult.objects.filter(round=match_round, round_offer__isnull=False)
    rows = rows.exclude(sendings__application__isnull=False)
    return list(rows.select_related("round", "round_offer__offer", "youth__user").order_by("pk"))


def _send(result: RoundResult, by) -> RoundSending | None:
    try:
        with transaction.atomic():
            RoundResult.objects.select_for_update().get(pk=result.pk)
            if RoundSending.objects.filter(result=result, application__isnull=False).exists():
                return None
            if result.round_offer is not None:
                # Sending locks the person, giving the seat the host: hosts come first.
                lock_hosts([result.round_offer.offer.host_id])
            application = _application(result, by)
            application = applications_host.offer_seat(application, by)
            return RoundSending.objects.create(result=result, application=application, by=by)
    except ActionError as error:
        return RoundSending.objects.create(
            result=result, code=error.code[:40], message=str(_DESK_WORDS.get(error.code, error)), by=by
        )


def _application(result: RoundResult, by) -> Application:
    """Return the candidature that the seat goes to: the one there is, or one sent by the desk."""
    if result.round_offer is None:
        raise ValueError("This result gives no seat.")
    offer = result.round_offer.offer
    there = Application.objects.filter(youth=result.youth, offer=offer).select_related("youth", "offer")
    waiting = there.filter(state__in=(A.SUBMITTED, A.SHORTLISTED, A.IN_REVIEW)).order_by("pk").first()
    if waiting is not None:
        return waiting
    person = RoundPerson.objects.get(round=result.round_id, youth=result.youth)
    motivation = person.motivation or str(
        _("Candidatura nata dalla tornata «%(round)s».") % {"round": result.round.name}
    )
    # One letter is enough: the one that says that a seat is theirs.
    with silently():
        return applications.apply(result.youth, offer, motivation, by, wider=result.round.wider)


_DESK_WORDS = {
    "profile_complete": _("Il profilo non è completo: aiuta la persona a completarlo, poi riprova."),
    "already_applied": _("C'è già una candidatura chiusa a questa offerta: riaprila dalla sua scheda."),
    "fewer_than_five_open": _("Ha già il massimo di candidature aperte: deve ritirarne una."),
    "offer_open": _("L'offerta non è pubblicata: parlane con la realtà."),
    "wrong_state": _("La candidatura aspetta un controllo o è già andata avanti: guarda la sua scheda."),
}
