"""Author, reviewer of the section, publisher: who may do what, and which e-mails tell them."""

import re

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from wagtail.models import GroupPagePermission, Workflow

from home.editorial.sections import ensure_section
from home.roles import ensure_roles
from portal.users import roles
from progetti.models import ProjectPage
from tests.factories.editorial import staff
from tests.factories.home import news_index
from tests.factories.pages import add_page, home_page
from tests.factories.progetti import project_index
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def section():
    home_page()
    return ensure_section(project_index(), "Friuli Occidentale")


@pytest.fixture
def people(section):
    made = {name: UserFactory(first_name=name) for name in ("autrice", "revisore", "responsabile")}
    made["autrice"].groups.add(section.authors)
    made["revisore"].groups.add(section.reviewers)
    made["responsabile"].groups.add(ensure_roles()[roles.PUBLISHERS])
    return made


def draft(title: str = "Un progetto nuovo") -> ProjectPage:
    page = ProjectPage(title=title, slug="nuovo", short_description="Che cosa fa.", live=False)
    return add_page(project_index(), page)


def approve(client, page, user, action: str = "approve", comment: str = ""):
    client.force_login(user)
    page = ProjectPage.objects.get(pk=page.pk)
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, page.current_workflow_task_state.pk])
    return client.post(address, {"comment": comment})


def submit(page, user) -> None:
    page.save_revision(user=user)
    page.get_workflow().start(page, user)


def test_the_reviewer_looks_first_then_the_publisher_publishes(client, people, mailoutbox):
    page = draft()
    submit(page, people["autrice"])
    assert [mail.to for mail in mailoutbox] == [[people["revisore"].email]]
    approve(client, page, people["revisore"])
    page.refresh_from_db()
    assert not page.live, "the first step publishes nothing"
    assert mailoutbox[-1].to == [people["responsabile"].email]
    approve(client, page, people["responsabile"])
    page.refresh_from_db()
    assert page.live
    assert mailoutbox[-1].to == [people["autrice"].email]
    assert mailoutbox[-1].subject == "Approvata: «Un progetto nuovo»"


def test_a_person_may_not_approve_the_step_of_another(client, people):
    page = draft()
    submit(page, people["autrice"])
    for name in ("autrice", "responsabile"):
        approve(client, page, people[name])
        page.refresh_from_db()
        assert page.current_workflow_task.name == "Revisione: Friuli Occidentale"
        assert not page.live


def test_who_asks_for_changes_says_which(client, people, mailoutbox):
    page = draft()
    submit(page, people["autrice"])
    approve(client, page, people["revisore"], "reject", "Manca il capofila & il <periodo>")
    mail = mailoutbox[-1]
    assert mail.to == [people["autrice"].email]
    assert mail.subject == "Da rivedere: «Un progetto nuovo»"
    assert "Ha scritto: Manca il capofila & il <periodo>" in mail.body


def test_each_e_mail_has_one_link_a_name_and_nothing_personal_in_its_subject(client, people, mailoutbox):
    page = draft("Un «progetto» & mezzo")
    submit(page, people["autrice"])
    approve(client, page, people["revisore"])
    approve(client, page, people["responsabile"])
    assert len(mailoutbox) == 3
    for mail in mailoutbox:
        assert len(re.findall(r"https?://", mail.body)) == 1, mail.body
        assert mail.body.startswith("Ciao ")
        assert "&amp;" not in mail.subject + mail.body
        assert "\n" not in mail.subject
        assert not any(user.email in mail.subject or user.last_name in mail.subject for user in people.values())
        assert "Wagtail" not in mail.subject + mail.body


def test_authors_of_a_section_write_only_there(client, people):
    inside, outside = project_index(), news_index()
    client.force_login(people["autrice"])
    add = "wagtailadmin_pages:add"
    assert client.get(reverse(add, args=["progetti", "projectpage", inside.pk])).status_code == 200
    assert client.get(reverse(add, args=["home", "newspage", outside.pk])).status_code == 302
    page = draft()
    assert not page.permissions_for_user(people["revisore"]).can_publish()
    assert page.permissions_for_user(people["revisore"]).can_edit()
    assert page.permissions_for_user(people["responsabile"]).can_publish()


def test_a_section_is_made_once(section):
    counts = (GroupPagePermission.objects.count(), Workflow.objects.count())
    again = ensure_section(section.page, "Friuli Occidentale")
    assert again.workflow == section.workflow
    assert (GroupPagePermission.objects.count(), Workflow.objects.count()) == counts
    assert news_index().get_workflow() != section.workflow
    assert project_index().get_workflow() == section.workflow


def test_the_command_makes_a_section_and_refuses_what_is_not_a_page(capsys):
    home_page()
    call_command("ensure_section", str(project_index().pk), "Valli")
    assert "«Valli: autori» write" in capsys.readouterr().out
    with pytest.raises(CommandError, match="no page"):
        call_command("ensure_section", "999999", "Valli")


def test_without_a_section_of_their_own_one_review_publishes(client, mailoutbox):
    author, reviewer = staff(roles.AUTHORS), staff(roles.REVIEWERS)
    page = draft()
    submit(page, author)
    assert [mail.to for mail in mailoutbox] == [[reviewer.email]]
    approve(client, page, reviewer)
    page.refresh_from_db()
    assert page.live
