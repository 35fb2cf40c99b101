"""The reviewers of a territory read its pages first: who may approve, who is written to, who is passed over."""

import importlib

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction
from django.urls import reverse
from wagtail.models import GroupApprovalTask, TaskState, Workflow, WorkflowTask

from home.editorial.readers import reading_steps
from home.models import TerritoryReviewer, TerritoryReviewTask
from home.roles import TERRITORY_STEP, WORKFLOW, ensure_roles
from portal.users import roles
from progetti.models import ProjectPage
from tests.factories.editorial import staff, submit
from tests.factories.pages import add_page
from tests.factories.progetti import project_index
from tests.factories.registry import TerritoryFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def valley():
    return TerritoryFactory(name="Valle Alta")


@pytest.fixture
def people(valley):
    """An author, the reviewer of the valley, of another valley, and who publishes."""
    made = {
        "author": staff(roles.AUTHORS, first_name="Rita"),
        "reviewer": staff(roles.AUTHORS, first_name="Tina"),
        "other": staff(roles.AUTHORS, first_name="Otto"),
        "publisher": staff(roles.REVIEWERS, first_name="Renzo"),
    }
    TerritoryReviewer.objects.create(territory=valley, person=made["reviewer"])
    TerritoryReviewer.objects.create(territory=TerritoryFactory(name="Valle Bassa"), person=made["other"])
    return made


def draft(*territories) -> ProjectPage:
    page = ProjectPage(title="Un progetto nuovo", slug="nuovo", short_description="Che cosa fa.", live=False)
    page.territories = territories
    add_page(project_index(), page).save_revision()
    return page


def act(client, page, user, action: str = "approve", comment: str = "") -> ProjectPage:
    """Try to approve, or the like, as the person's browser would; the page as it then is."""
    client.force_login(user)
    page = ProjectPage.objects.get(pk=page.pk)
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, page.current_workflow_task_state.pk])
    client.post(address, {"comment": comment})
    return ProjectPage.objects.get(pk=page.pk)


def waits_at(page) -> str:
    return ProjectPage.objects.get(pk=page.pk).current_workflow_task.name


def addresses(mailoutbox) -> list[list[str]]:
    return [mail.to for mail in mailoutbox]


def test_the_reviewer_of_the_territory_reads_then_somebody_publishes(client, people, valley, mailoutbox):
    page = draft(valley)
    submit(page, people["author"])
    assert addresses(mailoutbox) == [[people["reviewer"].email]]
    mail = mailoutbox[0]
    assert mail.subject == "Da leggere: «Un progetto nuovo»"
    assert "basta una persona" in mail.body
    assert "Valle Alta" in mail.body
    assert f"/admin/pages/{page.pk}/edit/" in mail.body

    for name in ("author", "other", "publisher"):
        assert waits_at(act(client, page, people[name])) == TERRITORY_STEP, name
        assert act(client, page, people[name], "reject", "No.").current_workflow_state.status == "in_progress", name
    page = act(client, page, people["reviewer"])
    assert not page.live, "the first step publishes nothing"
    assert waits_at(page) == WORKFLOW
    assert addresses(mailoutbox)[1:] == [[people["publisher"].email]]
    page = act(client, page, people["publisher"])
    assert page.live
    assert addresses(mailoutbox)[2:] == [[people["author"].email]]


def test_while_it_is_read_only_its_readers_change_it_and_the_others_see_whose_turn_it_is(client, people, valley):
    page = draft(valley)
    submit(page, people["author"])
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    for name, may in (("reviewer", True), ("author", False)):
        client.force_login(people[name])
        html = client.get(edit).content.decode()
        assert ("Chi la legge ora: Tina Rossi." not in html) is may, name
        assert ('data-workflow-action-name="approve"' in html) is may, name
    for name, person in people.items():
        assert TaskState.objects.reviewable_by(person).exists() is (name == "reviewer"), name


