"""The half-yearly report: the history read right at the borders of the half year, and page, PDF and CSV that agree."""

import csv
import io
from datetime import UTC, date, datetime

import pypdf
import pytest
from django.utils import timezone, translation

from portal.pages.words import ROME
from progetti.actions.plan import save_action
from progetti.models import PlanReport
from progetti.plan_reading import read_tree
from progetti.plan_report import read_report
from progetti.plan_report_pdf import paragraphs, report_pdf
from tests.factories.plan import make_action, make_objective, make_plan

pytestmark = pytest.mark.django_db


def at(year, month, day, hour=12):
    return datetime(year, month, day, hour, tzinfo=ROME)


def change(action, when, status, progress=None):
    action.status, action.progress = status, progress
    action.full_clean()
    save_action(action, by=None, at=when)


@pytest.fixture
def plan():
    return make_plan(axes=2, title="Piano di prova")


@pytest.fixture
def objective(plan):
    return make_objective(plan.axes.get(code="A1"))


@pytest.fixture
def report(plan, objective):
    done = make_action(objective, 1, at=at(2018, 1, 10), title="Finita", end=date(2019, 5, 1))
    change(done, at(2019, 3, 1), "under_way", 50)
    change(done, at(2019, 6, 30, 23), "done", 100)
    late = make_action(
        objective, 2, at=at(2018, 1, 10), title="Tardiva", end=date(2019, 6, 29), status="under_way", progress=20
    )
    blocked = make_action(objective, 3, at=at(2018, 1, 10), title="Ferma <b>davvero</b> & «così»")
    change(blocked, at(2019, 1, 1, 0), "suspended")
    make_action(objective, 4, at=at(2019, 7, 1, 0), title="Nata dopo", status="under_way", progress=90)
    change(late, at(2019, 8, 1), "under_way", 80)
    return PlanReport.objects.create(
        plan=plan, year=2019, half=1, is_public=True,
        narrative="<p>È andata <b>bene</b>.</p><ul><li>Primo</li><li>Secondo #let x = 1</li></ul>",
        narrative_en="<p>It went well.</p>",
    )  # fmt: skip


def test_each_action_is_where_the_history_says(plan, report):
    found = read_report(report, read_tree(plan))
    assert [row.title for row in found.done] == ["Finita"]
    assert [row.title for row in found.late] == ["Tardiva"]
    assert [row.code for row in found.blocked] == ["A1.1.3"]
    assert [(row.code, row.after) for row in found.changed] == [
        ("A1.1.3", "Sospesa"),
        ("A1.1.1", "In corso, 50\N{NO-BREAK SPACE}%"),
        ("A1.1.1", "Conclusa"),
    ]
    assert found.known == 3, "what was born later is not in it"
    assert found.percent == 60, "100 and 20 of the two with data: the 80 % of August came later"


def test_the_page_says_the_same(client, report):
    page = client.get("/piano/rapporti/2019-1/").content.decode()
    for words in (
        "Rapporto del primo semestre 2019",
        "Finita",
        "Tardiva",
        "Ferma &lt;b&gt;davvero",
        "60",
        "<b>bene</b>",
    ):
        assert words in page
    assert "Nata dopo" not in page
    assert "Primo semestre 2019" in client.get("/piano/rapporti/").content.decode()


def test_a_report_that_is_not_public_does_not_show(client, report):
    PlanReport.objects.update(is_public=False)
    for ending in ("", "pdf/", "csv/"):
        assert client.get(f"/piano/rapporti/2019-1/{ending}").status_code == 404
    assert "rapporti/2019-1" not in client.get("/piano/rapporti/").content.decode()


def test_the_pdf_is_tagged_has_a_language_and_says_the_same(client, report):
    response = client.get("/piano/rapporti/2019-1/pdf/")
    assert response["Content-Type"] == "application/pdf"
    reader = pypdf.PdfReader(io.BytesIO(response.content))
    root = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"].startswith("it")
    assert "/StructTreeRoot" in root
    assert b"pdfuaid" in root["/Metadata"].get_data()
    assert reader.metadata.title == "Rapporto del primo semestre 2019 – Piano di prova"
    tags = set(structure(root["/StructTreeRoot"]))
    assert {"/H1", "/H2", "/P", "/Table", "/TH", "/TD"} <= tags
    text = " ".join(" ".join(page.extract_text() for page in reader.pages).split())
    for words in ("Finita", "Tardiva", "Ferma <b>davvero</b> & «così»", "È andata bene.", "Secondo #let x = 1", "60"):
        assert words in text
    assert "Nata dopo" not in text


def structure(node):
    """The tags of a PDF, from its root down."""
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for child in node:
            yield from structure(child)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node["/S"]
        if "/K" in node:
            yield from structure(node["/K"])


def test_the_english_pdf_says_it_is_english(plan, report):
    with translation.override("en"):
        reader = pypdf.PdfReader(io.BytesIO(report_pdf(read_report(report, read_tree(plan)))))
    assert reader.trailer["/Root"]["/Lang"].startswith("en")
    assert "It went well." in " ".join(page.extract_text() for page in reader.pages)


def test_an_empty_report_is_a_report(client, plan):
    PlanReport.objects.create(plan=plan, year=2020, half=2, is_public=True)
    page = client.get("/piano/rapporti/2020-2/").content.decode()
    assert "nessun dato" in page
    reader = pypdf.PdfReader(io.BytesIO(client.get("/piano/rapporti/2020-2/pdf/").content))
    assert "Nessuna azione." in reader.pages[0].extract_text()


def test_the_csv_says_the_same(client, report):
    text = client.get("/piano/rapporti/2019-1/csv/").content.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text), delimiter=";"))
    assert [row["codice"] for row in rows if row["sezione"] == "In ritardo"] == ["A1.1.2"]
    assert [row["giorno"] for row in rows if row["sezione"] == "Cambiamenti"] == [
        "2019-01-01",
        "2019-03-01",
        "2019-06-30",
    ]


def test_a_change_in_the_last_hour_of_the_half_year_counts_in_rome(plan, objective):
    action = make_action(objective, at=at(2018, 1, 1))
    # 23:30 of 30 June in Rome is 21:30 in UTC; 00:30 of 1 July is still 30 June in UTC.
    change(action, datetime(2019, 6, 30, 22, 30, tzinfo=UTC), "under_way", 10)
    row = PlanReport(plan=plan, year=2019, half=1)
    assert read_report(row, read_tree(plan)).changed == []
    assert len(read_report(PlanReport(plan=plan, year=2019, half=2), read_tree(plan)).changed) == 1
    assert timezone.is_aware(action.changes.first().at)


def test_rich_text_becomes_plain_paragraphs():
    assert paragraphs("<p>Uno &amp; <a href='/x'>due</a></p><h2>Tre</h2><ul><li>Quattro</li></ul>sciolto") == [
        "Uno & due", "Tre", "• Quattro", "sciolto",
    ]  # fmt: skip
    assert paragraphs("") == []
