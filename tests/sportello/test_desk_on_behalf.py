"""The pages of a person, a host and an application for the desk, and what it does on somebody's behalf."""

from datetime import timedelta

import pytest
from django.urls import reverse

from sportello.actions import applications, hosts
from sportello.actions.support_notes import write_note
from sportello.enums import Actor, ApplicationState
from sportello.models import Application
from tests.budgets.test_sportello import same_cost
from tests.factories import sportello as make

pytestmark = pytest.mark.django_db

S = ApplicationState


@pytest.fixture
def application():
    return make.make_application(make.make_offer(title="Falegnameria"))


@pytest.fixture
def operator(application):
    return make.make_operator(application.desk)


def do(client, name: str, application, **data):
    return client.post(reverse(f"sportello_application:{name}", args=[application.pk]), data, follow=True)


def last_event(application):
    event = application.events.order_by("-pk").first()
    return event.to_state, event.actor, event.user


def test_withdrawing_on_behalf_is_written_as_such(
    application, operator, client, mailoutbox, django_capture_on_commit_callbacks
):
    client.force_login(operator)
    with django_capture_on_commit_callbacks(execute=True):
        page = do(client, "withdraw", application, reason="Ha telefonato: ha trovato altro.")
    assert "Candidatura ritirata." in page.content.decode()
    assert last_event(application) == (S.WITHDRAWN, Actor.DESK, operator)
    assert {mail.subject for mail in mailoutbox} == {
        "Una candidatura è stata ritirata",
        "La tua candidatura è stata ritirata",
    }
    again = do(client, "withdraw", application, reason="Ancora")
    assert "Nel frattempo" in again.content.decode()
    assert "Ancora" in again.content.decode()


def test_a_seat_on_behalf_of_the_host(application, operator, client):
    client.force_login(operator)
    bad = do(client, "offer", application, start="2020-01-01", end="2020-01-02")
    assert "Il primo giorno è già passato" in bad.content.decode()
    assert 'value="2020-01-01"' in bad.content.decode()
    after = application.offer.end_date + timedelta(days=1)
    bad = do(client, "offer", application, start=after, end=after)
    assert "Le date devono stare nel periodo" in bad.content.decode()
    assert "Scrivi un giorno" in do(client, "offer", application, start="boh").content.decode()
    do(client, "offer", application)
    assert last_event(application) == (S.OFFERED, Actor.DESK, operator)


def test_reading_first_reopening_reminding(application, operator, client):
    client.force_login(operator)
    inspect = reverse("sportello_application:inspect", args=[application.pk])
    Application.objects.filter(pk=application.pk).update(state=S.IN_REVIEW, review_causes=["contacts"])
    page = client.get(inspect).content.decode()
    assert "sembra esserci un recapito" in page
    do(client, "return", application, reason="Togli il telefono.")
    assert last_event(application)[:2] == (S.DRAFT, Actor.DESK)
    Application.objects.filter(pk=application.pk).update(state=S.IN_REVIEW)
    do(client, "pass", application)
    assert last_event(application)[:2] == (S.SUBMITTED, Actor.DESK)
    do(client, "remind", application)
    page = client.get(inspect).content.decode()
    assert "Realtà sollecitata dallo Sportello" in page
    assert str(operator) in page
    applications.withdraw(Application.objects.get(), application.youth.user)
    assert "Riapri" in client.get(inspect).content.decode()
    do(client, "reopen", application)
    assert last_event(application) == (S.SUBMITTED, Actor.DESK, operator)
    assert Application.objects.get().reopened_at


def test_applying_on_behalf(application, operator, client):
    youth = make.YouthFactory(desk=application.desk)
    address = reverse("sportello_youth:apply", args=[youth.pk])
    client.force_login(operator)
    assert "Falegnameria" in client.get(address).content.decode()
    offer = application.offer_id
    bad = client.post(address, {"offer": "", "motivation": "Mi piace il legno."}).content.decode()
    assert "Scegli un&#x27;offerta." in bad or "Scegli un'offerta." in bad
    assert "Mi piace il legno." in bad
    wrong = client.post(address, {"offer": "999999", "motivation": "Mi piace il legno."}).content.decode()
    assert "non è più tra quelle possibili" in wrong
    client.post(address, {"offer": offer, "motivation": "Mi piace il legno."})
    made = youth.applications.get()
    assert (made.state, made.sender, last_event(made)) == (S.SUBMITTED, Actor.DESK, (S.SUBMITTED, Actor.DESK, operator))
    assert "a cui non si sia già candidata" in client.get(address).content.decode()
    incomplete = make.YouthFactory(desk=application.desk, availability=0)
    page = client.get(reverse("sportello_youth:apply", args=[incomplete.pk])).content.decode()
    assert "Manca ancora" in page


def test_the_page_of_a_person_has_everything(application, operator, client):
    youth = application.youth
    elsewhere = make.make_application(make.make_offer(title="In un altro territorio"), youth)
    write_note(youth, operator, "contact", "Parole riservate")
    client.force_login(operator)
    page = client.get(reverse("sportello_youth:inspect", args=[youth.pk])).content.decode()
    for words in (
        "Falegnameria",
        "Che cosa è successo",
        "Consensi",
        "Percorsi",
        "Note di sostegno",
        "In un altro territorio",
    ):
        assert words in page, words
    assert "Parole riservate" not in page
    # What is another desk's has no link that would not open.
    assert reverse("sportello_application:inspect", args=[elsewhere.pk]) not in page
    client.force_login(make.UserFactory(is_superuser=True, is_staff=True))
    assert "Note di sostegno" not in client.get(reverse("sportello_youth:inspect", args=[youth.pk])).content.decode()


def test_the_page_of_a_host_has_everything(application, operator, client):
    client.force_login(operator)
    host = application.offer.host
    hosts.verify_host(hosts.suspend_host(host, operator, "Prova"), operator)
    page = client.get(reverse("sportello_host:inspect", args=[host.pk])).content.decode()
    for words in (
        make.owner_of(host).email,
        "Falegnameria",
        application.youth.user.get_full_name(),
        "Realtà verificata",
    ):
        assert words in page, words


@pytest.mark.parametrize("whose", ["person", "host"])
def test_pages_cost_the_same_however_much_there_is(whose):
    host = make.HostFactory()
    youth = make.YouthFactory(desk=host.desk)

    def fill(n: int) -> None:
        for _n in range(n):
            offer = make.make_offer(host)
            who = youth if whose == "person" else make.YouthFactory(desk=host.desk)
            applications.withdraw(make.make_application(offer, who), who.user)

    name, thing = ("sportello_youth", youth) if whose == "person" else ("sportello_host", host)
    same_cost(fill, reverse(f"{name}:inspect", args=[thing.pk]), 24, make.make_operator(host.desk), n=2)
