"""Offers: written by the host, read by the desk, published, paused."""

from collections.abc import Callable, Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import permissions, rules, tasks, wizard
from ..enums import MAX_SEATS, MIN_SEATS, Actor, HostState, OfferState
from ..errors import GuardRefused, NotPermitted, WrongState
from ..models import Host, Offer, Seat
from ..transitions import OFFER, find
from .common import after_commit, check_transition, require_actor, write_log, wrong_state
from .hosts import require_reason

_LISTS = ("skills", "goals")


def save_offer(host: Host, by, values: Mapping, offer: Offer | None = None, step: str = "") -> Offer:
    """Write an offer or change one that is not out yet; its seats follow the number asked for.

    Args:
        values: fields of `Offer` by name; `skills` and `goals` are lists of skills.
        step: the step of the wizard that these values come from; without it they are the whole offer.

    Raises:
        NotPermitted: `by` does not act for the host.
        WrongState: the offer is at the desk or published.
        GuardRefused: `seats` or `dates`, when they make no sense.
    """
    if Actor.HOST not in permissions.actors_on_host(by, host):
        raise NotPermitted
    seats = values.get("seats_count", offer.seats_count if offer else 1)
    if not MIN_SEATS <= seats <= MAX_SEATS:
        raise GuardRefused(
            _("I posti vanno da %(least)s a %(most)s.") % {"least": MIN_SEATS, "most": MAX_SEATS}, "seats"
        )
    with transaction.atomic():
        if offer is None:
            start = wizard.suggestions(host, timezone.localdate()) if step else {}
            offer = Offer(host=host, desk_id=host.desk_id, **start)
        else:
            offer = Offer.objects.select_for_update().get(pk=offer.pk, host=host)
            if not offer.is_editable:
                raise WrongState(_("Questa offerta è già stata inviata: per cambiarla scrivi allo Sportello."))
        for name, value in values.items():
            if name not in _LISTS:
                setattr(offer, name, value)
        offer.steps_left = " ".join(key for key in wizard.steps_left(offer) if step and key != step)
        if offer.start_date > offer.end_date:
            raise GuardRefused(_("La data di fine viene prima di quella di inizio."), "dates")
        created = offer.pk is None
        offer.save()
        for name in _LISTS:
            if name in values:
                getattr(offer, name).set(values[name])
        offer.refresh_terms()
        set_seats(offer)
        write_log(offer, "offer_created" if created else "offer_changed", by)
    return offer


def set_seats(offer: Offer) -> None:
    """Make as many seats as the offer says: new ones get the lowest free numbers, free ones go from the highest.

    Seats that somebody has been offered or has accepted stay; the caller has seen to it that they are not too many.
    """
    numbers = dict(offer.seats.values_list("n", "pk"))
    extra = len(numbers) - offer.seats_count
    if extra > 0:
        free = list(Seat.objects.filter(offer=offer).free().order_by("-n").values_list("pk", flat=True)[:extra])
        Seat.objects.filter(pk__in=free).delete()
    else:
        missing = [n for n in range(MIN_SEATS, MAX_SEATS + 1) if n not in numbers][:-extra]
        Seat.objects.bulk_create([Seat(offer=offer, n=n) for n in missing])


def move_offer(
    offer: Offer,
    target: str,
    by,
    log_action: str,
    sources: tuple[str, ...] = (),
    *,
    reason: str = "",
    then: Callable[[Offer], object] | None = None,
) -> Offer:
    """Lock an offer and change its state: what every verb here and in `offer_life` does.

    Args:
        sources: the states from which this verb leads there; any that the table allows when not given.
        then: what goes with it, on the locked offer in its new state.

    Raises:
        NotPermitted, WrongState: see `actions.common`.
        GuardRefused: a guard of the table's row does not hold; its code is the guard's name.
    """
    actors = permissions.actors_on_offer(by, offer)
    require_actor(OFFER, target, actors)
    with transaction.atomic():
        # Host before offer: the order of locks is the same everywhere.
        host = (
            Host.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=offer.host_id)
            if target == OfferState.PUBLISHED
            else None
        )
        offer = Offer.objects.select_for_update(of=("self",)).select_related("municipality").get(pk=offer.pk)
        source = offer.state
        if sources and source not in sources:
            raise wrong_state(offer)
        actor = check_transition(OFFER, offer, target, actors)
        row = find(OFFER, source, target)
        _check_guards(row.guards if row else (), offer, host)
        offer.state, offer.state_reason = target, reason
        _stamp(offer, source, actor, by)
        offer.save()
        write_log(offer, log_action, by, **({"reason": reason} if reason else {}))
        if then is not None:
            then(offer)
        sync_full(offer)
    return offer


