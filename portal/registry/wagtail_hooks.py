"""The registry in the admin."""

from wagtail.permissions import register_permission_policy
from wagtail.snippets.models import register_snippet

from .models import Municipality
from .viewsets import LookOnlyPolicy, RegistryViewSetGroup

register_permission_policy(Municipality, LookOnlyPolicy(Municipality))
register_snippet(RegistryViewSetGroup)
