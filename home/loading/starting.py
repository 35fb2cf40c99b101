"""The portal of a real territory before anybody has written: home page, sections, vocabularies, nothing invented."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.db import transaction
from wagtail.models import Locale, Page, Site

from home.models import HomePage
from portal.navigation.models import SiteSettings

from . import pages as build
from .governance import register_page, register_texts
from .registry import Vocabularies
from .source import ContentError, page_key, read
from .translations import ENGLISH, translate
from .tree import Say, Tree, ensure_home, section_page

# Their texts have gaps that only the body that runs the portal can fill: they start as drafts.
_LEGAL_PAGES = {"accessibility_page": "accessibilita", "privacy_page": "privacy", "legal_page": "note-legali"}


def start_portal(name: str, say: Say) -> int:
    """Make what is missing of an empty portal, in Italian and English; how many pages were made.

    Args:
        name: what the portal is called, in its header and on its home page.

    Raises:
        ContentError: the site already shows a page that is not a home page of the portal.
    """
    _refuse_another_site()
    Vocabularies()
    say("Topics, aims and recipients of calls are there.")
    tree = Tree(say)
    home = _home(tree, name)
    sections = {row["slug"]: row for row in read("sections")["section"] if "page" in row}
    for slug, row in sections.items():
        page = _ensure_section(tree, home, f"section/{slug}", partial(section_page, row))
        if slug == "governance":
            for register in read("governance")["register"]:
                _ensure_section(tree, page, f"section/{register['slug']}", partial(register_page, register))
    _translate(tree, name, sections)
    _draft_legal_pages(tree, home)
    _site_settings(tree, name)
    return tree.made


def _refuse_another_site() -> None:
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is not None and site.root_page.specific_class not in (Page, HomePage):
        raise ContentError(f"The site shows «{site.root_page.title}», which is not a home page of the portal.")


def _home(tree: Tree, name: str) -> HomePage:
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is not None and site.root_page.specific_class is HomePage:
        return site.root_page.specific
    words = read("start")["home"]
    return ensure_home(
        tree,
        lambda: HomePage(
            slug="portale",
            translation_key=page_key("home"),
            title=name,
            short_description=words["short_description"],
            hero_statement=words["hero_statement"],
            hero_intro=words["hero_intro"],
        ),
        name,
    )


def _ensure_section(tree: Tree, parent: Page, key: str, make: Callable[[], Any]) -> Any:
    """A section below its parent, unless the editors have made one of the same kind."""
    page = make()
    own = type(page).objects.child_of(parent).first()
    return own if own is not None else tree.ensure(parent, page_key(key), lambda: page)


def _translate(tree: Tree, name: str, sections: Mapping[str, Any]) -> None:
    english, _created = Locale.objects.get_or_create(language_code=ENGLISH)
    words = read("start")["home"]
    texts: list[tuple[Any, dict[str, str]]] = [
        (
            page_key("home"),
            {
                "title": name,
                "slug": "portale-en",
                **{key.removesuffix("_en"): text for key, text in words.items() if key.endswith("_en")},
            },
        )
    ]
    for slug, row in sections.items():
        texts.append(
            (
                page_key(f"section/{slug}"),
                {"title": row["title_en"], "short_description": row["short_description_en"]},
            )
        )
    for key, text in [*texts, *register_texts()]:
        page = tree.find(key)
        if page is not None and not page.has_translation(english):
            translate(page, text, english)
            tree.made += 1


@transaction.atomic
def _draft_legal_pages(tree: Tree, home: HomePage) -> None:
    rows = {row["slug"]: row for row in read("pages")["page"]}
    for slug in _LEGAL_PAGES.values():
        if tree.find(page_key(f"page/{slug}")) is not None:
            continue
        page = build.content(rows[slug])
        page.locale, page.live = tree.locale, False
        Page.objects.get(pk=home.pk).add_child(instance=page)
        page.save_revision()
        tree.made += 1


def _site_settings(tree: Tree, name: str) -> None:
    """Name and footer, unless somebody has already chosen a page for the footer."""
    site_settings = SiteSettings.for_site(Site.objects.get(is_default_site=True))
    if site_settings.footer_pages:
        return
    site_settings.site_name = name
    for field, slug in _LEGAL_PAGES.items():
        setattr(site_settings, field, tree.find(page_key(f"page/{slug}")))
    site_settings.save()
