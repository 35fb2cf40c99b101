"""The link by which a reader confirms that they follow a project, or stops."""

from django.urls import reverse

from portal.ops.signed_links import key_in, token_for

from .models import ProjectFollower

SALT = "progetti.project_follower"


def link_of(follower: ProjectFollower) -> str:
    """The address of a reader's own page, in the active language."""
    return reverse("project_follower", args=[token_for(SALT, follower.pk)])


def is_ours(token: str) -> bool:
    """Whether a link is one of ours, even if the address behind it has been deleted."""
    return key_in(SALT, token) is not None


def follower_of(token: str) -> ProjectFollower | None:
    """Who a link is for; None where it is not ours, or the address has been deleted."""
    pk = key_in(SALT, token)
    return ProjectFollower.objects.filter(pk=pk).select_related("project__locale").first() if pk else None
