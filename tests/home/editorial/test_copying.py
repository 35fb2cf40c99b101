"""A duplicate keeps the words and drops what belongs to the original."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from bandi.enums import CallActKind
from bandi.models import CallAct, CallPage
from home.editorial.copying import free_slug
from home.models import ContentPage, EventPage, NewsPage
from portal.users import roles
from progetti.models import BodyPage, PactPage, PlanPage, ProjectPage, VisionPage
from tests.factories.bandi import call, full_call
from tests.factories.editorial import staff
from tests.factories.home import content, event, news
from tests.factories.progetti import body, full_project, pact, plan, vision

pytestmark = pytest.mark.django_db


@pytest.fixture
def publisher(client):
    user = staff(roles.PUBLISHERS)
    client.force_login(user)
    return user


def duplicate(client, page, **fields):
    """Press «Copia» and send the form as it is suggested."""
    address = reverse("wagtailadmin_pages:copy", args=[page.pk])
    form = client.get(address).context["form"]
    data = {
        "new_title": form.fields["new_title"].initial,
        "new_slug": form.fields["new_slug"].initial,
        "new_parent_page": page.get_parent().pk,
        **fields,
    }
    response = client.post(address, data, follow=True)
    assert response.status_code == 200
    copy = type(page).objects.get(slug=data["new_slug"])
    return copy, [str(message) for message in response.context["messages"]]


def test_a_duplicated_call_starts_without_deadline_acts_and_codes(client, publisher):
    act = CallAct(
        kind=CallActKind.EXTENSION,
        date=timezone.localdate(),
        reason="Più tempo",
        new_deadline=timezone.now() + timedelta(days=40),
    )
    original = call(
        acts=[act],
        official_url="https://example.org",
        cig="A1B2C3D4E5",
        act_number="12",
        act_date=date(2026, 1, 1),
        end_of_procedure=timezone.localdate() + timedelta(days=60),
        maximum_grant=1000,
        next_review=date(2027, 1, 1),
    )
    copy, messages = duplicate(client, original)
    assert copy.title == f"Copia di {original.title}"
    assert copy.slug == f"{original.slug}-2"
    assert not copy.live
    latest = copy.get_latest_revision_as_object()
    for page in (copy, latest):
        assert page.deadline is None
        assert page.opening is None
        assert page.end_of_procedure is None
        assert page.official_url == page.cig == page.act_number == ""
        assert page.act_date is None
        assert page.next_review is None
        assert list(page.acts.all()) == []
        assert page.maximum_grant == 1000
        assert page.issuing_body == original.issuing_body
    assert copy.revisions.count() == 1
    assert any("Scadenza, atti" in message for message in messages)
    original = CallPage.objects.get(pk=original.pk)
    assert original.live
    assert original.deadline is not None
    assert original.acts.count() == 1


def test_a_call_published_while_copying_is_a_draft_all_the_same(client, publisher):
    copy, _messages = duplicate(client, full_call(), publish_copies="on")
    assert not copy.live
    assert not CallPage.objects.live().filter(pk=copy.pk).exists()


def test_a_duplicated_event_warns_about_its_day(client, publisher):
    original = event(state="cancelled")
    copy, messages = duplicate(client, original)
    assert copy.start == original.start
    assert copy.state == "confirmed"
    assert not copy.live
    assert any("Giorno e ora sono ancora quelli" in message for message in messages)


def test_duplicated_news_is_of_today(client, publisher):
    copy, _messages = duplicate(client, news(date=date(2020, 1, 1), expiry=date(2020, 2, 1)))
    assert copy.date == timezone.localdate()
    assert copy.expiry is None


def test_a_project_keeps_its_partners_topics_and_territories(client, publisher):
    original = full_project(partners=3)
    copy, _messages = duplicate(client, original)
    assert copy.partners.count() == 3
    assert list(copy.topics.all()) == list(original.topics.all())
    assert list(copy.territories.all()) == list(original.territories.all())
    assert copy.translation_key != original.translation_key
    assert original.partners.count() == 3


@pytest.mark.parametrize(
    "make", [content, event, news, vision, plan, body, pact, full_project, full_call], ids=lambda make: make.__name__
)
def test_each_type_is_duplicated_as_a_draft(client, publisher, make):
    copy, _messages = duplicate(client, make())
    assert not copy.live
    assert client.get(reverse("wagtailadmin_pages:edit", args=[copy.pk])).status_code == 200
    assert isinstance(
        copy, ContentPage | EventPage | NewsPage | VisionPage | PlanPage | BodyPage | PactPage | ProjectPage | CallPage
    )


def test_the_suggested_address_is_free(client, publisher):
    original = content(slug="chi-siamo")
    content(slug="chi-siamo-2")
    assert free_slug(original) == "chi-siamo-3"


def test_an_alias_follows_its_original_and_keeps_everything(client, publisher):
    original = call(cig="A1B2C3D4E5")
    copy, _messages = duplicate(client, original, alias="on")
    assert copy.alias_of_id == original.pk
    assert copy.deadline == original.deadline
    assert copy.cig == original.cig
