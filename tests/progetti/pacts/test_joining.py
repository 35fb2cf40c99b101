"""Joining a pact: ask, confirm by e-mail, be verified; cancel, refuse, withdraw; and what programs try."""

import json
import re
from html import unescape

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.formats import date_format

from home.roles import ensure_roles
from portal.users.roles import AUTHORS, REVIEWERS
from progetti.actions import pact_requests as acts
from progetti.errors import ActionRefused
from progetti.models import PactRequest, PactSignatory
from progetti.pact_enums import RequestState
from progetti.pact_links import link_of
from tests.factories.pacts import day_ago, in_english, make_request, make_signatory, make_version, open_pact
from tests.factories.progetti import pact
from tests.factories.registry import OrganisationFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db

FORM = {
    "party": "person",
    "person_name": "Ada Bianchi",
    "email": "Ada@example.org",
    "role": "carer",
    "commitments": "Tengo puliti i sentieri.",
    "adult": "on",
    "agree": "on",
}


@pytest.fixture
def reviewer():
    user = UserFactory(email="revisora@example.org")
    user.groups.add(ensure_roles()[REVIEWERS])
    return user


@pytest.fixture
def send(client, django_capture_on_commit_callbacks):
    """Post something, with the e-mails that follow; the signed-in client of a test may be given."""

    def post(address, data, by=client, **options):
        with django_capture_on_commit_callbacks(execute=True):
            return by.post(address, data, **options)

    return post


def link_in(message) -> str:
    return re.search(r"https?://[^/\s]+(/\S*firma/\S+)", message.body)[1]


def test_the_whole_way_from_the_page_to_the_signature(client, send, reviewer):
    version = open_pact(contact_email="cura@example.org")
    url = version.pact.get_url()
    assert "Firma il patto" in client.get(f"{url}aderisci/").content.decode()
    answer = send(f"{url}aderisci/", FORM | {"consent": "on", "resources": "Due falcetti"}, follow=True)
    assert "Controlla la posta" in answer.content.decode()
    found = PactRequest.objects.get()
    assert found.state == RequestState.WAITING
    letter = mail.outbox.pop()
    assert letter.to == ["Ada@example.org"]
    assert letter.reply_to == ["cura@example.org"]
    assert "Ada" not in letter.subject
    assert "Tengo puliti i sentieri." in letter.body
    assert "cura@example.org" in letter.alternatives[0][0]
    link = link_in(letter)

    page = client.get(link)
    assert "Confermo e firmo" in page.content.decode()
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in page["Cache-Control"]
    found.refresh_from_db()
    assert found.state == RequestState.WAITING, "opening the link changes nothing: mail programs open links too"
    send(link, {"act": "confirm", "number": "1"})
    found.refresh_from_db()
    assert found.state == RequestState.CONFIRMED
    assert {message.to[0] for message in mail.outbox} == {"revisora@example.org", "cura@example.org"}
    assert not any("Ada" in message.body for message in mail.outbox), "the redazione reads names in the admin only"
    assert "Da verificare" not in client.get(url).content.decode()
    mail.outbox.clear()

    client.force_login(reviewer)
    inspect = reverse("progetti_pact_request:inspect", args=[found.pk])
    assert "Ada Bianchi" in client.get(reverse("progetti_pact_request:index") + "?state=confirmed").content.decode()
    assert "Verifica e aggiungi la firma" in client.get(inspect).content.decode()
    answer = send(reverse("progetti_pact_request:accept", args=[found.pk]), {"role": "guarantor"})
    assert answer["Location"] == inspect
    signatory = PactSignatory.objects.get()
    assert (signatory.version, signatory.role, signatory.verified_by) == (version, "guarantor", reviewer)
    assert mail.outbox.pop().subject == "La tua firma è sul patto"
    client.logout()
    page = client.get(url).content.decode()
    for words in ("Ada Bianchi", "Due falcetti", "Accompagna e verifica"):
        assert words in page

    page = client.get(link).content.decode()
    assert "Voglio ritirare la firma" in page
    send(link, {"act": "withdraw", "reason": "Mi trasferisco."})
    assert "Ada Bianchi" not in client.get(url).content.decode()
    assert {message.to[0] for message in mail.outbox} == {"Ada@example.org", "revisora@example.org", "cura@example.org"}
    assert "è stata ritirata" in client.get(link).content.decode()

    client.force_login(reviewer)
    send(reverse("progetti_pact_signatory:restore", args=[signatory.pk]), {})
    assert "Ada Bianchi" in client.get(url).content.decode()
    history = client.get(reverse("progetti_pact_signatory:inspect", args=[signatory.pk])).content.decode()
    assert history.index("Firma ritirata") < history.index("Firma rimessa")


