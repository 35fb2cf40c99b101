"""«Chi ci sta?»: from the form on a call to the message between two organisations, and what nobody may read."""

import re

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from bandi.actions.interests import accept_interest, confirm_interest, say_interest, withdraw_interest
from bandi.enums import InterestState
from bandi.errors import ActionRefused
from bandi.interest_links import link_of
from bandi.models import CallInterest
from home.roles import ensure_roles
from portal.users import roles
from tests.bandi.test_outcomes import in_english
from tests.factories import bandi
from tests.factories.registry import OrganisationFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db

WORDS = {
    "organisation_name": "Cooperativa Larice",
    "brings": "Un laboratorio di falegnameria.",
    "seeks": "Un Comune capofila.",
    "may_be_shown": "on",
    "contact_name": "Zaccaria Quartapelle",
    "email": "zaccaria@example.org",
}
PRIVATE = (WORDS["contact_name"], WORDS["email"])


@pytest.fixture
def call():
    return bandi.full_call()


@pytest.fixture
def staff(call):
    groups = ensure_roles()
    people = {}
    for name in (roles.AUTHORS, roles.REVIEWERS):
        people[name] = UserFactory()
        people[name].groups.add(groups[name])
    return people


def join(client, call, **more):
    return client.post(reverse("call_join", args=[call.slug]), {**WORDS, **more})


def link_in(message) -> str:
    """The address in an e-mail, without the portal's."""
    return re.search(r"https?://[^/]+(/(?:en/)?interesse/\S+)", message.body)[1]


def test_from_the_form_to_the_page_of_the_call(client, call, staff, django_capture_on_commit_callbacks):
    reviewer = staff[roles.REVIEWERS]
    with django_capture_on_commit_callbacks(execute=True):
        response = join(client, call)
    assert "Controlla la posta" in client.get(response["Location"]).content.decode()
    letter = mail.outbox.pop()
    assert letter.to == [WORDS["email"]]
    assert WORDS["contact_name"] not in letter.subject
    own = link_in(letter)
    # Opening the link changes nothing: programs that check mail open links.
    assert "Confermo" in client.get(own).content.decode()
    assert CallInterest.objects.get().state == InterestState.WAITING
    with django_capture_on_commit_callbacks(execute=True):
        client.post(own, {"act": "confirm"})
    assert [message.to for message in mail.outbox] == [[reviewer.email]]
    assert "Larice" not in client.get(call.url).content.decode()
    interest = CallInterest.objects.get()

    client.force_login(reviewer)
    assert "Cooperativa Larice" in client.get(reverse("call_interests_admin")).content.decode()
    assert WORDS["email"] in client.get(reverse("call_interest_admin", args=[interest.pk])).content.decode()
    organisation = OrganisationFactory(name="Larice società cooperativa", url="https://larice.example.org/")
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(reverse("call_interest_accept", args=[interest.pk]), {"organisation": organisation.pk})
    assert mail.outbox[0].to == [WORDS["email"]]
    client.logout()
    page = client.get(call.url).content.decode()
    assert "Larice società cooperativa" in page
    assert WORDS["brings"] in page
    assert not any(word in page for word in PRIVATE)
    client.post(own, {"act": "withdraw"})
    assert "Larice" not in client.get(call.url).content.decode()
    interest.refresh_from_db()
    assert (interest.state, interest.email, interest.contact_name) == (InterestState.WITHDRAWN, "", "")
    assert "è ritirata" in client.get(own).content.decode()


def test_who_does_not_want_to_be_shown_is_counted_and_not_named(client, call):
    bandi.interest(call, organisation_name="Circolo Nascosto", may_be_shown=False)
    bandi.interest(call, organisation_name="Banda Palese", may_be_shown=True)
    page = client.get(call.url).content.decode()
    assert "2 organizzazioni si sono dette interessate. Una preferisce non apparire." in page
    assert "Banda Palese" in page
    assert "Nascosto" not in page


