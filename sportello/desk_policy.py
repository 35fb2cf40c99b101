"""Who sees the Sportello's rows in the Wagtail admin: operators and supervisors those of their desks, superusers all.

Nobody adds, changes or deletes rows there: things change through the actions only.
"""

from django.contrib.auth import get_user_model
from django.db.models import Q
from wagtail.permission_policies import BasePermissionPolicy

from . import permissions
from .models import DeskMembership


class DeskPermissionPolicy(BasePermissionPolicy):
    """Seeing is all that the admin's own views may do."""

    def user_has_permission(self, user, action):
        return action == "view" and permissions.works_at_desk(user)

    def user_has_any_permission(self, user, actions):
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user, action, instance):
        desk_ids = permissions.desks_of(user)
        return action == "view" and (desk_ids is None or instance.desk_id in desk_ids)

    def user_has_any_permission_for_instance(self, user, actions, instance):
        return any(self.user_has_permission_for_instance(user, action, instance) for action in actions)

    def instances_user_has_any_permission_for(self, user, actions):
        if "view" not in actions:
            return self.model.objects.none()
        return self.model.objects.of_desks(permissions.desks_of(user))

    def users_with_any_permission(self, actions):
        if "view" not in actions:
            return get_user_model().objects.none()
        working = DeskMembership.objects.working().values("user_id")
        return get_user_model().objects.filter(Q(is_superuser=True) | Q(pk__in=working), is_active=True)
