"""The demo shows an offer in every state, reached by the steps of a person; loading it again doubles nothing."""

import pytest
from django.utils import timezone

from sportello import demo_offers
from sportello.enums import ApplicationState, OfferState
from sportello.models import Application
from tests.factories.sportello import HostFactory, YouthFactory, make_offer, operator_of, owner_of

pytestmark = pytest.mark.django_db


def test_one_of_each_and_only_once():
    host = HostFactory()
    make_offer(host)
    seeker, other = YouthFactory(desk=host.desk), YouthFactory(desk=host.desk)
    for _run in range(2):
        demo_offers.enrich(host, owner_of(host), operator_of(host.desk), timezone.localdate(), seeker, [other])
    expected = {title: state for title, state, _words in demo_offers.EXAMPLES} | {
        "In bottega: dal disegno allo sgabello": OfferState.PUBLISHED
    }
    assert dict(host.offers.values_list("title", "state")) == expected
    assert host.offers.count() == len(expected)
    ended = dict(Application.objects.filter(youth=seeker).values_list("offer__state", "state"))
    assert ended == {
        OfferState.CLOSED: ApplicationState.REJECTED,
        OfferState.STALE: ApplicationState.EXPIRED,
        OfferState.SUSPENDED: ApplicationState.WITHDRAWN,
    }
    assert other.applications.get().state == ApplicationState.REJECTED
    assert host.offers.get(state=OfferState.DRAFT).steps_left == "quando"
