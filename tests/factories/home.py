"""News, events and pages of running text for tests."""

import itertools
from datetime import timedelta

from django.utils import timezone

from home.models import ContentPage, EventIndexPage, EventPage, NewsIndexPage, NewsPage

from .pages import add_page, home_page
from .registry import MunicipalityFactory, TerritoryFactory, TopicFactory

_numbers = itertools.count(1)


def _words(kind: str, fields: dict) -> dict:
    number = next(_numbers)
    return {
        "title": f"{kind} {number}",
        "slug": f"{kind.lower()}-{number}",
        "short_description": f"Di che cosa parla {kind.lower()} {number}.",
        **fields,
    }


def _below_home(model, slug: str, title: str):
    found = model.objects.filter(locale__language_code="it").first()
    return found or add_page(home_page(), model(title=title, slug=slug, short_description=f"{title} del territorio."))


def news_index() -> NewsIndexPage:
    """The list of the news."""
    return _below_home(NewsIndexPage, "notizie", "Notizie")


def event_index() -> EventIndexPage:
    """The agenda."""
    return _below_home(EventIndexPage, "eventi", "Eventi")


def content(**fields) -> ContentPage:
    """A published page of running text."""
    return add_page(home_page(), ContentPage(**_words("Pagina", fields)))


def news(**fields) -> NewsPage:
    """A published piece of news of today."""
    return add_page(news_index(), NewsPage(**_words("Notizia", fields)))


def event(**fields) -> EventPage:
    """A published event that starts in three days, unless the fields say otherwise."""
    values = {"start": timezone.now() + timedelta(days=3), **fields}
    return add_page(event_index(), EventPage(**_words("Evento", values)))


def full_news(**fields) -> NewsPage:
    """News with a territory and a topic."""
    return _classified(news(**fields))


def full_event(**fields) -> EventPage:
    """An event with a place, a territory and a topic."""
    return _classified(event(place_name="Sala grande", place_municipality=MunicipalityFactory(), **fields))


def _classified(page):
    page.territories = [TerritoryFactory()]
    page.topics = [TopicFactory()]
    page.save()
    return type(page).objects.get(pk=page.pk)
