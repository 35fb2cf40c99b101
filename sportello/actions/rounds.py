"""Rounds: from the desk's idea to the end. One function for each change of state; all take the round's lock."""

import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import permissions, rounds, tasks_rounds
from ..enums import Actor, OfferState
from ..enums_rounds import LIVE_STATES, TOLD_STATES, RoundState
from ..errors import GuardRefused, NotPermitted, WrongState
from ..models import (
    Desk,
    MatchRound,
    Offer,
    RoundBand,
    RoundEvent,
    RoundOffer,
    RoundPair,
    RoundPerson,
    RoundResult,
)
from ..permissions_rounds import actors_on_round
from ..transitions import find
from ..transitions_rounds import ROUND
from .common import after_commit, check_transition, happens, require_actor
from .hosts import require_reason

SECOND_WIDER_PERCENT = 200
"""A second round looks twice as far (`sportello.matching.second_round.WIDER`)."""
REMINDED_BEFORE = timedelta(days=2)


def create_round(desk: Desk, values: Mapping, by, previous: MatchRound | None = None) -> MatchRound:
    """Prepare a round.

    Args:
        values: `name`, `intro`, `lists_open_at`, `lists_close_at`, `bands_close_at` and maybe `is_example`.

    Raises:
        NotPermitted: `by` does not work at the desk.
        GuardRefused: `dates`.
    """
    desk_ids = permissions.desks_of(by)
    if desk_ids is not None and desk.pk not in desk_ids:
        raise NotPermitted
    check_dates(values["lists_open_at"], values["lists_close_at"], values["bands_close_at"])
    with transaction.atomic():
        match_round = MatchRound.objects.create(
            desk=desk,
            previous=previous,
            number=previous.number + 1 if previous else 1,
            wider_percent=SECOND_WIDER_PERCENT if previous else 100,
            **values,
        )
        record(match_round, "created", Actor.DESK, by, to_state=RoundState.DRAFT)
    return match_round


def check_dates(lists_open_at: datetime, lists_close_at: datetime, bands_close_at: datetime) -> None:
    """Refuse dates that are not in order, saying which."""
    if lists_close_at <= lists_open_at:
        raise GuardRefused(_("Le liste devono chiudersi dopo l'apertura."), "lists_close_at")
    if bands_close_at < lists_close_at:
        raise GuardRefused(_("Le fasce si fanno dopo le liste: questa data viene prima."), "bands_close_at")


def choose_offers(match_round: MatchRound, offer_ids: Iterable[int], by) -> MatchRound:
    """Say which offers are in a round that is still being prepared; those not named leave it.

    Raises:
        WrongState: it has been opened.
        GuardRefused: `offers`, one of them is not published at this desk.
    """
    wanted = set(offer_ids)
    with transaction.atomic():
        match_round = lock(match_round, by)
        if match_round.state != RoundState.DRAFT:
            raise WrongState(_("La tornata è già aperta: le sue offerte non si cambiano più."))
        rows = Offer.objects.filter(pk__in=wanted, desk_id=match_round.desk_id, state=OfferState.PUBLISHED)
        known = set(rows.values_list("pk", flat=True))
        if known != wanted:
            raise GuardRefused(
                _("Una delle offerte scelte non è più pubblicata: ricarica la pagina e riprova."), "offers"
            )
        match_round.offers.exclude(offer__in=wanted).delete()
        there = set(match_round.offers.values_list("offer_id", flat=True))
        RoundOffer.objects.bulk_create(RoundOffer(round=match_round, offer_id=pk) for pk in sorted(wanted - there))
        record(match_round, "offers_chosen", Actor.DESK, by, reason=str(len(wanted)))
    return match_round


def open_round(match_round: MatchRound, by) -> MatchRound:
    """Let young people make their lists; the seed of the lottery is drawn and public from now on.

    Raises:
        NotPermitted, WrongState: see `actions.common`.
        GuardRefused: `has_offers` or `deadlines_ahead`.
    """
    with transaction.atomic():
        match_round, actor = begin(match_round, RoundState.OPEN, by)
        if not match_round.offers.exists():
            raise GuardRefused(_("Scegli prima le offerte della tornata."), "has_offers")
        if match_round.lists_close_at <= timezone.now():
            raise GuardRefused(_("La fine delle liste è già passata: cambia le date."), "deadlines_ahead")
        weights = rounds.weights_of(match_round)
        match_round.seed = secrets.token_hex(16)
        match_round.weights_version, match_round.weights_sha256 = weights.version, weights.sha256
        finish(match_round, RoundState.OPEN, actor, by)
        after_commit(tasks_rounds.tell_round, match_round.pk, "opened")
    return match_round


