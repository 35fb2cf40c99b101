"""What hosts and the desk say before a run: bands, pairs agreed on, pairs ruled out."""

from collections.abc import Mapping

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import permissions, rounds
from ..enums import Actor
from ..enums_rounds import BANDS_COUNT, BandSource, PairKind, RoundState
from ..errors import GuardRefused, NotPermitted, WrongState
from ..models import MatchRound, RoundBand, RoundOffer, RoundPair, RoundPerson, YouthProfile
from ..permissions_rounds import actors_on_round, why_not_in_rounds
from .hosts import require_reason
from .rounds import lock, record

PAIR_STATES = (RoundState.OPEN, RoundState.BANDS, RoundState.READY)
"""Pairs are agreed on or ruled out before the run."""


def set_bands(round_offer: RoundOffer, bands: Mapping[int, tuple[int | None, str]], by) -> int:
    """Put people into the bands of an offer; return how many changed place.

    Saving says that somebody has looked: also who stays where the draft had them is no longer a draft.

    Args:
        bands: by id of the person (`RoundPerson`), the band from 1 or None for out, and for who is out the reason.

    Raises:
        NotPermitted: `by` neither acts for the host nor works at the desk.
        WrongState: it is not the time: see `why_no_bands`.
        GuardRefused: `reason` is missing for who is out, `band` is unknown, `not_possible` for who cannot be let in.
    """
    source = _who(round_offer, by)
    with transaction.atomic():
        match_round = MatchRound.objects.select_for_update().get(pk=round_offer.round_id)
        why_not = why_no_bands(match_round, source)
        if why_not:
            raise WrongState(why_not)
        rows = RoundBand.objects.filter(round_offer=round_offer, person__in=bands).select_related("person")
        changed = []
        for row in rows.order_by("pk"):
            band, reason = bands[row.person_id]
            if band is not None and not 1 <= band <= BANDS_COUNT:
                raise GuardRefused(_("Questa fascia non esiste."), "band")
            if row.is_obstacle:
                # A rule keeps them out, nobody's judgement.
                if band is not None:
                    raise GuardRefused(row.reason, "not_possible")
                continue
            reason = "" if band is not None else _why_out(reason)
            changed.append((row, (row.band, row.reason) != (band, reason)))
            row.band, row.reason, row.source, row.updated_at = band, reason, source, timezone.now()
        RoundBand.objects.bulk_update(
            [row for row, _moved in changed], ["band", "reason", "source", "updated_at"], batch_size=200
        )
        moved = sum(moved for _row, moved in changed)
        actor = Actor.HOST if source == BandSource.HOST else Actor.DESK
        record(match_round, "bands_saved", actor, by, reason=f"{round_offer.offer.title}: {moved}")
    return moved


def _why_out(reason: str) -> str:
    reason = (reason or "").strip()
    if not reason:
        raise GuardRefused(_("Scrivi perché resta fuori: lo legge solo lo Sportello."), "reason")
    return reason[:300]


def _who(round_offer: RoundOffer, by) -> str:
    actors = permissions.actors_on_offer(by, round_offer.offer) if by is not None else frozenset()
    if Actor.HOST in actors:
        return BandSource.HOST
    if Actor.DESK in actors_on_round(by, round_offer.round):
        return BandSource.DESK
    raise NotPermitted


def why_no_bands(match_round: MatchRound, source: str) -> str:
    """Say why bands cannot be saved now by a host or by the desk; empty when they can."""
    if source == BandSource.DESK:
        if match_round.state in (RoundState.BANDS, RoundState.READY):
            return ""
        return str(_("Le fasce si fanno dopo la chiusura delle liste e prima dell'esecuzione."))
    if match_round.state == RoundState.OPEN:
        return str(_("Le liste sono ancora aperte: le fasce si fanno dopo."))
    if match_round.state != RoundState.BANDS or match_round.bands_close_at <= timezone.now():
        return str(_("Il tempo per le fasce è finito: se qualcosa non va, scrivi allo Sportello."))
    return ""


def add_pair(
    match_round: MatchRound, profile: YouthProfile, round_offer: RoundOffer, kind: str, reason: str, by
) -> RoundPair:
    """Agree on a pair, or rule it out, before the run.

    Raises:
        NotPermitted: `by` does not work at the desk.
        WrongState: the round has not been opened, or has been run.
        GuardRefused: `reason`, `may_take_part`, `not_possible`, `seat_free` or `pair_known`.
    """
    with transaction.atomic():
        match_round = lock(match_round, by)
        if match_round.state not in PAIR_STATES:
            raise WrongState(_("Le coppie si fissano o si escludono a tornata aperta e prima dell'esecuzione."))
        reason = require_reason(reason)[:300]
        if profile.desk_id != match_round.desk_id or round_offer.round_id != match_round.pk:
            raise NotPermitted
        why_not = why_not_in_rounds(profile)
        if why_not:
            raise GuardRefused(_("Questa persona non può partecipare: manca un permesso."), "may_take_part")
        if kind == PairKind.PIN:
            _check_pin(match_round, profile, round_offer)
        person, _created = RoundPerson.objects.get_or_create(round=match_round, youth=profile)
        try:
            with transaction.atomic():
                pair = RoundPair.objects.create(person=person, round_offer=round_offer, kind=kind, reason=reason, by=by)
        except IntegrityError as error:
            raise GuardRefused(
                _("C'è già una coppia per questa persona: toglila, poi riprova."), "pair_known"
            ) from error
        record(match_round, f"{kind}_added", Actor.DESK, by, reason=f"{_pair_words(pair)}: {reason}")
    return pair


def _check_pin(match_round: MatchRound, profile: YouthProfile, round_offer: RoundOffer) -> None:
    row = match_round.offers.with_offers().get(pk=round_offer.pk)
    row.round = match_round
    obstacles = rounds.obstacles_of(row, profile)
    if obstacles:
        raise GuardRefused(obstacles[0].sentence("it", "staff"), "not_possible")
    pinned = RoundPair.objects.filter(round_offer=round_offer, kind=PairKind.PIN).count()
    if pinned >= rounds.seats_of(row):
        raise GuardRefused(_("Questa offerta non ha un altro posto libero da fissare."), "seat_free")


def remove_pair(pair: RoundPair, by) -> None:
    """Take a pair back before the run; that it was there stays written.

    Raises:
        NotPermitted, WrongState: as `add_pair`.
    """
    with transaction.atomic():
        match_round = lock(pair.person.round, by)
        if match_round.state not in PAIR_STATES:
            raise WrongState(_("La tornata è già stata eseguita: le coppie non si cambiano."))
        record(match_round, f"{pair.kind}_removed", Actor.DESK, by, reason=f"{_pair_words(pair)}: {pair.reason}")
        pair.delete()


def _pair_words(pair: RoundPair) -> str:
    """The log outlives the people it speaks of: pseudonyms only."""
    return f"{pair.person.pseudonym}, {pair.round_offer.offer.title}"
