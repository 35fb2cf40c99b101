"""Who answers for a young person under age: asking them, their yes or no, the end of it."""

import hashlib
import secrets
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .. import permissions, tasks
from ..enums import Actor, ApplicationState
from ..enums_people import INVITATION_DAYS, MAX_GUARDIANS, GuardianRelation
from ..errors import GuardRefused, NotPermitted
from ..models import Guardian, GuardianLink, YouthProfile
from . import consents
from .common import after_commit, write_log
from .locks import lock_account, lock_person, lock_youth
from .youth import is_minor

INVITATIONS_A_DAY = 5
"""For one young person: nobody uses the portal to fill somebody's mailbox."""


def digest_of(key: str) -> str:
    """What is kept of an invitation's key."""
    return hashlib.sha256(key.encode()).hexdigest()


def invite(youth: YouthProfile, email: str, by) -> GuardianLink:
    """Ask somebody by e-mail to answer for a young person; asking again sends a new link and ends the former.

    Raises:
        NotPermitted: `by` is neither the young person nor somebody of their desk.
        GuardRefused: `of_age`, `own_address`, `already_confirmed`, `turned_down`, `enough_guardians` or `too_many`.
    """
    actor = _asker(youth, by)
    email = email.strip().lower()
    if not is_minor(youth.birth_date):
        raise GuardRefused(_("Hai già 18 anni: decidi per te, non serve invitare nessuno."), "of_age")
    if email == youth.user.email:
        raise GuardRefused(_("Questo è il tuo indirizzo: serve quello di chi risponde per te."), "own_address")
    now = timezone.now()
    with transaction.atomic():
        rows = YouthProfile.objects.select_for_update(of=("self",), no_key=True)
        youth = rows.select_related("user", "desk").get(pk=youth.pk)
        links = GuardianLink.objects.filter(youth=youth)
        a_day_ago = now - timedelta(days=1)
        sent = links.filter(invited_at__gt=a_day_ago).aggregate(n=Sum("sends"))["n"] or 0
        if sent >= INVITATIONS_A_DAY:
            raise GuardRefused(_("Per oggi hai già mandato abbastanza inviti: riprova domani."), "too_many")
        guardian = _known(email)
        if guardian is None:
            guardian, _created = Guardian.objects.get_or_create(email=email, defaults={"language": _language()})
        link = links.filter(guardian=guardian).first() or GuardianLink(youth=youth, guardian=guardian)
        if link.is_confirmed:
            raise GuardRefused(_("Questa persona risponde già per te."), "already_confirmed")
        if link.turned_down_at and actor != Actor.DESK:
            # They were told that nobody would write to them again about this; the desk may, when it has talked to them.
            raise GuardRefused(
                _("Questa persona ha detto che non risponde per te: invita qualcun altro, o parlane con lo Sportello."),
                "turned_down",
            )
        if links.open().exclude(pk=link.pk).count() >= MAX_GUARDIANS:
            raise GuardRefused(
                _("Hai già invitato %(most)s persone: prima togli un invito.") % {"most": MAX_GUARDIANS},
                "enough_guardians",
            )
        key = secrets.token_urlsafe(32)
        link.sends = link.sends + 1 if link.pk and link.invited_at > a_day_ago else 1
        link.invited_as, link.invited_at = actor, now
        link.key_digest, link.key_expires_at = digest_of(key), now + timedelta(days=INVITATION_DAYS)
        link.confirmed_at, link.ended_at, link.turned_down_at, link.relation = None, None, None, ""
        link.save()
        if actor == Actor.DESK:
            # Who of the desk did it; the young person is not named in the log, which outlives them.
            write_log(link, "guardian_invited_by_desk", by)
        path = reverse("area:guardian_invitation", args=[key])
        after_commit(tasks.notify_about_guardian, link.pk, "guardian_invited", path)
    return link


def confirm(link: GuardianLink, relation: str, by, born: date | None = None) -> GuardianLink:
    """The invited adult says to answer for the young person; their account is bound to the link from now on.

    Args:
        link: found by its key, see `GuardianLink.objects.invited`.
        born: the birth date that they have just said to have an account, if that is how they came here.

    Raises:
        NotPermitted: the young person themself, or another person under age.
        GuardRefused: `invitation_over`, `other_account` or `relation`.
    """
    if relation not in GuardianRelation.values:
        raise GuardRefused(_("Scegli che cosa sei per questa persona."), "relation")
    profile = permissions.profile_of(by)
    themself = profile is not None and profile.pk == link.youth_id
    dates = [born, profile.birth_date if profile is not None else None]
    if themself or any(day is not None and is_minor(day) for day in dates):
        raise NotPermitted(
            _("Questo invito è per un adulto: esci dal tuo account, poi lascia aprire il link a chi risponde per te.")
        )
    try:
        with transaction.atomic():
            lock_account(by)
            lock_youth(link.youth_id)
            link = GuardianLink.objects.select_for_update(of=("self",)).select_related("guardian").get(pk=link.pk)
            now = timezone.now()
            if link.ended_at or link.confirmed_at or link.key_expires_at is None or link.key_expires_at <= now:
                raise _over()
            link.guardian = _bound(link, by)
            link.relation, link.confirmed_at = relation, now
            link.key_digest, link.key_expires_at = "", None
            link.save()
            # The address that was invited, when the account is another one's: nobody needs it any more.
            Guardian.objects.filter(user=None, links=None).delete()
            after_commit(tasks.notify_about_guardian, link.pk, "guardian_confirmed", "")
    except IntegrityError as error:
        # The same account confirmed another invitation for the same person at the same instant.
        raise _over() from error
    return link


