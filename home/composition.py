"""What the home page is composed of: each part read once, in a constant number of queries."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, QuerySet, When
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import ngettext
from wagtail.models import Page

from bandi.models import CallPage
from portal.navigation.menus import sections
from portal.registry.maps.atlas import atlas
from progetti.enums import ProjectStatus
from progetti.models import ProjectPage

from .models.events import EventPage
from .models.news import NewsPage
from .plan_part import plan_part
from .querysets import LONG_TEXTS

MOST_CALLS = 4
MOST_EVENTS = 4
MOST_PROJECTS = 6
MOST_NEWS = 3


@dataclass(frozen=True, slots=True)
class Place:
    """A territory on the map of Italy and the page it leads to: what `{% italy_map %}` asks for."""

    name: str
    lat: float
    lon: float
    url: str
    label: str


def compose(page: Page, request: HttpRequest) -> dict[str, Any]:
    """Context of the home page: its parts, each empty when it has nothing to show."""
    everywhere = _projects(page)
    projects = [project for project in everywhere if project.locale_id == page.locale_id]
    # Of two visions the first in the tree is the portal's.
    links = {item.cached_content_type.model: item.get_url(request) for item in reversed(sections(request))}
    return {
        "links": links,
        "places": places_of(everywhere, request, links.get("projectindexpage", "")),
        "seek_url": reverse("sportello:offers"),
        "offer_url": f"{reverse('account_signup')}?next={reverse('area:host_register')}",
        "calls": _calls(page),
        "events": EventPage.objects.for_home(page.locale_id)[:MOST_EVENTS],
        "projects": projects[:MOST_PROJECTS],
        "elsewhere": len(everywhere) - len(projects),
        "plan": plan_part(sections(request)),
        "news": NewsPage.objects.for_home(page.locale_id)[:MOST_NEWS],
    }


def _calls(page: Page) -> QuerySet:
    """The open calls in the language of the page, the most urgent first: one query."""
    return (
        CallPage.objects.live()
        .public()
        .filter(locale_id=page.locale_id)
        .open()
        .order_by(F("deadline_now").asc(nulls_last=True), "pk")
        .select_related("issuing_body")
        .defer(*LONG_TEXTS, "easy_read", "update_notes", "faq")[:MOST_CALLS]
    )


def _projects(page: Page) -> list[ProjectPage]:
    """All projects for the map and the cards, one for each translation key: in the page's language if translated.

    Those in the language of the page come first, each group with the work under way and the most recent on top.
    """
    found: dict = {}
    for project in _readable_projects():
        known = found.get(project.translation_key)
        if known is None or project.locale_id == page.locale_id:
            found[project.translation_key] = project
    return sorted(found.values(), key=lambda project: project.locale_id != page.locale_id)


def _readable_projects() -> QuerySet:
    """Live, public projects of every language with their territories: two queries."""
    return (
        ProjectPage.objects.for_cards()
        .prefetch_related(None)
        .prefetch_related("territories")
        .order_by(Case(When(status=ProjectStatus.UNDER_WAY, then=0), default=1), F("start").desc(nulls_last=True), "pk")
    )


def places_of(projects: Iterable[ProjectPage], request: HttpRequest, list_url: str) -> list[Place]:
    """The territories of some projects as places on the map, without a query.

    A territory with one project leads to it, one with several to the list of the projects there. A municipality that
    is also part of a larger territory stays by itself: readers look for its name.
    """
    by_territory: dict[int, tuple[Any, list[ProjectPage]]] = {}
    for project in projects:
        for territory in project.territories.all():
            by_territory.setdefault(territory.pk, (territory, []))[1].append(project)
    places = []
    for territory, owners in by_territory.values():
        middle = middle_of(territory.map_codes)
        if middle is None:
            continue
        if len(owners) == 1:
            url, label = owners[0].get_url(request), owners[0].title
        else:
            url = f"{list_url}?territorio={territory.slug}"
            label = ngettext("%(count)s progetto", "%(count)s progetti", len(owners)) % {"count": len(owners)}
        places.append(Place(name=territory.name, lat=middle[0], lon=middle[1], url=url, label=label))
    return sorted(places, key=lambda place: place.name)


def middle_of(codes: Sequence[str]) -> tuple[float, float] | None:
    """Latitude and longitude of the middle of some places (degrees, WGS 84); None when the atlas knows none."""
    known = atlas()
    towns = []
    for code in codes:
        if code in known.municipalities:
            towns.append(known.municipalities[code])
        for province in known.provinces_of([code]):
            towns += known.within(province)
    if not towns:
        return None
    return (
        sum(town.latitude for town in towns) / len(towns),
        sum(town.longitude for town in towns) / len(towns),
    )
