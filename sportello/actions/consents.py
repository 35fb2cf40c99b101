"""Saying yes, saying no, taking a yes back. Locks: see `actions.locks`."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .. import consents, permissions, tasks
from ..application_enums import NOT_STARTED_STATES
from ..enums import OPEN_STATES, Actor, ApplicationState
from ..enums_people import GIVEN_BY, ConsentPurpose
from ..errors import GuardRefused, NotPermitted, WrongState
from ..models import Application, Consent, ConsentText, YouthProfile
from . import applications, applications_acceptance
from .common import after_commit
from .locks import lock_applications, lock_person, lock_youth

P = ConsentPurpose
_CLOSING = (P.APPLYING, P.EXPERIENCE)
"""Purposes without which something that is open cannot go on."""


def grant(youth: YouthProfile, purpose: str, by, application: Application | None = None) -> Consent:
    """Say yes to a purpose, in the words in use today. Saying yes again changes nothing.

    Args:
        application: for `ConsentPurpose.EXPERIENCE` the candidature whose seat has been offered.

    Raises:
        NotPermitted: `by` is not who says yes to this: the young person, or who answers for them while under age.
        WrongState: the seat of the application is not, or no longer, offered.
    """
    with transaction.atomic():
        youth = lock_youth(youth.pk)
        actor = _giver(youth, purpose, by)
        application = _settled(youth, application)
        now = timezone.now()
        current = Consent.objects.standing().with_outdated().about(purpose, application).filter(youth=youth).first()
        days = consents.days_of(application) if application else []
        if current is not None:
            if current.evidence.get("days", []) == days and not current.outdated:
                return current
            # The days or the words have changed since: the yes to the former ones ends here.
            current.revoked_at, current.revoked_by = now, by
            current.save(update_fields=["revoked_at", "revoked_by"])
        consent = _write(youth, purpose, application, actor, by, granted_at=now)
        if purpose == P.MATCHING:
            youth.matching_consent_at = now
            youth.save(update_fields=["matching_consent_at"])
        if actor == Actor.GUARDIAN:
            after_commit(tasks.notify_about_consent, consent.pk, "consent_granted")
    return consent


def refuse(youth: YouthProfile, purpose: str, by, application: Application | None = None) -> Consent:
    """Say no to a purpose that one was asked about. One may still say yes later.

    Raises:
        NotPermitted, WrongState: see `grant`.
        GuardRefused: `already_given`: a yes stands, and is to be taken back instead.
    """
    with transaction.atomic():
        youth = lock_youth(youth.pk)
        actor = _giver(youth, purpose, by)
        application = _settled(youth, application)
        about = Consent.objects.about(purpose, application).filter(youth=youth)
        # A yes to other days of the same experience holds for these no more than a yes to former words.
        holds = consents.experience_consent(application) if application else about.counting().first()
        if holds is not None:
            raise GuardRefused(_("Il consenso c'è già: se hai cambiato idea, revocalo."), "already_given")
        # A yes to former words or days is over: this no takes its place.
        about.standing().update(revoked_at=timezone.now(), revoked_by=by)
        consent = _write(youth, purpose, application, actor, by, refused_at=timezone.now())
        if actor == Actor.GUARDIAN:
            after_commit(tasks.notify_about_consent, consent.pk, "consent_refused")
    return consent


def revoke(consent: Consent, by, cancel_placement: bool = False) -> Consent:
    """Take a yes back. What was still open with it closes: nothing goes on without it.

    Taking back the yes to apply withdraws the open candidatures to experiences that begin before the eighteenth
    birthday, and lets offered seats go; that to one experience lets its seat go. A seat accepted in the meantime is
    not lost by surprise: it asks again with `cancel_placement`, and then the placement is cancelled. One that has
    begun is ended by the desk, which is told at once.

    Raises:
        NotPermitted: see `grant`.
        WrongState: it was taken back already.
        GuardRefused: `accepted_meanwhile`.
    """
    with transaction.atomic():
        if consent.purpose in _CLOSING:
            youth = lock_person(consent.youth_id)
            lock_applications(row.pk for row in closed_by_revoking(consent))
        else:
            youth = lock_youth(consent.youth_id)
        # Who answers for a young person is looked at under their lock: somebody may be stepping back.
        actor = _giver(youth, consent.purpose, by)
        consent = Consent.objects.select_for_update().get(pk=consent.pk)
        if not consent.is_standing:
            raise WrongState(_("Questo consenso è già stato revocato."))
        closing = closed_by_revoking(consent)
        accepted = [row for row in closing if row.state == ApplicationState.ACCEPTED]
        if accepted and not cancel_placement:
            raise GuardRefused(
                _(
                    "Nel frattempo il posto è stato accettato e il percorso si sta preparando. Il consenso resta: "
                    "se vuoi revocarlo lo stesso, riapri la revoca e conferma che il percorso va annullato."
                ),
                "accepted_meanwhile",
            )
        consent.revoked_at, consent.revoked_by = timezone.now(), by
        consent.save(update_fields=["revoked_at", "revoked_by"])
        if consent.purpose == P.MATCHING:
            youth.matching_consent_at = None
            youth.save(update_fields=["matching_consent_at"])
        for application in closing:
            _close(application, by)
        if actor == Actor.GUARDIAN:
            after_commit(tasks.notify_about_consent, consent.pk, "consent_revoked")
            if _under_way(consent):
                after_commit(tasks.notify_about_consent, consent.pk, "consent_revoked_desk")
    return consent


def closed_by_revoking(consent: Consent) -> list[Application]:
    """The applications that cannot go on once this yes is taken back, in the order in which they are locked."""
    rows = Application.objects.filter(youth_id=consent.youth_id).select_related(
        "youth", "offer__host__organisation", "placement"
    )
    if consent.purpose == P.APPLYING:
        today = timezone.localdate()
        return [
            row
            for row in rows.filter(state__in=OPEN_STATES).order_by("offer_id", "pk")
            if consents.is_minor(row.youth, row.start_date or consents.first_day(row.youth, row.offer, today))
        ]
    if consent.purpose == P.EXPERIENCE and consent.application_id is not None:
        mine = rows.filter(pk=consent.application_id)
        return [row for row in mine if row.state == ApplicationState.OFFERED or _is_prepared(row)]
    return []


def _is_prepared(application: Application) -> bool:
    placement = getattr(application, "placement", None)
    return (
        application.state == ApplicationState.ACCEPTED
        and placement is not None
        and placement.state in NOT_STARTED_STATES
        and placement.start_date > timezone.localdate()
    )


def _under_way(consent: Consent) -> bool:
    """Whether an experience that was consented to goes on: only the desk can end it, with everybody it concerns."""
    application = consent.application
    return application is not None and application.state == ApplicationState.ACCEPTED and not _is_prepared(application)


def _close(application: Application, by) -> None:
    if application.state == ApplicationState.ACCEPTED:
        applications_acceptance.cancel(application, by)
    elif application.state == ApplicationState.OFFERED:
        applications.decline(application, by)
    else:
        applications.withdraw(application, by)


def _giver(youth: YouthProfile, purpose: str, by) -> str:
    actor = GIVEN_BY[purpose]
    if actor == Actor.YOUTH and youth.user_id == by.pk:
        return actor
    if actor == Actor.GUARDIAN and permissions.answers_for(by, youth.pk):
        return actor
    raise NotPermitted


def _settled(youth: YouthProfile, application: Application | None) -> Application | None:
    """Read an application again under its young person's lock, without which nobody gives it a seat or takes one."""
    if application is None:
        return None
    if application.youth_id != youth.pk:
        raise NotPermitted
    application = Application.objects.get(pk=application.pk)
    if application.state != ApplicationState.OFFERED:
        raise WrongState(
            _("Nel frattempo qualcosa è cambiato: ora lo stato è «%(state)s».")
            % {"state": application.get_state_display()}
        )
    return application


def _write(youth: YouthProfile, purpose: str, application: Application | None, actor: str, by, **when) -> Consent:
    text = ConsentText.objects.current(purpose)
    evidence: dict[str, Any] = {
        "door": "web",
        "language": (get_language() or "it").split("-")[0],
        "text_sha256": text.digest,
    }
    if application is not None:
        evidence["days"] = consents.days_of(application)
    return Consent.objects.create(
        youth=youth,
        purpose=purpose,
        application=application,
        text=text,
        given_by=by,
        given_as=actor,
        evidence=evidence,
        **when,
    )
