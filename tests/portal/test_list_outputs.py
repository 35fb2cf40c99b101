"""Every list for machines: feed, calendar, CSV and API, with the filters of its address, read by real libraries."""

import csv
import io
import xml.etree.ElementTree as ElementTree
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar
from wagtail.models import Page, PageViewRestriction

from portal.pages.api import ApiThrottle
from tests.factories import bandi, home, progetti
from tests.factories.registry import OrganisationFactory

pytestmark = pytest.mark.django_db

ATOM = {"a": "http://www.w3.org/2005/Atom"}
LISTS = {
    "progetti": ("/progetti/", progetti.full_project),
    "bandi": ("/bandi/", bandi.full_call),
    "eventi": ("/eventi/", home.event),
    "notizie": ("/notizie/", home.news),
    "decisioni": ("/governance/decisioni/", progetti.decision),
    "sedute": ("/governance/sedute/", progetti.meeting),
    "organi": ("/governance/", progetti.body),
    "patti": ("/patti/", progetti.pact),
}
WITH_DATES = {"bandi", "eventi", "sedute"}


def published(page):
    """The page with the moments that publishing a revision gives it."""
    now = timezone.now()
    Page.objects.filter(pk=page.pk).update(first_published_at=now, last_published_at=now)
    return page


def entries(response) -> list[dict[str, str]]:
    assert response.headers["Content-Type"].startswith("application/atom+xml")
    tree = ElementTree.fromstring(response.content)
    return [
        {name: entry.find(f"a:{name}", ATOM).text for name in ("title", "id", "updated", "published")}
        for entry in tree.findall("a:entry", ATOM)
    ]


