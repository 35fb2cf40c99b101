"""The figures against data counted by hand, and the small groups that nobody may work out."""

import csv
import io
from datetime import date, timedelta
from itertools import count

import pytest
from django.urls import reverse
from django.utils import timezone

from sportello.desk.bars import bars
from sportello.desk.figures import Period, figures
from sportello.desk.suppression import Cell, suppress
from sportello.enums import Actor, ApplicationState, DeskRole, OfferState
from sportello.models import Application, ApplicationEvent, Placement, YouthProfile
from tests.factories import sportello as make

pytestmark = pytest.mark.django_db

URL = "/admin/sportello/numeri/"


def shown(pairs) -> tuple[dict, int | None]:
    counted = suppress(pairs)
    return {cell.label: cell.value for cell in counted.cells}, counted.total


@pytest.mark.parametrize(
    ("pairs", "cells", "total"),
    [
        ([("a", 7), ("b", 5), ("c", 0)], {"a": 7, "b": 5}, 12),
        # One small group alone would be the total less the rest: the next smallest goes with it.
        ([("a", 20), ("b", 8), ("c", 3)], {"a": 20, "b": None, "c": None}, 31),
        # Two small ones that together are still fewer than five take a third along.
        ([("a", 20), ("b", 9), ("c", 1), ("d", 2)], {"a": 20, "b": None, "c": None, "d": None}, 32),
        ([("a", 20), ("c", 3), ("d", 4)], {"a": 20, "c": None, "d": None}, 27),
        # Nothing to hide behind: the total goes too.
        ([("a", 3)], {"a": None}, None),
        ([("a", 1), ("b", 2)], {"a": None, "b": None}, None),
        ([("a", 4), ("b", 4)], {"a": None, "b": None}, 8),
        ([], {}, 0),
    ],
)
def test_small_groups_cannot_be_worked_out(pairs, cells, total):
    assert shown(pairs) == (cells, total)


def test_months():
    assert Period.last_year(date(2026, 11, 25)) == Period(date(2025, 12, 1), date(2026, 11, 30))
    assert Period.last_year(date(2026, 12, 1)) == Period(date(2026, 1, 1), date(2026, 12, 31))
    assert Period.of_months(date(2024, 2, 10), date(2024, 2, 1)) == Period(date(2024, 2, 1), date(2024, 2, 29))


def test_bars():
    chart = bars([Cell("Uno", 10), Cell("Due", 5), Cell("Tre", None), Cell("x" * 60, 0)], "nascosto")
    lengths = [bar.length for bar in chart.bars]
    assert lengths[0] == 2 * lengths[1] > 0
    assert lengths[2:] == [0, 0]
    assert chart.bars[2].words == "nascosto"
    assert len(chart.bars[3].label) == 44
    assert bars([], "nascosto") is None
    assert bars([Cell("Tre", None)], "nascosto") is None


@pytest.fixture
def desk():
    return make.DeskFactory()


@pytest.fixture
def counted(desk):
    """Fourteen placements: 8 crafts and 6 bakery; 6 of sixteen, 8 of twenty-two; 7 live in each of two towns.

    Answers after 1, 2, 3, 4, 5, 6, 20 days; seven more by the desk and the young people themselves, which do not count.
    One placement is cancelled, one is of another desk, one of two years ago.
    """
    now = timezone.now()
    host = make.HostFactory(desk=desk)
    crafts = make.make_offer(host, title="Legno", sector=make.SectorFactory(name="Artigianato"), seats_count=50)
    bakery = make.make_offer(host, title="Pane", sector=make.SectorFactory(name="Pane"), seats_count=50)
    towns = [make.MunicipalityFactory(name="Alba"), make.MunicipalityFactory(name="Bra")]
    seats = {offer.pk: list(offer.seats.all()) for offer in (crafts, bakery)}
    users = make.UserFactory.create_batch(17, password="!")
    start = timezone.localdate() + timedelta(days=30)
    born = {16: start.replace(year=start.year - 16, day=1), 22: start.replace(year=start.year - 22, day=1)}
    youths = YouthProfile.objects.bulk_create(
        YouthProfile(user=user, desk=desk, birth_date=born[16 if n < 6 else 22], home=towns[n % 2])
        for n, user in enumerate(users)
    )
    other = make.DeskFactory()
    number = count()
    applications = Application.objects.bulk_create(
        Application(
            youth=youth,
            offer=crafts if n < 8 or n > 13 else bakery,
            seat=seats[(crafts if n < 8 or n > 13 else bakery).pk][next(number)],
            desk=other if n == 15 else desk,
            state=ApplicationState.ACCEPTED,
            start_date=start,
            end_date=start + timedelta(days=20),
            motivation="Mi piace.",
            submitted_at=now - timedelta(days=25 if n != 16 else 800),
        )
        for n, youth in enumerate(youths)
    )
    placements = Placement.objects.bulk_create(
        Placement(
            application=row,
            youth=row.youth,
            desk=row.desk,
            start_date=start,
            end_date=row.end_date,
            state="cancelled" if n == 14 else "preparing",
        )
        for n, row in enumerate(applications)
    )
    Placement.objects.filter(pk=placements[16].pk).update(created_at=now - timedelta(days=800))
    days = [1, 2, 3, 4, 5, 6, 20]
    moments = ApplicationEvent._meta.get_field("at")
    moments.auto_now_add = False
    ApplicationEvent.objects.bulk_create(
        ApplicationEvent(
            application=row,
            from_state="submitted",
            to_state="offered",
            actor=Actor.HOST if n < 7 else (Actor.DESK, Actor.YOUTH)[n % 2],
            at=row.submitted_at + timedelta(days=days[n % 7]),
        )
        for n, row in enumerate(applications)
    )
    # A second answer does not make the first one later.
    ApplicationEvent.objects.create(
        application=applications[0], from_state="offered", to_state="rescinded", actor=Actor.HOST, at=now
    )
    moments.auto_now_add = True
    return applications