@pytest.mark.indexed
def test_no_contact_is_anywhere_in_public(client, call):
    bandi.interest(call, contact_name=PRIVATE[0], email=PRIVATE[1])
    addresses = [call.url, "/bandi/", "/bandi/feed.xml", "/bandi/elenco.csv", "/bandi/calendario.ics", "/api/v2/bandi/"]
    for address in [*addresses, f"/api/v2/bandi/{call.pk}/", "/cerca/?q=Quartapelle", "/cerca/?q=Zaccaria"]:
        text = client.get(address).content.decode().replace("q=Quartapelle", "").replace("q=Zaccaria", "")
        assert "Quartapelle<" not in text.replace('"Quartapelle"', ""), address
        assert PRIVATE[0] not in text, address
        assert PRIVATE[1] not in text, address


def test_members_write_to_each_other_without_learning_addresses(client, call, django_capture_on_commit_callbacks):
    sender = bandi.interest(call, contact_name="Ada Neri", email="ada@example.org")
    receiver = bandi.interest(call, organisation_name="Pro Loco", email="proloco@example.org")
    hidden = bandi.interest(call, organisation_name="Nascosta", may_be_shown=False, email="n@example.org")
    own = client.get(link_of(sender)).content.decode()
    address = f"{link_of(sender)}scrivi/{receiver.pk}/"
    assert address in own
    assert "proloco@example.org" not in own
    assert "Nascosta" not in own
    assert client.get(f"{link_of(sender)}scrivi/{hidden.pk}/").status_code == 404
    assert client.post(address, {"text": " "}).context["form"].errors
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"text": "Ci vediamo giovedì?"})
    message = mail.outbox[0]
    assert (message.to, message.reply_to) == (["proloco@example.org"], ["ada@example.org"])
    assert "Ci vediamo giovedì?" in message.body
    # Who is not in, or is in another call, writes to nobody.
    stranger = bandi.interest(bandi.full_call(), email="altro@example.org")
    waiting = bandi.interest(call, state=InterestState.CONFIRMED, email="w@example.org")
    for other in (stranger, waiting):
        assert client.post(f"{link_of(other)}scrivi/{receiver.pk}/", {"text": "Ciao"}).status_code == 404


def test_a_program_that_fills_in_everything_is_thanked_and_forgotten(client, call):
    response = join(client, call, website="https://spam.example.org/")
    assert response.status_code == 302
    assert not CallInterest.objects.exists()


def test_what_is_wrong_stands_at_its_field_and_nothing_is_lost(client, call):
    response = join(client, call, email="non-è-un-indirizzo", contact_name="")
    assert set(response.context["form"].errors) == {"email", "contact_name"}
    assert WORDS["brings"] in response.content.decode()
    assert not CallInterest.objects.exists()


def test_too_many_requests_are_stopped(client, call, settings):
    settings.ACCOUNT_RATE_LIMITS = {"call_interest": "2/h/ip"}
    answers = [join(client, call, email=f"e{number}@example.org").status_code for number in range(3)]
    assert answers == [302, 302, 429]


def test_writing_twice_makes_one_row_and_tells_no_stranger(client, call, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        join(client, call)
        join(client, call, brings="Ho cambiato idea.")
    assert CallInterest.objects.get().brings == "Ho cambiato idea."
    confirm_interest(CallInterest.objects.get())
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        response = join(client, call, email=WORDS["email"].upper(), brings="Scrive qualcun altro.")
    assert response["Location"].endswith("?inviata=1")
    assert CallInterest.objects.get().brings == "Ho cambiato idea."
    assert [message.subject for message in mail.outbox] == ["Ci siete già"]


@pytest.mark.parametrize("make", [bandi.closed_call, lambda: bandi.full_call(gather_interests=False)])
def test_a_call_that_is_over_or_does_not_ask_takes_nobody(client, make):
    call = make()
    assert "Ci stiamo anche noi" not in client.get(call.url).content.decode()
    assert "Ora non si raccolgono adesioni" in client.get(reverse("call_join", args=[call.slug])).content.decode()
    join(client, call)
    assert not CallInterest.objects.exists()


def test_an_author_reads_and_does_not_decide(client, call, staff):
    interest = bandi.interest(call, state=InterestState.CONFIRMED)
    author = staff[roles.AUTHORS]
    client.force_login(author)
    page = client.get(reverse("call_interest_admin", args=[interest.pk])).content.decode()
    assert "Decide chi può pubblicare" in page
    with pytest.raises(PermissionDenied):
        accept_interest(interest, by=author)
    interest.refresh_from_db()
    assert interest.state == InterestState.CONFIRMED


def test_the_redazione_says_why_not(client, call, staff, django_capture_on_commit_callbacks):
    interest = bandi.interest(call, state=InterestState.CONFIRMED, email="a@example.org")
    client.force_login(staff[roles.REVIEWERS])
    address = reverse("call_interest_refuse", args=[interest.pk])
    assert "Scrivi il motivo" in client.post(address, {"reason": ""}).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, {"reason": "Non è un'organizzazione."})
    assert "Non è un'organizzazione." in mail.outbox[0].body
    assert "Non è un'organizzazione." in client.get(link_of(interest)).content.decode().replace("&#x27;", "'")


