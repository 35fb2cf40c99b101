"""Projects and their neighbours in the admin."""

from wagtail.snippets.models import register_snippet

from .viewsets import AimViewSet

register_snippet(AimViewSet)
