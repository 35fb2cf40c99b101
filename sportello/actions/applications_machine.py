"""What every change of an application shares: the locks, the guards under lock, the new state, its event, the letters.

Locks are taken in one order: hosts, the young person, offers, applications (`actions.locks`). What only ends an
application may start from the offer: whoever reads another person's applications looks again once it has them locked.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import calendar, permissions, rules, scoring, tasks
from ..application_enums import ANSWER_DAYS, TO_ANSWER_STATES, EventKind, InterviewState
from ..enums import (
    OPEN_STATES,
    SEAT_HELD_DAYS,
    SEATED_STATES,
    TAKING_TIME_STATES,
    Actor,
    ApplicationState,
    HostState,
    OfferState,
)
from ..errors import GuardRefused
from ..models import Application, ApplicationEvent, Host, InterviewSlot, Offer, Placement, Seat, YouthProfile
from ..transitions import APPLICATION, find
from .common import after_commit, check_transition, require_actor, wrong_state
from .hosts import require_reason
from .locks import lock_applications, lock_hosts, lock_youth
from .offers import sync_full

S = ApplicationState
SYSTEM = frozenset({Actor.SYSTEM})
# An offer on which seats may still be given: pausing only stops new applications.
GIVING_STATES = (OfferState.PUBLISHED, OfferState.PAUSED, OfferState.STALE)


@dataclass(frozen=True, slots=True)
class Words:
    """What is said with a change.

    Attributes:
        reason: why, kept in the log and read by both sides' people at work; the young person reads it if `shared`.
        message: what the young person reads in any case.
        shared: whether the reason is for the young person too.
    """

    reason: str = ""
    message: str = ""
    shared: bool = False


NO_WORDS = Words()


def change(
    application: Application,
    target: str,
    by,
    *notices: str,
    words: Words = NO_WORDS,
    now: datetime | None = None,
    prepare: Callable[[Application], None] | None = None,
) -> Application:
    """Lock one application with its host, young person and offer, check, change, record, tell.

    Args:
        by: who does it; None is the system.
        notices: names of letters to write once it is committed.
        now: the moment against which times are checked, if not the present one.
        prepare: more guards, and what goes with the new state, on the locked application.
    """
    actors = permissions.actors_on_application(by, application)
    require_actor(APPLICATION, target, actors)
    with transaction.atomic():
        lock_hosts([application.offer.host_id])
        lock_youth(application.youth_id)
        application = lock_applications([application.pk])[application.pk]
        check_transition(APPLICATION, application, target, actors)
        row = find(APPLICATION, application.state, target)
        guards = row.guards if row else ()
        if "reason" in guards:
            words = Words(require_reason(words.reason), words.message.strip(), words.shared)
        if "time_over" in guards:
            _check_time_over(application, now or timezone.now())
        if prepare is not None:
            prepare(application)
        move(application, target, actors, by, words)
        settle_offers([application])
        tell(application, *notices)
    return application


def move(application: Application, target: str, actors: frozenset[str], by, words: Words = NO_WORDS) -> None:
    """Write a new state on a locked application, with what goes with it, and its event.

    Raises:
        WrongState, NotPermitted: see `actions.common.check_transition`.
    """
    actor = check_transition(APPLICATION, application, target, actors)
    now = timezone.now()
    source, application.state = application.state, target
    application.reason, application.message, application.reason_shared = words.reason, words.message, words.shared
    if target not in SEATED_STATES:
        application.seat = application.start_date = application.end_date = None
    application.expires_at = _held_until() if target == S.OFFERED else None
    application.waitlisted_at = now if target == S.WAITLISTED else None
    application.waiting_from = now if target in TO_ANSWER_STATES else None
    if actor == Actor.HOST and application.read_at is None:
        # Who answers has read it, whether or not it has said so before.
        application.read_at = now
    if target == S.SUBMITTED:
        # From now on the host has it: anew, if it was opened again.
        application.submitted_at, application.read_at = now, None
    if target != S.IN_REVIEW:
        application.review_causes = []
    application.save()
    record(application, source, target, actor, by, words)
    if target == S.OFFERED:
        # Whichever way a seat is offered, a minor's guardian is asked; nobody is written to for who is of age.
        tell(application, "seat_offered_guardian")
    _drop_interviews(application)


def record(
    application: Application,
    source: str,
    target: str,
    actor: str,
    by,
    words: Words = NO_WORDS,
    kind: str = EventKind.STATE,
) -> None:
    """Add one line to the log of an application."""
    ApplicationEvent.objects.create(
        application=application,
        kind=kind,
        from_state=source,
        to_state=target,
        actor=actor,
        user=by,
        reason=words.reason,
        message=words.message,
        reason_shared=words.shared,
    )


def tell(application: Application, *notices: str) -> None:
    """Write to whom it concerns, once the change is really there."""
    for notice in notices:
        after_commit(tasks.notify_about_application, application.pk, notice)


def give_seat(application: Application, start: date, end: date) -> None:
    """Put the lowest free seat of its locked offer, and the days, on a locked application.

    Raises:
        GuardRefused: `seat_free`, `offer_open`, `suspended`, `age`, `no_overlap` (the person is somewhere else on some
            of these days) or `host_cap` (the host has as many people as it may).
    """
    offer = application.offer
    if offer.state == OfferState.FULL:
        raise no_seat()
    require_not_suspended(application)
    if offer.state not in GIVING_STATES:
        raise GuardRefused(_("Questa offerta non è pubblicata: non si possono offrire posti."), "offer_open")
    seat = free_seat(offer)
    if seat is None:
        raise no_seat()
    whole = Offer.objects.for_matching().get(pk=offer.pk)
    if _age_forbids(application, whole, start):
        # Not which age: the birth date is not for the host.
        raise GuardRefused(
            _(
                "Con questo primo giorno l'età della persona non va bene per questa esperienza: scegline un altro, "
                "oppure parlane con lo Sportello."
            ),
            "age",
        )
    if is_busy(application.youth_id, start, end):
        raise GuardRefused(
            _("In quei giorni la persona ha già un percorso, e non potrebbe accettare: scegli altri giorni."),
            "no_overlap",
        )
    if full := rules.cap_reached(whole, start, end):
        raise GuardRefused(full, "host_cap")
    application.start_date, application.end_date, application.seat = start, end, seat


def _age_forbids(application: Application, offer: Offer, start: date) -> bool:
    """Whether law, rule or offer do not let somebody of this age begin on a day: it may be sooner than they said."""
    youth = YouthProfile.objects.for_matching().get(pk=application.youth_id)
    return bool(scoring.age_obstacles(youth, offer, start))


def is_busy(youth_id: int, start: date, end: date) -> bool:
    """Whether a young person has an experience that takes time on some of these days. One query."""
    taken = Placement.objects.filter(youth_id=youth_id, state__in=TAKING_TIME_STATES)
    return taken.filter(start_date__lte=end, end_date__gte=start).exists()


def require_not_suspended(application: Application) -> None:
    """While the desk clears something up about an offer or its host, nothing goes towards an experience there.

    Saying no, taking back and withdrawing are possible all the same; what was sent waits.

    Raises:
        GuardRefused: `suspended`.
    """
    host = Host.objects.only("state").get(pk=application.offer.host_id)
    if host.state == HostState.SUSPENDED or application.offer.state == OfferState.SUSPENDED:
        raise GuardRefused(
            _("Lo Sportello ha sospeso questa offerta o chi la propone: finché non è chiarito, qui si aspetta."),
            "suspended",
        )


def free_seat(offer: Offer) -> Seat | None:
    """The lowest place of an offer that nobody has."""
    return Seat.objects.filter(offer=offer).free().first()


def no_seat() -> GuardRefused:
    """Every place is taken, and how to say it."""
    return GuardRefused(_("Non ci sono più posti liberi: sono tutti offerti o accettati."), "seat_free")


def settle_offers(applications: Iterable[Application]) -> None:
    """After seats came or went on locked applications: the waiting list moves up, offers turn full or free again."""
    for offer in sorted(
        {application.offer_id: application.offer for application in applications}.values(), key=lambda offer: offer.pk
    ):
        move_up(offer)
        sync_full(offer)


def move_up(offer: Offer) -> list[Application]:
    """Offer the free seats of a locked offer to who waits for one, longest wait first; each has a week to answer.

    Who would by now be too old, or not old enough, for the days that are left is passed over, and who is somewhere else
    on some of them; so are days on which the host has as many people as it may.

    To be called with the host and the offer locked, whenever it may have got a free seat: given back, or added. Nothing
    happens on an offer that is not public or is over, nor at a host that the desk has suspended.
    """
    if Host.objects.filter(pk=offer.host_id, state=HostState.SUSPENDED).exists():
        return []
    if offer.state not in (*GIVING_STATES, OfferState.FULL) or offer.end_date < timezone.localdate():
        return []
    moved: list[Application] = []
    waiting = Application.objects.select_for_update(of=("self",)).filter(offer=offer).in_line().select_related("youth")
    if not waiting:
        return []
    whole = Offer.objects.for_matching().get(pk=offer.pk)
    for application in waiting:
        seat = free_seat(offer)
        if seat is None:
            break
        start, end = calendar.earliest_days(offer, timezone.localdate(), application.youth.available_from)
        if (
            _age_forbids(application, whole, start)
            or is_busy(application.youth_id, start, end)
            or rules.cap_reached(whole, start, end)
        ):
            continue
        application.offer = offer
        application.start_date, application.end_date, application.seat = start, end, seat
        move(application, S.OFFERED, SYSTEM, None)
        tell(application, "seat_offered_in_line", "seat_offered_in_line_host")
        moved.append(application)
    return moved


def require_source(application: Application, *states: str) -> None:
    """Refuse a verb that is not for a locked application's present state, though another one is.

    Raises:
        WrongState: its state is none of these.
    """
    if application.state not in states:
        raise wrong_state(application)


def settled_days(application: Application) -> tuple[date, date]:
    """The days of an application with a seat, which the database keeps from being empty."""
    if application.start_date is None or application.end_date is None:
        raise ValueError(f"Application {application.pk} has a seat but no days.")
    return application.start_date, application.end_date


def _check_time_over(application: Application, now: datetime) -> None:
    if application.state == S.OFFERED:
        if application.expires_at is not None and application.expires_at > now:
            raise GuardRefused(_("Il posto è ancora riservato."), "time_over")
    elif application.days_waiting(now) < ANSWER_DAYS:
        raise GuardRefused(_("Chi ospita ha ancora tempo per rispondere."), "time_over")


def _held_until() -> datetime:
    """The end of the last day on which an offered seat is kept: people think in days, not in minutes."""
    day = timezone.localdate() + timedelta(days=SEAT_HELD_DAYS)
    return datetime.combine(day, time(23, 59), tzinfo=timezone.get_default_timezone())


def _drop_interviews(application: Application) -> None:
    """Past the shortlist nobody picks a time any more; a meeting already fixed goes when the application closes."""
    if application.state in (S.DRAFT, S.IN_REVIEW, S.SUBMITTED, S.SHORTLISTED):
        return
    slots = InterviewSlot.objects.filter(application=application)
    slots.filter(state=InterviewState.PROPOSED).update(state=InterviewState.CANCELLED)
    if application.state in (*OPEN_STATES, S.ACCEPTED):
        return
    for slot in slots.filter(state=InterviewState.PICKED, starts_at__gt=timezone.now()):
        slot.state, slot.sequence = InterviewState.CANCELLED, slot.sequence + 1
        slot.save(update_fields=["state", "sequence"])
        after_commit(tasks.notify_about_interview, slot.pk, "interview_cancelled")
