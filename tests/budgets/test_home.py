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

pytestmark = pytest.mark.django_db


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


def same_cost(client, address: str, budget: int) -> None:
    fill(3)
    few = queries(client, address)
    fill(6)
    ContentType.objects.clear_cache()
    many = queries(client, address)
    assert len(few) == len(many), "\n".join(many)
    assert len(many) <= budget, "\n".join(many)


def test_home(client):
    home_page()
    filled_plan()
    same_cost(client, "/", 12)


def test_agenda(client):
    same_cost(client, event_index().get_url(), 10)


def test_news_list(client):
    same_cost(client, news_index().get_url(), 10)


def test_search(client):
    home_page()
    for _number in range(3):
        content()
    same_cost(client, "/cerca/?q=parla", 10)


def test_news_detail(client):
    same_cost(client, full_news().get_url(), 12)


def test_event_detail(client):
    same_cost(client, full_event().get_url(), 12)


def test_content_page(client):
    same_cost(client, content().get_url(), 12)


def test_calendar_and_feed(client):
    same_cost(client, "/eventi/calendario.ics", 10)


def test_feed(client):
    same_cost(client, "/notizie/feed.xml", 10)


def test_sitemap(client):
    home_page()
    same_cost(client, "/sitemap.xml", 10)
