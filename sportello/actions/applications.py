"""What a young person does with an application, or the desk on their behalf: write, send, take back, decline.

What the host answers is in `applications_host`, taking the seat in `applications_acceptance`, the desk's own decisions
in `applications_desk`, the answer guarantee in `applications_guarantee`. Locks and what every change shares are in
`applications_machine`.
"""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import consents, permissions, review, scoring
from ..enums import MAX_OPEN_APPLICATIONS, OPEN_STATES, Actor, ApplicationState, OfferState
from ..errors import GuardRefused, NotPermitted
from ..models import Application, Offer, YouthProfile
from .applications_machine import SYSTEM, Words, change, move, record, require_source, tell
from .locks import lock_youth
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
            lock_youth(youth.pk)
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
            lock_youth(youth.pk)
            Offer.objects.select_for_update().get(pk=offer.pk)
            youth = YouthProfile.objects.for_matching().get(pk=youth.pk)
            offer = Offer.objects.for_matching().get(pk=offer.pk)
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


def withdraw(application: Application, by, reason: str = "") -> Application:
    """The young person takes an application back, or the desk on their behalf; a draft is discarded."""
    if application.state == S.DRAFT:
        return discard(application, by)
    actors = permissions.actors_on_application(by, application)
    own, guardian = Actor.YOUTH in actors, Actor.GUARDIAN in actors

    def tell_host(locked: Application) -> None:
        # What the desk is still reading the host has never seen; it may have passed it on a moment ago.
        if locked.state != S.IN_REVIEW:
            tell(locked, _WITHDRAWN[own, guardian])

    # A guardian who takes the consent back: the letter about the consent says it all.
    notices = [] if own or guardian else ["application_withdrawn_for_you"]
    return change(application, S.WITHDRAWN, by, *notices, words=Words(reason.strip()), prepare=tell_host)


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
