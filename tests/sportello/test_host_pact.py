"""The Patto di corresponsabilità: signing, keeping, a new text, and what the public sees in between."""

import hashlib
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from progetti.actions.pacts import publish_version
from sportello.actions import host_data, hosts, pacts
from sportello.enums import HostState
from sportello.errors import ActionError
from sportello.models import Host, Offer, PactReminder, PactSignature
from sportello.pacts import GRACE_DAYS, LAST_DAYS, standing_of, text_in_force
from tests.factories.sportello import (
    HostFactory,
    make_offer,
    make_operator,
    operator_of,
    owner_of,
    pact_in_force,
    vat_number,
)
from tests.helpers.strict import StrictClient
from tests.sportello.test_host_members import refusal, signed_in

pytestmark = pytest.mark.django_db
PACT = "/area/azienda/patto/"
GOOD = {"signer_name": "Piera  Fantini", "read": "on", "authorised": "on"}


def new_text(days_from_now: int = 0):
    day = timezone.localdate() + timedelta(days=days_from_now)
    pact = pact_in_force().pact
    return publish_version(
        pact, title="Patto nuovo", text="<p>Nuovo.</p>", in_force_from=day, by=None, what_changed="Di più."
    )


def on_show() -> bool:
    return Offer.objects.on_show(timezone.localdate()).exists()


def test_signing_keeps_text_name_hour_and_paper(django_capture_on_commit_callbacks):
    host = HostFactory(signed=False)
    version = pact_in_force()
    client = signed_in(owner_of(host))
    page = client.get(PACT).content.decode()
    assert "Manca la firma" in page
    assert version.sha256 in page
    with django_capture_on_commit_callbacks(execute=True):
        page = client.post(PACT, {**GOOD, "sha256": version.sha256}, follow=True).content.decode()
    assert "Il patto è firmato: grazie." in page
    host.refresh_from_db()
    signature = host.pact_signature
    assert host.state == HostState.SIGNED
    assert (signature.version, signature.sha256, signature.signer_name) == (version, version.sha256, "Piera Fantini")
    assert (signature.fiscal_code, signature.organisation_name) == (host.fiscal_code, host.organisation.name)
    assert signature.signed_by == owner_of(host)
    (letter,) = mail.outbox
    assert "Piera Fantini ha firmato" in letter.body
    assert "Piera" not in letter.subject

    # The paper: kept once, privately, for the host and for its desk.
    address = reverse("area:host_pact_pdf", args=[signature.pk])
    response = client.get(address)
    assert response["Content-Type"] == "application/pdf"
    assert "attachment" in response["Content-Disposition"]
    assert hashlib.sha256(response.content).hexdigest() == signature.pdf_sha256
    assert client.get(address).content == response.content
    at_desk = reverse("sportello_host:signed_pact", args=[signature.pk])
    assert signed_in(operator_of(host.desk)).get(at_desk).content == response.content
    assert signed_in(make_operator()).get(at_desk).status_code == 404
    assert signed_in(owner_of(HostFactory())).get(address).status_code == 404
    assert StrictClient().get(f"/media/{signature.pdf.name}").status_code == 404


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"signer_name": " "}, "Scrivi il tuo nome e cognome"),
        ({"read": ""}, "dichiara di averlo letto"),
        ({"authorised": ""}, "Firma chi può impegnare"),
    ],
)
def test_half_a_signature_is_none(change, message):
    host = HostFactory(signed=False)
    data = {**GOOD, "sha256": pact_in_force().sha256, **change}
    page = signed_in(owner_of(host)).post(PACT, data).content.decode()
    assert "Qualcosa va corretto" in page
    assert message in page
    assert not PactSignature.objects.exists()


def test_nobody_signs_a_text_they_have_not_read():
    host = HostFactory(signed=False)
    before = pact_in_force()
    new_text()
    page = signed_in(owner_of(host)).post(PACT, {**GOOD, "sha256": before.sha256}, follow=True).content.decode()
    assert "Nel frattempo è entrato in vigore un nuovo testo" in page
    assert not PactSignature.objects.exists()


def test_who_may_not_sign_and_when():
    version = pact_in_force()
    registered = HostFactory(verified=False)
    assert refusal(pacts.sign_pact, registered, owner_of(registered), version.sha256, "Io") == "wrong_state"
    page = signed_in(owner_of(registered)).get(PACT).content.decode()
    assert "Prima lo Sportello verifica" in page
    assert "Firmo il patto" not in page
    signed = HostFactory()
    assert refusal(pacts.sign_pact, signed, owner_of(signed), version.sha256, "Io") == "already_signed"
    assert refusal(pacts.sign_pact, signed, operator_of(signed.desk), version.sha256, "Io") == "not_permitted"


def test_without_a_text_in_force_nobody_signs():
    host = HostFactory(signed=False)
    assert text_in_force(host.desk) is None
    assert "non è ancora in vigore" in signed_in(owner_of(host)).get(PACT).content.decode()
    assert refusal(pacts.sign_pact, host, owner_of(host), "0" * 64, "Io") == "no_pact"


