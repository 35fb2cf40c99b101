"""Queries of the Sportello's pages, frame included: within the design's numbers, and the same at N and at 3N."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sportello.actions import applications, applications_host
from sportello.desk.export_lists import OFFERS
from sportello.enums import DeskRole
from sportello.models import ExportRecord
from tests.factories.sportello import (
    DeskFactory,
    HostFactory,
    SectorFactory,
    SkillFactory,
    UserFactory,
    YouthFactory,
    make_application,
    make_offer,
    make_operator,
    operator_of,
    owner_of,
)
from tests.helpers.strict import StrictClient

pytestmark = pytest.mark.django_db

OFFERS_SEARCH, OFFER, YOUTH_LIST, INBOX, APPLICATION, DESK_LIST = 6, 12, 8, 12, 15, 15


def queries(url: str, user=None) -> list[str]:
    """The queries of the second visit: the first fills what Wagtail keeps in memory (sites, content types)."""
    client = StrictClient()
    if user is not None:
        client.force_login(user)
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return [query["sql"] for query in captured.captured_queries]


def same_cost(fill, url: str, budget: int, user=None, n: int = 3) -> None:
    fill(n)
    few = queries(url, user)
    fill(2 * n)
    many = queries(url, user)
    assert len(few) == len(many), "\n".join(many)
    assert len(many) <= budget, f"{len(many)}:\n" + "\n".join(many)


def offers_of(host):
    """A function that makes so many published offers, with skills to prefetch."""

    def fill(n: int) -> None:
        for _n in range(n):
            make_offer(host, skills=[SkillFactory()], goals=[SkillFactory()], seats_count=3)

    return fill


def test_search_of_offers():
    same_cost(offers_of(HostFactory()), "/sportello/", OFFERS_SEARCH)


def test_search_of_offers_with_filters():
    same_cost(offers_of(HostFactory()), "/sportello/?q=sgabello&tipo=traineeship&ordine=inizio", OFFERS_SEARCH)


def test_an_offer():
    offer = make_offer(skills=[SkillFactory()])

    def fill(n: int) -> None:
        offer.skills.add(*[SkillFactory() for _n in range(n)])
        make_application(offer)

    same_cost(fill, offer.get_absolute_url(), OFFER)


def test_the_offers_that_suit_a_young_person():
    host = HostFactory()
    young = YouthFactory(desk=host.desk)
    same_cost(offers_of(host), reverse("area:youth_offers"), YOUTH_LIST, young.user)
    filters = {"q": "sgabello", "vicino": young.home.name}
    same_cost(offers_of(host), reverse("area:youth_offers", query=filters), YOUTH_LIST, young.user)


def test_a_young_persons_candidatures():
    host = HostFactory()
    young = YouthFactory(desk=host.desk)

    def fill(n: int) -> None:
        for _n in range(n):
            applications.withdraw(make_application(make_offer(host), young), young.user)

    same_cost(fill, reverse("area:youth_applications"), YOUTH_LIST, young.user)


def test_the_inbox_of_a_host():
    host = HostFactory()
    owner = owner_of(host)

    def fill(n: int) -> None:
        offer = make_offer(host, seats_count=n)
        for number in range(n):
            row = make_application(offer)
            if number % 3 == 1:
                applications_host.offer_seat(row, owner)
            elif number % 3 == 2:
                applications_host.reject(row, owner, "Cerchiamo altro.")

    same_cost(fill, reverse("area:host_inbox"), INBOX, owner)


def test_the_offers_of_a_host():
    host = HostFactory()
    same_cost(offers_of(host), reverse("area:host_offers"), INBOX, owner_of(host))


@pytest.mark.parametrize("side", ["youth", "host", "desk"])
def test_an_application(side):
    row = make_application(make_offer(skills=[SkillFactory()]))
    people = {"youth": row.youth.user, "host": owner_of(row.offer.host), "desk": operator_of(row.desk)}
    urls = {
        "youth": reverse("area:youth_application", args=[row.pk]),
        "host": reverse("area:host_application", args=[row.pk]),
        "desk": reverse("sportello_application:inspect", args=[row.pk]),
    }

    def fill(n: int) -> None:
        for _n in range(n):
            row.events.create(from_state="submitted", to_state="submitted", actor="desk", user=people["desk"])

    same_cost(fill, urls[side], APPLICATION, people[side])


@pytest.mark.parametrize("name", ["host", "offer", "application", "youth"])
def test_the_lists_of_the_desk(name):
    host = HostFactory()

    def fill(n: int) -> None:
        for _n in range(n):
            make_application(make_offer(HostFactory(desk=host.desk)))

    same_cost(fill, reverse(f"sportello_{name}:index"), DESK_LIST, operator_of(host.desk))


def test_the_record_of_exports():
    desk = DeskFactory()
    sector = SectorFactory()

    def fill(n: int) -> None:
        ExportRecord.objects.bulk_create(
            ExportRecord(desk=desk, user=UserFactory(), what=OFFERS.key, filters={"sector": str(sector.pk)}, rows=1)
            for _n in range(n)
        )

    same_cost(fill, reverse("sportello_exports:log"), DESK_LIST, make_operator(desk, DeskRole.SUPERVISOR))
