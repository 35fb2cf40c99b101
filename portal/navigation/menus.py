"""Menus: what is in them, in which language, in how many queries."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url
from django.utils.translation import get_language
from wagtail.models import Page, Site

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


def main_menu(request: HttpRequest) -> list[Link]:
    """The pages under the home page of the reader's language that are marked "show in menus": two queries."""
    site = Site.find_for_request(request)
    if site is None:
        return []
    homes = Page.objects.filter(
        translation_key=Page.objects.filter(pk=site.root_page_id).values("translation_key")[:1],
        locale__language_code=_language(),
    )
    home = homes.first()
    if home is None:
        return []
    links = []
    for page in Page.objects.child_of(home).live().public().in_menu().order_by("path"):
        url = page.get_url(request) or ""
        links.append(Link(title=page.title, url=url, active=bool(url) and request.path.startswith(url)))
    return links


def footer_menu(request: HttpRequest, site_settings: SiteSettings | None) -> list[Link]:
    """The pages that every public body must link to from each page, in the reader's language if translated."""
    if site_settings is None or not site_settings.footer_page_ids:
        return []
    ids = site_settings.footer_page_ids
    keys = {
        page.pk: page.translation_key
        for page in Page.objects.filter(pk__in=ids).only("pk", "translation_key")
    }
    pages = Page.objects.filter(translation_key__in=keys.values()).live().select_related("locale")
    by_key: dict = {}
    for page in pages:
        current = by_key.get(page.translation_key)
        if current is None or page.locale.language_code == _language():
            by_key[page.translation_key] = page
    ordered = [by_key[keys[pk]] for pk in ids if keys.get(pk) in by_key]
    return [Link(title=page.title, url=page.get_url(request) or "") for page in ordered]


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
