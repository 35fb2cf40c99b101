"""Exports: the file holds what was filtered and nothing runs in it; the record says who took what."""

import csv
import io
from datetime import UTC, datetime

import openpyxl
import pytest
from django.urls import reverse

from portal.pages.csv_files import write_rows
from sportello.actions.desks import appoint
from sportello.desk import export as export_module
from sportello.desk.spreadsheet import xlsx
from sportello.enums import DeskRole, OfferState
from sportello.models import ExportRecord
from tests.factories import sportello as make

pytestmark = pytest.mark.django_db


def sheet(content: bytes):
    return openpyxl.load_workbook(io.BytesIO(content)).active


def lines(response) -> list[tuple]:
    return list(sheet(response.content).iter_rows(values_only=True))


EVIL = ['=HYPERLINK("http://example.org";"Vinci")', "+39 011 123", "-2+3", "@SUM(A1)", "\t=1+1", "\r=1+1", "  =1+1"]


def test_what_people_typed_never_runs():
    made = sheet(xlsx("Prova [1]/:*?", ["=A"], [[text] for text in EVIL]))
    assert [cell.data_type for row in made.iter_rows() for cell in row] == ["s"] * 8
    assert all(cell.quotePrefix for row in made.iter_rows() for cell in row)
    assert made["A2"].value == EVIL[0]
    table = list(csv.reader(io.StringIO(write_rows([["=A"], *([text] for text in EVIL)])), delimiter=";"))
    assert all(row[0].startswith("'") for row in table)


def test_values_stay_what_they_are():
    moment = datetime(2026, 7, 1, 10, 30, tzinfo=UTC)
    row = next(
        sheet(xlsx("x", ["a"], [[3, moment, None, "riga\x00nera", "x" * 40_000]])).iter_rows(
            min_row=2, values_only=True
        )
    )
    assert row[0] == 3
    assert row[1] == datetime(2026, 7, 1, 12, 30)  # noqa: DTZ001  spreadsheets know no time zones: it is Rome's
    assert row[3] == "riganera"
    assert len(row[4]) == 32_767


@pytest.fixture
def operator():
    return make.make_operator()


@pytest.fixture
def desk(operator):
    return operator.desk_memberships.get().desk


def test_offers_as_they_are_filtered(operator, desk, client):
    host = make.HostFactory(desk=desk, organisation__name="=1+1")
    make.make_offer(host, title="Da leggere", state=OfferState.IN_REVIEW)
    make.make_offer(host, title="Sul portale")
    make.make_offer(title="Di un altro Sportello", state=OfferState.IN_REVIEW)
    client.force_login(operator)
    address = reverse("sportello_offer:index") + "?state=in_review&q=&p=1"
    assert "Esporta questo elenco" in client.get(address).content.decode()
    response = client.post(address, {"esporta": "xlsx"})
    assert response["Content-Disposition"].startswith('attachment; filename="offerte-')
    assert "no-store" in response["Cache-Control"]
    header, *rows = lines(response)
    assert header[0] == "Offerta"
    assert [row[:2] for row in rows] == [("Da leggere", "=1+1")]
    record = ExportRecord.objects.get()
    assert (record.desk, record.user, record.what, record.rows) == (desk, operator, "offerte", 1)
    assert record.filters == {"state": "in_review"}


@pytest.mark.parametrize("name", ["host", "offer", "application", "youth"])
def test_every_list_and_the_inbox(name, operator, desk, client):
    application = make.make_application(make.make_offer(make.HostFactory(desk=desk)))
    client.force_login(operator)
    rows = lines(client.post(reverse(f"sportello_{name}:index"), {"esporta": "xlsx"}))
    assert len(rows) == 2
    inbox = lines(client.post(reverse("sportello_inbox:index") + "?chi=host", {"esporta": "xlsx"}))
    assert inbox[1][1] == application.youth.user.get_full_name()
    assert ExportRecord.objects.count() == 2


def test_a_list_that_cannot_be_exported_does_not_offer_it(operator, client):
    client.force_login(operator)
    assert "Esporta questo elenco" not in client.get(reverse("sportello_offer:index")).content.decode(), "it is empty"
    make.make_offer(make.HostFactory(desk=operator.desk_memberships.get().desk))
    assert "Esporta questo elenco" in client.get(reverse("sportello_offer:index")).content.decode()
    assert "Esporta questo elenco" not in client.get(reverse("sportello_round:index")).content.decode()


def test_two_desks_are_two_records(operator, desk, client):
    other = make.DeskFactory()
    appoint(other, operator)
    make.HostFactory(desk=desk)
    client.force_login(operator)
    client.post(reverse("sportello_host:index"), {"esporta": "xlsx"})
    assert sorted(ExportRecord.objects.values_list("desk_id", "rows")) == sorted([(desk.pk, 1), (other.pk, 0)])


def test_too_many_rows_are_refused(operator, desk, client, monkeypatch):
    monkeypatch.setattr(export_module, "MAX_ROWS", 1)
    make.HostFactory(desk=desk)
    make.HostFactory(desk=desk)
    client.force_login(operator)
    page = client.post(reverse("sportello_host:index"), {"esporta": "xlsx"}, follow=True)
    assert "Sono più di 1 righe" in page.content.decode()
    assert not ExportRecord.objects.exists()


@pytest.mark.parametrize("role", [DeskRole.AUDITOR, None])
def test_nobody_else_exports(role, desk, client):
    user = make.make_operator(desk, role) if role else make.UserFactory()
    client.force_login(user)
    for name in ("sportello_host:index", "sportello_youth:index", "sportello_inbox:index"):
        assert client.post(reverse(name), {"esporta": "xlsx"}).status_code in {302, 404}
    assert not ExportRecord.objects.exists()


def test_supervisors_and_auditors_read_the_record(operator, desk, client):
    make.HostFactory(desk=desk)
    client.force_login(operator)
    client.post(reverse("sportello_host:index") + "?state=verified", {"esporta": "xlsx"})
    sector = make.SectorFactory(name="Commercio")
    client.post(reverse("sportello_offer:index") + f"?sector={sector.pk}&gone=7", {"esporta": "xlsx"})
    client.post(reverse("sportello_inbox:index") + "?chi=desk&q=legno", {"esporta": "xlsx"})
    # A number typed into the address is no way to somebody's name.
    stranger = make.YouthFactory(user__email="altrove@example.org", user__last_name="Altrove")
    client.post(reverse("sportello_youth:index") + f"?user={stranger.user.pk}", {"esporta": "xlsx"})
    client.post(reverse("sportello_application:index") + f"?youth={stranger.pk}", {"esporta": "xlsx"})
    for role in (DeskRole.SUPERVISOR, DeskRole.AUDITOR):
        client.force_login(make.make_operator(desk, role))
        page = client.get(reverse("sportello_exports:log")).content.decode()
        assert operator.email in page
        assert "Stato: Verificata" in page
        assert f"Settore: {sector.name}" in page
        assert "Chi deve muoversi: Sportello; Parole: legno" in page
        assert "gone: 7" in page
        assert "Altrove" not in page
        assert stranger.user.email not in page
    client.force_login(make.make_operator(role=DeskRole.SUPERVISOR))
    assert operator.email not in client.get(reverse("sportello_exports:log")).content.decode()
    with pytest.raises(TypeError):
        ExportRecord.objects.update(rows=0)
