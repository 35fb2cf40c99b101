"""The answer guarantee: the host is reminded, the desk is told, after fifteen days everybody has had an answer.

Everything here can be run twice and late: each step leaves a row that the database lets in once, and a step that comes
due together with a later one of the same reader is recorded, not written about.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils import timezone

from ..application_enums import ANSWER_DAYS, DESK_DAY, REMINDER_DAYS, TO_ANSWER_STATES
from ..enums import ApplicationState
from ..models import AnswerReminder, Application, Offer
from .applications_machine import change, move_up, tell
from .common import attempt, happens
from .locks import lock_applications, lock_hosts
from .offers import sync_full

S = ApplicationState


@dataclass(frozen=True, slots=True)
class Report:
    """What one run did: how many of each."""

    seats_expired: int
    reminders: int
    desk_told: int
    closed: int
    moved_up: int = 0


def tend(now: datetime | None = None) -> Report:
    """Do all that is due: let go of seats nobody answered for, move lines up, remind, tell the desk, close kindly."""
    now = now or timezone.now()
    seats = expire_due(now)
    moved = move_lines()
    closed = reminders = told = 0
    for application in Application.objects.long_waiting(now, REMINDER_DAYS[0]):
        if application.days_waiting(now) >= ANSWER_DAYS:
            closed += happens(partial(expire, application, now), f"closing application {application.pk}")
            continue
        hosts, desks = attempt(partial(remind, application, now), f"reminders of application {application.pk}", (0, 0))
        reminders, told = reminders + hosts, told + desks
    return Report(seats, reminders, told, closed, moved)


def move_lines() -> int:
    """Offer free seats to who waits in line for one; return how many.

    As a rule they have been offered at the moment when they came free. But a host may have been suspended then, or have
    had as many people as it may.
    """
    moved = 0
    lines = Application.objects.in_line().order_by("offer_id").values_list("offer_id", "offer__host_id").distinct()
    for pk, host_id in lines:
        moved += attempt(partial(_move_line, pk, host_id), f"the waiting line of offer {pk}", 0)
    return moved


def _move_line(offer_id: int, host_id: int) -> int:
    with transaction.atomic():
        lock_hosts([host_id])
        offer = Offer.objects.select_for_update().get(pk=offer_id)
        moved = len(move_up(offer))
        sync_full(offer)
        return moved


def expire_due(now: datetime | None = None) -> int:
    """Let go every offered seat whose week is over; return how many. Running it again finds nothing to do."""
    now = now or timezone.now()
    due = Application.objects.seat_time_over(now).select_related("youth", "offer")
    return sum(
        happens(partial(expire, application, now), f"the seat of application {application.pk}") for application in due
    )


def expire(application: Application, now: datetime) -> Application:
    """The time to answer is over: a week for an offered seat, fifteen days for what waits for the host.

    Raises:
        WrongState: it was answered in the meantime.
        GuardRefused: `time_over`, it is not yet.
    """
    if application.state == S.OFFERED:
        notices = ["seat_expired", "seat_expired_host"]
    else:
        notices = ["application_unanswered", "application_unanswered_host"]
    return change(application, S.EXPIRED, None, *notices, now=now)


def remind(application: Application, now: datetime) -> tuple[int, int]:
    """Write what is due about one application that waits; return how many letters to its host and to its desk."""
    with transaction.atomic():
        locked = lock_applications([application.pk])[application.pk]
        if locked.state not in TO_ANSWER_STATES:
            return 0, 0
        days = locked.days_waiting(now)
        host_steps = [day for day in REMINDER_DAYS if day <= days]
        to_host = _record_steps(locked, host_steps)
        to_desk = _record_steps(locked, [DESK_DAY] if days >= DESK_DAY else [])
        if to_host:
            tell(locked, f"reminder_day_{to_host}")
        if to_desk:
            tell(locked, "unanswered_desk")
    return int(bool(to_host)), int(bool(to_desk))


def _record_steps(application: Application, steps: list[int]) -> int:
    """Record the steps that are due; return the one to write about, 0 if all were done before."""
    since = application.waiting_from or application.submitted_at or application.created_at
    done = set(AnswerReminder.objects.filter(application=application, waiting_from=since).values_list("day", flat=True))
    new = [day for day in steps if day not in done]
    latest = max(new) if new and max(new) == max(steps) else 0
    AnswerReminder.objects.bulk_create(
        [AnswerReminder(application=application, waiting_from=since, day=day, sent=day == latest) for day in new]
    )
    return latest
