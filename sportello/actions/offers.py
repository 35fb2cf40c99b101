"""Offers: written by the host, read by the desk, published, paused."""

from collections.abc import Mapping

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import permissions, tasks
from ..enums import MAX_SEATS, MIN_SEATS, Actor, OfferState
from ..errors import GuardRefused, NotPermitted, WrongState
from ..models import Host, Offer, Seat
from ..transitions import OFFER
from .common import after_commit, check_transition, require_actor, write_log
from .hosts import require_reason

_LISTS = ("skills", "goals")


def save_offer(host: Host, by, values: Mapping, offer: Offer | None = None) -> Offer:
    """Write an offer or change one that is not out yet; its seats follow the number asked for.

    Args:
        values: fields of `Offer` by name; `skills` and `goals` are lists of skills.

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
            offer = Offer(host=host, desk_id=host.desk_id)
        else:
            offer = Offer.objects.select_for_update().get(pk=offer.pk, host=host)
            if not offer.is_editable:
                raise WrongState(_("Questa offerta è già stata inviata: per cambiarla scrivi allo Sportello."))
        for name, value in values.items():
            if name not in _LISTS:
                setattr(offer, name, value)
        if offer.start_date > offer.end_date:
            raise GuardRefused(_("La data di fine viene prima di quella di inizio."), "dates")
        created = offer.pk is None
        offer.save()
        for name in _LISTS:
            if name in values:
                getattr(offer, name).set(values[name])
        offer.refresh_terms()
        _set_seats(offer)
        write_log(offer, "offer_created" if created else "offer_changed", by)
    return offer


def _set_seats(offer: Offer) -> None:
    """Make the seats 1..n exist; only offers that nobody has applied to get here, so seats may go too."""
    have = set(offer.seats.values_list("n", flat=True))
    want = set(range(1, offer.seats_count + 1))
    offer.seats.filter(n__in=have - want).delete()
    Seat.objects.bulk_create([Seat(offer=offer, n=n) for n in sorted(want - have)])


def _move(offer: Offer, target: str, by, log_action: str, *, reason: str = "", publishing: bool = False) -> Offer:
    """Lock an offer and change its state; `publishing` holds it to what the public may be shown."""
    actors = permissions.actors_on_offer(by, offer)
    require_actor(OFFER, target, actors)
    with transaction.atomic():
        # Host before offer: the order of locks is the same everywhere.
        host = (
            Host.objects.select_for_update().select_related("organisation").get(pk=offer.host_id)
            if publishing
            else None
        )
        offer = Offer.objects.select_for_update().get(pk=offer.pk)
        check_transition(OFFER, offer, target, actors)
        now = timezone.now()
        if target in (OfferState.IN_REVIEW, OfferState.PUBLISHED) and offer.end_date < timezone.localdate():
            raise GuardRefused(_("Le date dell'offerta sono già passate: aggiornale."), "dates_ahead")
        if host is not None and not host.may_publish:
            raise GuardRefused(
                _("Prima di pubblicare, verifica la realtà ospitante «%(host)s».") % {"host": host.organisation.name},
                "host_verified",
            )
        if target == OfferState.IN_REVIEW:
            offer.submitted_at = now
        if target == OfferState.PUBLISHED and offer.state == OfferState.IN_REVIEW:
            offer.published_at = now
        if Actor.DESK in actors and target in (OfferState.PUBLISHED, OfferState.RETURNED):
            offer.moderated_at, offer.moderated_by = now, by
        offer.state, offer.state_reason = target, reason
        offer.save()
        write_log(offer, log_action, by, **({"reason": reason} if reason else {}))
        sync_full(offer)
    return offer


def submit_offer(offer: Offer, by) -> Offer:
    """The host sends an offer to the desk, which reads it before it is public.

    Raises:
        NotPermitted, WrongState: see `actions.common`.
        GuardRefused: `dates_ahead`, the offer would already be over.
    """
    offer = _move(offer, OfferState.IN_REVIEW, by, "offer_submitted")
    after_commit(tasks.notify_about_offer, offer.pk, "offer_to_moderate")
    return offer


def publish_offer(offer: Offer, by) -> Offer:
    """The desk puts an offer before the public.

    Raises:
        NotPermitted, WrongState: see `actions.common`.
        GuardRefused: `host_verified` or `dates_ahead`.
    """
    offer = _move(offer, OfferState.PUBLISHED, by, "offer_published", publishing=True)
    after_commit(tasks.notify_about_offer, offer.pk, "offer_published")
    return offer


def return_offer(offer: Offer, by, reason: str) -> Offer:
    """The desk sends an offer back with what to correct.

    Raises:
        NotPermitted, WrongState: see `actions.common`.
        GuardRefused: `reason` is missing.
    """
    require_actor(OFFER, OfferState.RETURNED, permissions.actors_on_offer(by, offer))
    offer = _move(offer, OfferState.RETURNED, by, "offer_returned", reason=require_reason(reason))
    after_commit(tasks.notify_about_offer, offer.pk, "offer_returned")
    return offer


def pause_offer(offer: Offer, by) -> Offer:
    """Take an offer off the public list for a while; the applications it has go on."""
    return _move(offer, OfferState.PAUSED, by, "offer_paused")


def resume_offer(offer: Offer, by) -> Offer:
    """Put a paused offer back on the public list.

    Raises:
        GuardRefused: `host_verified` or `dates_ahead`.
    """
    if offer.state == OfferState.IN_REVIEW:
        # From there, only the desk publishes, and says so: `publish_offer`.
        raise WrongState(_("L'offerta è in controllo allo Sportello."))
    return _move(offer, OfferState.PUBLISHED, by, "offer_resumed", publishing=True)


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
