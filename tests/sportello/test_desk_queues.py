"""One after the other: the queues of offers to read and of hosts to verify."""

from datetime import timedelta

import pytest
from django.utils import timezone

from sportello.actions import inbox
from sportello.enums import DeskRole, HostState, OfferState
from sportello.models import Host, Offer
from tests.budgets.test_sportello import same_cost
from tests.factories import sportello as make

pytestmark = pytest.mark.django_db

OFFERS, HOSTS = "/admin/sportello/da-controllare/offerte/", "/admin/sportello/da-controllare/realta/"


@pytest.fixture
def desk():
    return make.DeskFactory()


@pytest.fixture
def operator(desk, client):
    user = make.make_operator(desk)
    client.force_login(user)
    return user


@pytest.fixture
def waiting(desk):
    """Three offers, the first one longest in waiting."""
    host = make.HostFactory(desk=desk)
    made = [make.make_offer(host, OfferState.IN_REVIEW, title=title) for title in ("Prima", "Seconda", "Terza")]
    for days, offer in zip((9, 5, 1), made, strict=True):
        Offer.objects.filter(pk=offer.pk).update(submitted_at=timezone.now() - timedelta(days=days))
    make.make_offer(state=OfferState.IN_REVIEW, title="Di un altro Sportello")
    return made


def shown(response) -> str:
    return str(response.context["thing"] or "")


def test_working_through_the_offers(waiting, operator, client):
    first, second, third = waiting
    page = client.get(OFFERS)
    assert shown(page) == "Prima"
    assert "1 di 3" in page.content.decode()
    assert shown(client.get(f"{OFFERS}?dopo={first.pk}")) == "Seconda"
    page = client.post(OFFERS, {"pk": first.pk, "cosa": "yes"}, follow=True)
    assert shown(page) == "Seconda"
    assert Offer.objects.get(pk=first.pk).state == OfferState.PUBLISHED
    bad = client.post(OFFERS, {"pk": second.pk, "cosa": "no", "reason": " "})
    assert shown(bad) == "Seconda"
    assert "Scrivi il motivo" in bad.content.decode()
    client.post(OFFERS, {"pk": second.pk, "cosa": "no", "reason": "Manca chi accompagna."})
    assert Offer.objects.get(pk=second.pk).state == OfferState.RETURNED
    skipped = client.get(f"{OFFERS}?dopo={third.pk}")
    assert "ne resta 1 che hai saltato" in skipped.content.decode()
    done = client.post(OFFERS, {"pk": third.pk, "cosa": "refuse", "reason": "Chiede soldi."}, follow=True)
    assert Offer.objects.get(pk=third.pk).state == OfferState.REFUSED
    assert "Nessuna offerta da controllare." in done.content.decode()


def test_what_is_refused_says_why_and_the_next_one_comes(waiting, operator, client):
    Host.objects.update(state=HostState.SUSPENDED, state_reason="Una prova")
    page = client.get(OFFERS)
    assert page.context["checks"][0].ok is False
    page = client.post(OFFERS, {"pk": waiting[0].pk, "cosa": "yes"}, follow=True)
    assert "Prima:" in page.content.decode()
    assert shown(page) == "Seconda"
    assert Offer.objects.get(pk=waiting[0].pk).state == OfferState.IN_REVIEW


def test_two_at_once_are_not_shown_the_same(waiting, desk, operator, client):
    inbox.take("moderate", waiting[0], make.make_operator(desk))
    assert shown(client.get(OFFERS)) == "Seconda"


@pytest.mark.parametrize(
    "data", [{}, {"pk": "x", "cosa": "yes"}, {"pk": "9" * 40, "cosa": "yes"}, {"pk": "1", "cosa": "boh"}]
)
def test_what_makes_no_sense(data, waiting, operator, client):
    page = client.post(OFFERS, data, follow=True)
    assert "Nel frattempo è stata sistemata" in page.content.decode()
    assert client.get(f"{OFFERS}?dopo=zzz").status_code == client.get(f"{OFFERS}?dopo={'9' * 40}").status_code == 200


def test_nobody_decides_about_another_desks(waiting, operator, client):
    foreign = Offer.objects.get(title="Di un altro Sportello")
    client.post(OFFERS, {"pk": foreign.pk, "cosa": "yes"})
    assert Offer.objects.get(pk=foreign.pk).state == OfferState.IN_REVIEW


def test_working_through_the_hosts(desk, operator, client):
    host = make.HostFactory(desk=desk, verified=False, organisation__name="Forno", phone="")
    twin = make.HostFactory(desk=desk, verified=False, organisation__name="Forno")
    page = client.get(HOSTS)
    texts = {str(check.text): check.ok for check in page.context["checks"]}
    assert texts["Nessun'altra realtà ha lo stesso nome."] is False
    assert texts["Ha lasciato un telefono."] is False
    client.post(HOSTS, {"pk": host.pk, "cosa": "yes"})
    client.post(HOSTS, {"pk": twin.pk, "cosa": "no", "reason": "È la stessa di prima."})
    assert (Host.objects.get(pk=host.pk).state, Host.objects.get(pk=twin.pk).state) == (
        HostState.VERIFIED,
        HostState.SUSPENDED,
    )
    assert "Nessuna realtà da verificare." in client.get(HOSTS).content.decode()


def test_an_auditor_decides_nothing(waiting, desk, client):
    client.force_login(make.make_operator(desk, DeskRole.AUDITOR))
    assert client.post(OFFERS, {"pk": waiting[0].pk, "cosa": "yes"}).status_code in {302, 404}
    assert Offer.objects.get(pk=waiting[0].pk).state == OfferState.IN_REVIEW


def test_the_queue_costs_the_same_however_long_it_is(desk):
    host = make.HostFactory(desk=desk)

    def fill(n: int) -> None:
        for _n in range(n):
            make.make_offer(host, OfferState.IN_REVIEW)

    same_cost(fill, OFFERS, 22, make.make_operator(desk), n=2)
