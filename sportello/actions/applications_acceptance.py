"""The young person takes the offered seat and a placement begins; or it is called off before its first day.

Locks and what every change shares are in `applications_machine`.
"""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import calendar, consents, permissions
from ..application_enums import NOT_STARTED_STATES
from ..enums import OPEN_STATES, Actor, ApplicationState, PlacementState
from ..errors import GuardRefused
from ..models import Application, Offer, Placement, YouthProfile
from ..transitions import APPLICATION, find
from .applications_machine import (
    SYSTEM,
    Words,
    change,
    free_seat,
    is_busy,
    move,
    require_not_suspended,
    settle_offers,
    settled_days,
    tell,
)
from .common import check_transition, require_actor
from .hosts import require_reason
from .locks import lock_applications, lock_person

S = ApplicationState


def accept(application: Application, by) -> Placement:
    """The young person takes the seat: a placement begins, and candidatures for the same days are closed.

    Raises:
        NotPermitted, WrongState: see `actions.common`.
        GuardRefused: `suspended` (the desk clears something up), `still_held` (too late), `no_overlap` (another
            placement on the same days) or `consent_…` (see `sportello.consents`).
    """
    actors = permissions.actors_on_application(by, application)
    require_actor(APPLICATION, S.ACCEPTED, actors)
    with transaction.atomic():
        youth = lock_person(application.youth_id)
        application = Application.objects.get(pk=application.pk)
        locked = lock_applications([application.pk, *(other.pk for other in closed_by_accepting(application))])
        mine = locked.pop(application.pk)
        check_transition(APPLICATION, mine, S.ACCEPTED, actors)
        require_not_suspended(mine)
        if mine.expires_at is None or mine.expires_at <= timezone.now():
            raise GuardRefused(
                _("Il tempo per rispondere è finito: scrivi allo Sportello, vediamo che cosa si può fare."),
                "still_held",
            )
        start, end = settled_days(mine)
        if is_busy(youth.pk, start, end):
            raise GuardRefused(_("In quei giorni hai già un percorso."), "no_overlap")
        consents.require_to_accept(mine, start)
        move(mine, S.ACCEPTED, actors, by)
        placement = _begin_placement(mine, youth, start, end)
        # Who closes an offer ends its applications without this person's lock: some may be closed by now.
        others = [other for other in locked.values() if find(APPLICATION, other.state, S.SUPERSEDED)]
        for other in others:
            seen_by_host = other.state != S.IN_REVIEW
            move(other, S.SUPERSEDED, SYSTEM, None)
            tell(other, *(["application_superseded"] if seen_by_host else []))
        _line_up_the_shortlisted(mine.offer)
        settle_offers([mine, *others])
        tell(mine, "seat_accepted", "seat_accepted_host", "seat_accepted_desk")
    return placement


def closed_by_accepting(application: Application) -> list[Application]:
    """The young person's other open applications that have no room beside the days of this offered one."""
    if application.start_date is None or application.end_date is None:
        return []
    others = (
        Application.objects.filter(youth_id=application.youth_id, state__in=OPEN_STATES)
        .exclude(pk=application.pk)
        .select_related("offer__host__organisation")
        .order_by("pk")
    )
    busy = (application.start_date, application.end_date)
    return [
        other
        for other in others
        if find(APPLICATION, other.state, S.SUPERSEDED) and not calendar.fits_beside(other, busy)
    ]


def cancel(application: Application, by, reason: str = "") -> Application:
    """Call an accepted experience off before its first day: its placement ends and the seat is free again.

    Args:
        by: somebody of the desk, the guardian who takes the consent back, or None for the system.
        reason: why; the desk has to say it, and the young person reads it.

    Raises:
        NotPermitted, WrongState: see `actions.common`.
        GuardRefused: `reason` is missing, or `placement_not_started`: it has started.
    """

    def end_placement(locked: Application) -> None:
        placement = Placement.objects.select_for_update().filter(application=locked).first()
        started = placement is not None and placement.state not in (*NOT_STARTED_STATES, PlacementState.CANCELLED)
        if started or (locked.start_date is not None and locked.start_date <= timezone.localdate()):
            raise GuardRefused(_("Il percorso è già cominciato: lo chiude lo Sportello."), "placement_not_started")
        if placement is not None:
            placement.state = PlacementState.CANCELLED
            placement.save(update_fields=["state"])

    actors = permissions.actors_on_application(by, application)
    notices = ["placement_cancelled_host"]
    if Actor.DESK in actors and Actor.GUARDIAN not in actors:
        reason = require_reason(reason)
        notices += ["placement_cancelled"]
    else:
        notices += ["placement_cancelled_desk"]
    return change(application, S.CANCELLED, by, *notices, words=Words(reason, shared=True), prepare=end_placement)


def _begin_placement(application: Application, youth: YouthProfile, start: date, end: date) -> Placement:
    """A placement in preparation; after a reopened application its cancelled one begins again."""
    placement, _created = Placement.objects.update_or_create(
        application=application,
        defaults={"state": PlacementState.PREPARING, "start_date": start, "end_date": end},
        create_defaults={"youth": youth, "desk_id": application.desk_id, "start_date": start, "end_date": end},
    )
    return placement


def _line_up_the_shortlisted(offer: Offer) -> None:
    """When the last seat of a locked offer is accepted, who was to be met waits in line instead of in vain."""
    mine = Application.objects.filter(offer=offer)
    if free_seat(offer) is not None or mine.filter(state=S.OFFERED).exists():
        return
    for other in mine.filter(state=S.SHORTLISTED).select_for_update().order_by("submitted_at", "pk"):
        other.offer = offer
        move(other, S.WAITLISTED, SYSTEM, None)
        tell(other, "application_waitlisted_full")