def _check_guards(guards: tuple[str, ...], offer: Offer, host: Host | None) -> None:
    if "complete" in guards and offer.steps_left:
        raise GuardRefused(_("L'offerta non è finita: completa i passi che mancano."), "complete")
    if "dates_ahead" in guards and offer.end_date < timezone.localdate():
        raise GuardRefused(_("Le date dell'offerta sono già passate: aggiornale."), "dates_ahead")
    if "host_signed" in guards and host is not None and not host.may_publish:
        raise _not_ready(host)
    if "rules_pass" in guards:
        problems = rules.problems_of(offer)
        if problems:
            raise GuardRefused(" ".join(str(problem.sentence) for problem in problems), "rules_pass")


def _not_ready(host: Host) -> GuardRefused:
    """Why nothing of a host may be before the public: not verified, or the pact is not signed."""
    values = {"host": host.organisation.name}
    if host.state == HostState.VERIFIED:
        return GuardRefused(
            _("«%(host)s» deve ancora firmare il Patto di corresponsabilità: prima non si pubblica.") % values,
            "host_signed",
        )
    return GuardRefused(_("Prima di pubblicare, verifica la realtà ospitante «%(host)s».") % values, "host_signed")


def _stamp(offer: Offer, source: str, actor: str, by) -> None:
    """Write down the day of a change on a locked offer, and who of the desk has read it."""
    now = timezone.now()
    if offer.state == OfferState.IN_REVIEW:
        offer.submitted_at = now
    elif offer.state == OfferState.CLOSED:
        offer.closed_at = now
    elif offer.state == OfferState.PUBLISHED:
        if source == OfferState.IN_REVIEW:
            offer.published_at = now
        if source == OfferState.IN_REVIEW or actor == Actor.HOST:
            offer.confirmed_at, offer.confirmation_asked_at = now, None
    if actor == Actor.DESK and offer.state in (OfferState.PUBLISHED, OfferState.RETURNED, OfferState.REFUSED):
        offer.moderated_at, offer.moderated_by = now, by


def submit_offer(offer: Offer, by) -> Offer:
    """The host sends an offer to the desk, which reads it before it is public.

    Raises:
        NotPermitted, WrongState: see `actions.common`.
        GuardRefused: `complete`, steps of it are missing; `dates_ahead`, it would already be over; `rules_pass`, it
            breaks the rules of its kind.
    """
    offer = move_offer(offer, OfferState.IN_REVIEW, by, "offer_submitted")
    after_commit(tasks.notify_about_offer, offer.pk, "offer_to_moderate")
    return offer


def publish_offer(offer: Offer, by) -> Offer:
    """The desk puts an offer that it has read before the public.

    Raises:
        NotPermitted, WrongState: see `actions.common`.
        GuardRefused: `host_signed`, `dates_ahead` or `rules_pass`.
    """
    offer = move_offer(offer, OfferState.PUBLISHED, by, "offer_published", (OfferState.IN_REVIEW,))
    after_commit(tasks.notify_about_offer, offer.pk, "offer_published")
    return offer


def return_offer(offer: Offer, by, reason: str) -> Offer:
    """The desk sends an offer back with what to correct.

    Raises:
        NotPermitted, WrongState: see `actions.common`.
        GuardRefused: `reason` is missing.
    """
    return _answer(offer, OfferState.RETURNED, by, reason, "offer_returned")


def refuse_offer(offer: Offer, by, reason: str) -> Offer:
    """The desk says that an offer cannot be published at all, and why.

    Raises:
        NotPermitted, WrongState: see `actions.common`.
        GuardRefused: `reason` is missing.
    """
    return _answer(offer, OfferState.REFUSED, by, reason, "offer_refused")


def _answer(offer: Offer, target: str, by, reason: str, name: str) -> Offer:
    require_actor(OFFER, target, permissions.actors_on_offer(by, offer))
    offer = move_offer(offer, target, by, name, reason=require_reason(reason))
    after_commit(tasks.notify_about_offer, offer.pk, name)
    return offer


def pause_offer(offer: Offer, by) -> Offer:
    """Take an offer off the public list for a while; the applications it has go on."""
    return move_offer(offer, OfferState.PAUSED, by, "offer_paused")


def resume_offer(offer: Offer, by) -> Offer:
    """Put a paused offer back on the public list.

    Raises:
        NotPermitted, WrongState: see `actions.common`.
        GuardRefused: `host_signed` or `dates_ahead`.
    """
    return move_offer(offer, OfferState.PUBLISHED, by, "offer_resumed", (OfferState.PAUSED,))


def sync_full(offer: Offer) -> None:
    """Mark a locked offer full when its last seat goes, and published again when one comes back."""
    if offer.state not in (OfferState.PUBLISHED, OfferState.FULL):
        return
    free = Seat.objects.filter(offer=offer).free().exists()
    target = OfferState.PUBLISHED if free else OfferState.FULL
    if offer.state != target:
        check_transition(OFFER, offer, target, frozenset({Actor.SYSTEM}))
        offer.state = target
        offer.save(update_fields=["state", "updated_at"])
        write_log(offer, "offer_full" if target == OfferState.FULL else "offer_seats_again", None)
