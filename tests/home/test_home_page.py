"""The home page: what it is composed of, and what it leaves out."""

import datetime

import pytest
from django.utils import timezone

from home.composition import middle_of
from tests.factories.bandi import call
from tests.factories.home import event, news
from tests.factories.pages import home_page
from tests.factories.progetti import plan, project, vision
from tests.factories.registry import TerritoryFactory

pytestmark = pytest.mark.django_db
PARTS = ("bandi-aperti", "agenda", "progetti", "piano", "sportello", "notizie")


def parts_shown(html: str) -> list[str]:
    return [part for part in PARTS if f'id="{part}"' in html]


def test_an_empty_portal_shows_its_sentence_and_the_map(client):
    home_page()
    html = client.get("/").content.decode()
    assert "Una frase" in html
    assert "italy-map" in html
    assert parts_shown(html) == []


def test_each_part_appears_with_its_content(client):
    home = home_page()
    home.sportello_heading = "Lo Sportello"
    home.save()
    vision()
    pages = [call(), event(), project(), news()]
    plan(axes=2, title="Piano della valle")
    html = client.get("/").content.decode()
    assert parts_shown(html) == list(PARTS)
    for page in pages:
        assert page.title in html
    assert "Leggi la visione" in html
    assert html.count("nessun dato") == 2


def test_closed_calls_past_events_and_drafts_stay_out(client):
    now = timezone.now()
    call(title="Bando chiuso", opening=now - datetime.timedelta(days=30), deadline=now - datetime.timedelta(days=1))
    event(title="Festa finita", start=now - datetime.timedelta(days=2))
    draft = project(title="Progetto in bozza")
    draft.unpublish()
    html = client.get("/").content.decode()
    assert parts_shown(html) == []
    for title in ("Bando chiuso", "Festa finita", "Progetto in bozza"):
        assert title not in html


def test_calls_come_by_deadline(client):
    now = timezone.now()
    later = call(title="Scade dopo", deadline=now + datetime.timedelta(days=20))
    sooner = call(title="Scade prima", deadline=now + datetime.timedelta(days=2))
    html = client.get("/").content.decode()
    assert html.index(sooner.title) < html.index(later.title)


def territory(name: str, *codes: str):
    row = TerritoryFactory(name=name)
    type(row).objects.filter(pk=row.pk).update(map_codes=list(codes))
    return row


def test_a_place_leads_to_its_project_or_to_the_list_of_its_projects(client):
    chieri, cuneo = territory("Chieri", "001078"), territory("Cuneo", "004078")
    first, second = project(), project()
    for page, places in ((first, [chieri, cuneo]), (second, [cuneo])):
        page.territories = places
        page.save()
    response = client.get("/")
    places = {place.name: place for place in response.context["places"]}
    assert places["Chieri"].url == first.get_url()
    assert places["Cuneo"].url == f"/progetti/?territorio={cuneo.slug}"
    assert places["Cuneo"].label == "2 progetti"
    assert (round(places["Chieri"].lat), round(places["Chieri"].lon)) == (45, 8)


def test_the_middle_of_a_region_is_inside_it_and_of_nothing_is_nowhere():
    lat, lon = middle_of(["r-lombardia"])
    assert 45 < lat < 46.6
    assert 8.5 < lon < 11.4
    assert middle_of(["000000"]) is None
    assert middle_of([]) is None


def test_english_readers_see_the_whole_map_and_what_is_translated(client):
    project(title="Solo in italiano")
    english = home_page("en")
    english.save_revision().publish()
    html = client.get("/en/").content.decode()
    assert '<html lang="en"' in html
    assert parts_shown(html) == []