def test_only_changes_that_make_sense_happen(call, staff):
    reviewer = staff[roles.REVIEWERS]
    interest = bandi.interest(call, state=InterestState.WAITING)
    with pytest.raises(ActionRefused):
        accept_interest(interest, by=reviewer)
    confirm_interest(interest)
    with pytest.raises(ActionRefused):
        confirm_interest(interest)
    withdraw_interest(interest)
    for act in (confirm_interest, withdraw_interest, lambda row: accept_interest(row, by=reviewer)):
        with pytest.raises(ActionRefused):
            act(interest)
    with pytest.raises(ActionRefused):
        say_interest(bandi.closed_call(), {"email": "a@example.org", "organisation_name": "A"}, "it")


@pytest.mark.parametrize(
    "values", [{"state": "boh"}, {"state": "withdrawn"}, {"state": "accepted", "confirmed_at": None}]
)
def test_the_database_refuses_what_makes_no_sense(call, values):
    interest = bandi.interest(call)
    with pytest.raises(IntegrityError), transaction.atomic():
        CallInterest.objects.filter(pk=interest.pk).update(**values)


def test_nobody_is_in_twice(call):
    bandi.interest(call, organisation_name="Larice", email="a@example.org")
    with pytest.raises(IntegrityError), transaction.atomic():
        CallInterest.objects.bulk_create(
            [CallInterest(call=call, organisation_name="LARICE", email="A@example.org", asked_at=timezone.now())]
        )


def test_what_is_no_longer_needed_is_forgotten(call, capsys):
    old = timezone.now() - timezone.timedelta(days=31)
    unconfirmed = bandi.interest(call, state=InterestState.WAITING, asked_at=old)
    fresh = bandi.interest(call, state=InterestState.WAITING, email="b@example.org")
    long_ago = timezone.now() - timezone.timedelta(days=800)
    over = bandi.interest(bandi.full_call(opening=long_ago - timezone.timedelta(days=9), deadline=long_ago))
    call_command("forget_interests")
    assert "Forgotten: 2" in capsys.readouterr().out
    assert set(CallInterest.objects.values_list("pk", flat=True)) == {fresh.pk, over.pk}
    over.refresh_from_db()
    assert (over.email, over.contact_name, unconfirmed.pk in {over.pk}) == ("", "", False)


def test_a_link_that_is_not_ours_opens_nothing(client):
    assert client.get("/interesse/12:abc/").status_code == 404


def test_the_english_page_shows_the_same_and_writes_in_english(client, call, django_capture_on_commit_callbacks):
    english = in_english(call)
    bandi.interest(call, organisation_name="Banda Palese")
    assert "Banda Palese" in client.get(english.url).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        response = client.post(f"{english.url}chi-ci-sta/", WORDS)
    assert response.status_code == 302, response.context["form"].errors
    assert link_in(mail.outbox[0]).startswith("/en/")
    assert CallInterest.objects.get(email=WORDS["email"]).call == call


def test_the_form_of_a_call_is_there_in_a_language_the_call_is_not_written_in(client, call):
    english = client.get(f"/en/bandi/{call.slug}/chi-ci-sta/")
    assert english.status_code == 200
    assert call.title in english.text
    assert client.get("/en/bandi/nessun-bando/chi-ci-sta/").status_code == 404
    call.unpublish()
    assert client.get(f"/en/bandi/{call.slug}/chi-ci-sta/").status_code == 404
