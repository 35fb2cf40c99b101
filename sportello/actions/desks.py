"""Desks: who works at them."""

from django.contrib.auth.models import Group, Permission
from django.db import transaction

from ..enums import DeskRole
from ..models import Desk, DeskMembership

STAFF_GROUP = "Sportello Talenti"


def appoint(desk: Desk, user, role: str = DeskRole.OPERATOR) -> DeskMembership:
    """Let somebody work at a desk: an active membership, and the door of the Wagtail admin. Twice is once."""
    with transaction.atomic():
        Desk.objects.select_for_update().get(pk=desk.pk)
        membership, _created = DeskMembership.objects.get_or_create(
            desk=desk, user=user, is_active=True, defaults={"role": role}
        )
        group, _created = Group.objects.get_or_create(name=STAFF_GROUP)
        group.permissions.add(Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin"))
        user.groups.add(group)
    return membership
