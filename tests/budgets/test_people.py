"""Queries of the pages of minors, of who answers for them and of one's own data: the same at N and at 3N."""

import pytest
from django.urls import reverse

from sportello.actions import applications
from tests.budgets.test_sportello import same_cost
from tests.factories.people import allow, guardian_of, make_guardian, make_minor
from tests.factories.sportello import HostFactory, make_application, make_offer

pytestmark = pytest.mark.django_db
# One query for each table that may hold something of a person: see `sportello.personal_data`.
YOUTH, GUARDIAN, OWN_DATA = 12, 14, 45


@pytest.fixture
def minor():
    young = make_minor(desk=HostFactory().desk)
    allow(young)
    return young


def applications_of(young):
    """A function that sends so many applications, each withdrawn so that the next may go."""
    host = HostFactory(desk=young.desk)

    def fill(n: int) -> None:
        for _n in range(n):
            applications.withdraw(make_application(make_offer(host, minimum_age=15), young), young.user)

    return fill


def test_what_a_guardian_reads(minor):
    url = reverse("area:guardian_youth", args=[minor.pk])
    same_cost(applications_of(minor), url, GUARDIAN, guardian_of(minor))


def test_for_how_many_a_guardian_answers(minor):
    user = guardian_of(minor)

    def fill(n: int) -> None:
        for _n in range(n):
            make_guardian(make_minor(guardian=False, desk=minor.desk), user)

    same_cost(fill, reverse("area:guardian_home"), GUARDIAN, user)


def test_a_minors_guardians(minor):
    same_cost(lambda n: [make_guardian(minor) for _n in range(n)], reverse("area:youth_guardians"), YOUTH, minor.user)


def test_the_profile_at_a_glance(minor):
    same_cost(applications_of(minor), reverse("area:youth_profile"), YOUTH, minor.user)


def test_ones_own_data(minor):
    same_cost(applications_of(minor), reverse("area:own_data"), OWN_DATA, minor.user)
