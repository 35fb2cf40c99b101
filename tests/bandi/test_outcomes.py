"""Outcomes of calls: names that must not be read, totals, links to projects, what the database refuses."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from wagtail.models import Locale

from bandi.enums import OutcomeResult
from bandi.models import CallOutcome
from home.editorial.copying import start_over
from tests.factories import bandi, progetti
from tests.factories.pages import home_page
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db

SECRET = "Ermenegilda Quattrocchi"


def in_english(page):
    """The page with its list in English, live."""
    locale, _new = Locale.objects.get_or_create(language_code="en")
    home_page("en")
    index = page.get_parent().specific
    if not index.has_translation(locale):
        index.copy_for_translation(locale).save_revision().publish()
    copy = page.copy_for_translation(locale)
    copy.save_revision().publish()
    return type(page).objects.get(pk=copy.pk)


@pytest.mark.indexed
def test_a_planted_name_of_a_person_is_nowhere(client):
    page = bandi.closed_call()
    bandi.outcome(page, name=SECRET, is_individual=True, amount=500, rank=1)
    english = in_english(page)
    addresses = [
        page.url,
        english.url,
        reverse("call_outcomes", args=[page.slug]),
        "/en" + reverse("call_outcomes", args=[page.slug]),
        "/bandi/?stato=tutti",
        "/bandi/?stato=tutti&q=Ermenegilda",
        "/cerca/?q=Quattrocchi",
        "/en/cerca/?q=Quattrocchi",
        "/sitemap.xml",
    ]
    for address in addresses:
        text = client.get(address).content.decode().replace("q=Ermenegilda", "")
        assert "Ermenegilda" not in text.replace('value="Ermenegilda"', "").replace("Ermenegilda<", "<"), address
    assert "Una persona fisica" in client.get(page.url).content.decode()
    assert SECRET not in str(CallOutcome.objects.get())


def test_a_name_that_may_be_published_is_there(client):
    page = bandi.closed_call()
    bandi.outcome(page, name=SECRET, is_individual=True, name_is_public=True)
    assert SECRET in client.get(page.url).content.decode()
    assert SECRET in client.get(reverse("call_outcomes", args=[page.slug])).content.decode()


def test_the_page_says_the_totals_and_leads_to_the_project(client):
    page, project = bandi.closed_call(), progetti.project()
    bandi.outcome(page, name="Associazione Faro", amount=Decimal("1500.50"), rank=1, score=80, project=project)
    bandi.outcome(
        page, name="Associazione Bosco", amount=500, rank=2, score=Decimal("70.5"), project_title="Bosco vivo"
    )
    bandi.outcome(page, name="Associazione Lago", result=OutcomeResult.NOT_FUNDED, rank=3)
    text = client.get(page.url).content.decode()
    assert "3 domande, 2 finanziate per 2.000,50\N{NO-BREAK SPACE}€ in tutto." in text
    assert f'<a href="{project.url}">{project.title}</a>' in text
    assert text.index("Associazione Faro") < text.index("Associazione Bosco") < text.index("Associazione Lago")
    rows = client.get(reverse("call_outcomes", args=[page.slug])).content.decode("utf-8-sig").splitlines()
    assert rows[1] == f"1;Associazione Faro;{project.title};Finanziato;80;1500.5"


def test_the_english_page_leads_to_the_english_project(client):
    page, project = bandi.closed_call(), progetti.project()
    bandi.outcome(page, project=project)
    english, english_project = in_english(page), in_english(project)
    assert f'href="{english_project.url}"' in client.get(english.url).content.decode()


def test_a_project_that_is_a_draft_is_not_named(client):
    page, project = bandi.closed_call(), progetti.project(title="Ancora segreto")
    bandi.outcome(page, project=project)
    project.unpublish()
    assert "Ancora segreto" not in client.get(page.url).content.decode()


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": "", "is_individual": False}, "name"),
        ({"name_is_public": True}, "name_is_public"),
        ({"amount": -1}, "amount"),
        ({"amount": 1, "result": "excluded"}, "amount"),
        ({"result": "altro"}, "result"),
        ({"rank": 0}, "rank"),
        ({"score": -1}, "score"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field_and_by_the_database(values, field):
    row = bandi.outcome(bandi.closed_call())
    for name, value in values.items():
        setattr(row, name, value)
    with pytest.raises(ValidationError) as caught:
        row.full_clean()
    assert field in caught.value.message_dict
    with pytest.raises(IntegrityError), transaction.atomic():
        CallOutcome.objects.filter(pk=row.pk).update(**values)


def test_a_person_is_no_organisation():
    row = bandi.outcome(bandi.closed_call())
    row.organisation, row.is_individual = row.call.organisation, True
    with pytest.raises(ValidationError) as caught:
        row.full_clean()
    assert "is_individual" in caught.value.message_dict
    with pytest.raises(IntegrityError), transaction.atomic():
        CallOutcome.objects.filter(pk=row.pk).update(organisation=row.organisation, is_individual=True)


def test_a_copied_call_has_no_outcomes():
    page = bandi.closed_call(outcomes_note="Due domande.")
    bandi.outcome(page)
    user = UserFactory(is_superuser=True)
    copy = start_over(page.copy(update_attrs={"slug": "copia"}, user=user), user)
    assert (copy.outcomes.count(), copy.outcomes_note, page.outcomes.count()) == (0, "", 1)


def test_outcomes_of_a_draft_are_not_to_be_downloaded(client):
    page = bandi.closed_call()
    bandi.outcome(page)
    page.unpublish()
    assert client.get(reverse("call_outcomes", args=[page.slug])).status_code == 404


def test_from_the_call_to_the_project_and_back_in_one_line_each(client):
    page, project = bandi.closed_call(), progetti.project()
    bandi.outcome(page, project=project, amount=10)
    bandi.outcome(page, project=project, amount=20)
    call_page, project_page = client.get(page.url).content.decode(), client.get(project.url).content.decode()
    assert f'Che cosa ne è nato: <a href="{project.url}">{project.title}</a>.' in call_page
    assert f'Finanziato con il bando <a href="{page.url}">{page.title}</a>.' in project_page
    english, english_project = in_english(page), in_english(project)
    assert f'<a href="{english.url}">' in client.get(english_project.url).content.decode()
    for call in (page, english):
        call.unpublish()
    assert "Finanziato con il bando" not in client.get(project.url).content.decode()


def test_a_project_that_was_not_funded_or_waits_says_nothing(client):
    page, project = bandi.closed_call(), progetti.project()
    bandi.outcome(page, project=project, result=OutcomeResult.NOT_FUNDED)
    bandi.outcome(page, project=project, is_public=False)
    assert "Finanziato con il bando" not in client.get(project.url).content.decode()
