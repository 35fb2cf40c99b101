"""One's own data: asking for its deletion, changing one's mind, and what is done when the time has come.

What goes: the account, the profile, the CV, the words written, support notes, proposals, guardians' invitations. What
stays, without a name: that there was an application to an offer, its states and days, the consents with the words they
were given to, the list in a round that has been run, and of the birth date only month and year. Figures stay true,
nobody can be found in them. Table by table: `sportello.personal_data`.
"""

import secrets
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.users.models import FORGOTTEN_DOMAIN

from .. import notifications, permissions, tasks
from ..enums import OPEN_STATES, TAKING_TIME_STATES, ApplicationState, HostRole
from ..errors import GuardRefused, WrongState
from ..models import (
    Application,
    DeletionRequest,
    Guardian,
    GuardianLink,
    HostMembership,
    MutedTopic,
    OfferReport,
    YouthProfile,
)
from ..preference_topics import NoticeTopic
from . import applications, cv, forgetting, guardians, host_members
from .common import after_commit, happens
from .locks import lock_account, lock_hosts, lock_person

UNDO_DAYS = 7
"""How long one may change one's mind."""


def ask_deletion(user) -> DeletionRequest:
    """Ask for one's data to be deleted after some days; asking again changes nothing.

    Raises:
        GuardRefused: `works_here`, `placement`, `answers_alone`, `last_owner`: what has to be settled with somebody
            first.
    """
    with transaction.atomic():
        user = lock_account(user)
        existing = open_request(user)
        if existing is not None:
            return existing
        _require_free(user)
        now = timezone.now()
        request = DeletionRequest.objects.create(user=user, asked_at=now, due_at=now + timedelta(days=UNDO_DAYS))
        after_commit(tasks.notify_about_account, user.pk, "deletion_asked")
    return request


def undo_deletion(user) -> bool:
    """Change one's mind in time: everything stays as it is. Return False if it was too late."""
    with transaction.atomic():
        # Waits for a deletion that has begun.
        account = get_user_model().objects.select_for_update(no_key=True).filter(pk=user.pk, is_active=True).first()
        if account is not None:
            DeletionRequest.objects.open().filter(user=account).update(undone_at=timezone.now())
    return account is not None


def open_request(user) -> DeletionRequest | None:
    """Return the request that waits; None if there is none."""
    return DeletionRequest.objects.open().filter(user=user).first()


def erase(user, still_due: Callable[[models.Model], bool] | None = None) -> bool:
    """Delete somebody's data, and what cannot go make nobody's. Return whether the account itself is gone.

    Args:
        still_due: asked of the locked account: between the list and here somebody may have come back.

    Raises:
        WrongState: it is not due any more.
        GuardRefused: see `ask_deletion`; nothing was changed.
    """
    with transaction.atomic():
        user = lock_account(user)
        if still_due is not None and not still_due(user):
            raise WrongState
        _lock_hosts_of(user)
        _require_free(user)
        # Drawn while there is still somebody to write to.
        notice = "deletion_done" if open_request(user) else "erased_unused"
        letters = list(notifications.about_account(user.pk, notice))
        transaction.on_commit(lambda: tasks.send_drawn(letters), robust=True)
        for membership in HostMembership.objects.filter(user=user, is_active=True).order_by("pk"):
            host_members.end_membership(membership, user)
        for link in GuardianLink.objects.standing().of(user).select_related("guardian"):
            guardians.step_back(link, user)
        profile = YouthProfile.objects.filter(user=user).first()
        if profile is not None:
            _forget_youth(lock_person(profile.pk), user)
        _forget_guardian(user)
        forgetting.forget_reports(OfferReport.objects.filter(reporter=user))
        forgetting.forget_invitations(user, _nobody())
        forgetting.forget_searches((user.first_name, user.last_name, user.email))
        DeletionRequest.objects.open().filter(user=user).update(done_at=timezone.now())
        return _forget_account(user)


def set_muted(user, topics) -> None:
    """Turn e-mails of these topics off, and all others on."""
    wanted = {topic for topic in topics if topic in NoticeTopic.values}
    with transaction.atomic():
        lock_account(user)
        MutedTopic.objects.filter(user=user).exclude(topic__in=wanted).delete()
        for topic in sorted(wanted):
            MutedTopic.objects.get_or_create(user=user, topic=topic)


def what_holds(user) -> str:
    """Why somebody's data cannot be deleted now, so that the page says it before anything is asked; empty if it can."""
    try:
        _require_free(user)
    except GuardRefused as error:
        return str(error)
    return ""


