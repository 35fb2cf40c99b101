"""Who does what in the admin: the groups of the portal, and the questions asked about them.

What a group may do on pages is set by section of the tree and on models by the app that owns them; here is only the
way into the admin. Young people, guardians and hosts are in no group: what they may do comes from their memberships.
"""

from django.contrib.auth.models import AnonymousUser, Group, Permission

from .models import User

AUTHORS = "Redazione: autori"
REVIEWERS = "Redazione: revisori"
PUBLISHERS = "Redazione: responsabili"
DESK_OPERATORS = "Sportello: operatori"
DESK_SUPERVISORS = "Sportello: supervisori"
DESK_AUDITORS = "Sportello: revisori"

GROUPS = (AUTHORS, REVIEWERS, PUBLISHERS, DESK_OPERATORS, DESK_SUPERVISORS, DESK_AUDITORS)

Reader = User | AnonymousUser


def ensure_roles() -> dict[str, Group]:
    """Create the groups that are missing and let each into the admin; return them by name. Safe to run again."""
    access = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    groups = {}
    for name in GROUPS:
        group, _created = Group.objects.get_or_create(name=name)
        group.permissions.add(access)
        groups[name] = group
    return groups


def is_staff_member(user: Reader) -> bool:
    """Whether the reader may enter the admin."""
    return bool(user.is_authenticated and user.has_perm("wagtailadmin.access_admin"))
