"""Desks: what they are called and where, and who works at them."""

from collections.abc import Mapping

from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from portal.users import roles

from .. import permissions, tasks
from ..enums import DeskRole
from ..errors import GuardRefused, NotPermitted
from ..models import Desk, DeskMembership
from .common import after_commit, write_log
from .locks import lock_account

GROUPS: dict[str, str] = {
    DeskRole.OPERATOR: roles.DESK_OPERATORS,
    DeskRole.SUPERVISOR: roles.DESK_SUPERVISORS,
    DeskRole.AUDITOR: roles.DESK_AUDITORS,
}
"""The group that opens the Wagtail admin to who has a role at a desk."""


def appoint(desk: Desk, user, role: str = DeskRole.OPERATOR) -> DeskMembership:
    """Let somebody work at a desk: an active membership, and the way into the Wagtail admin.

    Doing it twice changes nothing.
    """
    with transaction.atomic():
        Desk.objects.select_for_update().get(pk=desk.pk)
        membership, _created = DeskMembership.objects.get_or_create(
            desk=desk, user=user, is_active=True, defaults={"role": role}
        )
        user.groups.add(roles.ensure_roles()[GROUPS[membership.role]])
    return membership


def save_desk(values: Mapping, by, desk: Desk | None = None) -> Desk:
    """Open a desk, or change what is known of one.

    Args:
        values: `name`, `email`, `phone`, `opening_hours`; `territory` too, which only a superuser changes.

    Raises:
        NotPermitted: a new desk or another territory, by who is no superuser; a desk that `by` does not supervise.
        GuardRefused: `territory`, it has a desk already.
    """
    if desk is None and not by.is_superuser:
        raise NotPermitted
    if desk is not None and not permissions.supervises(by, desk.pk):
        raise NotPermitted
    moves = desk is not None and "territory" in values and values["territory"].pk != desk.territory_id
    if moves and not by.is_superuser:
        raise NotPermitted
    try:
        with transaction.atomic():
            created = desk is None
            desk = Desk() if desk is None else Desk.objects.select_for_update().get(pk=desk.pk)
            for name, value in values.items():
                setattr(desk, name, value)
            desk.save()
            write_log(desk, "desk_opened" if created else "desk_changed", by)
    except IntegrityError as error:
        raise GuardRefused(_("Questo territorio ha già uno Sportello."), "territory") from error
    return desk


def appoint_by_email(desk: Desk, by, email: str, role: str) -> DeskMembership:
    """A supervisor lets somebody who has an account work at the desk.

    Raises:
        NotPermitted: `by` does not supervise the desk.
        GuardRefused: `role`, `no_account`, `already_here`, or `other_part` (a young person or somebody of a host:
            who decides at the desk takes no side in front of it).
    """
    if not permissions.supervises(by, desk.pk):
        raise NotPermitted
    if role not in DeskRole.values:
        raise GuardRefused(_("Scegli che cosa farà questa persona."), "role")
    user = get_user_model().objects.filter(email__iexact=(email or "").strip(), is_active=True).first()
    if user is None:
        raise GuardRefused(
            _("Con questo indirizzo non c'è un account: chiedi alla persona di crearlo, poi riprova."), "no_account"
        )
    with transaction.atomic():
        user = lock_account(user)
        if permissions.profile_of(user) is not None or permissions.host_of(user) is not None:
            raise GuardRefused(
                _("Con questo account si cerca o si offre un'esperienza: per lo Sportello ne serve un altro."),
                "other_part",
            )
        desk = Desk.objects.select_for_update().get(pk=desk.pk)
        if desk.memberships.filter(user=user, is_active=True).exists():
            raise GuardRefused(
                _("Questa persona lavora già qui: per cambiare ruolo toglila, poi aggiungila di nuovo."), "already_here"
            )
        membership = appoint(desk, user, role)
        write_log(desk, "desk_member_joined", by)
        after_commit(tasks.notify_about_desk_member, membership.pk)
    return membership


def end_desk_membership(membership: DeskMembership, by) -> DeskMembership:
    """Somebody no longer works at a desk; the way into the admin goes with their last place of that kind.

    Raises:
        NotPermitted: `by` does not supervise the desk.
        GuardRefused: `oneself`, so that nobody locks themselves out by mistake.
    """
    if not permissions.supervises(by, membership.desk_id):
        raise NotPermitted
    if membership.user_id == by.pk and not by.is_superuser:
        raise GuardRefused(
            _("Non puoi togliere te: chiedi a un'altra persona che supervisiona lo Sportello."), "oneself"
        )
    with transaction.atomic():
        desk = Desk.objects.select_for_update().get(pk=membership.desk_id)
        # Asked again under the lock: two who take each other out at the same moment would leave nobody.
        if not permissions.supervises(get_user_model().objects.get(pk=by.pk), desk.pk):
            raise NotPermitted
        membership = DeskMembership.objects.select_for_update(of=("self",)).select_related("user").get(pk=membership.pk)
        if not membership.is_active:
            return membership
        membership.is_active = False
        membership.save(update_fields=["is_active"])
        user = membership.user
        if not user.desk_memberships.filter(is_active=True, role=membership.role).exists():
            user.groups.remove(*user.groups.filter(name=GROUPS[membership.role]))
        write_log(desk, "desk_member_left", by)
    return membership