def test_an_organisation_asks_in_english_and_is_answered_in_english(client, send):
    english = in_english(open_pact().pact)
    url = f"{english.get_url()}aderisci/"
    form = FORM | {"party": "organisation", "organisation_name": "Bottega"}
    assert "Check your mail" in send(url, form, follow=True).content.decode()
    found = PactRequest.objects.get()
    assert (found.language, found.organisation_name) == ("en", "Bottega")
    letter = mail.outbox.pop()
    assert letter.subject == "Confirm your signature of the pact"
    link = link_in(letter)
    assert link.startswith("/en/")
    assert "I confirm and sign" in client.get(link).content.decode()


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("person_name", "", "Questo campo è obbligatorio."),
        ("email", "nessuno", "Inserisci un indirizzo email valido."),
        ("commitments", " ", "Questo campo è obbligatorio."),
        ("role", "promoter", "Scegli un'opzione valida"),
        ("adult", "", "servono 18 anni"),
        ("agree", "", "segna che lo sottoscrivi"),
        ("party", "organisation", "Scrivi il nome dell'organizzazione"),
        ("party", "", "Questo campo è obbligatorio."),
    ],
)
def test_bad_input_is_said_beside_the_field_and_nothing_is_lost(client, send, field, value, message):
    url = f"{open_pact().pact.get_url()}aderisci/"
    page = unescape(send(url, FORM | {field: value, "resources": "Una scala lunga"}).content.decode())
    where = "organisation_name" if value == "organisation" else field
    beside = page.partition(f'id="id_{where}_error"')[2]
    assert message in beside[:400], beside[:400] or page
    assert "Una scala lunga" in page
    assert not PactRequest.objects.exists()
    assert mail.outbox == []


def test_a_program_that_fills_in_everything_is_thanked_and_forgotten(client, send):
    url = f"{open_pact().pact.get_url()}aderisci/"
    answer = send(url, FORM | {"website": "https://example.com"}, follow=True)
    assert "Controlla la posta" in answer.content.decode()
    assert not PactRequest.objects.exists()
    assert mail.outbox == []


def test_too_many_requests_wait_and_lose_nothing(client, send, settings):
    settings.ACCOUNT_RATE_LIMITS = {"join_pact": "20/h/ip,2/h/key"}
    url = f"{open_pact().pact.get_url()}aderisci/"
    for name in ("Uno", "Due"):
        assert send(url, FORM | {"party": "organisation", "organisation_name": name}).status_code == 302
    response = send(url, FORM)
    assert response.status_code == 429
    page = response.content.decode()
    assert "aspetta un'ora" in page.replace("&#x27;", "'")
    assert "Tengo puliti i sentieri." in page
    assert PactRequest.objects.count() == 2
    assert send(url, FORM | {"email": "altra@example.org"}).status_code == 302


def test_asking_twice_is_one_request(send):
    version = open_pact()
    url = f"{version.pact.get_url()}aderisci/"
    send(url, FORM)
    send(url, FORM | {"email": "ada@EXAMPLE.org", "commitments": "Anzi, poto."})
    found = PactRequest.objects.get()
    assert found.commitments == "Anzi, poto."
    acts.confirm_request(found, 1)
    mail.outbox.clear()
    send(url, FORM | {"commitments": "Cambio ancora."})
    found.refresh_from_db()
    assert (found.state, found.commitments) == (RequestState.CONFIRMED, "Anzi, poto.")
    assert mail.outbox.pop().subject == "La tua richiesta di firmare il patto c'è già"
    with pytest.raises(IntegrityError), transaction.atomic():
        make_request(version, email="ADA@example.org", state="waiting")


