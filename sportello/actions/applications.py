"""Applications: from sending to acceptance. Locks: the young person, then offers by id, then applications by id."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import calendar, consents, permissions, scoring, tasks
from ..enums import (
    MAX_OPEN_APPLICATIONS,
    OPEN_STATES,
    SEAT_HELD_DAYS,
    SEATED_STATES,
    TAKING_TIME_STATES,
    Actor,
    ApplicationState,
    OfferState,
    PlacementState,
)
from ..errors import ActionError, GuardRefused, NotPermitted
from ..models import Application, ApplicationEvent, Offer, Placement, Seat, YouthProfile
from ..transitions import APPLICATION, find
from .common import after_commit, check_transition, require_actor
from .hosts import require_reason
from .offers import sync_full

S = ApplicationState
# An offer on which seats may still be given: pausing only stops new applications.
_GIVING_STATES = (OfferState.PUBLISHED, OfferState.PAUSED, OfferState.STALE)


def apply(youth: YouthProfile, offer: Offer, motivation: str, by) -> Application:
    """Send a candidature.

    Raises:
        NotPermitted: `by` is neither the young person nor somebody of their desk.
        GuardRefused: `profile_complete`, `already_applied`, `fewer_than_five_open`, `offer_open`, `motivation`, or
            the key of the obstacle that makes the pair impossible (see `sportello.matching.obstacles`), or
            `consent_…` (see `sportello.consents`).
    """
    actor = _sender(youth, by)
    motivation = (motivation or "").strip()
    if not motivation:
        raise GuardRefused(_("Scrivi perché ti interessa: bastano poche righe."), "motivation")
    try:
        with transaction.atomic():
            YouthProfile.objects.select_for_update().get(pk=youth.pk)
            Offer.objects.select_for_update().get(pk=offer.pk)
            youth = YouthProfile.objects.for_matching().get(pk=youth.pk)
            offer = Offer.objects.for_cards().get(pk=offer.pk)
            _check_may_apply(youth, offer)
            pair = scoring.pair_score(youth, offer, len(motivation))
            application = Application.objects.create(
                youth=youth,
                offer=offer,
                desk_id=offer.desk_id,
                sender=actor,
                motivation=motivation,
                shared=scoring.shared_with_host(youth, offer),
                score=pair.value,
                breakdown=scoring.to_json(pair),
            )
            _record(application, "", S.DRAFT, actor, by)
            application.submitted_at = timezone.now()
            _move(application, S.SUBMITTED, frozenset({actor}), by)
            _tell(application, "application_sent", "application_received")
    except IntegrityError as error:
        raise _already_applied() from error
    return application


def _sender(youth: YouthProfile, by) -> str:
    if by is not None and youth.user_id == by.pk:
        return Actor.YOUTH
    desk_ids = permissions.desks_of(by) if by is not None else []
    if desk_ids is None or youth.desk_id in desk_ids:
        return Actor.DESK
    raise NotPermitted


def _already_applied() -> GuardRefused:
    return GuardRefused(
        _("Hai già inviato una candidatura per questa offerta: la trovi tra le tue candidature."), "already_applied"
    )


def _check_may_apply(youth: YouthProfile, offer: Offer) -> None:
    """Hold a locked pair to the guards of `draft -> submitted`."""
    if not youth.is_complete:
        raise GuardRefused(_("Completa il tuo profilo, poi potrai candidarti."), "profile_complete")
    # Also after a withdrawal or a refusal: only the desk reopens, and once.
    if Application.objects.filter(youth=youth, offer=offer).exists():
        raise _already_applied()
    if Application.objects.filter(youth=youth, state__in=OPEN_STATES).count() >= MAX_OPEN_APPLICATIONS:
        raise GuardRefused(
            _("Hai già %(most)s candidature aperte: aspetta una risposta, oppure ritirane una per fare posto a questa.")
            % {"most": MAX_OPEN_APPLICATIONS},
            "fewer_than_five_open",
        )
    if offer.state != OfferState.PUBLISHED or not offer.host.may_publish or offer.end_date < timezone.localdate():
        raise GuardRefused(_("Questa offerta non accetta più candidature."), "offer_open")
    obstacles = scoring.obstacles(youth, offer)
    if obstacles:
        raise GuardRefused(scoring.sentence(obstacles[0]), obstacles[0].key)
    consents.require_to_apply(youth, offer)


def mark_read(application: Application, by) -> Application:
    """The host tells the young person that it has read the application. Once is enough.

    Raises:
        NotPermitted: `by` does not act for the host.
    """
    if Actor.HOST not in permissions.actors_on_application(by, application):
        raise NotPermitted
    Application.objects.filter(pk=application.pk, read_at__isnull=True).update(read_at=timezone.now())
    application.refresh_from_db(fields=["read_at"])
    return application


def shortlist(application: Application, by) -> Application:
    """The host wants to know the young person better.

    Raises:
        NotPermitted, WrongState: see `actions.common`.
    """
    return _change(application, S.SHORTLISTED, by, "application_shortlisted")


def offer_seat(application: Application, by, start: date | None = None, end: date | None = None) -> Application:
    """Give the lowest free seat of the offer for these days, held for a week for the young person to answer.

    Args:
        start, end: first and last day; the earliest possible if they are not given.

    Raises:
        NotPermitted, WrongState: see `actions.common`.
        GuardRefused: `seat_free`, `offer_open` or `dates` (not in order, or outside the offer's period).
    """
    default_start, default_end = calendar.earliest_days(application.offer, timezone.localdate())
    start, end = start or default_start, end or default_end
    if start > end:
        raise GuardRefused(_("La data di fine viene prima di quella di inizio."), "dates")
    if start < application.offer.start_date or end > application.offer.end_date:
        raise GuardRefused(_("Le date devono stare nel periodo dell'offerta."), "dates")
    return _change(application, S.OFFERED, by, "seat_offered", days=(start, end))


def reject(application: Application, by, reason: str) -> Application:
    """The host says no, and why.

    Raises:
        NotPermitted, WrongState: see `actions.common`.
        GuardRefused: `reason` is missing.
    """
    return _change(application, S.REJECTED, by, "application_rejected", reason=reason)


def rescind(application: Application, by, reason: str) -> Application:
    """The host takes an offered seat back, and says why; the desk is told."""
    return _change(application, S.RESCINDED, by, "seat_rescinded", "seat_rescinded_desk", reason=reason)


def withdraw(application: Application, by) -> Application:
    """The young person takes the application back."""
    return _change(application, S.WITHDRAWN, by, "application_withdrawn")


def decline(application: Application, by) -> Application:
    """The young person says no to an offered seat, which is free again."""
    return _change(application, S.DECLINED, by, "seat_declined")


def cancel(application: Application, by) -> Application:
    """The placement of an accepted seat is called off before its first day; the seat is free again."""
    with transaction.atomic():
        application = _change(application, S.CANCELLED, by, "placement_cancelled_host", "placement_cancelled_desk")
        Placement.objects.filter(application=application).update(state=PlacementState.CANCELLED)
    return application


def expire(application: Application, now: datetime) -> Application:
    """The week to answer is over: the seat is free again.

    Raises:
        WrongState: it was answered in the meantime.
        GuardRefused: `time_over`, it is not yet.
    """
    return _change(application, S.EXPIRED, None, "seat_expired", "seat_expired_host", now=now)


def expire_due(now: datetime | None = None) -> int:
    """Let go every offered seat whose week is over; return how many. Running it again finds nothing to do."""
    now = now or timezone.now()
    done = 0
    for application in Application.objects.seat_time_over(now).select_related("youth", "offer"):
        try:
            expire(application, now)
        except ActionError:
            # Answered between the list and the lock: whoever answered came first.
            continue
        done += 1
    return done


def accept(application: Application, by) -> Placement:
    """The young person takes the seat: a placement begins, and candidatures for the same days are closed.

    Raises:
        NotPermitted, WrongState: see `actions.common`.
        GuardRefused: `still_held` (too late), `no_overlap` (another placement on the same days) or `consent_…` (see
            `sportello.consents`).
    """
    actors = permissions.actors_on_application(by, application)
    require_actor(APPLICATION, S.ACCEPTED, actors)
    with transaction.atomic():
        youth = YouthProfile.objects.select_for_update().get(pk=application.youth_id)
        # Nobody changes this person's applications without their lock, so what is read here stays true.
        application = Application.objects.get(pk=application.pk)
        locked = _lock([application.pk, *(other.pk for other in closed_by_accepting(application))])
        mine = locked.pop(application.pk)
        check_transition(APPLICATION, mine, S.ACCEPTED, actors)
        if mine.expires_at is None or mine.expires_at <= timezone.now():
            raise GuardRefused(
                _("Il tempo per rispondere è finito: scrivi allo Sportello, vediamo che cosa si può fare."),
                "still_held",
            )
        start, end = _settled_days(mine)
        if youth.placements.filter(state__in=TAKING_TIME_STATES, start_date__lte=end, end_date__gte=start).exists():
            raise GuardRefused(_("In quei giorni hai già un percorso."), "no_overlap")
        consents.require_to_accept(mine, start)
        _move(mine, S.ACCEPTED, actors, by)
        placement = Placement.objects.create(
            application=mine, youth=youth, desk_id=mine.desk_id, start_date=start, end_date=end
        )
        for other in locked.values():
            _move(other, S.SUPERSEDED, frozenset({Actor.SYSTEM}), None)
            _tell(other, "application_superseded")
        _sync_offers([mine, *locked.values()])
        _tell(mine, "seat_accepted", "seat_accepted_host", "seat_accepted_desk")
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


def _change(
    application: Application,
    target: str,
    by,
    *notices: str,
    reason: str = "",
    now: datetime | None = None,
    days: tuple[date, date] | None = None,
) -> Application:
    """Lock one application with its young person and offer, check, change, record, tell."""
    actors = permissions.actors_on_application(by, application)
    require_actor(APPLICATION, target, actors)
    with transaction.atomic():
        YouthProfile.objects.select_for_update().get(pk=application.youth_id)
        application = _lock([application.pk])[application.pk]
        check_transition(APPLICATION, application, target, actors)
        row = find(APPLICATION, application.state, target)
        guards = row.guards if row else ()
        if "reason" in guards:
            reason = require_reason(reason)
        if "time_over" in guards:
            _check_time_over(application, now)
        if "placement_not_started" in guards:
            _check_not_started(application)
        if target == S.OFFERED and days:
            application.start_date, application.end_date = days
            _check_giving(application.offer)
            application.seat = _free_seat(application.offer)
        _move(application, target, actors, by, reason)
        _sync_offers([application])
        _tell(application, *notices)
    return application


def _lock(ids: Iterable[int]) -> dict[int, Application]:
    """Lock offers, then applications, each in the order of their ids; the young person's row is locked already."""
    ids = list(ids)
    offer_ids = list(Application.objects.filter(pk__in=ids).values_list("offer_id", flat=True))
    locked_offers = Offer.objects.select_for_update().filter(pk__in=offer_ids).order_by("pk")
    offers = {offer.pk: offer for offer in locked_offers}
    applications = Application.objects.select_for_update().filter(pk__in=ids).order_by("pk")
    locked = {}
    for application in applications:
        application.offer = offers[application.offer_id]
        locked[application.pk] = application
    return locked


def _check_time_over(application: Application, now: datetime | None) -> None:
    if application.expires_at is not None and application.expires_at > (now or timezone.now()):
        raise GuardRefused(_("Il posto è ancora riservato."), "time_over")


def _check_not_started(application: Application) -> None:
    if application.start_date is not None and application.start_date <= timezone.localdate():
        raise GuardRefused(_("Il percorso è già cominciato: lo chiude lo Sportello."), "placement_not_started")


def _check_giving(offer: Offer) -> None:
    if offer.state == OfferState.FULL:
        raise _no_seat()
    if offer.state not in _GIVING_STATES:
        raise GuardRefused(_("Questa offerta non è pubblicata: non si possono offrire posti."), "offer_open")


def _no_seat() -> GuardRefused:
    return GuardRefused(_("Non ci sono più posti liberi: sono tutti offerti o accettati."), "seat_free")


def _free_seat(offer: Offer) -> Seat:
    seat = Seat.objects.filter(offer=offer).free().first()
    if seat is None:
        raise _no_seat()
    return seat


def _move(application: Application, target: str, actors: frozenset[str], by, reason: str = "") -> None:
    """Write a new state on a locked application, with what goes with it, and its event."""
    actor = check_transition(APPLICATION, application, target, actors)
    source, application.state, application.reason = application.state, target, reason
    if target not in SEATED_STATES:
        application.seat = application.start_date = application.end_date = None
    application.expires_at = _held_until() if target == S.OFFERED else None
    application.save()
    _record(application, source, target, actor, by, reason)


def _settled_days(application: Application) -> tuple[date, date]:
    """The days of an application with a seat, which the database keeps from being empty."""
    if application.start_date is None or application.end_date is None:
        raise ValueError(f"Application {application.pk} has a seat but no days.")
    return application.start_date, application.end_date


def _held_until() -> datetime:
    """The end of the last day on which an offered seat is kept: people think in days, not in minutes."""
    day = timezone.localdate() + timedelta(days=SEAT_HELD_DAYS)
    return datetime.combine(day, time(23, 59), tzinfo=timezone.get_default_timezone())


def _record(application: Application, source: str, target: str, actor: str, by, reason: str = "") -> None:
    ApplicationEvent.objects.create(
        application=application, from_state=source, to_state=target, actor=actor, user=by, reason=reason
    )


def _sync_offers(applications: Iterable[Application]) -> None:
    """Mark the locked offers of locked applications full or free again."""
    for offer in {application.offer_id: application.offer for application in applications}.values():
        sync_full(offer)


def _tell(application: Application, *notices: str) -> None:
    for notice in notices:
        after_commit(tasks.notify_about_application, application.pk, notice)