@pytest.mark.parametrize("case", ["no territory", "nobody for it", "only the author", "cannot sign in", "not active"])
def test_where_nobody_else_reviews_it_goes_to_the_group_as_before(client, people, valley, mailoutbox, case):
    territories = [] if case == "no territory" else [valley]
    if case == "nobody for it":
        territories = [TerritoryFactory()]
    author = people["reviewer"] if case == "only the author" else people["author"]
    if case == "cannot sign in":
        people["reviewer"].groups.clear()
    if case == "not active":
        people["reviewer"].is_active = False
        people["reviewer"].save()
    page = draft(*territories)
    submit(page, author)
    assert waits_at(page) == WORKFLOW
    assert addresses(mailoutbox) == [[people["publisher"].email]]
    assert act(client, page, people["publisher"]).live


def test_who_wrote_it_does_not_review_it_when_somebody_else_can(client, people, valley, mailoutbox):
    colleague = staff(roles.AUTHORS, first_name="Carla")
    TerritoryReviewer.objects.create(territory=valley, person=colleague)
    page = draft(valley)
    submit(page, people["reviewer"])
    assert addresses(mailoutbox) == [[colleague.email]]
    assert waits_at(act(client, page, people["reviewer"])) == TERRITORY_STEP
    # Sent back and corrected by the colleague, it is hers too: nobody of the territory is left, so the group reads.
    page = act(client, page, colleague, "reject", "Manca il capofila.")
    assert mailoutbox[-1].to == [people["reviewer"].email]
    page.save_revision(user=colleague)
    page.current_workflow_state.resume(colleague)
    assert waits_at(page) == WORKFLOW


def test_the_territories_are_those_of_the_draft_that_was_sent(client, people, valley):
    page = draft()
    page.save_revision().publish()
    page = ProjectPage.objects.get(pk=page.pk)
    page.territories = [valley]
    submit(page, people["author"])
    assert not ProjectPage.objects.get(pk=page.pk).territories.exists(), "the public page has not changed"
    assert waits_at(page) == TERRITORY_STEP
    # Whoever edits it meanwhile does not thereby choose another reviewer.
    page = ProjectPage.objects.get(pk=page.pk)
    page.territories = []
    page.save_revision(user=people["reviewer"])
    assert waits_at(act(client, page, people["other"])) == TERRITORY_STEP
    assert waits_at(act(client, page, people["reviewer"])) == WORKFLOW


def test_a_page_whose_reviewer_goes_away_waits_for_the_group_and_a_new_reviewer_may_act_at_once(client, people, valley):
    page = draft(valley)
    submit(page, people["author"])
    TerritoryReviewer.objects.filter(territory=valley).delete()
    assert TaskState.objects.reviewable_by(people["publisher"]).count() == 1
    assert not TaskState.objects.reviewable_by(people["other"]).exists()
    TerritoryReviewer.objects.create(territory=valley, person=people["other"])
    assert not TaskState.objects.reviewable_by(people["publisher"]).exists()
    assert waits_at(act(client, page, people["other"])) == WORKFLOW


def test_the_only_step_of_a_workflow_is_never_passed_over(client, people, mailoutbox):
    WorkflowTask.objects.filter(workflow__name=WORKFLOW, task__name=WORKFLOW).delete()
    page = draft()
    submit(page, people["author"])
    assert not ProjectPage.objects.get(pk=page.pk).live
    assert addresses(mailoutbox) == [[people["publisher"].email]]
    assert "da chi rivede per" not in mailoutbox[0].body
    assert act(client, page, people["publisher"]).live


def test_the_author_sees_who_will_read_it(client, people, valley):
    page = draft(valley)
    page.save_revision(user=people["author"])
    told = [(step.name, step.who) for step in reading_steps(page, people["author"])]
    assert told == [(TERRITORY_STEP, "Tina Rossi"), (WORKFLOW, "Renzo Rossi")]
    assert reading_steps(page, people["reviewer"])[0].who == "", "not her own page"
    client.force_login(people["author"])
    edit = reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert "Chi la legge prima del sito" in client.get(edit).content.decode()
    submit(page, people["author"])
    page = ProjectPage.objects.get(pk=page.pk)
    assert [step.is_now for step in reading_steps(page, people["author"])] == [True, False]
    assert "Chi deve leggere ha già ricevuto" in client.get(edit).content.decode()


