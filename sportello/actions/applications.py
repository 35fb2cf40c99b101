"""Applications: from the first draft to acceptance. See `applications_machine` for locks and what every change shares.

The desk's verbs are in `applications_desk`, the answer guarantee in `applications_guarantee`.
"""

from datetime import date, datetime

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import calendar, consents, permissions, review, scoring
from ..application_enums import NOT_STARTED_STATES
from ..enums import (
    MAX_OPEN_APPLICATIONS,
    OPEN_STATES,
    TAKING_TIME_STATES,
    Actor,
    ApplicationState,
    OfferState,
    PlacementState,
)
from ..errors import GuardRefused, NotPermitted
from ..models import Application, Offer, Placement, YouthProfile
from ..transitions import APPLICATION, find
from .applications_machine import (
    SYSTEM,
    Words,
    change,
    free_seat,
    give_seat,
    lock,
    move,
    record,
    require_source,
    settle_offers,
    settled_days,
    tell,
)
from .common import check_transition, require_actor
from .hosts import require_reason
from .proposals import accept_by_applying

S = ApplicationState


def save_draft(youth: YouthProfile, offer: Offer, motivation: str, by) -> Application:
    """Keep what has been written so far, to go on later; nobody else reads it and nothing is sent.

    Raises:
        NotPermitted: `by` is neither the young person nor somebody of their desk.
        GuardRefused: `already_applied`, or `offer_open` if the offer takes no more applications.
    """
    actor = _sender(youth, by)
    try:
        with transaction.atomic():
            YouthProfile.objects.select_for_update().get(pk=youth.pk)
            draft = _draft_of(youth, offer)
            if draft is None:
                _check_not_applied(youth, offer)
                _check_offer_open(Offer.objects.select_related("host").get(pk=offer.pk))
                draft = _new_draft(youth, offer, actor, by)
            draft.motivation = (motivation or "").strip()
            draft.save(update_fields=["motivation", "updated_at"])
    except IntegrityError as error:
        raise _already_applied() from error
    return draft


