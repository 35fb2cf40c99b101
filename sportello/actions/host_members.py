"""Who acts for a host: invited, accepted, with another role, gone. A host is never left without an owner."""

from collections.abc import Iterable
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from .. import permissions, tasks
from ..enums import Actor, HostRole, InvitationState
from ..errors import GuardRefused, NotPermitted, WrongState
from ..models import Host, HostInvitation, HostMembership, Offer
from .common import after_commit, write_log
from .locks import lock_account
from .parts import require_no_other_part

MAX_PENDING_INVITATIONS = 20
SENT_A_DAY, SENT_A_DAY_TO_ONE = 30, 3
"""Letters of one host, and to one address: nobody uses the portal to fill somebody's mailbox."""
_ALREADY_INVITED = _("Questa persona ha già un invito in attesa: puoi rimandarglielo.")
_ALREADY_HERE = _("Questa persona fa già parte della tua realtà.")


def invite(host: Host, by, email: str, role: str) -> HostInvitation:
    """Ask somebody by e-mail to act for a host.

    Raises:
        NotPermitted: `by` does not own the host.
        GuardRefused: `email`, `role`, `already_member`, `already_invited`, `too_many` or `too_often`.
    """
    _require_owner(by, host)
    email = (email or "").strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        raise GuardRefused(_("Questo indirizzo non è scritto bene: controllalo."), "email") from error
    if role not in HostRole.values:
        raise GuardRefused(_("Scegli che cosa farà questa persona."), "role")
    try:
        with transaction.atomic():
            host = Host.objects.select_for_update().get(pk=host.pk)
            _require_few_letters(host, email)
            if host.memberships.active().filter(user__email__iexact=email).exists():
                raise GuardRefused(_ALREADY_HERE, "already_member")
            waiting = host.invitations.pending()
            if waiting.filter(email__iexact=email).exists():
                raise GuardRefused(_ALREADY_INVITED, "already_invited")
            if waiting.count() >= MAX_PENDING_INVITATIONS:
                raise GuardRefused(
                    _("Ci sono già %(most)s inviti in attesa: prima annullane qualcuno.")
                    % {"most": MAX_PENDING_INVITATIONS},
                    "too_many",
                )
            invitation = HostInvitation.objects.create(
                host=host,
                email=email,
                role=role,
                invited_by=by,
                language=(get_language() or "it").split("-")[0],
            )
            write_log(host, "host_member_invited", by)
            after_commit(tasks.send_host_invitation, invitation.pk)
    except IntegrityError as error:
        raise GuardRefused(_ALREADY_INVITED, "already_invited") from error
    return invitation


def resend_invitation(invitation: HostInvitation, by) -> HostInvitation:
    """Send the e-mail again; the invitation holds for two more weeks from now.

    Raises:
        NotPermitted: `by` does not own the host.
        WrongState: it was accepted or cancelled.
        GuardRefused: `too_many` or `too_often`, for today.
    """
    _require_owner(by, invitation.host)
    with transaction.atomic():
        host = Host.objects.select_for_update().get(pk=invitation.host_id)
        invitation = _locked_pending(invitation)
        _require_few_letters(host, invitation.email)
        invitation.renew()
        invitation.save(update_fields=["sent_at", "expires_at", "sends"])
        after_commit(tasks.send_host_invitation, invitation.pk)
    return invitation


def cancel_invitation(invitation: HostInvitation, by) -> HostInvitation:
    """Take an invitation back: its link no longer lets anybody in.

    Raises:
        NotPermitted: `by` does not own the host.
        WrongState: it was accepted or cancelled.
    """
    _require_owner(by, invitation.host)
    with transaction.atomic():
        invitation = _locked_pending(invitation)
        invitation.state = InvitationState.CANCELLED
        invitation.save(update_fields=["state"])
        write_log(invitation.host, "host_invitation_cancelled", by)
    return invitation


def accept_invitation(invitation: HostInvitation, by) -> HostMembership:
    """Somebody who holds the link begins to act for the host, with the account they are signed in to.

    Raises:
        WrongState: it was accepted, cancelled, or its time is over.
        GuardRefused: `already_member`; `young` or `desk`, when the account has another part in the Sportello.
    """
    with transaction.atomic():
        require_no_other_part(lock_account(by))
        host = Host.objects.select_for_update().get(pk=invitation.host_id)
        invitation = _locked_pending(invitation)
        if invitation.has_expired:
            raise WrongState(_("Questo invito è scaduto: chiedi a chi te l'ha mandato di rimandarlo."))
        if host.memberships.filter(is_active=True, user=by).exists():
            raise GuardRefused(_("Fai già parte di questa realtà."), "already_member")
        invitation.state, invitation.accepted_by = InvitationState.ACCEPTED, by
        invitation.save(update_fields=["state", "accepted_by"])
        membership = HostMembership.objects.create(
            host=host,
            user=by,
            role=invitation.role,
            chosen_at=timezone.now(),
            language=(get_language() or "it").split("-")[0],
        )
        write_log(host, "host_member_joined", by)
        after_commit(tasks.notify_about_host, host.pk, "host_member_joined")
    return membership