# ------------------------------------------------------------------------------------------- who reviews for what


def add(client, **data):
    return client.post(reverse("wagtailsnippets_home_territoryreviewer:add"), data)


def test_an_administrator_says_who_reviews(client, people, valley):
    client.force_login(UserFactory(is_superuser=True))
    response = add(client, territory=valley.pk, person=people["other"].pk)
    assert response.status_code == 302
    assert TerritoryReviewer.objects.filter(territory=valley).count() == 2
    listing = client.get(reverse("wagtailsnippets_home_territoryreviewer:list")).content.decode()
    assert "Otto Rossi" in listing


def test_what_cannot_be_is_said_beside_the_field(client, people, valley):
    client.force_login(staff(roles.PUBLISHERS))
    outsider = UserFactory(first_name="Gaia")
    cases = {
        "Questa persona rivede già le pagine di questo territorio.": (valley.pk, people["reviewer"].pk),
        "Questa persona non può entrare": (valley.pk, outsider.pk),
        "Questo campo è obbligatorio.": (valley.pk, ""),
    }
    for words, (territory, person) in cases.items():
        response = add(client, territory=territory, person=person)
        assert response.status_code == 200
        assert words in str(response.context["form"].errors["person"]), words
    assert TerritoryReviewer.objects.count() == 2
    assert "Gaia" not in str(response.context["form"]["person"]), "only people of the redazione are listed"


def test_the_database_keeps_a_reviewer_once(people, valley):
    with pytest.raises(IntegrityError), transaction.atomic():
        TerritoryReviewer.objects.create(territory=valley, person=people["reviewer"])


@pytest.mark.parametrize("group", [roles.AUTHORS, roles.REVIEWERS])
def test_authors_and_reviewers_do_not_choose_who_reviews(client, group):
    client.force_login(staff(group))
    assert client.get(reverse("wagtailsnippets_home_territoryreviewer:list")).status_code == 302
    assert add(client).status_code == 302


# ------------------------------------------------------------------------------------------------ existing portals


def old_workflow() -> Workflow:
    """The workflow as portals had it: one step for two groups."""
    groups = ensure_roles()
    TerritoryReviewTask.objects.all().delete()
    workflow = Workflow.objects.get(name=WORKFLOW)
    assert [task.name for task in workflow.tasks] == [WORKFLOW]
    assert GroupApprovalTask.objects.get(name=WORKFLOW).groups.count() == 2
    WorkflowTask.objects.update(sort_order=0)
    assert groups
    return workflow


def test_pages_in_review_stay_where_they_are_through_the_migration_and_back(client, people, valley):
    migration = importlib.import_module("home.migrations.0003_territory_step_in_the_workflow")
    workflow = old_workflow()
    before = draft(valley)
    submit(before, people["author"])

    migration.put_first(apps, None)
    assert [task.name for task in workflow.tasks] == [TERRITORY_STEP, WORKFLOW]
    assert TerritoryReviewTask.objects.get().groups.count() == 2
    assert waits_at(before) == WORKFLOW
    assert act(client, before, people["publisher"]).live, "approved, it does not go back to the new step"

    after = ProjectPage.objects.get(pk=before.pk)
    submit(after, people["author"])
    assert waits_at(after) == TERRITORY_STEP
    migration.take_away(apps, None)
    assert [task.name for task in workflow.tasks] == [WORKFLOW]
    assert waits_at(after) == WORKFLOW
    assert act(client, after, people["publisher"]).current_workflow_state is None


def test_the_migration_leaves_another_workflow_of_that_name_alone():
    migration = importlib.import_module("home.migrations.0003_territory_step_in_the_workflow")
    workflow = old_workflow()
    own = GroupApprovalTask.objects.create(name="La nostra lettura")
    WorkflowTask.objects.filter(workflow=workflow).update(task=own)
    migration.put_first(apps, None)
    assert [task.name for task in workflow.tasks] == ["La nostra lettura"]
