"""Lists of pages: filters in the address, bad input, order, pages, what is said when nothing is there."""

import html
import re

import pytest
from wagtail.models import PageViewRestriction

from progetti.enums import ProjectStatus
from tests.factories import bandi, progetti
from tests.factories.pages import home_page
from tests.factories.registry import TerritoryFactory, TopicFactory

pytestmark = pytest.mark.django_db
URL = "/progetti/"


@pytest.fixture(autouse=True)
def index(db):
    return progetti.project_index()


def titles(response) -> list[str]:
    return [page.title for page in response.context["results"]]


def text(response) -> str:
    return html.unescape(re.sub(r"\s+", " ", response.content.decode()))


def test_a_list_shows_live_public_pages_below_it(client):
    shown = progetti.project()
    progetti.project(live=False)
    private = progetti.project()
    PageViewRestriction.objects.create(page=private, restriction_type=PageViewRestriction.LOGIN)
    response = client.get(URL)
    assert titles(response) == [shown.title]
    assert "1 progetto" in text(response)


def test_filters_by_topic_territory_status_and_words(client):
    valley, theme = TerritoryFactory(), TopicFactory()
    first = progetti.project(title="Bosco vivo", status=ProjectStatus.IDEA)
    first.territories, first.topics = [valley], [theme]
    first.save()
    second = progetti.project(title="Piazza viva", short_description="Con il bosco intorno.")
    for query, expected in [
        (f"territorio={valley.slug}", [first]),
        (f"argomento={theme.slug}", [first]),
        ("stato=idea", [first]),
        ("q=bosco", [first, second]),
        ("q=bosco+vivo", [first]),
        (f"territorio={valley.slug}&stato=done", []),
    ]:
        assert sorted(titles(client.get(f"{URL}?{query}"))) == sorted(page.title for page in expected), query
    response = client.get(f"{URL}?territorio={valley.slug}&q=bosco&pagina=1")
    removals = [item.remove_url for item in response.context["active_filters"]]
    assert removals == [f"{URL}?territorio={valley.slug}", f"{URL}?q=bosco"]
    assert f"{valley.name} (1)" in text(response)


@pytest.mark.parametrize(
    "query",
    [
        "territorio=xxx",
        "territorio=%00",
        "argomento=%F0%9F%92%A3",
        "stato=1%27%20OR%201=1",
        "q=%00",
        "q=" + "a" * 101,
        "ordine=xxx",
        "pagina=abc",
        "pagina=0",
        "pagina=-1",
        "pagina=99999",
        "pagina=" + "9" * 5000,
        "pagina=%00",
        "territorio=xxx&stato=yyy&pagina=zzz",
    ],
)
def test_what_makes_no_sense_is_named_and_not_applied(client, query):
    page = progetti.full_project()
    response = client.get(f"{URL}?{query}")
    assert response.status_code == 200
    assert titles(response) == [page.title]
    assert response.context["problems"]
    for problem in response.context["problems"]:
        assert problem in text(response)
    assert response.context["active_filters"] == []


def test_a_name_it_does_not_know_is_nothing_to_it(client):
    page = progetti.project()
    response = client.get(f"{URL}?utm_source=x&territorio=&pagina=")
    assert titles(response) == [page.title]
    assert response.context["problems"] == []


def test_pages_of_a_long_list_never_overlap(client):
    made = {progetti.project().title for _ in range(27)}
    seen: list[str] = []
    for number in (1, 2, 3):
        response = client.get(f"{URL}?pagina={number}&stato=under_way")
        seen += titles(response)
        if number == 2:
            assert "?pagina=3&amp;stato=under_way" in response.content.decode()
    assert len(seen) == 27
    assert set(seen) == made


def test_the_last_page_is_shown_beyond_the_end(client):
    for _ in range(13):
        progetti.project()
    response = client.get(f"{URL}?pagina=99")
    assert response.context["results"].number == 2
    assert "L'elenco finisce a pagina 2: eccola." in text(response)


def test_an_empty_list_says_so_and_filters_without_results_can_be_taken_away(client):
    assert "Qui non c'è ancora niente" in text(client.get(URL))
    progetti.project()
    response = client.get(f"{URL}?stato=suspended")
    assert "Nessun risultato con questi filtri" in text(response)
    assert response.context["empty_state"].link_url == URL


def test_without_open_calls_the_list_leads_to_the_others(client):
    bandi.call_index()
    closed = bandi.call(opening=None, deadline="2022-01-31T12:00:00+01:00")
    response = client.get("/bandi/")
    assert titles(response) == []
    assert "Nessun bando aperto in questo momento" in text(response)
    link = response.context["empty_state"].link_url
    assert titles(client.get(link)) == [closed.title]
    assert titles(client.get("/bandi/?stato=chiusi")) == [closed.title]
    assert titles(client.get("/bandi/?stato=aperti")) == []


def test_calls_are_filtered_by_kind_and_recipients(client):
    first = bandi.full_call(kind="prize")
    second = bandi.call()
    assert sorted(titles(client.get("/bandi/"))) == sorted([first.title, second.title])
    assert titles(client.get("/bandi/?tipo=prize")) == [first.title]
    assert titles(client.get("/bandi/?destinatari=comuni")) == [first.title]


def test_an_english_list_names_topics_in_english(client):
    page = progetti.full_project()
    locale = home_page("en").locale
    english_index = page.get_parent().specific.copy_for_translation(locale)
    english_index.save_revision().publish()
    english = page.copy_for_translation(locale)
    english.save_revision().publish()
    response = client.get(english_index.url)
    assert titles(response) == [english.title]
    assert f"{page.topics.get().name_en} (1)" in text(response)