def change_member(membership: HostMembership, by, role: str, offers: Iterable[Offer] = ()) -> HostMembership:
    """Give one of a host's people another role, and a tutor the offers they follow.

    Raises:
        NotPermitted: `by` does not own the host.
        WrongState: the person no longer belongs to it.
        GuardRefused: `role`, `last_owner`, or `offers` (one of them is another host's).
    """
    _require_owner(by, membership.host)
    if role not in HostRole.values:
        raise GuardRefused(_("Scegli che cosa farà questa persona."), "role")
    offers = list(offers) if role == HostRole.TUTOR else []
    if any(offer.host_id != membership.host_id for offer in offers):
        raise GuardRefused(_("Scegli tra le offerte della tua realtà."), "offers")
    with transaction.atomic():
        host, membership = _locked(membership)
        if not membership.is_active:
            raise WrongState(_("Questa persona non fa più parte della tua realtà."))
        if membership.role == HostRole.OWNER and role != HostRole.OWNER:
            _require_another_owner(host, membership)
        changed = membership.role != role
        membership.role = role
        membership.save(update_fields=["role"])
        membership.offers.set(offers)
        if changed:
            write_log(host, "host_member_changed", by)
            if membership.user_id != by.pk:
                after_commit(tasks.notify_host_member, membership.pk, "member_role_changed")
    return membership


def end_membership(membership: HostMembership, by) -> HostMembership:
    """Somebody no longer acts for a host: they leave, or an owner or the desk takes them out.

    Raises:
        NotPermitted: `by` is neither the person, nor an owner of the host, nor works at its desk.
        GuardRefused: `last_owner`, a host is never left without one.
    """
    leaves = by is not None and membership.user_id == by.pk and membership.is_active
    at_desk = Actor.DESK in permissions.actors_on_host(by, membership.host)
    owns = permissions.owns_host(by, membership.host)
    if not leaves and not at_desk and not owns:
        raise NotPermitted
    with transaction.atomic():
        host, membership = _locked(membership)
        if not membership.is_active:
            return membership
        if membership.role == HostRole.OWNER:
            _require_another_owner(host, membership)
        membership.is_active = False
        membership.save(update_fields=["is_active"])
        membership.offers.clear()
        write_log(host, "host_member_left", by)
        if not leaves:
            after_commit(tasks.notify_host_member, membership.pk, "member_removed")
        if leaves or not owns:
            after_commit(tasks.notify_about_host, host.pk, "host_member_left")
    return membership


def choose_host(membership: HostMembership, by) -> HostMembership:
    """Whoever belongs to several hosts acts for this one from now on.

    Raises:
        NotPermitted: it is somebody else's, or over.
    """
    if by is None or membership.user_id != by.pk or not membership.is_active:
        raise NotPermitted
    membership.chosen_at = timezone.now()
    membership.save(update_fields=["chosen_at"])
    return membership


def _require_owner(user, host: Host) -> None:
    if user is None or not permissions.owns_host(user, host):
        raise NotPermitted


def _locked(membership: HostMembership) -> tuple[Host, HostMembership]:
    """Host before membership: two owners who go at the same moment wait for each other here."""
    host = Host.objects.select_for_update().get(pk=membership.host_id)
    return host, HostMembership.objects.select_for_update().get(pk=membership.pk)


def _locked_pending(invitation: HostInvitation) -> HostInvitation:
    invitation = HostInvitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.state == InvitationState.ACCEPTED:
        raise WrongState(_("Questo invito è già stato accettato."))
    if invitation.state == InvitationState.CANCELLED:
        raise WrongState(_("Questo invito è stato annullato: chiedi a chi te l'ha mandato."))
    return invitation


def _require_few_letters(host: Host, email: str) -> None:
    """Whether a locked host may still write to an address today: what it took back since was written, too."""
    today = host.invitations.filter(sent_at__gt=timezone.now() - timedelta(days=1))
    if (today.filter(email__iexact=email).aggregate(n=Sum("sends"))["n"] or 0) >= SENT_A_DAY_TO_ONE:
        raise GuardRefused(_("A questo indirizzo hai già scritto più volte: riprova domani."), "too_often")
    if (today.aggregate(n=Sum("sends"))["n"] or 0) >= SENT_A_DAY:
        raise GuardRefused(_("Per oggi hai già mandato abbastanza inviti: riprova domani."), "too_many")


def _require_another_owner(host: Host, membership: HostMembership) -> None:
    if not host.memberships.other_owners(membership).exists():
        raise GuardRefused(_("È l'ultima persona titolare: prima nomina qualcun altro."), "last_owner")
