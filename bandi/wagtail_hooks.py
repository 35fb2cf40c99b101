"""Calls in the admin."""

from wagtail.snippets.models import register_snippet

from .viewsets import RecipientViewSet

register_snippet(RecipientViewSet)
