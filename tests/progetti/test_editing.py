"""The redazione at work: each type is created and published from its form, and mistakes are told beside the field."""

import html
import re

import pytest
from django.apps import apps
from django.http import QueryDict
from wagtail.fields import StreamField
from wagtail.models import Locale, Page
from wagtail.test.utils.form_data import querydict_from_html

from tests.factories import bandi, progetti
from tests.factories.pages import home_page
from tests.factories.plan import make_plan
from tests.factories.registry import OrganisationFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db

# Type -> (where it hangs, what must be filled in beyond title, slug and short description).
FORMS = {
    "progetti/visionpage": (home_page, {"from_year": "2026", "to_year": "2041", "statement": "Dove vogliamo essere."}),
    "progetti/planpage": (home_page, {"from_year": "2026", "to_year": "2030"}),
    "progetti/projectindexpage": (home_page, {}),
    "progetti/projectpage": (progetti.project_index, {"start": "2026-01-01", "status": "under_way"}),
    "progetti/governanceindexpage": (home_page, {}),
    "progetti/bodypage": (progetti.governance_index, {"purpose": "Decidere insieme."}),
    "progetti/pactindexpage": (home_page, {}),
    "progetti/pactpage": (progetti.pact_index, {"common_good": "Il bosco"}),
    "bandi/callindexpage": (home_page, {}),
    "bandi/callpage": (bandi.call_index, {"deadline": "2027-03-03 12:00", "kind": "grants", "source": "own"}),
}


@pytest.fixture(autouse=True)
def editor(client, settings):
    settings.MIDDLEWARE = [item for item in settings.MIDDLEWARE if "SecondFactor" not in item]
    client.force_login(UserFactory(is_superuser=True, is_staff=True))


blank_forms: dict[str, QueryDict] = {}
"""What the form for a new page of a type sends before anybody has filled it in: it is drawn once, which takes long."""


def filled_form(client, kind: str, **values) -> tuple[str, dict]:
    """The address of the form for a new page of a type, and what it sends when filled in."""
    parent, required = FORMS[kind]
    address = f"/admin/pages/add/{kind}/{parent().pk}/"
    if kind not in blank_forms:
        page = client.get(address).content.decode()
        blank_forms[kind] = querydict_from_html(page, form_id="page-edit-form")
    data = blank_forms[kind].copy()
    data.update({"title": "Una pagina", "slug": "una-pagina", "short_description": "Che cosa dice."})
    data.update(required)
    # Blocks are drawn by JavaScript: an empty list of blocks says only how many there are.
    model = apps.get_model(kind.replace("/", "."))
    data.update({f"{field.name}-count": "0" for field in model._meta.get_fields() if isinstance(field, StreamField)})
    if kind == "bandi/callpage":
        data["issuing_body"] = str(OrganisationFactory().pk)
    for name, value in values.items():
        data[name] = value
    return address, data


def words(response) -> str:
    return html.unescape(re.sub(r"\s+", " ", response.content.decode()))


@pytest.mark.parametrize("kind", FORMS)
def test_each_type_is_created_and_published_from_its_form(client, kind):
    address, data = filled_form(client, kind)
    response = client.post(address, {**data.dict(), "action-publish": "1"})
    assert response.status_code == 302, words(response)
    page = Page.objects.get(title="Una pagina").specific
    assert page.live
    assert client.get(page.url).status_code == 200


@pytest.mark.parametrize("kind", FORMS)
def test_each_type_may_be_kept_as_a_draft(client, kind):
    address, data = filled_form(client, kind)
    response = client.post(address, data.dict())
    assert response.status_code == 302, words(response)
    page = Page.objects.get(title="Una pagina")
    assert not page.live
    assert client.get(page.get_url()).status_code == 404


@pytest.mark.parametrize(
    ("kind", "mistakes", "message"),
    [
        ("progetti/visionpage", {"to_year": "2027"}, "Una visione guarda avanti da dieci a venti anni: qui sono 1."),
        ("progetti/planpage", {"to_year": "2020"}, "L'ultimo anno non può venire prima del primo."),
        ("progetti/projectpage", {"end": "2025-12-31"}, "La fine non può venire prima dell'inizio."),
        ("bandi/callpage", {"minimum_grant": "9", "maximum_grant": "8"}, "Il contributo minimo supera il massimo."),
        ("bandi/callpage", {"opening": "2027-03-04 12:00"}, "La scadenza viene dopo l'apertura."),
        ("bandi/callpage", {"co_funding_share": "101"}, "100"),
        ("bandi/callpage", {"deadline": ""}, "Indica la scadenza, oppure segna che dura fino a esaurimento dei fondi."),
    ],
)
def test_a_mistake_is_told_and_nothing_is_lost(client, kind, mistakes, message):
    address, data = filled_form(client, kind, **mistakes)
    response = client.post(address, {**data.dict(), "action-publish": "1"})
    assert response.status_code == 200
    assert message in words(response)
    assert "Che cosa dice." in words(response)
    assert not Page.objects.filter(title="Una pagina").exists()


def test_a_call_without_a_deadline_may_wait_as_a_draft(client):
    address, data = filled_form(client, "bandi/callpage", deadline="")
    assert client.post(address, data.dict()).status_code == 302


def test_two_axes_with_one_code_are_told_beside_the_code(client):
    address, data = filled_form(client, "progetti/planpage")
    data["axes-TOTAL_FORMS"] = "2"
    for row in ("0", "1"):
        data.update(
            {
                f"axes-{row}-code": "A1",
                f"axes-{row}-title": f"Asse {row}",
                f"axes-{row}-weight": "1",
                f"axes-{row}-ORDER": row,
                f"axes-{row}-id": "",
                f"axes-{row}-DELETE": "",
                f"axes-{row}-description": "",
            }
        )
    response = client.post(address, {**data.dict(), "action-publish": "1"})
    assert response.status_code == 200
    assert "Un altro asse del piano ha già questo codice." in words(response)
    data["axes-1-code"] = "A2"
    assert client.post(address, {**data.dict(), "action-publish": "1"}).status_code == 302


@pytest.mark.parametrize("kind", ["meeting", "plan", "decision"])
def test_a_page_with_its_translation_opens_in_the_editor(client, kind):
    """Wagtail reads a few fields of the other languages: a manager that reads more along must let it."""
    page = {"meeting": progetti.meeting, "plan": make_plan, "decision": progetti.decision}[kind]()
    english = Locale.objects.get_or_create(language_code="en")[0]
    page.copy_for_translation(english, copy_parents=True)
    assert client.get(f"/admin/pages/{page.pk}/edit/").status_code == 200
