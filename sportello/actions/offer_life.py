"""What becomes of an offer once it is out: reconfirmed or stale, suspended, closed; its places; copies of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from .. import permissions, rules, tasks
from ..enums import (
    MAX_SEATS,
    MIN_SEATS,
    RECONFIRM_AFTER_DAYS,
    RECONFIRM_NOTICE_DAYS,
    SEATED_STATES,
    Actor,
    OfferState,
)
from ..errors import GuardRefused, NotPermitted, WrongState
from ..models import Application, Offer
from ..transitions import OFFER
from ..wizard import all_steps
from .applications_host import close_for_offer
from .applications_machine import move_up
from .common import after_commit, happens, require_actor, write_log, wrong_state
from .hosts import require_reason
from .locks import lock_hosts
from .offers import move_offer, set_seats, sync_full

O = OfferState  # noqa: E741  as in the transition table
WITH_SEATS = (O.PUBLISHED, O.PAUSED, O.FULL, O.STALE)
"""States in which places may be added or taken away; before, they are part of what is written."""


def confirm_offer(offer: Offer, by) -> Offer:
    """The host says that a published offer still stands, or puts a stale one back on the list.

    Raises:
        NotPermitted, WrongState: see `actions.common`.
        GuardRefused: `host_signed` or `dates_ahead`, for a stale one.
    """
    if Actor.HOST not in permissions.actors_on_offer(by, offer):
        raise NotPermitted
    with transaction.atomic():
        # Read under lock: it may turn stale at this very moment.
        state = Offer.objects.select_for_update().values_list("state", flat=True).get(pk=offer.pk)
        if state != O.STALE:
            locked = Offer.objects.get(pk=offer.pk)
            if state not in (O.PUBLISHED, O.FULL):
                raise wrong_state(locked)
            locked.confirmed_at, locked.confirmation_asked_at = timezone.now(), None
            locked.save(update_fields=["confirmed_at", "confirmation_asked_at", "updated_at"])
            write_log(locked, "offer_confirmed", by)
            return locked
    return move_offer(offer, O.PUBLISHED, by, "offer_confirmed", (O.STALE,))


def suspend_offer(offer: Offer, by, reason: str) -> Offer:
    """The desk takes an offer off the portal until something is cleared up; its applications wait.

    Raises:
        NotPermitted, WrongState: see `actions.common`.
        GuardRefused: `reason` is missing.
    """
    require_actor(OFFER, O.SUSPENDED, permissions.actors_on_offer(by, offer))
    offer = move_offer(offer, O.SUSPENDED, by, "offer_suspended", reason=require_reason(reason))
    after_commit(tasks.notify_about_offer, offer.pk, "offer_suspended")
    return offer


def reinstate_offer(offer: Offer, by) -> Offer:
    """The desk puts a suspended offer back before the public.

    Raises:
        NotPermitted, WrongState: see `actions.common`.
        GuardRefused: `host_signed` or `dates_ahead`.
    """
    offer = move_offer(offer, O.PUBLISHED, by, "offer_reinstated", (O.SUSPENDED,), then=move_up)
    after_commit(tasks.notify_about_offer, offer.pk, "offer_reinstated")
    return offer


def close_offer(offer: Offer, by, reason: str = "") -> Offer:
    """End an offer: nobody can apply any more, and who still waited for an answer gets a courteous one.

    Places already offered or accepted stay as they are.

    Args:
        by: the host, the desk, or None for the system, when its dates are over.
        reason: why, for the log of the applications; young people do not read it.

    Raises:
        NotPermitted, WrongState: see `actions.common`.
    """

    def end(locked: Offer) -> None:
        close_for_offer(locked, by, reason)

    return move_offer(offer, O.CLOSED, by, "offer_closed", reason=reason.strip(), then=end)


def change_seats(offer: Offer, by, seats: int) -> Offer:
    """Add places to an offer that is out, or take free ones away.

    Places that come are offered at once to who waits in line for one.

    Raises:
        NotPermitted: `by` is neither the host nor the desk.
        WrongState: the offer is not out.
        GuardRefused: `seats` (too few, too many, or fewer than are offered and accepted) or `rules_pass` (more than
            the rule of its kind lets this host have).
    """
    if not permissions.actors_on_offer(by, offer) & {Actor.HOST, Actor.DESK}:
        raise NotPermitted
    with transaction.atomic():
        lock_hosts([offer.host_id])
        offer = Offer.objects.select_for_update(of=("self",)).select_related("host", "municipality").get(pk=offer.pk)
        if offer.state not in WITH_SEATS:
            raise wrong_state(offer)
        before, offer.seats_count = offer.seats_count, seats
        _check_seats(offer, before)
        if seats == before:
            return offer
        set_seats(offer)
        offer.save(update_fields=["seats_count", "updated_at"])
        write_log(offer, "offer_seats_changed", by, before=before, after=seats)
        move_up(offer)
        sync_full(offer)
    return offer


def _check_seats(offer: Offer, before: int) -> None:
    seats = offer.seats_count
    if not MIN_SEATS <= seats <= MAX_SEATS:
        raise GuardRefused(
            _("I posti vanno da %(least)s a %(most)s.") % {"least": MIN_SEATS, "most": MAX_SEATS}, "seats"
        )
    given = Application.objects.filter(offer=offer, state__in=SEATED_STATES).count()
    if seats < given:
        raise GuardRefused(
            ngettext(
                "%(given)s posto è già offerto o accettato: non puoi scendere sotto.",
                "%(given)s posti sono già offerti o accettati: non puoi scendere sotto.",
                given,
            )
            % {"given": given},
            "seats",
        )
    if seats > before:
        for problem in rules.problems_of(offer):
            if problem.field in ("seats_count", "host"):
                raise GuardRefused(problem.sentence, "rules_pass")


_COPIED = (
    "title", "summary", "kind", "sector_id", "tasks", "learning", "study_paths", "schedule", "weekly_hours",
    "start_date", "end_date", "duration_weeks", "municipality_id", "address", "remote", "indemnity", "hazards",
    "minimum_age", "maximum_age", "tutor_name", "seats_count",
)  # fmt: skip


def duplicate_offer(offer: Offer, by) -> Offer:
    """Make a draft with the same words, for another time; its dates have to be looked at again.

    Raises:
        NotPermitted: `by` does not act for the host.
    """
    if Actor.HOST not in permissions.actors_on_offer(by, offer):
        raise NotPermitted
    with transaction.atomic():
        copy = Offer(host_id=offer.host_id, desk_id=offer.desk_id, **{name: getattr(offer, name) for name in _COPIED})
        # What was never finished stays to be done; when it takes place is always asked again.
        left = {*offer.steps_left.split(), "quando"}
        copy.steps_left = " ".join(step for step in all_steps() if step in left)
        copy.save()
        copy.skills.set(offer.skills.all())
        copy.goals.set(offer.goals.all())
        copy.refresh_terms()
        set_seats(copy)
        write_log(copy, "offer_duplicated", by, source=offer.pk)
    return copy


def delete_draft(offer: Offer, by) -> None:
    """Throw away a draft that the desk has never seen.

    Raises:
        NotPermitted: `by` does not act for the host.
        WrongState: it has been sent once.
    """
    if Actor.HOST not in permissions.actors_on_offer(by, offer):
        raise NotPermitted
    with transaction.atomic():
        offer = Offer.objects.select_for_update().get(pk=offer.pk)
        if offer.state != O.DRAFT or offer.submitted_at is not None:
            raise wrong_state(offer)
        offer.delete()


@dataclass(frozen=True, slots=True)
class Tended:
    """How many offers a run of `tend_offers` asked about, took off the list and closed."""

    asked: int = 0
    stale: int = 0
    closed: int = 0


def tend_offers(now: datetime | None = None) -> Tended:
    """Do what time does to offers. Twice in a row the second run does nothing; late, nobody loses their notice.

    Ask hosts whether a published offer still stands, a week before its ninety days are over; take it off the list
    when they are, but never sooner than a week after asking; close what is over.
    """
    now = now or timezone.now()
    rows = Offer.objects.select_related("host")
    closed = _each(rows.over(timezone.localdate(now)), lambda offer: close_offer(offer, None))
    stale = _each(rows.not_reconfirmed(now), lambda offer: _turn_stale(offer, now))
    asked = _each(rows.to_reconfirm(now), lambda offer: _ask(offer, now))
    return Tended(asked, stale, closed)


def _each(offers, verb) -> int:
    return sum(happens(partial(verb, offer), f"what time does to offer {offer.pk}") for offer in offers)


def _ask(offer: Offer, now: datetime) -> None:
    with transaction.atomic():
        offer = Offer.objects.select_for_update().get(pk=offer.pk)
        if not Offer.objects.to_reconfirm(now).filter(pk=offer.pk).exists():
            raise wrong_state(offer)
        offer.confirmation_asked_at = now
        offer.save(update_fields=["confirmation_asked_at"])
        after_commit(tasks.notify_about_offer, offer.pk, "offer_to_reconfirm")


def _turn_stale(offer: Offer, now: datetime) -> None:
    def check(locked: Offer) -> None:
        asked = locked.confirmation_asked_at
        if asked is None or asked > now - timedelta(days=RECONFIRM_NOTICE_DAYS):
            raise WrongState(_("L'offerta è stata riconfermata."))

    offer = move_offer(offer, O.STALE, None, "offer_stale", then=check)
    after_commit(tasks.notify_about_offer, offer.pk, "offer_stale")


def stale_on(offer: Offer) -> datetime | None:
    """The moment when an offer leaves the list unless somebody reconfirms it; None if it is not asked for yet."""
    last = offer.confirmed_at or offer.published_at
    if last is None or offer.confirmation_asked_at is None:
        return None
    return max(
        last + timedelta(days=RECONFIRM_AFTER_DAYS),
        offer.confirmation_asked_at + timedelta(days=RECONFIRM_NOTICE_DAYS),
    )