def rows(response) -> list[dict[str, str]]:
    assert response.headers["Content-Type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))


def dates(response) -> list:
    assert response.headers["Content-Type"].startswith("text/calendar")
    return list(Calendar.from_ical(response.content).walk("VEVENT"))


@pytest.mark.parametrize("name", LISTS)
def test_a_list_says_the_same_in_every_form(client, name):
    address, make = LISTS[name]
    pages = [published(make()), published(make())]
    draft, restricted = make(), make()
    draft.unpublish()
    PageViewRestriction.objects.create(page=restricted, restriction_type=PageViewRestriction.LOGIN)
    titles = {page.title for page in pages}
    html = client.get(address).content.decode()
    assert f'href="{address}elenco.csv"' in html
    assert '<link rel="alternate" type="application/atom+xml" title="' in html
    found = entries(client.get(f"{address}feed.xml"))
    assert {entry["title"] for entry in found} == titles
    assert {entry["id"] for entry in found} == {f"urn:uuid:{page.translation_key}" for page in pages}
    table = rows(client.get(f"{address}elenco.csv"))
    assert {row["titolo"] for row in table} == titles
    assert {row["indirizzo"] for row in table} == {f"http://testserver{page.get_url()}" for page in pages}
    data = client.get(f"/api/v2/{name}/").json()
    assert data["meta"]["total_count"] == 2
    assert {item["title"] for item in data["items"]} == titles
    one = client.get(f"/api/v2/{name}/{pages[0].pk}/").json()
    assert (one["title"], one["url"]) == (pages[0].title, f"http://testserver{pages[0].get_url()}")
    for hidden in (draft, restricted):
        assert client.get(f"/api/v2/{name}/{hidden.pk}/").status_code == 404
    calendar = client.get(f"{address}calendario.ics")
    assert calendar.status_code == (200 if name in WITH_DATES else 404)
    if name in WITH_DATES:
        assert len(dates(calendar)) == 2


@pytest.mark.parametrize("name", LISTS)
def test_a_form_costs_the_same_however_long_the_list_is(client, name):
    address, make = LISTS[name]

    def costs() -> list[int]:
        found = []
        forms = [f"{address}feed.xml", f"{address}elenco.csv", f"/api/v2/{name}/"]
        for form in [*forms, f"{address}calendario.ics"] if name in WITH_DATES else forms:
            client.get(form)
            cache.clear()
            client.get("/health/live/")
            with CaptureQueriesContext(connection) as queries:
                assert client.get(form).status_code == 200
            found.append(len(queries))
        return found

    for _ in range(2):
        make()
    few = costs()
    for _ in range(4):
        make()
    assert costs() == few
    assert max(few) <= 12


def test_the_filters_are_those_of_the_page(client):
    kept = published(bandi.full_call(title="Il bando dei giovani", kind="prize"))
    bandi.full_call(title="Un altro bando")
    query = "?tipo=prize&q=giovani"
    html = client.get(f"/bandi/{query}&pagina=1").content.decode()
    assert 'href="/bandi/calendario.ics?tipo=prize&amp;q=giovani"' in html
    feed = client.get(f"/bandi/feed.xml{query}")
    assert [entry["title"] for entry in entries(feed)] == [kept.title]
    assert "Bandi: Premio, giovani" in feed.content.decode() or "Bandi: giovani, Premio" in feed.content.decode()
    assert [row["titolo"] for row in rows(client.get(f"/bandi/elenco.csv{query}"))] == [kept.title]
    assert len(dates(client.get(f"/bandi/calendario.ics{query}"))) == 1
    assert [item["id"] for item in client.get(f"/api/v2/bandi/{query}").json()["items"]] == [kept.pk]


def test_a_deadline_is_a_date_that_stays_the_same_entry(client):
    now = timezone.now().replace(second=0, microsecond=0)
    call = bandi.call(deadline=now + timedelta(days=3))
    (entry,) = dates(client.get("/bandi/calendario.ics"))
    assert entry["UID"] == f"{call.translation_key}-deadline"
    assert entry.decoded("DTEND") == call.deadline
    assert entry["SUMMARY"] == f"Scade: {call.title}"
    whole = bandi.call(deadline=timezone.localtime(now + timedelta(days=5)).replace(hour=0, minute=0))
    found = {str(item["UID"]): item for item in dates(client.get("/bandi/calendario.ics"))}
    entry = found[f"{whole.translation_key}-deadline"]
    assert entry.decoded("DTSTART") == timezone.localdate() + timedelta(days=5)
    bandi.call(deadline=None, until_funds_run_out=True)
    assert len(dates(client.get("/bandi/calendario.ics"))) == 2


def test_the_calendar_of_events_has_the_public_meetings_unless_it_is_filtered(client):
    home.event(title="Festa")
    progetti.meeting(title="Seduta aperta", start=timezone.now() + timedelta(days=3))
    progetti.meeting(title="Seduta chiusa", start=timezone.now() + timedelta(days=4), is_public=False)
    assert {str(item["SUMMARY"]) for item in dates(client.get("/eventi/calendario.ics"))} == {"Festa", "Seduta aperta"}
    assert [str(item["SUMMARY"]) for item in dates(client.get("/eventi/calendario.ics?q=festa"))] == ["Festa"]
    assert [str(i["SUMMARY"]) for i in dates(client.get("/governance/sedute/calendario.ics"))] == ["Seduta aperta"]


def test_a_cell_of_the_list_cannot_run_in_a_spreadsheet(client):
    bandi.call(title="=1+1", short_description="@SUM(A1)", issuing_body=OrganisationFactory(name="+39 Fondazione"))
    (row,) = rows(client.get("/bandi/elenco.csv"))
    assert (row["titolo"], row["descrizione"], row["ente"]) == ("'=1+1", "'@SUM(A1)", "'+39 Fondazione")


def test_what_the_api_is_asked_wrong_it_says(client):
    bandi.call()
    for query in ("?stato=boh", "?importo=molto", "?colore=blu", "?limit=1000", "?offset=-1", "?limit=x"):
        response = client.get(f"/api/v2/bandi/{query}")
        assert response.status_code == 400, query
        assert response.json()["message"]
    assert client.get("/api/v2/bandi/?locale=en").status_code == 404
    assert client.post("/api/v2/bandi/").status_code == 405
    assert client.get("/api/v2/bandi/?limit=1&offset=1").json()["items"] == []
    assert client.get("/api/v2/persone/").status_code == 404


def test_the_api_is_for_everybody_and_gets_tired(client, monkeypatch):
    bandi.call()
    response = client.get("/api/v2/bandi/")
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "max-age=60" in response.headers["Cache-Control"]
    assert not response.cookies
    monkeypatch.setattr(ApiThrottle, "rate", "2/min")
    cache.clear()
    assert [client.get("/api/v2/bandi/").status_code for _ in range(3)] == [200, 200, 429]


def test_a_list_that_not_everybody_may_read_has_no_other_form(client):
    bandi.call()
    PageViewRestriction.objects.create(page=bandi.call_index(), restriction_type=PageViewRestriction.LOGIN)
    for name in ("feed.xml", "calendario.ics", "elenco.csv"):
        assert client.get(f"/bandi/{name}").status_code == 404
    assert client.get("/api/v2/bandi/").status_code == 404
    assert client.get("/nonesiste/feed.xml").status_code == 404
    assert client.get(f"{progetti.project().url}feed.xml").status_code == 404
