"""How many queries the pages of the square cost: the same with three things and with nine."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.bandi import full_call
from tests.factories.home import content, event_index, full_event, full_news, news_index
from tests.factories.pages import home_page
from tests.factories.plan import make_action, make_objective, make_plan
from tests.factories.progetti import full_project
from tests.helpers.strict import StrictClient
from tests.helpers.worlds import kept_for_the_module

# Marked although the data is the module's: tests without the mark run after those that empty the database.
pytestmark = [pytest.mark.django_db, pytest.mark.indexed]


def queries(client, address: str) -> list[str]:
    """The queries of the second visit: the first fills what Wagtail keeps in memory (sites, content types)."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in captured.captured_queries]


def fill(times: int) -> None:
    for _number in range(times):
        full_call()
        full_event()
        full_project()
        full_news()


def filled_plan() -> None:
    tree = make_plan(axes=4)
    for axis in tree.axes.all():
        make_action(make_objective(axis))


PAGES = ("home", "agenda", "news list", "search", "news", "event", "content page", "calendar", "feed", "sitemap")
BUDGETS = {"home": 12, "news": 12, "event": 12, "content page": 12}
"""How many queries at most; a list has ten."""


@pytest.fixture(scope="module")
def costs(django_db_setup, django_db_blocker):
    """The queries of each page with three things of each kind, and with nine."""
    with kept_for_the_module(django_db_blocker):
        home_page()
        filled_plan()
        for _number in range(3):
            content()
        addresses = {
            "home": "/",
            "agenda": event_index().get_url(),
            "news list": news_index().get_url(),
            "search": "/cerca/?q=parla",
            "news": full_news().get_url(),
            "event": full_event().get_url(),
            "content page": content().get_url(),
            "calendar": "/eventi/calendario.ics",
            "feed": "/notizie/feed.xml",
            "sitemap": "/sitemap.xml",
        }
        fill(3)
        few = {name: queries(StrictClient(), address) for name, address in addresses.items()}
        fill(6)
        ContentType.objects.clear_cache()
        many = {name: queries(StrictClient(), address) for name, address in addresses.items()}
    return few, many


@pytest.mark.parametrize("name", PAGES)
def test_a_page_costs_the_same_with_three_things_and_with_nine(name, costs):
    few, many = (measured[name] for measured in costs)
    assert len(few) == len(many), "\n".join(many)
    assert len(many) <= BUDGETS.get(name, 10), "\n".join(many)
