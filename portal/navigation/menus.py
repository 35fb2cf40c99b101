"""Menus: what is in them, in which language, in how many queries."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.translation import get_language, gettext
from wagtail.models import Page, PageQuerySet, Site

from portal.pages.querysets import public

from .kept import keep, site_of
from .models import SiteSettings


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of a menu."""

    title: str
    url: str
    active: bool = False
    code: str = ""
    exact: bool = True
    """For a language: whether this very page exists in it (only then may search engines be told)."""


def _language() -> str:
    return (get_language() or settings.LANGUAGE_CODE).split("-")[0]


def sections(request: HttpRequest) -> list[Page]:
    """Live, public pages right below the home page of the reader's language, in the order of the Italian tree.

    Read once for a request, in one query: the menu, the footer and the home page all choose from them.
    """
    if not hasattr(request, "_portal_sections"):
        request._portal_sections = _read_sections(request)  # type: ignore[attr-defined]  # kept for this request
    return request._portal_sections  # type: ignore[attr-defined]  # set above


def _read_sections(request: HttpRequest) -> list[Page]:
    site = site_of(request)
    if site is None:
        return []
    return keep(f"sections:{site.pk}:{_language()}", lambda: _sections_below(site))


def _sections_below(site: Site) -> list[Page]:
    roots = {path.language_code: path.root_path for path in Site.get_site_root_paths() if path.site_id == site.pk}
    root = roots.get(_language())
    if root is None:
        return []
    found = public(_children_of(root).live()).select_related("locale")
    source = roots.get(settings.LANGUAGE_CODE)
    if source is None or source == root:
        return list(found.order_by("path"))
    # The order is that of the Italian pages: who translates them, in whatever order, need not sort them again.
    original = _children_of(source).filter(translation_key=OuterRef("translation_key")).order_by("path")
    place = Subquery(original.values("path")[:1])
    return list(found.order_by(place.asc(nulls_last=True), "path"))


def _children_of(root_path: str) -> PageQuerySet:
    """A page's address has one slash for each of its levels: the children are one level below their home page."""
    return Page.objects.filter(url_path__startswith=root_path, depth=root_path.count("/") + 1)


def main_menu(request: HttpRequest) -> list[Link]:
    """The sections that editors marked "show in menus", then the Sportello, which is no page of the tree."""
    links = []
    for page in sections(request):
        if page.show_in_menus:
            url = page.get_url(request) or ""
            # A type of page may have a word of its own for the menu ("Piano"), where titles are long.
            title = str(getattr(page.specific_class, "menu_label", page.title))
            links.append(Link(title=title, url=url, active=bool(url) and request.path.startswith(url)))
    # The kernel knows no app: the Sportello's address is settled by design, its view is not named here.
    url = reverse("wagtail_serve", args=["sportello/"])
    links.append(Link(title=gettext("Sportello Talenti"), url=url, active=request.path.startswith(url)))
    return links


def footer_menu(request: HttpRequest, site_settings: SiteSettings | None) -> list[Link]:
    """The pages that every public body must link to from each page, in the reader's language if translated."""
    if site_settings is None:
        return []
    translated = {page.translation_key: page for page in sections(request)}
    links = []
    for chosen in site_settings.footer_pages:
        page = translated.get(chosen.translation_key, chosen)
        url = page.get_url(request) if page.live else None
        if url:
            links.append(Link(title=page.title, url=url))
    return links


def language_links(request: HttpRequest, page: Page | None) -> list[Link]:
    """Where the same thing is in each language; a page without translation leads to the home page of the language."""
    translations = {}
    if page is not None and page.pk:
        for item in page.get_translations(inclusive=True).live().select_related("locale"):
            translations[item.locale.language_code] = item.get_url(request)
    links = []
    for code, name in settings.LANGUAGES:
        if page is not None:
            url = translations.get(code) or _home_url(code)
        else:
            url = translate_url(request.get_full_path(), code)
        exact = page is None or code in translations
        links.append(Link(title=str(name), url=url, active=code == _language(), code=code, exact=exact))
    return links


def _home_url(code: str) -> str:
    return "/" if code == settings.LANGUAGE_CODE else f"/{code}/"
