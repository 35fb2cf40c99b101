"""What surrounds a page when it is read: where it is, what to read next, where its topics lead."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import get_language, gettext
from wagtail.models import Page

from portal.navigation.menus import Link, sections

from .querysets import public


def breadcrumbs(request: HttpRequest, page: Page) -> list[Link]:
    """Links from the home page down to the parent of the page: no query for a page right below a section.

    Read once for each request: the frame of the page and its facts both ask.
    """
    known = getattr(request, "_breadcrumbs", None)
    if known is None or known[0] != page.pk:
        known = request._breadcrumbs = (page.pk, _breadcrumbs(request, page))  # type: ignore[attr-defined]
    return known[1]


def _breadcrumbs(request: HttpRequest, page: Page) -> list[Link]:
    crumbs = [Link(title=gettext("Home"), url=reverse("wagtail_serve", args=[""]))]
    section = next((item for item in sections(request) if page.path.startswith(item.path) and item.pk != page.pk), None)
    if section is None:
        return crumbs
    crumbs.append(Link(title=section.title, url=section.get_url(request) or ""))
    if page.depth > section.depth + 1:
        between = page.get_ancestors().filter(depth__gt=section.depth).live()
        crumbs += [Link(title=item.title, url=item.get_url(request) or "") for item in between]
    return crumbs


def related_pages(request: HttpRequest, page: Page) -> list[Link]:
    """The pages chosen by the editor, in the reader's language where translated; drafts are left out: one query."""
    ids = [child["value"] for child in page.related_pages.raw_data if child["value"]]
    if not ids:
        return []
    language = (get_language() or "").split("-")[0]
    keys = Page.objects.filter(pk__in=ids).values("translation_key")
    found = public(Page.objects.live().filter(translation_key__in=keys)).select_related("locale")
    chosen: dict = {}
    order: dict = {}
    for item in found:
        if item.pk in ids:
            order[item.translation_key] = ids.index(item.pk)
        if item.translation_key not in chosen or item.locale.language_code == language:
            chosen[item.translation_key] = item
    pages = sorted(chosen.values(), key=lambda item: order.get(item.translation_key, len(ids)))
    return [Link(title=item.title, url=item.get_url(request) or "") for item in pages]
