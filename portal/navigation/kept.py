"""What every page of the portal asks for, kept until something changes: see `portal.ops.freshness`."""

from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from wagtail.models import Site

from portal.ops import freshness
from portal.ops.page_cache import CACHE

T = TypeVar("T")


def keep(name: str, read: Callable[[], T]) -> T:
    """Return what was read under this name since the last change of what the public reads, or read it now."""
    number = freshness.of_request()
    if number is None:
        return read()
    key = f"{name}:{number}"
    found = caches[CACHE].get(key)
    if found is None:
        found = read()
        caches[CACHE].set(key, found, settings.PAGES_KEPT_SECONDS)
    return found


def site_of(request: HttpRequest) -> Site | None:
    """The site of a request, kept like the rest; Wagtail itself reads it once for each request.

    It is left where Wagtail looks for it (Wagtail 8.0, `Site.find_for_request`), so that nobody reads it again.
    """
    if not hasattr(request, "_wagtail_site"):
        name = f"site:{request.get_host()}:{request.get_port()}"
        request._wagtail_site = keep(name, lambda: Site._find_for_request(request))  # type: ignore[attr-defined]
    return request._wagtail_site  # type: ignore[attr-defined]  # set above
