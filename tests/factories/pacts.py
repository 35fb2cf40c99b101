"""Pacts with texts and signatories for tests."""

from datetime import date, timedelta

from django.utils import timezone
from wagtail.models import Locale

from progetti.actions.pacts import publish_version
from progetti.models import PactPage, PactVersion

from .pages import home_page
from .progetti import pact

TEXT = (
    "<h3>Articolo 1</h3><p>Ci prendiamo cura del <b>bosco</b>, insieme.</p>"
    "<ul><li>Puliamo i sentieri</li><li>Raccontiamo chi siamo</li></ul><ol><li>Primo</li><li>Secondo</li></ol>"
)


def make_version(page: PactPage | None = None, days_ago: int = 30, **fields) -> PactVersion:
    """A version of the text of a pact, of a new one if none is given; a later version begins today at the earliest."""
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