@pytest.mark.parametrize("fields", [{"open_to_signatories": False}, {"end": day_ago(1)}, {"start": day_ago(-3)}])
def test_a_pact_that_takes_no_signatures_shows_no_form(client, send, fields):
    page = make_version(pact(**{"open_to_signatories": True} | fields)).pact
    url = f"{page.get_url()}aderisci/"
    assert "Ora non si può firmare" in client.get(url).content.decode()
    assert "Ora non si può firmare" in send(url, FORM).content.decode()
    with pytest.raises(ActionRefused):
        acts.ask_to_join(page, {"email": "a@example.org"}, "it")
    assert not PactRequest.objects.exists()


def test_who_confirms_has_read_the_text_in_force(client, send, reviewer):
    version = open_pact()
    waiting = make_request(version, state="waiting", confirmed_at=None, email="piero@example.org")
    confirmed = make_request(version)
    link = link_of(waiting)
    second = make_version(version.pact, days_ago=0)
    # The page of the first version was open while the second came into force.
    send(link, {"act": "confirm", "number": "1"})
    waiting.refresh_from_db()
    assert (waiting.state, waiting.version) == (RequestState.WAITING, second)
    assert "la versione 2" in client.get(link).content.decode()
    send(link, {"act": "confirm", "number": "2"})
    waiting.refresh_from_db()
    assert waiting.state == RequestState.CONFIRMED
    # Who had confirmed the first is not made to sign the second: the redazione asks again.
    with pytest.raises(ActionRefused) as refused:
        acts.accept_request(confirmed, by=reviewer)
    assert refused.value.code == "text_changed"
    mail.outbox.clear()
    client.force_login(reviewer)
    send(reverse("progetti_pact_request:ask_again", args=[confirmed.pk]), {})
    confirmed.refresh_from_db()
    assert (confirmed.state, confirmed.version, confirmed.confirmed_at) == (RequestState.WAITING, second, None)
    assert mail.outbox.pop().subject == "Conferma la tua firma al patto"
    assert not PactSignatory.objects.exists()


def test_refused_with_a_reason_that_its_author_reads(client, send, reviewer):
    found = make_request(open_pact())
    refuse = reverse("progetti_pact_request:refuse", args=[found.pk])
    client.force_login(reviewer)
    assert "Scrivi il motivo" in send(refuse, {"reason": ""}).content.decode()
    send(refuse, {"reason": "Il sentiero è privato."})
    found.refresh_from_db()
    assert (found.state, found.decided_by) == (RequestState.REFUSED, reviewer)
    assert "Il sentiero è privato." in mail.outbox.pop().body
    client.logout()
    assert "Il sentiero è privato." in client.get(link_of(found)).content.decode()
    # An address that nobody confirmed may be anybody's: nothing is written to it.
    waiting = make_request(found.version, state="waiting", confirmed_at=None, email="chi@example.org")
    acts.refuse_request(waiting, by=reviewer, reason="Prova")
    assert mail.outbox == []


def test_a_request_can_be_cancelled_and_a_link_is_good_for_one_only(client, send):
    found = make_request(open_pact(), state="waiting", confirmed_at=None)
    link = link_of(found)
    send(link, {"act": "cancel"})
    found.refresh_from_db()
    assert found.state == RequestState.CANCELLED
    send(link, {"act": "confirm", "number": "1"})
    found.refresh_from_db()
    assert found.state == RequestState.CANCELLED
    for bad in (link.replace(f"/{found.pk}:", f"/{found.pk + 1}:"), "/firma/1:x/", "/firma/abc/"):
        assert client.get(bad).status_code == 404
    found.delete()
    assert client.get(link).status_code == 404


def test_only_who_moderates_decides(client, send):
    found = make_request(open_pact())
    signatory = make_signatory(found.version)
    author = UserFactory(email="autrice@example.org")
    author.groups.add(ensure_roles()[AUTHORS])
    with pytest.raises(PermissionDenied):
        acts.accept_request(found, by=author)
    client.force_login(author)
    for name, thing in (("request:accept", found), ("request:refuse", found), ("signatory:withdraw", signatory)):
        send(reverse(f"progetti_pact_{name}", args=[thing.pk]), {"reason": "x", "role": "carer"})
    found.refresh_from_db()
    signatory.refresh_from_db()
    assert found.state == RequestState.CONFIRMED
    assert signatory.withdrawn_on is None


