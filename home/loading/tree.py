"""Growing the tree of pages: each page once, published with a real revision, found again by its key."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from django.apps import apps
from django.conf import settings
from django.db import transaction
from wagtail.models import Locale, Page, Site

from home.models import HomePage
from portal.navigation.models import SiteSettings
from portal.pages.base import BasePage

from . import pages as build
from .call_examples import load_call_examples
from .full_examples import load_full_examples
from .governance import load_governance
from .pacts import load_pacts
from .registry import Registry
from .source import page_key, read

Say = Callable[[str], None]


class Tree:
    """The pages in the main language, by their key; makes those that are missing and touches no other."""

    def __init__(self, say: Say) -> None:
        self.say = say
        self.locale, _created = Locale.objects.get_or_create(language_code=settings.LANGUAGE_CODE)
        self.made = 0

    def find(self, key: uuid.UUID) -> Any:
        """The page with a key, as its own type; None if there is none."""
        page = Page.objects.filter(translation_key=key, locale=self.locale).first()
        return None if page is None else page.specific

    def ensure(self, parent: Page, key: uuid.UUID, make: Callable[[], BasePage]) -> Any:
        """The page with a key: found, or made below its parent and published."""
        existing = self.find(key)
        if existing is not None:
            return existing
        page = make()
        page.locale = self.locale
        publish_below(parent, page)
        self.made += 1
        return page


def publish_below(parent: Page, page: BasePage) -> None:
    """Add a page and publish its first revision, as an editor would."""
    with transaction.atomic():
        page.live = False
        # The parent may have changed since it was read: its count of children decides the path.
        Page.objects.get(pk=parent.pk).add_child(instance=page)
        page.save_revision().publish()
    page.refresh_from_db()


def load_pages(registry: Registry, say: Say) -> Tree:
    """Make the pages that are missing, from the home page down."""
    tree = Tree(say)
    home = ensure_home(tree, lambda: build.home(read("home")["home"]), read("site")["site"]["name"])
    sections = _sections(tree, home, registry)
    projects = {}
    for row in read("projects")["project"]:
        projects[row["slug"]] = tree.ensure(
            sections["progetti"], page_key(f"project/{row['slug']}"), partial(build.project, row, registry)
        )
    for row in read("calls")["call"]:
        key = page_key(f"call/{row['slug']}")
        tree.ensure(sections["bandi"], key, partial(build.call, row, registry))
    load_call_examples(tree, sections["bandi"], registry, projects)
    for row in read("events")["event"]:
        key = page_key(f"event/{row['slug']}")
        tree.ensure(sections["eventi"], key, partial(build.event, row, registry, projects))
    # Of one day, the last published comes first: the file has the first on top.
    for row in sorted(read("news")["news"], key=lambda row: -row["order"]):
        key = page_key(f"news/{row['slug']}")
        tree.ensure(sections["notizie"], key, partial(build.news, row, registry, projects))
    bodies = {}
    for row in read("bodies")["body"]:
        key = page_key(f"body/{row['slug']}")
        bodies[row["slug"]] = tree.ensure(sections["governance"], key, partial(build.body, row, registry))
    load_governance(tree, sections["governance"], bodies, projects, registry)
    load_full_examples(tree, sections, bodies, home, registry)
    load_pacts(tree, sections["patti"], registry)
    for row in read("pages")["page"]:
        tree.ensure(home, page_key(f"page/{row['slug']}"), partial(build.content, row))
    _site_settings(tree, registry)
    return tree


def ensure_home(tree: Tree, make: Callable[[], HomePage], name: str) -> HomePage:
    """The home page, as the root of the default site in place of Wagtail's welcome page.

    Args:
        name: what a site made or taken over here is called.
    """
    root = Page.get_first_root_node()
    home = tree.ensure(root, page_key("home"), make)
    site = Site.objects.filter(is_default_site=True).first()
    if site is None:
        address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
        site = Site(hostname=address.hostname, port=address.port or 80, is_default_site=True, root_page=home)
        site.site_name = name
        site.save()
        return home
    welcome = site.root_page
    if welcome.pk != home.pk and welcome.specific_class is Page:
        # As installed: nobody has made a home page of their own.
        address = urlsplit(settings.WAGTAILADMIN_BASE_URL)
        site.root_page = home
        site.hostname, site.port = address.hostname, address.port or 80
        site.site_name = name
        site.save()
        if welcome.is_leaf():
            Page.objects.get(pk=welcome.pk).delete()
    return home


def _sections(tree: Tree, home: HomePage, registry: Registry) -> dict[str, Any]:
    sections: dict[str, Any] = {}
    make: Callable[[], BasePage]
    for row in read("sections")["section"]:
        slug = row["slug"]
        if row.get("file") == "vision":
            make = partial(build.vision, read("vision")["vision"], registry)
            key = page_key("vision")
        elif row.get("file") == "plan":
            make = partial(build.plan, read("plan")["plan"], registry, sections["visione"])
            key = page_key("plan")
        else:
            make = partial(section_page, row)
            key = page_key(f"section/{slug}")
        sections[slug] = tree.ensure(home, key, make)
    return sections


def section_page(row: dict[str, Any]) -> BasePage:
    """A page that lists others, as a row of the files says it."""
    return apps.get_model(row["page"])(
        slug=row["slug"],
        translation_key=page_key(f"section/{row['slug']}"),
        title=row["title"],
        short_description=row["short_description"],
        show_in_menus=row["in_menu"],
    )


def _site_settings(tree: Tree, registry: Registry) -> None:
    """Fill the site's settings, unless somebody has already put a word or a page into them."""
    site = Site.objects.get(is_default_site=True)
    site_settings = SiteSettings.for_site(site)
    if site_settings.tagline or site_settings.promoter or site_settings.footer_pages:
        return
    words = read("site")["site"]
    site_settings.site_name = words["name"]
    site_settings.tagline = words["tagline"]
    site_settings.tagline_en = words["tagline_en"]
    site_settings.promoter = registry.organisations[words["promoter"]].name
    site_settings.contact_email = words["contact_email"]
    site_settings.example_notice = True
    for field, slug in (
        ("about_page", "chi-siamo"),
        ("accessibility_page", "accessibilita"),
        ("privacy_page", "privacy"),
        ("legal_page", "note-legali"),
    ):
        page = tree.find(page_key(f"page/{slug}"))
        setattr(site_settings, field, page)
    site_settings.save()
