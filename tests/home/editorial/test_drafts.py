"""A call that has only just begun is kept as a draft; sending it to review says what is missing, beside the fields."""

import pytest
from django.urls import reverse
from wagtail.fields import StreamField
from wagtail.test.utils.form_data import querydict_from_html

from bandi.models import CallPage
from home.models import ContentPage, NewsPage
from portal.users import roles
from progetti.models import BodyPage, DecisionPage, PactPage, PlanPage, ProjectPage, VisionPage
from tests.factories.bandi import call_index
from tests.factories.editorial import staff
from tests.factories.home import news_index
from tests.factories.pages import home_page
from tests.factories.progetti import decision_index, governance_index, pact_index, project_index
from tests.factories.registry import OrganisationFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(client):
    user = staff(roles.AUTHORS)
    client.force_login(user)
    return user


def form_at(client, address: str, model=CallPage) -> dict[str, str]:
    """What the form at an address would send; blocks, which are drawn by script, are none."""
    data = querydict_from_html(client.get(address).content.decode(), form_id="page-edit-form").dict()
    streams = [field.name for field in model._meta.get_fields() if isinstance(field, StreamField)]
    return {**data, **{f"{name}-count": "0" for name in streams}}


# Each type that the redazione writes, and where it hangs; a meeting and an event are nothing without their day.
PLACES = {
    VisionPage: home_page,
    PlanPage: home_page,
    ProjectPage: project_index,
    BodyPage: governance_index,
    DecisionPage: decision_index,
    PactPage: pact_index,
    CallPage: call_index,
    NewsPage: news_index,
    ContentPage: home_page,
}


@pytest.mark.parametrize("model", PLACES, ids=lambda model: model.__name__)
def test_a_title_is_enough_for_a_draft_of_any_type(client, author, model):
    names = [model._meta.app_label, model._meta.model_name, PLACES[model]().pk]
    address = reverse("wagtailadmin_pages:add", args=names)
    data = {**form_at(client, address, model), "title": "Appena cominciato", "slug": "appena"}
    response = client.post(address, data)
    assert response.status_code == 302, response.context["form"].errors
    assert not model.objects.get(slug="appena").live


def begin(client) -> CallPage:
    address = reverse("wagtailadmin_pages:add", args=["bandi", "callpage", call_index().pk])
    data = {**form_at(client, address), "title": "Appena cominciato", "slug": "appena", "short_description": ""}
    response = client.post(address, data)
    assert response.status_code == 302, response.context["form"].errors
    return CallPage.objects.get(slug="appena")


def test_a_title_is_enough_for_a_draft(client, author):
    page = begin(client)
    assert not page.live
    assert page.deadline is None
    assert page.issuing_body is None


def test_sending_it_to_review_points_at_what_is_missing(client, author):
    page = begin(client)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    response = client.post(edit, {**form_at(client, edit), "action-submit": "1"})
    assert response.status_code == 200
    assert set(response.context["form"].errors) == {"short_description", "issuing_body", "deadline"}
    page.refresh_from_db()
    assert page.current_workflow_state is None


def test_with_what_was_missing_it_goes_to_review(client, author):
    page = begin(client)
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    missing = {
        "short_description": "Che cosa offre il bando.",
        "issuing_body": str(OrganisationFactory().pk),
        "deadline": "2027-03-03 12:00",
    }
    response = client.post(edit, {**form_at(client, edit), **missing, "action-submit": "1"})
    assert response.status_code == 302
    page.refresh_from_db()
    assert page.current_workflow_state is not None
    assert not page.live