def test_an_organisation_of_the_registry_signs_a_version_once(reviewer):
    version = open_pact()
    organisation = OrganisationFactory(name="Comune")
    first = make_request(version, organisation_name="Il Comune")
    second = make_request(version, organisation_name="Comune nostro", email="altro@example.org")
    assert acts.accept_request(first, by=reviewer, organisation=organisation).public_name == "Comune"
    with pytest.raises(ActionRefused) as refused:
        acts.accept_request(second, by=reviewer, organisation=organisation)
    assert refused.value.code == "signed_already"
    second.refresh_from_db()
    assert second.state == RequestState.CONFIRMED, "nothing half-saved"


@pytest.mark.parametrize(
    "values",
    [
        {"state": "boh"},
        {"role": "boh"},
        {"email": ""},
        {"person_name": ""},
        {"state": "refused", "reason": ""},
        {"state": "accepted", "confirmed_at": None},
    ],
)
def test_the_database_keeps_the_rules_of_requests(values):
    found = make_request(open_pact())
    with pytest.raises(IntegrityError), transaction.atomic():
        PactRequest.objects.filter(pk=found.pk).update(**values)


@pytest.mark.parametrize(
    "values",
    [{"role": "boh"}, {"organisation_name": ""}, {"withdrawn_on": day_ago(5)}],
    ids=["role", "nobody", "withdrawn before signing"],
)
def test_the_database_keeps_the_rules_of_signatures(values):
    found = make_signatory(open_pact(), organisation_name="Ditta")
    with pytest.raises(IntegrityError), transaction.atomic():
        PactSignatory.objects.filter(pk=found.pk).update(**values)


def test_the_redazione_writes_texts_and_signatures_in_the_admin(client, send, reviewer):
    client.force_login(reviewer)
    page = pact(title="Patto del bosco")
    add = reverse("progetti_pact_version:add")
    block = {"key": "a1", "type": "unstyled", "text": "Ci curiamo del bosco.", "depth": 0}
    text = json.dumps({"blocks": [block | {"inlineStyleRanges": [], "entityRanges": []}], "entityMap": {}})
    day = date_format(timezone.localdate(), "Y-m-d")
    form = {"pact": page.pk, "title": "Testo", "text": text, "in_force_from": day, "text_en": "null"}
    assert client.get(f"{add}?pact={page.pk}").status_code == 200
    assert send(add, form).status_code == 302
    version = page.version_in_force()
    assert (version.number, version.created_by) == (1, reviewer)
    assert "Ci curiamo del bosco." in version.canonical
    # The same day again, and a day before: said beside the field.
    answer = send(add, form).content.decode()
    assert "questa deve venire dopo" in answer
    # Starts from the words of the last one.
    assert "Ci curiamo del bosco." in client.get(f"{add}?pact={page.pk}").content.decode()
    edit = reverse("progetti_pact_version:edit", args=[version.pk])
    shown = client.get(edit).content.decode()
    assert "non si cambia più" in shown
    assert 'name="title"' not in shown
    send(edit, {"title": "Altro", "title_en": "Text", "text_en": "null"})
    version.refresh_from_db()
    assert (version.title, version.title_en) == ("Testo", "Text")
    delete = send(reverse("progetti_pact_version:delete", args=[version.pk]), {})
    assert delete.status_code == 302
    assert page.version_in_force() == version
    # A signature by hand.
    add = reverse("progetti_pact_signatory:add")
    form = {"version": version.pk, "organisation_name": "Ditta", "role": "carer", "signed_on": day, "verified_on": day}
    assert "Indica un" in send(add, form | {"organisation_name": ""}).content.decode()
    early = send(add, form | {"signed_on": date_format(day_ago(9), "Y-m-d")}).content.decode()
    assert "non era ancora in vigore" in early
    assert send(add, form).status_code == 302
    signatory = PactSignatory.objects.get()
    assert signatory.verified_by == reviewer
    for query in ("", "?state=standing", f"?pact={page.pk}&role=carer", "?q=ditt"):
        assert "Ditta" in client.get(f"{reverse('progetti_pact_signatory:index')}{query}").content.decode()
    assert "Ditta" not in client.get(f"{reverse('progetti_pact_signatory:index')}?state=withdrawn").content.decode()
    panel = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "Scrivi una nuova versione" in panel
    assert "1 firma" in panel


def test_letters_name_no_pact_in_another_language():
    version = open_pact()
    found = make_request(version, language="en")
    with translation.override("en"):
        assert link_of(found).startswith("/en/firma/")
