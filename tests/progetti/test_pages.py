"""What readers see of projects, plans, bodies, pacts, the vision and calls; drafts stay out of sight."""

import re
from datetime import date, timedelta

import pytest
from django.utils import timezone, translation

from bandi.models import CallAct
from progetti.facts import read_at_once
from progetti.models import ProjectPartner
from tests.factories import bandi, progetti
from tests.factories.registry import OrganisationFactory, TerritoryFactory, TopicFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db

MAKERS = {
    "project": progetti.full_project,
    "vision": progetti.vision,
    "plan": progetti.plan,
    "body": lambda **fields: progetti.body(members=2, **fields),
    "pact": progetti.pact,
    "meeting": progetti.meeting,
    "decision": progetti.decision,
    "call": bandi.full_call,
}
LISTS = {
    "projects": progetti.project_index,
    "governance": progetti.governance_index,
    "pacts": progetti.pact_index,
    "meetings": progetti.meeting_index,
    "decisions": progetti.decision_index,
    "calls": bandi.call_index,
}


@pytest.mark.parametrize("kind", [*MAKERS, *LISTS])
def test_each_type_of_page_is_shown(client, kind):
    page = {**MAKERS, **LISTS}[kind]()
    response = client.get(page.url)
    assert response.status_code == 200
    assert page.title in response.content.decode()


@pytest.mark.parametrize("kind", MAKERS)
def test_a_draft_is_not_there_for_the_public(client, kind):
    page = MAKERS[kind]()
    url = page.url
    page.unpublish()
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("kind", [*MAKERS, *LISTS])
def test_each_type_is_previewed_before_it_is_published(client, kind):
    page = {**MAKERS, **LISTS}[kind]()
    page.title = "Un titolo ancora da pubblicare"
    page.save_revision()
    page.unpublish()
    response = page.get_latest_revision_as_object().make_preview_request()
    assert response.status_code == 200
    assert "Un titolo ancora da pubblicare" in response.content.decode()


def test_a_preview_shows_rows_that_are_not_saved():
    page = progetti.full_project(partners=1)
    page.partners.add(ProjectPartner(organisation=OrganisationFactory(name="Una cooperativa nuova"), role="partner"))
    page.territories.add(TerritoryFactory(name="Una valle nuova"))
    text = page.make_preview_request().content.decode()
    assert "Una cooperativa nuova" in text
    assert "Una valle nuova" in text


def test_a_project_names_organisations_by_role_and_dates_in_words(client):
    page = progetti.full_project(start=date(2021, 10, 1), expected_end=date(2022, 3, 31))
    text = client.get(page.url).content.decode()
    partner = page.partners.first()
    assert partner.organisation.name in text
    assert partner.get_role_display() in text
    assert "ottobre 2021 – marzo 2022" in text
    assert "oltre la fine prevista" in text
    assert f"/progetti/?territorio={page.territories.get().slug}" in text


def test_a_call_shows_its_state_its_deadline_and_its_acts_in_order(client):
    today = timezone.localdate()
    page = bandi.full_call(
        official_url="https://example.org/candidati",
        deadline=timezone.now() - timedelta(days=1),
        acts=[
            CallAct(
                kind="extension",
                date=today - timedelta(days=3),
                reason="Ce l'hanno chiesto in molti.",
                new_deadline=timezone.now() + timedelta(days=6),
            ),
            CallAct(kind="suspension", date=today - timedelta(days=9), reason="Un errore nel testo."),
            CallAct(kind="resumption", date=today - timedelta(days=8), reason="Errore corretto."),
        ],
    )
    text = client.get(page.url).content.decode()
    assert "Prorogato" in text
    assert "scade tra 6 giorni" in text
    assert text.count("https://example.org/candidati") == 1
    places = [text.index(words) for words in ("Un errore nel testo.", "Errore corretto.", "hanno chiesto in molti")]
    assert places == sorted(places)


def test_a_closed_call_has_no_button_to_apply(client):
    page = bandi.full_call(
        official_url="https://example.org/candidati", opening=None, deadline="2022-01-31T12:00:00+01:00"
    )
    text = client.get(page.url).content.decode()
    assert "Vai alla candidatura" not in text
    assert "Pagina ufficiale del bando" in text
    assert "scaduto il 31 gennaio 2022" in text


def test_a_page_leads_to_its_related_pages_in_the_order_chosen_but_not_to_drafts(client):
    first, draft, second = progetti.project(), progetti.project(live=False), progetti.project()
    page = progetti.project()
    page.related_pages = [("page", second), ("page", draft), ("page", first)]
    page.save()
    text = client.get(page.url).content.decode()
    assert text.index(second.url) < text.index(first.url)
    assert draft.title not in text


def test_breadcrumbs_lead_back_to_the_list(client):
    page = progetti.project()
    text = client.get(page.url).content.decode()
    assert re.findall(r'breadcrumb-item"><a href="([^"]+)">([^<]+)<', text) == [
        ("/", "Home"),
        ("/progetti/", "Progetti"),
    ]


@pytest.fixture
def editor(client):
    user = UserFactory(is_superuser=True, is_staff=True)
    client.force_login(user)
    return user


@pytest.mark.parametrize(
    ("app", "model"),
    [
        ("registry", "territory"),
        ("registry", "organisation"),
        ("registry", "topic"),
        ("registry", "municipality"),
        ("progetti", "aim"),
        ("bandi", "recipient"),
    ],
)
def test_the_registry_is_listed_and_searched_in_the_admin(client, editor, settings, app, model):
    settings.MIDDLEWARE = [item for item in settings.MIDDLEWARE if "SecondFactor" not in item]
    progetti.full_project()
    bandi.full_call()
    response = client.get(f"/admin/snippets/{app}/{model}/?q=a")
    assert response.status_code == 200
    menu = client.get("/admin/").content.decode()
    assert f"/admin/snippets/{app}/{model}/" in menu
    add = client.get(f"/admin/snippets/{app}/{model}/add/")
    assert (add.status_code == 200) is (model != "municipality")


def test_topics_and_aims_are_read_together_and_right(client):
    page = progetti.full_project()
    topics = [TopicFactory(name=name, name_en=f"{name} in English") for name in ("Zolle", "Acque")]
    page.topics = topics
    page.aims = [progetti.aim(2), progetti.aim(1)]
    page.save()
    facts = {item["label"]: item["entries"] for item in client.get(page.url).context["facts"]}
    assert facts["Argomenti"] == [
        {"title": topic.name, "url": f"/progetti/?argomento={topic.slug}"} for topic in reversed(topics)
    ]
    assert [entry["title"] for entry in facts["Finalità"]] == ["Finalità 1", "Finalità 2"]
    client.cookies.clear()
    with translation.override("en"):
        read_at_once(page, [], ["topics", "aims"])
        assert [str(topic) for topic in page.topics.all()] == ["Acque in English", "Zolle in English"]
