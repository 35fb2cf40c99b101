"""What authors and reviewers may do, tried through the admin as they use it."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page, Workflow, WorkflowPage
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from bandi.models import CallPage
from home.models import ContentPage, EventPage, NewsPage
from home.roles import ensure_roles
from portal.users import roles
from progetti.models import BodyPage, PactPage, PlanPage, ProjectPage, VisionPage
from tests.factories.bandi import call_index
from tests.factories.home import event_index, news_index
from tests.factories.pages import home_page
from tests.factories.progetti import governance_index, pact_index, project_index
from tests.factories.registry import OrganisationFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db

PARENTS = {
    ContentPage: home_page,
    NewsPage: news_index,
    EventPage: event_index,
    VisionPage: home_page,
    PlanPage: home_page,
    ProjectPage: project_index,
    BodyPage: governance_index,
    PactPage: pact_index,
    CallPage: call_index,
}
WORDS = {"title": "Una pagina nuova", "slug": "una-pagina-nuova", "short_description": "Di che cosa parla."}


@pytest.fixture
def staff():
    """An author and a reviewer."""
    home_page()
    groups = ensure_roles()
    people = {}
    for name in (roles.AUTHORS, roles.REVIEWERS):
        person = UserFactory()
        person.groups.add(groups[name])
        people[name] = person
    return people


def form_of(model, person) -> dict:
    """What the editing form of a new page would send, untouched."""
    page = model(locale=home_page().locale)
    form = model.get_edit_handler().get_form_class()(instance=page, for_user=person, parent_page=PARENTS[model]())
    data: dict = {}
    for bound in form:
        value = bound.value()
        name, field = bound.name, bound.field
        kind = type(model._meta.get_field(name)).__name__ if name in _fields(model) else ""
        if kind == "StreamField":
            data[name] = streamfield([])
        elif kind == "RichTextField":
            data[name] = rich_text("")
        elif isinstance(value, bool):
            data.update({name: "on"} if value else {})
        elif isinstance(value, datetime.datetime):
            data[name] = timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
        elif value is not None and field.__class__.__name__ != "ModelMultipleChoiceField":
            data[name] = str(value)
    for name in form.formsets:
        data[name] = inline_formset([])
    return data


def _fields(model) -> set[str]:
    return {field.name for field in model._meta.get_fields()}


def extra_of(model) -> dict:
    """What a page of this type cannot be without."""
    return {
        EventPage: {"start": "2027-03-02 18:00"},
        VisionPage: {"from_year": "2026", "to_year": "2041", "statement": "Insieme."},
        PlanPage: {"from_year": "2026", "to_year": "2030"},
        BodyPage: {"purpose": "Decidere."},
        PactPage: {"common_good": "Il bosco"},
        CallPage: {"issuing_body": str(OrganisationFactory().pk), "deadline": "2027-03-02 12:00"},
    }.get(model, {})


def sent(model, person, **more) -> dict:
    return nested_form_data(
        {**form_of(model, person), **WORDS, **extra_of(model), "comments": inline_formset([]), **more}
    )


def create(client, model, data):
    parent = PARENTS[model]()
    address = reverse("wagtailadmin_pages:add", args=[model._meta.app_label, model._meta.model_name, parent.pk])
    return client.post(address, data)


def errors_of(response) -> object:
    return response.context["form"].errors if response.context and "form" in response.context else response.status_code


@pytest.mark.parametrize("model", PARENTS, ids=lambda model: model.__name__)
def test_an_author_creates_previews_schedules_and_submits_a_reviewer_publishes(client, staff, model):
    author, reviewer = staff[roles.AUTHORS], staff[roles.REVIEWERS]
    client.force_login(author)

    response = create(client, model, sent(model, author))
    assert response.status_code == 302, errors_of(response)
    page = model.objects.get(slug=WORDS["slug"])
    assert not page.live

    # An author's button to publish does not exist, and asking for it all the same only saves a draft.
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    client.post(edit, sent(model, author, **{"action-publish": "1"}))
    page = model.objects.get(pk=page.pk)
    assert not page.live

    preview = reverse("wagtailadmin_pages:preview_on_edit", args=[page.pk])
    assert client.post(preview, sent(model, author)).json()["is_valid"]
    shown = client.get(preview)
    assert shown.status_code == 200
    assert WORDS["title"] in shown.content.decode()

    tomorrow = timezone.localtime() + timezone.timedelta(days=1)
    response = client.post(
        edit,
        sent(model, author, go_live_at=tomorrow.strftime("%Y-%m-%d %H:%M"), **{"action-submit": "1"}),
    )
    assert response.status_code == 302, errors_of(response)
    page = model.objects.get(pk=page.pk)
    assert page.current_workflow_state is not None
    assert page.get_latest_revision_as_object().go_live_at is not None
    assert not page.permissions_for_user(author).can_publish()

    # The reviewer takes the date away and approves: the page is there at once.
    client.force_login(reviewer)
    assert page.permissions_for_user(reviewer).can_publish()
    response = client.post(edit, sent(model, reviewer, go_live_at=""))
    assert response.status_code == 302, errors_of(response)
    task = model.objects.get(pk=page.pk).current_workflow_task_state
    approve = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk])
    assert client.post(approve, {"comment": ""}).status_code in (200, 302)
    page = model.objects.get(pk=page.pk)
    assert page.live
    assert client.get(page.get_url()).status_code == 200


def test_an_approved_page_waits_for_its_hour(client, staff):
    author, reviewer = staff[roles.AUTHORS], staff[roles.REVIEWERS]
    client.force_login(author)
    tomorrow = (timezone.localtime() + timezone.timedelta(days=1)).strftime("%Y-%m-%d %H:%M")
    create(client, NewsPage, sent(NewsPage, author, go_live_at=tomorrow, **{"action-submit": "1"}))
    page = NewsPage.objects.get(slug=WORDS["slug"])
    client.force_login(reviewer)
    task = page.current_workflow_task_state
    client.post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk]), {"comment": ""})
    page = NewsPage.objects.get(pk=page.pk)
    assert not page.live
    assert page.approved_schedule


def test_bad_input_keeps_what_was_typed(client, staff):
    author = staff[roles.AUTHORS]
    client.force_login(author)
    data = sent(EventPage, author, start="2027-03-02 18:00", end="2027-03-02 17:00", **{"action-submit": "1"})
    response = create(client, EventPage, data)
    assert response.status_code == 200
    html = response.content.decode()
    assert "Un evento non può finire prima di cominciare." in html
    assert WORDS["title"] in html
    assert not EventPage.objects.filter(slug=WORDS["slug"]).exists()


def test_a_stranger_stays_outside(client, staff):
    client.force_login(UserFactory())
    parent = news_index()
    address = reverse("wagtailadmin_pages:add", args=["home", "newspage", parent.pk])
    assert client.get(address).status_code in (302, 403)


def test_authors_cannot_delete_rows_that_pages_refer_to(staff):
    author = staff[roles.AUTHORS]
    assert author.has_perm("registry.change_organisation")
    assert not author.has_perm("registry.delete_organisation")
    assert not author.has_perm("navigation.change_sitesettings")
    assert author.has_perm("wagtail_localize.submit_translation")


def test_roles_are_made_once_and_the_default_workflow_gives_way():
    home_page()
    ensure_roles()
    counts = (GroupPagePermission.objects.count(), Workflow.objects.count(), WorkflowPage.objects.count())
    ensure_roles()
    assert counts == (
        GroupPagePermission.objects.count(),
        Workflow.objects.count(),
        WorkflowPage.objects.count(),
    )
    root = Page.get_first_root_node()
    assert root.get_workflow().name == "Revisione"


def test_a_workflow_chosen_by_an_administrator_stays():
    home_page()
    other = Workflow.objects.create(name="Il nostro")
    WorkflowPage.objects.update_or_create(page=Page.get_first_root_node(), defaults={"workflow": other})
    ensure_roles()
    assert Page.get_first_root_node().get_workflow() == other