def turn_down(link: GuardianLink) -> GuardianLink:
    """Whoever got the invitation does not answer for this person. No account is needed to say so.

    Raises:
        GuardRefused: `invitation_over`.
    """
    with transaction.atomic():
        lock_youth(link.youth_id)
        link = GuardianLink.objects.select_for_update().get(pk=link.pk)
        if link.ended_at or link.confirmed_at:
            raise _over()
        link.turned_down_at = timezone.now()
        _end(link)
        after_commit(tasks.notify_about_guardian, link.pk, "guardian_turned_down", "")
    return link


def cancel_invitation(link: GuardianLink, by) -> GuardianLink:
    """The young person or the desk takes an invitation back that has not been confirmed.

    Raises:
        NotPermitted: see `invite`.
        GuardRefused: `already_confirmed`: who has said yes is not sent away by the young person.
    """
    _asker(link.youth, by)
    with transaction.atomic():
        lock_youth(link.youth_id)
        link = GuardianLink.objects.select_for_update().get(pk=link.pk)
        if link.confirmed_at:
            raise GuardRefused(
                _("Nel frattempo ha confermato: per cambiare chi risponde per te scrivi allo Sportello."),
                "already_confirmed",
            )
        _end(link)
    return link


def step_back(link: GuardianLink, by) -> GuardianLink:
    """A guardian no longer answers for a young person. With nobody else left, their yeses are taken back first.

    Raises:
        NotPermitted: `by` is not that guardian.
        GuardRefused: `accepted_meanwhile`: a placement is being prepared, and that consent is taken back apart.
    """
    if link.guardian.user_id != by.pk:
        raise NotPermitted
    with transaction.atomic():
        lock_person(link.youth_id)
        link = GuardianLink.objects.select_for_update().get(pk=link.pk)
        others = GuardianLink.objects.standing().filter(youth_id=link.youth_id).exclude(pk=link.pk)
        if link.is_confirmed and not others.exists():
            given = link.youth.consents.standing().filter(given_as=Actor.GUARDIAN).select_related("youth")
            for consent in given.order_by("pk"):
                consents.revoke(consent, by)
        _end(link)
        after_commit(tasks.notify_about_guardian, link.pk, "guardian_stepped_back", "")
    return link


def holds_placement(user) -> YouthProfile | None:
    """Return whose accepted seat, not begun yet, stands on this guardian's yes alone; None if nobody's does."""
    for link in GuardianLink.objects.standing().of(user).select_related("youth__user"):
        others = GuardianLink.objects.standing().filter(youth_id=link.youth_id).exclude(pk=link.pk)
        if not link.is_confirmed or others.exists():
            continue
        given = link.youth.consents.standing().filter(given_as=Actor.GUARDIAN).select_related("youth")
        closing = (row for consent in given.order_by("pk") for row in consents.closed_by_revoking(consent))
        if any(row.state == ApplicationState.ACCEPTED for row in closing):
            return link.youth
    return None


def _asker(youth: YouthProfile, by) -> str:
    if youth.user_id == by.pk:
        return Actor.YOUTH
    desk_ids = permissions.desks_of(by)
    if desk_ids is None or youth.desk_id in desk_ids:
        return Actor.DESK
    raise NotPermitted


def _known(email: str) -> Guardian | None:
    """The guardian whom an address belongs to: by the account, or by a former invitation."""
    by_account = Guardian.objects.filter(user__email=email).first()
    return by_account or Guardian.objects.filter(email=email).first()


def _bound(link: GuardianLink, by) -> Guardian:
    """The guardian that the account is: the invited one, or the one that it has been since an earlier invitation."""
    mine = Guardian.objects.filter(user=by).first()
    if mine is None and link.guardian.user_id is None:
        link.guardian.user = by
        link.guardian.save(update_fields=["user"])
        return link.guardian
    if mine is None or (link.guardian.user_id is not None and link.guardian_id != mine.pk):
        raise GuardRefused(_("Questo invito è per un altro account: entra con quello."), "other_account")
    # An ended link of the same two would stand in the way: this one takes its place.
    GuardianLink.objects.filter(youth_id=link.youth_id, guardian=mine).exclude(pk=link.pk).delete()
    return mine


def _end(link: GuardianLink) -> None:
    link.ended_at = timezone.now()
    link.key_digest, link.key_expires_at = "", None
    link.save()


def _over() -> GuardRefused:
    return GuardRefused(
        _("Questo invito non vale più: chiedine uno nuovo, oppure entra nella tua area se hai già risposto."),
        "invitation_over",
    )


def _language() -> str:
    return (get_language() or "it").split("-")[0]