def _lock_hosts_of(user) -> None:
    """Lock at once all hosts that an account touches: those it acts for, those of the young people it answers for."""
    answered_for = GuardianLink.objects.standing().of(user).values("youth_id")
    young = YouthProfile.objects.filter(models.Q(user=user) | models.Q(pk__in=answered_for))
    under_way = Application.objects.active().filter(youth__in=young)
    acted_for = HostMembership.objects.filter(user=user, is_active=True)
    lock_hosts([*acted_for.values_list("host_id", flat=True), *under_way.values_list("offer__host_id", flat=True)])


def _require_free(user) -> None:
    if permissions.works_at_desk(user) or user.is_staff:
        raise GuardRefused(
            _("Questo account lavora al portale: per cancellarlo scrivi a chi lo gestisce."), "works_here"
        )
    profile = YouthProfile.objects.filter(user=user).first()
    if profile is not None and profile.placements.filter(state__in=TAKING_TIME_STATES).exists():
        raise GuardRefused(
            _("Hai un percorso in corso o in preparazione: prima chiudilo con lo Sportello, poi torna qui."),
            "placement",
        )
    ward = guardians.holds_placement(user)
    if ward is not None:
        raise GuardRefused(
            _(
                "Il posto di %(person)s si sta preparando con il tuo sì: prima revocalo, oppure fate invitare un'altra "
                "persona che risponda. Poi torna qui."
            )
            % {"person": ward.user.first_name},
            "answers_alone",
        )
    for membership in (
        HostMembership.objects.active().filter(user=user, role=HostRole.OWNER).select_related("host__organisation")
    ):
        if not HostMembership.objects.other_owners(membership).exists():
            raise GuardRefused(
                _("Sei l'unica persona titolare di «%(host)s»: prima nomina qualcun altro, o scrivi allo Sportello.")
                % {"host": membership.host},
                "last_owner",
            )


def _forget_youth(profile: YouthProfile, user) -> None:
    for row in Application.objects.filter(youth=profile, state__in=(*OPEN_STATES, ApplicationState.DRAFT)).order_by(
        "offer_id", "pk"
    ):
        if row.state == ApplicationState.OFFERED:
            applications.decline(row, user)
        elif row.state == ApplicationState.DRAFT:
            applications.discard(row, user)
        else:
            applications.withdraw(row, user)
    cv.delete_all(profile)
    forgetting.forget_youth(profile)
    profile.guardian_links.all().delete()
    Guardian.objects.filter(user=None, links=None).delete()
    if not Application.objects.filter(youth=profile).exists() and _goes(profile):
        return
    forgetting.forget_words(Application.objects.filter(youth=profile))
    profile.phone = profile.study_note = profile.status = profile.study_path = ""
    profile.birth_date = profile.birth_date.replace(day=1)
    profile.availability, profile.travel_means = 0, []
    profile.weekly_hours_max = profile.max_distance_km = profile.available_from = profile.available_until = None
    profile.matching_consent_at = None
    profile.consents.standing().update(revoked_at=timezone.now())
    profile.save()
    for rows in (profile.interests, profile.skills, profile.goals):
        rows.clear()
    profile.refresh_terms()


def _goes(row) -> bool:
    """Delete a row that nothing else needs; return whether it could go."""
    try:
        with transaction.atomic():
            row.delete()
    except models.ProtectedError:
        return False
    return True


def _forget_guardian(user) -> None:
    guardian = Guardian.objects.filter(user=user).first()
    if guardian is None:
        return
    guardian.links.filter(ended_at__isnull=True).update(ended_at=timezone.now(), key_digest="", key_expires_at=None)
    if guardian.links.exists():
        guardian.email = _nobody()
        guardian.save(update_fields=["email"])
    else:
        guardian.delete()


def _forget_account(user) -> bool:
    EmailAddress.objects.filter(user=user).delete()
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        if session.get_decoded().get("_auth_user_id") == str(user.pk):
            session.delete()
    if _goes(user):
        return True
    for name in ("authenticator_set", "socialaccount_set", "usersession_set", "muted_topics"):
        related = getattr(user, name, None)
        if related is not None:
            related.all().delete()
    user.email, user.first_name, user.last_name = _nobody(), "", ""
    user.is_active, user.last_login, user.privacy_read_at = False, None, None
    user.set_unusable_password()
    user.save()
    return False


def _nobody() -> str:
    return f"cancellato-{secrets.token_hex(8)}@{FORGOTTEN_DOMAIN}"


def erase_due(now=None) -> tuple[int, int]:
    """Do what is due; return how many were deleted, and how many wait for something to be settled first."""
    now = now or timezone.now()
    due = DeletionRequest.objects.due(now)

    def still_due(user) -> bool:
        return due.filter(user=user).exists()

    requests = list(due.select_related("user"))
    done = sum(happens(partial(erase, row.user, still_due), f"deletion request {row.pk}") for row in requests)
    return done, due.count()