def change_deadlines(match_round: MatchRound, values: Mapping, by) -> MatchRound:
    """Move dates that have not passed yet. Once lists are open their end can only move ahead.

    Args:
        values: `lists_open_at`, `lists_close_at`, `bands_close_at`; those already passed must stay.

    Raises:
        WrongState: lists and bands are over.
        GuardRefused: `lists_open_at`, `lists_close_at` or `bands_close_at`, whichever is wrong.
    """
    with transaction.atomic():
        match_round = lock(match_round, by)
        if match_round.state not in (RoundState.DRAFT, RoundState.OPEN, RoundState.BANDS):
            raise WrongState(_("Le date di questa tornata non si cambiano più."))
        before = (match_round.lists_open_at, match_round.lists_close_at, match_round.bands_close_at)
        after = (values["lists_open_at"], values["lists_close_at"], values["bands_close_at"])
        check_dates(*after)
        if match_round.state != RoundState.DRAFT:
            _check_moved(match_round, before, after)
        match_round.lists_open_at, match_round.lists_close_at, match_round.bands_close_at = after
        match_round.save(update_fields=["lists_open_at", "lists_close_at", "bands_close_at"])
        if after != before:
            moved = [f"{timezone.localtime(one):%d/%m/%Y %H:%M}" for one in after[1:]]
            record(match_round, "deadlines_changed", Actor.DESK, by, reason=", ".join(moved))
    return match_round


def _check_moved(match_round: MatchRound, before: tuple, after: tuple) -> None:
    if after[0] != before[0]:
        raise GuardRefused(_("Le liste sono già aperte: l'inizio non si cambia."), "lists_open_at")
    if match_round.state == RoundState.BANDS and after[1] != before[1]:
        raise GuardRefused(_("Le liste sono già chiuse: questa data non si cambia."), "lists_close_at")
    if after[1] < before[1]:
        raise GuardRefused(
            _("Chi conta sulla data annunciata resterebbe fuori: si può solo dare più tempo."), "lists_close_at"
        )
    if after[2] <= timezone.now():
        raise GuardRefused(_("Questa data è già passata."), "bands_close_at")


def lists_are_over(match_round: MatchRound) -> bool:
    """Whether the time for the lists has passed: nobody shortens what was announced."""
    return match_round.lists_close_at <= timezone.now()


def bands_are_over(match_round: MatchRound) -> bool:
    """Whether the hosts' time has passed, or all of them have looked at their bands."""
    if match_round.bands_close_at <= timezone.now():
        return True
    return not RoundBand.objects.filter(person__round=match_round, band__isnull=False, source="draft").exists()


def close_lists(match_round: MatchRound, by=None) -> MatchRound:
    """Lists are over: draft the bands of every offer from the scores, and ask the hosts to look at them.

    Raises:
        GuardRefused: `lists_over`, there is still time.
    """
    with transaction.atomic():
        match_round, actor = begin(match_round, RoundState.BANDS, by)
        if not lists_are_over(match_round):
            raise GuardRefused(_("C'è ancora tempo per le liste: si chiudono da sole alla scadenza."), "lists_over")
        RoundBand.objects.bulk_create(rounds.drafted_bands(match_round), batch_size=500)
        finish(match_round, RoundState.BANDS, actor, by)
        after_commit(tasks_rounds.tell_round, match_round.pk, "bands")
    return match_round


def make_ready(match_round: MatchRound, by=None) -> MatchRound:
    """Hosts have had their time: from now on only the desk touches bands and pairs.

    Raises:
        GuardRefused: `bands_over`, hosts still have time and have not all saved their bands.
    """
    with transaction.atomic():
        match_round, actor = begin(match_round, RoundState.READY, by)
        if not bands_are_over(match_round):
            raise GuardRefused(
                _("Alcune realtà non hanno ancora guardato le loro fasce e hanno tempo: aspetta la scadenza."),
                "bands_over",
            )
        finish(match_round, RoundState.READY, actor, by)
    return match_round


def cancel_round(match_round: MatchRound, by, reason: str) -> MatchRound:
    """Give a round up before it is run; who made a list is told why.

    Raises:
        NotPermitted: `by` is not a supervisor.
        GuardRefused: `reason` is missing.
    """
    with transaction.atomic():
        match_round, actor = begin(match_round, RoundState.CANCELLED, by)
        match_round.state_reason = require_reason(reason)
        was_known = match_round.state in LIVE_STATES
        finish(match_round, RoundState.CANCELLED, actor, by, reason)
        if was_known:
            after_commit(tasks_rounds.tell_round, match_round.pk, "cancelled")
    return match_round


def close_round(match_round: MatchRound, by) -> MatchRound:
    """End a published round: no more seats are proposed from it."""
    with transaction.atomic():
        match_round, actor = begin(match_round, RoundState.CLOSED, by)
        finish(match_round, RoundState.CLOSED, actor, by)
    return match_round