def test_a_new_text_gives_a_month_then_the_offers_wait(django_capture_on_commit_callbacks):
    offer = make_offer()
    host = offer.host
    version = new_text()
    today = timezone.localdate()

    def follow(day) -> tuple[int, int]:
        with django_capture_on_commit_callbacks(execute=True):
            return pacts.follow_pacts(day)

    assert follow(today) == (1, 0)
    assert follow(today) == (0, 0)
    (letter,) = mail.outbox
    assert letter.subject == "C'è un nuovo testo del patto"
    assert "Hai tempo fino a" in letter.body
    page = signed_in(owner_of(host)).get(PACT).content.decode()
    assert "C'è un nuovo testo da firmare" in page.replace("&#x27;", "'")
    assert "Di più." in page
    assert follow(today + timedelta(days=GRACE_DAYS - LAST_DAYS)) == (1, 0)
    assert mail.outbox[-1].subject == "Ultimi giorni per firmare il nuovo patto"
    assert on_show()
    assert follow(today + timedelta(days=GRACE_DAYS)) == (0, 0)
    # Late by a week, and twice: the result is the same.
    assert follow(today + timedelta(days=GRACE_DAYS + 8)) == (0, 1)
    assert follow(today + timedelta(days=GRACE_DAYS + 8)) == (0, 0)
    host.refresh_from_db()
    assert host.state == HostState.VERIFIED
    assert not on_show()
    assert PactReminder.objects.count() == 2
    pacts.sign_pact(host, owner_of(host), version.sha256, "Piera Fantini")
    assert on_show()
    assert host.pact_signatures.count() == 2


def test_a_text_still_to_come_changes_nothing():
    host = HostFactory()
    new_text(days_from_now=5)
    assert not standing_of(host, text_in_force(host.desk)).to_renew
    assert pacts.follow_pacts() == (0, 0)


def test_renewing_while_it_still_stands():
    host = HostFactory()
    version = new_text()
    data = {**GOOD, "sha256": version.sha256}
    assert signed_in(owner_of(host)).post(PACT, data).status_code == 302
    host.refresh_from_db()
    assert host.pact_signature.version == version
    assert host.state == HostState.SIGNED


def test_another_fiscal_code_begins_again():
    offer = make_offer()
    host, operator = offer.host, operator_of(offer.desk)
    host_data.update_host(host, owner_of(host), {"fiscal_code": vat_number(7777)})
    host.refresh_from_db()
    assert host.state == HostState.REGISTERED
    assert not on_show()
    hosts.verify_host(host, operator)
    host.refresh_from_db()
    assert host.state == HostState.VERIFIED
    # The signature was another subject's; the same text is signed again.
    pacts.sign_pact(host, owner_of(host), pact_in_force().sha256, "Piera Fantini")
    assert on_show()


def test_back_from_a_suspension():
    host = HostFactory()
    operator = operator_of(host.desk)
    hosts.suspend_host(host, operator, "Non risponde.")
    hosts.verify_host(host, operator)
    host.refresh_from_db()
    assert host.state == HostState.SIGNED
    unsigned = HostFactory(signed=False)
    hosts.suspend_host(unsigned, operator_of(unsigned.desk), "Non risponde.")
    hosts.verify_host(unsigned, operator_of(unsigned.desk))
    unsigned.refresh_from_db()
    assert unsigned.state == HostState.VERIFIED


def test_the_database_refuses_by_itself():
    signed, unsigned = HostFactory(), HostFactory(signed=False)
    signature = signed.pact_signature
    for table, change, pk in (
        ("host", "state = 'signed'", unsigned.pk),
        ("host", "pact_signature_id = NULL", signed.pk),
        ("pactsignature", "sha256 = 'corta'", signature.pk),
        ("pactsignature", "signer_name = ''", signature.pk),
        ("pactsignature", "pdf = 'patti/x.pdf'", signature.pk),
    ):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE sportello_{table} SET {change} WHERE id = %s", [pk])
    with pytest.raises(IntegrityError), transaction.atomic():
        PactSignature.objects.bulk_create(
            [PactSignature(host=signed, version=signature.version, fiscal_code=signed.fiscal_code, sha256="0" * 64,
                           organisation_name="X", signer_name="X")]
        )  # fmt: skip
    for change in (signature.save, signature.delete, PactSignature.objects.all().delete):
        with pytest.raises(TypeError):
            change()
    with pytest.raises(TypeError):
        PactSignature.objects.update(signer_name="Altri")


def test_a_pause_hides_the_offers_until_its_last_day():
    offer = make_offer()
    host, owner = offer.host, owner_of(offer.host)
    today = timezone.localdate()
    host_data.update_host(host, owner, {"paused_until": today})
    assert not on_show()
    Host.objects.filter(pk=host.pk).update(paused_until=today - timedelta(days=1))
    assert on_show()
    for day in (today - timedelta(days=1), today + timedelta(days=800)):
        with pytest.raises(ActionError):
            host_data.update_host(host, owner, {"paused_until": day})