def cells(found, key) -> dict:
    return {cell.label: cell.value for cell in next(t for t in found.tables if t.key == key).counted.cells}


def test_counted_by_hand(desk, counted):
    found = figures([desk.pk], Period.last_year(timezone.localdate()))
    assert cells(found, "settori") == {"Artigianato": 8, "Pane": 6}
    assert cells(found, "eta") == {"da 14 a 17 anni": 6, "da 21 a 24 anni": 8}
    assert sorted(cells(found, "comuni").values()) == [7, 7]
    assert cells(found, "candidature") == {"Accettata": 15}
    assert (found.answers.days, found.answers.within, found.answers.answered) == (4.0, 86, 7)
    assert found.open_offers == 2
    assert cells(found, "offerte") == {"Tirocinio extracurriculare": 2}
    assert found.free_seats == 100 - 17


def test_another_period_and_another_desk(desk, counted):
    past = timezone.localdate() - timedelta(days=800)
    found = figures([desk.pk], Period.of_months(past, past))
    assert cells(found, "settori") == {"Artigianato": None}
    assert found.answers.days is None
    elsewhere = figures([make.DeskFactory().pk], Period.last_year(timezone.localdate()))
    assert all(table.counted.empty for table in elsewhere.tables)


def test_the_same_queries_however_much_there_is(desk, counted, django_assert_num_queries):
    with django_assert_num_queries(4):
        figures([desk.pk], Period.last_year(timezone.localdate()))


@pytest.mark.parametrize("role", [DeskRole.OPERATOR, DeskRole.AUDITOR])
def test_the_page_and_its_csv(role, desk, counted, client):
    client.force_login(make.make_operator(desk, role))
    page = client.get(URL).content.decode()
    assert "Artigianato" in page
    assert "4 giorni" in page
    assert "86 % di 7" in page
    answer = client.get(f"{URL}settori.csv")
    assert answer["Content-Disposition"] == 'attachment; filename="settori.csv"'
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[1:] == [["Artigianato", "8"], ["Pane", "6"], ["Totale", "14"]]
    assert client.get(f"{URL}boh.csv").status_code == 404


def test_an_auditor_sees_nothing_but_figures_and_logs(desk, counted, client):
    client.force_login(make.make_operator(desk, DeskRole.AUDITOR))
    page = client.get("/admin/").content.decode()
    assert reverse("sportello_figures:index") in page
    assert reverse("sportello_exports:log") in page
    for name in ("sportello_inbox:index", "sportello_youth:index", "sportello_host:index"):
        assert reverse(name) not in page
        assert client.get(reverse(name)).status_code in {302, 404}


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("dal=2026-13", "Scrivi anno e mese"),
        ("dal=boh&al=2026-01", "Scrivi anno e mese"),
        ("dal=2026-05&al=2026-01", "viene prima"),
        ("dal=&al=2020-01", "gennaio 2020"),
        ("dal=2099-01", "gennaio 2099"),
        ("al=0001-01", "Scrivi anno e mese"),
        ("al=9999-12", "Scrivi anno e mese"),
    ],
)
def test_a_period_that_makes_no_sense(query, words, desk, client):
    client.force_login(make.make_operator(desk))
    response = client.get(f"{URL}?{query}")
    assert response.status_code == 200
    assert words in response.content.decode()
    assert client.get(f"{URL}eta.csv?{query}").status_code == 200


def test_offers_that_are_not_open_do_not_count(desk):
    host = make.HostFactory(desk=desk)
    make.make_offer(host, OfferState.IN_REVIEW)
    assert figures([desk.pk], Period.last_year(timezone.localdate())).open_offers == 0
