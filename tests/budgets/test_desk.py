"""Queries of the desk's own screens, the admin's frame included: the same at N and at 3N."""

import pytest
from django.urls import reverse

from sportello.actions import reports
from sportello.enums import OfferState, ReportReason
from tests.budgets.test_sportello import same_cost
from tests.factories import sportello as make

pytestmark = pytest.mark.django_db

INBOX = 18


def test_the_inbox_of_the_desk():
    desk = make.DeskFactory()

    def fill(n: int) -> None:
        for _n in range(n):
            host = make.HostFactory(desk=desk)
            make.HostFactory(desk=desk, verified=False)
            make.make_offer(host, OfferState.IN_REVIEW)
            make.make_application(make.make_offer(host))
            reports.report_offer(make.make_offer(host), ReportReason.OTHER, "Non è vero")

    same_cost(fill, reverse("sportello_inbox:index"), INBOX, make.make_operator(desk))
