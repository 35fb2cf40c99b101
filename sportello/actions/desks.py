"""Desks: who works at them."""

from django.db import transaction

from portal.users import roles

from ..enums import DeskRole
from ..models import Desk, DeskMembership

_GROUPS: dict[str, str] = {
    DeskRole.OPERATOR: roles.DESK_OPERATORS,
    DeskRole.SUPERVISOR: roles.DESK_SUPERVISORS,
    DeskRole.AUDITOR: roles.DESK_AUDITORS,
}


def appoint(desk: Desk, user, role: str = DeskRole.OPERATOR) -> DeskMembership:
    """Let somebody work at a desk: an active membership, and the way into the Wagtail admin.

    Doing it twice changes nothing.
    """
    with transaction.atomic():
        Desk.objects.select_for_update().get(pk=desk.pk)
        membership, _created = DeskMembership.objects.get_or_create(
            desk=desk, user=user, is_active=True, defaults={"role": role}
        )
        user.groups.add(roles.ensure_roles()[_GROUPS[role]])
    return membership