def apply(youth: YouthProfile, offer: Offer, motivation: str, by, *, wider: float = 1) -> Application:
    """Send a candidature, going on from its draft if there is one.

    It reaches the host, or the desk first: see `sportello.review`. What the desk sends on behalf of somebody it has
    read already.

    Args:
        wider: how many times farther than they said the person has agreed to go (second rounds).

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
            draft = _draft_of(youth, offer)
            _check_may_apply(youth, offer, draft, wider)
            application = draft or _new_draft(youth, offer, actor, by)
            _fill(application, youth, offer, actor, motivation)
            accept_by_applying(youth, offer)
            causes = [] if actor == Actor.DESK else review.causes(youth, offer, motivation)
            if causes:
                application.review_causes = causes
                move(application, S.IN_REVIEW, SYSTEM, None)
                tell(application, "application_in_review", "application_to_review")
            else:
                move(application, S.SUBMITTED, frozenset({actor}), by)
                sent = "application_sent" if actor == Actor.YOUTH else "application_sent_for_you"
                tell(application, sent, "application_received")
    except IntegrityError as error:
        raise _already_applied() from error
    return application


def discard(application: Application, by) -> Application:
    """Throw a draft away: what was written is gone, that there was one stays in the log."""

    def forget(draft: Application) -> None:
        require_source(draft, S.DRAFT)
        draft.motivation = ""

    return change(application, S.WITHDRAWN, by, prepare=forget)


def _sender(youth: YouthProfile, by) -> str:
    if by is not None and youth.user_id == by.pk:
        return Actor.YOUTH
    desk_ids = permissions.desks_of(by) if by is not None else []
    if desk_ids is None or youth.desk_id in desk_ids:
        return Actor.DESK
    raise NotPermitted


def _draft_of(youth: YouthProfile, offer: Offer) -> Application | None:
    return Application.objects.select_for_update().filter(youth=youth, offer=offer, state=S.DRAFT).first()


def _new_draft(youth: YouthProfile, offer: Offer, actor: str, by) -> Application:
    application = Application.objects.create(youth=youth, offer=offer, desk_id=offer.desk_id, sender=actor)
    record(application, "", S.DRAFT, actor, by)
    return application


def _fill(application: Application, youth: YouthProfile, offer: Offer, actor: str, motivation: str) -> None:
    """What the host will read, as it is at this moment."""
    pair = scoring.pair_score(youth, offer, len(motivation))
    application.offer, application.sender, application.motivation = offer, actor, motivation
    application.shared = scoring.shared_with_host(youth, offer)
    application.score, application.breakdown = pair.value, scoring.to_json(pair)


def _already_applied() -> GuardRefused:
    return GuardRefused(
        _("Hai già inviato una candidatura per questa offerta: la trovi tra le tue candidature."), "already_applied"
    )


def _check_not_applied(youth: YouthProfile, offer: Offer) -> None:
    # Also after a withdrawal or a refusal: only the desk reopens, and once. A discarded draft was never sent.
    if Application.objects.filter(youth=youth, offer=offer).ever_sent().exists():
        raise _already_applied()


def _check_offer_open(offer: Offer) -> None:
    is_open = offer.state == OfferState.PUBLISHED and offer.end_date >= timezone.localdate()
    if not is_open or not offer.host.takes_applications:
        raise GuardRefused(_("Questa offerta non accetta più candidature."), "offer_open")


def check_fewer_than_five_open(youth_id: int) -> None:
    """Hold a locked young person to the limit of open applications.

    Raises:
        GuardRefused: `fewer_than_five_open`.
    """
    if Application.objects.filter(youth_id=youth_id, state__in=OPEN_STATES).count() >= MAX_OPEN_APPLICATIONS:
        raise GuardRefused(
            _("Hai già %(most)s candidature aperte: aspetta una risposta, oppure ritirane una per fare posto a questa.")
            % {"most": MAX_OPEN_APPLICATIONS},
            "fewer_than_five_open",
        )


def _check_may_apply(youth: YouthProfile, offer: Offer, draft: Application | None, wider: float) -> None:
    """Hold a locked pair to the guards of `draft -> submitted`."""
    if not youth.is_complete:
        raise GuardRefused(_("Completa il tuo profilo, poi potrai candidarti."), "profile_complete")
    if draft is None:
        _check_not_applied(youth, offer)
    check_fewer_than_five_open(youth.pk)
    _check_offer_open(offer)
    obstacles = scoring.obstacles(youth, offer, wider=wider)
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


def shortlist(application: Application, by, message: str = "") -> Application:
    """The host wants to know the young person better; now a meeting can be proposed.

    Raises:
        NotPermitted, WrongState: see `actions.common`.
    """
    return change(application, S.SHORTLISTED, by, "application_shortlisted", words=Words(message=message.strip()))


def waitlist(application: Application, by, message: str = "") -> Application:
    """Put a shortlisted young person in line for the next free seat; the system may, too, when all seats are taken.

    Raises:
        NotPermitted, WrongState: see `actions.common`.
        GuardRefused: `no_seat_free`, there is a free seat to offer instead; `offer_open`.
    """

    def check(locked: Application) -> None:
        if locked.offer.state in (OfferState.CLOSED, OfferState.SUSPENDED):
            raise GuardRefused(_("Questa offerta non è pubblicata: non si possono offrire posti."), "offer_open")
        if free_seat(locked.offer) is not None:
            raise GuardRefused(_("C'è ancora un posto libero: offrilo, oppure rispondi di no."), "no_seat_free")

    words = Words(message=message.strip())
    return change(application, S.WAITLISTED, by, "application_waitlisted", words=words, prepare=check)


def offer_seat(
    application: Application, by, start: date | None = None, end: date | None = None, message: str = ""
) -> Application:
    """Give the lowest free seat of the offer for these days, held for a week for the young person to answer.

    Args:
        start, end: first and last day; the earliest possible if they are not given.

    Raises:
        NotPermitted, WrongState: see `actions.common`.
        GuardRefused: `seat_free`, `offer_open` or `dates` (not in order, or outside the offer's period).
    """
    default_start, default_end = calendar.earliest_days(application.offer, timezone.localdate())
    first, last = start or default_start, end or default_end
    if first > last:
        raise GuardRefused(_("La data di fine viene prima di quella di inizio."), "dates")
    if first < application.offer.start_date or last > application.offer.end_date:
        raise GuardRefused(_("Le date devono stare nel periodo dell'offerta."), "dates")
    return change(
        application,
        S.OFFERED,
        by,
        "seat_offered",
        words=Words(message=message.strip()),
        prepare=lambda locked: give_seat(locked, first, last),
    )


def reject(application: Application, by, reason: str, *, message: str = "", share: bool = False) -> Application:
    """The host says no, and why.

    Args:
        reason: why, for the host's and the desk's own eyes.
        message: what the young person reads; a courteous text of ours if it is empty.
        share: whether the young person reads the reason too.

    Raises:
        NotPermitted, WrongState: see `actions.common`.
        GuardRefused: `reason` is missing.
    """
    return change(application, S.REJECTED, by, "application_rejected", words=Words(reason, message, share))


def rescind(application: Application, by, reason: str, *, message: str = "", share: bool = False) -> Application:
    """The host takes an offered seat back, and says why; the desk is told. See `reject`."""
    words = Words(reason, message, share)
    return change(application, S.RESCINDED, by, "seat_rescinded", "seat_rescinded_desk", words=words)


def withdraw(application: Application, by, reason: str = "") -> Application:
    """The young person takes an application back, or the desk on their behalf; a draft is discarded."""
    if application.state == S.DRAFT:
        return discard(application, by)
    actors = permissions.actors_on_application(by, application)
    own, guardian = Actor.YOUTH in actors, Actor.GUARDIAN in actors
    # What the desk is still reading the host has never seen.
    notices = [] if application.state == S.IN_REVIEW else [_WITHDRAWN[own, guardian]]
    # A guardian who takes the consent back: the letter about the consent says it all.
    if not own and not guardian:
        notices.append("application_withdrawn_for_you")
    return change(application, S.WITHDRAWN, by, *notices, words=Words(reason.strip()))


_WITHDRAWN = {
    (True, False): "application_withdrawn",
    (False, True): "application_without_consent",
    (False, False): "application_withdrawn_by_desk",
}
"""What the host reads, by whether it is the young person's own doing, or their guardian's."""


def decline(application: Application, by) -> Application:
    """The young person says no to an offered seat, or their guardian takes the consent back; it is free again."""
    own = Actor.YOUTH in permissions.actors_on_application(by, application)
    return change(application, S.DECLINED, by, "seat_declined" if own else "seat_without_consent")


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
        application = Application.objects.get(pk=application.pk)
        locked = lock([application.pk, *(other.pk for other in closed_by_accepting(application))])
        mine = locked.pop(application.pk)
        check_transition(APPLICATION, mine, S.ACCEPTED, actors)
        if mine.expires_at is None or mine.expires_at <= timezone.now():
            raise GuardRefused(
                _("Il tempo per rispondere è finito: scrivi allo Sportello, vediamo che cosa si può fare."),
                "still_held",
            )
        start, end = settled_days(mine)
        if youth.placements.filter(state__in=TAKING_TIME_STATES, start_date__lte=end, end_date__gte=start).exists():
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


def close_for_offer(offer: Offer, by, reason: str = "") -> list[Application]:
    """Close what still waits on an offer that ends: to be called with the offer locked, in the same transaction.

    Offered and accepted seats stay as they are: a promise is taken back one by one, with `rescind`.

    Args:
        by: who closes the offer; it is written down on their behalf, as the system's if it is None.
        reason: why, in the log; young people read a courteous text.
    """
    actors = permissions.actors_on_offer(by, offer) | SYSTEM
    waiting = Application.objects.filter(offer=offer, state__in=(S.IN_REVIEW, S.SUBMITTED, S.SHORTLISTED, S.WAITLISTED))
    closed = []
    for application in waiting.select_for_update().order_by("pk"):
        application.offer = offer
        move(application, S.REJECTED, actors, by, Words(reason.strip() or str(_("L'offerta è stata chiusa."))))
        tell(application, "offer_closed")
        closed.append(application)
    return closed


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
