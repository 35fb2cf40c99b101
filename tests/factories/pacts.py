"""Pacts with texts and signatories for tests."""

from datetime import date, timedelta

from django.utils import timezone
from wagtail.models import Locale

from progetti.actions.pacts import publish_version
from progetti.models import PactPage, PactRequest, PactSignatory, PactVersion
from progetti.pact_enums import RequestState

from .pages import home_page
from .progetti import pact
from .registry import OrganisationFactory

TEXT = (
    "<h3>Articolo 1</h3><p>Ci prendiamo cura del <b>bosco</b>, insieme.</p>"
    "<ul><li>Puliamo i sentieri</li><li>Raccontiamo chi siamo</li></ul><ol><li>Primo</li><li>Secondo</li></ol>"
)


def make_version(page: PactPage | None = None, days_ago: int = 30, **fields) -> PactVersion:
    """A version of the text of a pact, of a new one if none is given."""
    page = page or pact()
    values = {"title": "Patto per il bosco", "text": TEXT, "in_force_from": day_ago(days_ago), "by": None, **fields}
    return publish_version(page, **values)


def day_ago(days: int) -> date:
    """A day before today in Europe/Rome; negative numbers are to come."""
    return timezone.localdate() - timedelta(days=days)


def in_english(page: PactPage) -> PactPage:
    """The published English page of a pact, with the list above it."""
    english = Locale.objects.get_or_create(language_code="en")[0]
    home_page("en").save_revision().publish()
    page.get_parent().specific.copy_for_translation(english).save_revision().publish()
    copied = page.copy_for_translation(english)
    copied.save_revision().publish()
    return PactPage.objects.get(pk=copied.pk)


def open_pact(**fields) -> PactVersion:
    """The text in force of a pact that anybody can join."""
    return make_version(pact(open_to_signatories=True, **fields))


def make_signatory(version: PactVersion, **fields) -> PactSignatory:
    """An organisation whose signature was verified."""
    values = {"signed_on": day_ago(1), "verified_on": day_ago(1), "commitments": "Un pomeriggio al mese.", **fields}
    if not ({"organisation_name", "person_name"} & set(values)):
        values.setdefault("organisation", OrganisationFactory())
    return PactSignatory.objects.create(version=version, **values)


def make_request(version: PactVersion, **fields) -> PactRequest:
    """A request to join that its author has confirmed."""
    values = {
        "person_name": "Ada Bianchi",
        "email": "ada@example.org",
        "commitments": "Tengo puliti i sentieri.",
        "state": RequestState.CONFIRMED,
        "confirmed_at": timezone.now(),
        **fields,
    }
    return PactRequest.objects.create(version=version, **values)
