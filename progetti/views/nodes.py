"""Addresses of nodes, whose codes have dots: handed over to the page of the plan."""

from django.http import HttpRequest, HttpResponse
from wagtail.views import serve as wagtail_serve

from portal.pages.routing import find_at_once

from ..models import PlanPage


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """The page of a node: the plan above it is found in two queries, whatever its depth, and asked for the node.

    Checked with Wagtail 8.0: see `portal.pages.routing`.
    """
    parent, _slash, code = path.strip("/").rpartition("/")
    found = find_at_once(request, f"{parent}/")
    if found is not None and isinstance(found.page, PlanPage):
        request._wagtail_route_for_request = found.page.route(request, [code])  # type: ignore[attr-defined]  # as there
    return wagtail_serve(request, path)
