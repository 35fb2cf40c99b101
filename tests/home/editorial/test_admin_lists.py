"""Lists, report and dashboard as the redazione sees them."""

import csv
import io
from datetime import date, timedelta

import openpyxl
import pytest
from django.urls import reverse
from django.utils import timezone

from bandi.enums import CallActKind
from bandi.models import CallAct
from home.editorial.problems import Problem
from portal.users import roles
from tests.factories.bandi import call, full_call
from tests.factories.editorial import staff
from tests.factories.home import content, event, news
from tests.factories.progetti import full_project, project
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher(client):
    user = staff(roles.PUBLISHERS)
    client.force_login(user)
    return user


def titles(response) -> list[str]:
    return [page.title for page in response.context["object_list"]]


@pytest.mark.parametrize("name", ["progetti", "bandi", "eventi", "notizie"])
def test_each_list_opens_with_its_pages(client, publisher, name):
    make = {"progetti": project, "bandi": call, "eventi": event, "notizie": news}[name]
    page = make(title="Una pagina che si trova")
    response = client.get(reverse(f"{name}:index"))
    assert response.status_code == 200
    assert titles(response) == ["Una pagina che si trova"]
    assert client.get(reverse(f"{name}:index"), {"q": "CHE si tro"}).context["object_list"][0].pk == page.pk
    assert titles(client.get(reverse(f"{name}:index"), {"q": "zzz"})) == []


def test_the_menu_has_the_lists(client, publisher):
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    for name in ("progetti", "bandi", "eventi", "notizie"):
        assert reverse(f"{name}:index") in html


def test_calls_show_their_state_and_the_deadline_that_holds(client, publisher):
    now = timezone.now()
    act = CallAct(
        kind=CallActKind.EXTENSION,
        date=timezone.localdate() - timedelta(days=1),
        reason="Più tempo",
        new_deadline=now + timedelta(days=40),
    )
    call(title="Prorogato", acts=[act])
    call(title="Aperto", deadline=now + timedelta(days=3))
    call(title="Scaduto", opening=now - timedelta(days=50), deadline=now - timedelta(days=3))
    url = reverse("bandi:index")
    assert titles(client.get(url, {"ordering": "deadline_now"})) == ["Scaduto", "Aperto", "Prorogato"]
    assert titles(client.get(url, {"ordering": "-deadline_now"})) == ["Prorogato", "Aperto", "Scaduto"]
    assert titles(client.get(url, {"state": ["open", "extended"], "ordering": "deadline_now"})) == [
        "Aperto",
        "Prorogato",
    ]
    assert titles(client.get(url, {"state": "extended", "q": "prorog", "ordering": "state_now"})) == ["Prorogato"]
    html = client.get(url).content.decode()
    assert "In valutazione" in html
    assert "Senza date" not in html
    call(title="Appena cominciato", opening=None, deadline=None, live=False)
    assert "Senza date" in client.get(url).content.decode()


def test_lists_are_filtered_by_territory_review_and_when(client, publisher):
    here = full_project(title="Qui")
    project(title="Altrove", next_review=date(2020, 1, 1))
    url = reverse("progetti:index")
    assert titles(client.get(url, {"territories": here.territories.first().pk})) == ["Qui"]
    assert titles(client.get(url, {"review": "due"})) == ["Altrove"]
    assert titles(client.get(url, {"review": "none"})) == ["Qui"]
    event(title="Ieri", start=timezone.now() - timedelta(days=2))
    event(title="Domani")
    assert titles(client.get(reverse("eventi:index"), {"when": "passati"})) == ["Ieri"]


def test_the_tree_shows_the_same_columns(client, publisher):
    page = full_call(title="Nel suo elenco")
    html = client.get(reverse("wagtailadmin_explore", args=[page.get_parent().pk])).content.decode()
    assert "Scadenza" in html
    assert "Prossima revisione" in html
    assert "Nel suo elenco" in html


def test_the_dashboard_counts_and_links(client, publisher):
    project()
    project()
    content(next_review=date(2020, 1, 1))
    html = client.get(reverse("wagtailadmin_home")).content.decode()
    assert "Da sistemare" in html
    assert f"{reverse('portal_quality_report')}?problem=incomplete" in html
    assert f"{reverse('portal_quality_report')}?problem=stale" in html
    assert "problem=silent_actions" not in html


def test_the_report_filters_by_problem_section_type_and_territory(client, publisher):
    here = full_project(title="Quasi completo")
    project(title="Vuoto")
    page = content(title="Vecchia", next_review=date(2020, 1, 1))
    url = reverse("portal_quality_report")
    assert set(titles(client.get(url))) >= {"Quasi completo", "Vuoto", "Vecchia"}
    assert titles(client.get(url, {"problem": Problem.STALE})) == ["Vecchia"]
    assert set(titles(client.get(url, {"section": here.get_parent().pk}))) == {"Quasi completo", "Vuoto"}
    assert titles(client.get(url, {"territory": here.territories.first().pk})) == ["Quasi completo"]
    assert titles(client.get(url, {"content_type": page.content_type_id})) == ["Vecchia"]
    html = client.get(url, {"problem": Problem.STALE}).content.decode()
    assert "La revisione era prevista per mercoledì 1º gennaio 2020." in html
    assert here.organisation.name in client.get(url).content.decode()


def test_the_report_leaves_as_csv_and_as_a_sheet(client, publisher):
    page = project(title="Vuoto")
    content(title="Vecchia", next_review=date(2020, 1, 1))
    url = reverse("portal_quality_report")
    answer = client.get(url, {"export": "csv", "problem": Problem.STALE})
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode())))
    assert rows[0] == [
        "Pagina",
        "Tipo",
        "Che cosa sistemare",
        "Dal giorno",
        "Chi ne risponde",
        "Indirizzo per correggere",
    ]
    assert [row[0] for row in rows[1:]] == ["Vecchia"]
    assert rows[1][3] == "2020-01-01"
    sheet = client.get(url, {"export": "xlsx"})
    cells = list(openpyxl.load_workbook(io.BytesIO(b"".join(sheet.streaming_content))).active.values)
    assert {row[0] for row in cells[1:]} >= {"Vuoto", "Vecchia"}
    address = next(row[5] for row in cells if row[0] == "Vuoto")
    assert address.endswith(reverse("wagtailadmin_pages:edit", args=[page.pk]))


def test_who_edits_nothing_sees_neither_report_nor_panel(client):
    staff()
    desk = UserFactory(groups=[roles.DESK_OPERATORS])
    client.force_login(desk)
    project()
    assert client.get(reverse("portal_quality_report")).status_code == 302
    assert "Da sistemare" not in client.get(reverse("wagtailadmin_home")).content.decode()


def test_the_editor_shows_the_advice(client, publisher):
    page = content(title="Da guardare")
    page.body = page._meta.get_field("body").to_python(
        [{"type": "paragraph", "value": '<p><a href="https://example.org">clicca qui</a></p>'}]
    )
    page.save_revision()
    html = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "Consigli sul contenuto" in html
    assert "Il link «clicca qui» non dice dove porta" in html
    assert "image-redundant-alt" in html
