"""Finding the page of an address in two queries, whatever its depth.

Wagtail walks down the tree: two queries for each level, then two more for view restrictions. Here the page is found by
its whole path and told whether anything restricts it; an address below a page with routes of its own is handed to that
page. Whatever else is not simply a live page at that address (drafts, unknown addresses) is left to Wagtail.

Checked with Wagtail 8.0: `Page.route_for_request` keeps its result in `request._wagtail_route_for_request`.
"""

from django.db.models import BooleanField, CharField, Exists, ExpressionWrapper, F, OuterRef
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve as wagtail_serve


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Wagtail's view of a page, with the page already found where that can be done at once."""
    result = find_at_once(request, path)
    if result is not None:
        request._wagtail_route_for_request = result  # type: ignore[attr-defined]  # Wagtail reads it
    return wagtail_serve(request, path)


def find_at_once(request: HttpRequest, path: str) -> RouteResult | None:
    """The live page whose address in the tree is the path, in the active language; None leaves it to Wagtail.

    Raises:
        Http404: the path is below a page with routes of its own, and none of them is meant.
    """
    site = Site.find_for_request(request)
    parts = [part for part in path.split("/") if part]
    roots = [
        item.root_path
        for item in Site.get_site_root_paths()
        if site is not None and item.site_id == site.pk and item.language_code == get_language()
    ]
    if not roots:
        return None
    # The page itself, or the nearest one above it.
    addresses = [roots[0] + "".join(f"{part}/" for part in parts[:count]) for count in range(len(parts), 0, -1)]
    found = Page.objects.live().filter(url_path__in=addresses or roots[:1])
    if parts:
        # The slug is indexed, the path is not.
        found = found.filter(slug__in=parts)
    page = found.annotate(may_be_restricted=_may_be_restricted()).order_by("-depth").first()
    if page is None:
        return None
    rest = parts[len(parts) - addresses.index(page.url_path) :] if parts else []
    if rest and not issubclass(page.specific_class or Page, RoutablePageMixin):
        return None
    specific = page.specific
    specific.known_unrestricted = not page.may_be_restricted
    return specific.route(request, rest)


def _may_be_restricted() -> ExpressionWrapper:
    """Whether a view restriction covers the page, or an alias above it could inherit one from its source."""
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    covering = PageViewRestriction.objects.annotate(own_path=path).filter(own_path__startswith=F("page__path"))
    aliases = Page.objects.filter(alias_of__isnull=False).annotate(own_path=path).filter(own_path__startswith=F("path"))
    return ExpressionWrapper(Exists(covering) | Exists(aliases), output_field=BooleanField())