def create_following(first: MatchRound, values: Mapping, by) -> MatchRound:
    """Prepare the round after a published one: who was left, the seats that were left, twice as far.

    Its offers are those with free seats today; pairs that were ruled out stay so. Whoever is left makes a new list.

    Raises:
        WrongState: the first has not been published, or has a following one already.
        GuardRefused: `nobody_left` or `has_offers`.
    """
    with transaction.atomic():
        first = lock(first, by)
        if first.state not in TOLD_STATES:
            raise WrongState(_("Prima si pubblica questa tornata, poi se ne prepara un'altra."))
        if MatchRound.objects.filter(previous=first).exists():
            raise WrongState(_("La seconda tornata c'è già."))
        left = RoundResult.objects.filter(round=first, round_offer__isnull=True).values("youth_id")
        if not left.exists():
            raise GuardRefused(_("Nessuno è rimasto senza proposta: una seconda tornata non serve."), "nobody_left")
        offers = [row.offer_id for row in first.offers.with_offers() if rounds.seats_of(row)]
        if not offers:
            raise GuardRefused(_("Non sono rimasti posti liberi."), "has_offers")
        following = create_round(first.desk, values, by, previous=first)
        new = {
            row.offer_id: row
            for row in RoundOffer.objects.bulk_create(RoundOffer(round=following, offer_id=pk) for pk in offers)
        }
        _copy_bans(first, following, new, by)
    return following


def _copy_bans(first: MatchRound, following: MatchRound, new: Mapping[int, RoundOffer], by) -> None:
    rows = RoundPair.objects.filter(
        person__round=first,
        kind="ban",
        person__youth__round_results__round=first,
        person__youth__round_results__round_offer__isnull=True,
        round_offer__offer__in=new,
    ).select_related("person", "round_offer")
    bans = list(rows.order_by("pk"))
    people = {
        row.youth_id: row
        for row in RoundPerson.objects.bulk_create(
            RoundPerson(round=following, youth_id=pk) for pk in sorted({ban.person.youth_id for ban in bans})
        )
    }
    RoundPair.objects.bulk_create(
        RoundPair(
            person=people[ban.person.youth_id],
            round_offer=new[ban.round_offer.offer_id],
            kind=ban.kind,
            reason=ban.reason,
            by=by,
        )
        for ban in bans
    )


def advance_due(now: datetime | None = None) -> int:
    """Close lists and bands whose time is over; return how many rounds moved. Run by a command every hour."""
    now = now or timezone.now()
    moved = 0
    for match_round in MatchRound.objects.filter(state=RoundState.OPEN, lists_close_at__lte=now).order_by("pk"):
        moved += happens(partial(close_lists, match_round), f"closing the lists of round {match_round.pk}")
    for match_round in MatchRound.objects.filter(state=RoundState.BANDS, bands_close_at__lte=now).order_by("pk"):
        moved += happens(partial(make_ready, match_round), f"closing the bands of round {match_round.pk}")
    return moved


def remind_due(now: datetime | None = None) -> int:
    """Once for each round, two days before its lists close, remind who has not saved one; return how many rounds."""
    now = now or timezone.now()
    soon = MatchRound.objects.filter(
        state=RoundState.OPEN, lists_close_at__gt=now, lists_close_at__lte=now + REMINDED_BEFORE, lists_open_at__lte=now
    ).exclude(events__verb="reminded")
    reminded = 0
    for match_round in soon.order_by("pk"):
        with transaction.atomic():
            match_round = MatchRound.objects.select_for_update().get(pk=match_round.pk)
            if match_round.events.filter(verb="reminded").exists():
                continue
            record(match_round, "reminded", Actor.SYSTEM, None)
            after_commit(tasks_rounds.tell_round, match_round.pk, "reminder")
            reminded += 1
    return reminded


def lock(match_round: MatchRound, by) -> MatchRound:
    """Lock a round for somebody of its desk; inside a transaction."""
    if Actor.DESK not in actors_on_round(by, match_round):
        raise NotPermitted
    return MatchRound.objects.select_for_update().get(pk=match_round.pk)


def begin(match_round: MatchRound, target: str, by) -> tuple[MatchRound, str]:
    """Lock a round that is about to change state, and say on whose behalf. The caller checks the other guards.

    Raises:
        NotPermitted: nobody like `by` may, or only a supervisor.
        WrongState: there is no such change from its state.
    """
    actors = actors_on_round(by, match_round)
    require_actor(ROUND, target, actors)
    match_round = MatchRound.objects.select_for_update().get(pk=match_round.pk)
    actor = check_transition(ROUND, match_round, target, actors)
    row = find(ROUND, match_round.state, target)
    if row and "supervisor" in row.guards and not permissions.supervises(by, match_round.desk_id):
        raise NotPermitted(_("Questo lo può fare solo chi supervisiona lo Sportello."))
    return match_round, actor


def finish(match_round: MatchRound, target: str, actor: str, by, reason: str = "") -> None:
    """Write the new state of a locked round, and its event."""
    source, match_round.state = match_round.state, target
    match_round.save()
    record(match_round, target, actor, by, from_state=source, to_state=target, reason=reason)


def record(match_round: MatchRound, verb: str, actor: str, by, **values) -> None:
    """Write down one thing that happened."""
    RoundEvent.objects.create(round=match_round, verb=verb, actor=actor, user=by, **values)
