"""Meetings: the host proposes times, the young person picks one, either side may call it off."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import permissions, tasks
from ..application_enums import MAX_INTERVIEW_TIMES, EventKind, InterviewState
from ..enums import Actor, ApplicationState
from ..errors import GuardRefused, NotPermitted
from ..models import Application, InterviewSlot
from .applications_machine import Words, record, require_not_suspended, require_source, tell
from .common import after_commit
from .locks import lock_applications, lock_hosts, lock_youth

S = ApplicationState


def propose(application: Application, times: Iterable[datetime], minutes: int, place: str, by) -> list[InterviewSlot]:
    """The host proposes times to meet a shortlisted young person; its own time to answer starts anew.

    Args:
        times: when each meeting would start, all in the future.
        minutes: how long it lasts.
        place: an address, or where to click.

    Raises:
        NotPermitted: `by` does not act for the host.
        WrongState: the application is not shortlisted.
        GuardRefused: `times` (none, in the past, twice the same, more than five), `place`, `already_fixed`,
            `suspended`.
    """
    _require(application, by, Actor.HOST)
    wanted = sorted(set(times))
    place = (place or "").strip()
    if not place:
        raise GuardRefused(_("Scrivi dove vi incontrate: un indirizzo, o il link della videochiamata."), "place")
    if not wanted:
        raise GuardRefused(_("Proponi almeno un momento."), "times")
    if wanted[0] <= timezone.now():
        raise GuardRefused(_("Un momento proposto è già passato: scegline uno più avanti."), "times")
    with transaction.atomic():
        lock_hosts([application.offer.host_id])
        locked = _locked(application)
        require_source(locked, S.SHORTLISTED)
        require_not_suspended(locked)
        standing = list(InterviewSlot.objects.filter(application=locked).standing())
        if any(slot.state == InterviewState.PICKED for slot in standing):
            raise GuardRefused(
                _("Un incontro è già fissato: per cambiarlo annullalo e proponi altri momenti."), "already_fixed"
            )
        known = {slot.starts_at for slot in standing}
        new = [moment for moment in wanted if moment not in known]
        if not new:
            raise GuardRefused(_("Questi momenti li hai già proposti."), "times")
        still_ahead = [slot for slot in standing if slot.starts_at > timezone.now()]
        if len(still_ahead) + len(new) > MAX_INTERVIEW_TIMES:
            raise GuardRefused(_("Si propongono al massimo %(most)s momenti.") % {"most": MAX_INTERVIEW_TIMES}, "times")
        host_id = locked.offer.host_id
        slots = [
            InterviewSlot.objects.create(
                application=locked, host_id=host_id, starts_at=moment, minutes=minutes, place=place, created_by=by
            )
            for moment in new
        ]
        _restart_clock(locked, timezone.now())
        record(locked, S.SHORTLISTED, S.SHORTLISTED, Actor.HOST, by, kind=EventKind.INTERVIEW_PROPOSED)
        tell(locked, "interview_proposed")
    return slots


def pick(slot: InterviewSlot, by) -> InterviewSlot:
    """The young person picks a time; the other proposals fall. The host's time to answer starts after the meeting.

    Raises:
        NotPermitted: the application is somebody else's.
        WrongState: the application is not shortlisted any more.
        GuardRefused: `slot_gone` (taken back, or past), `already_fixed`, `slot_taken` (the host has just fixed another
            meeting at that time), `suspended`.
    """
    application = slot.application
    _require(application, by, Actor.YOUTH)
    taken = GuardRefused(_("Questo momento l'ha appena preso un'altra persona: scegline un altro."), "slot_taken")
    try:
        with transaction.atomic():
            lock_hosts([slot.host_id])
            locked = _locked(application)
            require_source(locked, S.SHORTLISTED)
            require_not_suspended(locked)
            slot = InterviewSlot.objects.select_for_update().get(pk=slot.pk)
            mine = InterviewSlot.objects.filter(application=locked)
            if mine.picked().exists():
                raise GuardRefused(_("Hai già scelto un momento: lo trovi nella candidatura."), "already_fixed")
            if slot.state != InterviewState.PROPOSED or slot.starts_at <= timezone.now():
                raise GuardRefused(_("Questo momento non c'è più: scegline un altro."), "slot_gone")
            fixed = InterviewSlot.objects.filter(host_id=slot.host_id, starts_at__lt=slot.ends_at).picked()
            if any(other.ends_at > slot.starts_at for other in fixed.filter(starts_at__gt=_a_day_before(slot))):
                raise taken
            slot.state = InterviewState.PICKED
            slot.save(update_fields=["state"])
            mine.filter(state=InterviewState.PROPOSED).update(state=InterviewState.CANCELLED)
            _restart_clock(locked, slot.ends_at)
            record(locked, S.SHORTLISTED, S.SHORTLISTED, Actor.YOUTH, by, kind=EventKind.INTERVIEW_PICKED)
            after_commit(tasks.notify_about_interview, slot.pk, "interview_picked")
    except IntegrityError as error:
        raise taken from error
    return slot


def call_off(slot: InterviewSlot, by, reason: str = "") -> InterviewSlot:
    """Either side, or the desk, calls off a fixed meeting; the host may propose other times.

    Args:
        reason: a word for the other side, if one likes to say why.

    Raises:
        NotPermitted: no part in this application.
        GuardRefused: `slot_gone`, it is not fixed any more or is over.
    """
    application = slot.application
    actor = _require(application, by, Actor.YOUTH, Actor.HOST, Actor.DESK)
    with transaction.atomic():
        locked = _locked(application)
        slot = InterviewSlot.objects.select_for_update().get(pk=slot.pk)
        if slot.state != InterviewState.PICKED or slot.starts_at <= timezone.now():
            raise GuardRefused(_("Questo incontro non è più in programma."), "slot_gone")
        slot.state, slot.sequence = InterviewState.CANCELLED, slot.sequence + 1
        slot.save(update_fields=["state", "sequence"])
        if locked.state == S.SHORTLISTED:
            _restart_clock(locked, timezone.now())
        words = Words(message=reason.strip())
        record(locked, locked.state, locked.state, actor, by, words, EventKind.INTERVIEW_CANCELLED)
        after_commit(tasks.notify_about_interview, slot.pk, "interview_cancelled")
    return slot


def _require(application: Application, by, *actors: str) -> str:
    mine = permissions.actors_on_application(by, application)
    for actor in actors:
        if actor in mine:
            return actor
    raise NotPermitted


def _locked(application: Application) -> Application:
    lock_youth(application.youth_id)
    return lock_applications([application.pk])[application.pk]


def _restart_clock(application: Application, moment: datetime) -> None:
    application.waiting_from = moment
    application.save(update_fields=["waiting_from", "updated_at"])


def _a_day_before(slot: InterviewSlot) -> datetime:
    """No meeting lasts as long: a bound for the index."""
    return slot.starts_at - timedelta(days=1)
