"""Which pages have something to put right, judged by the database, type by type."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Locale

from bandi.enums import CallSource
from home.editorial.problems import PAGE_TYPES, Problem
from home.editorial.quality import count_problems, judge, pages_with
from home.models import ContentPage
from home.roles import ensure_roles
from portal.media.models import CustomImage
from portal.pages.mixins import ReviewMixin
from portal.users import roles
from progetti.models import PlanPage
from tests.factories.bandi import call, full_call, interest
from tests.factories.editorial import staff
from tests.factories.home import content
from tests.factories.pages import home_page
from tests.factories.plan import make_action, make_objective, make_plan
from tests.factories.progetti import full_project, project
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 22)


@pytest.fixture
def author():
    home_page()
    return staff(roles.PUBLISHERS)


def words(user, page, today: date = TODAY) -> dict[str, list[str]]:
    told: dict[str, list[str]] = {}
    judged = judge(user, [page.pk], today).get(page.pk)
    for finding in judged.findings if judged else []:
        told.setdefault(finding.problem, []).append(finding.words)
    return told


def complete_project(**fields):
    page = full_project(
        start=date(2025, 1, 1), expected_end=date(2030, 1, 1), contact_email="info@example.org", **fields
    )
    touch(page, timezone.now())
    return type(page).objects.get(pk=page.pk)


def touch(page, moment) -> None:
    type(page).objects.filter(pk=page.pk).update(latest_revision_created_at=moment)


def test_every_type_with_a_review_is_judged():
    with_review = {model for model in apps.get_models() if issubclass(model, ReviewMixin) and not model._meta.abstract}
    assert with_review <= set(PAGE_TYPES)


def test_a_complete_page_in_both_languages_has_nothing_to_put_right(author):
    page = complete_project()
    page.copy_for_translation(
        Locale.objects.get_or_create(language_code="en")[0], copy_parents=True
    ).get_latest_revision()
    english = page.get_translation(Locale.objects.get(language_code="en"))
    english.save_revision().publish()
    assert words(author, page) == {}


def test_what_a_project_misses_is_said_thing_by_thing(author):
    page = project(title="Vuoto")
    assert words(author, page)[Problem.INCOMPLETE] == [
        "Mancano gli argomenti.",
        "Mancano i territori.",
        "Non si sa chi ne risponde («a cura di»).",
        "Non si sa a chi rivolgersi.",
        "Manca il capofila.",
        "Non si sa quando comincia.",
        "Non si sa quando finisce.",
    ]
    assert Problem.INCOMPLETE not in words(author, complete_project())


def test_what_a_call_misses(author):
    page = call(deadline=None, opening=None)
    told = words(author, page)[Problem.INCOMPLETE]
    assert "Manca la scadenza." in told
    assert "Manca la pagina ufficiale, cioè il pulsante per partecipare." in told
    assert "Non dice a chi è rivolto." in told
    whole = full_call(official_url="https://example.org/bando", contact_email="bandi@example.org")
    assert Problem.INCOMPLETE not in words(author, whole)


@pytest.mark.parametrize(
    ("next_review", "expected"),
    [
        (TODAY + timedelta(days=1), False),
        (TODAY, True),
        (TODAY - timedelta(days=400), True),
    ],
)
def test_a_review_is_due_on_its_day(author, next_review, expected):
    page = content(next_review=next_review)
    touch(page, timezone.now())
    assert (Problem.STALE in words(author, page)) is expected


@pytest.mark.parametrize(("days", "expected"), [(365, False), (366, True)])
def test_a_page_untouched_for_a_year_is_stale(author, days, expected):
    page = content()
    noon = timezone.make_aware(timezone.datetime(2026, 11, 22, 12))
    touch(page, noon - timedelta(days=days))
    assert (Problem.STALE in words(author, page)) is expected


def test_a_day_for_the_next_review_replaces_the_year(author):
    page = content(next_review=TODAY + timedelta(days=30))
    touch(page, timezone.now() - timedelta(days=2000))
    assert Problem.STALE not in words(author, page)


def test_what_ends_within_thirty_days_is_announced(author):
    now = timezone.now()
    today = timezone.localdate()
    soon = call(deadline=now + timedelta(days=5))
    later = call(deadline=now + timedelta(days=60))
    over = call(opening=now - timedelta(days=90), deadline=now - timedelta(days=5))
    leaving = content(expire_at=now + timedelta(days=3))
    assert words(author, soon, today)[Problem.EXPIRING][0].startswith("Il bando scade ")
    assert Problem.EXPIRING not in words(author, later, today)
    assert Problem.EXPIRING not in words(author, over, today)
    assert words(author, leaving, today)[Problem.EXPIRING][0].startswith("Sparirà dal sito ")


def test_a_closed_call_says_how_it_ended(author):
    now = timezone.now()
    silent = call(opening=now - timedelta(days=90), deadline=now - timedelta(days=5))
    told = call(
        opening=now - timedelta(days=90),
        deadline=now - timedelta(days=5),
        publication_of_outcomes=timezone.localdate() + timedelta(days=30),
    )
    assert Problem.WITHOUT_OUTCOME in words(author, silent)
    assert Problem.WITHOUT_OUTCOME not in words(author, told)
    assert Problem.WITHOUT_OUTCOME not in words(author, call())


def test_a_page_without_a_live_english_version_is_untranslated(author):
    page = content()
    assert Problem.UNTRANSLATED in words(author, page)
    english = Locale.objects.get_or_create(language_code="en")[0]
    copy = page.copy_for_translation(english, copy_parents=True)
    assert Problem.UNTRANSLATED in words(author, page), "a draft is not a translation yet"
    copy.save_revision().publish()
    assert Problem.UNTRANSLATED not in words(author, page)


def image(**fields) -> CustomImage:
    return CustomImage.objects.create(title="DSC_0001.jpg", file=get_test_image_file(), **fields)


def test_a_picture_needs_words_from_the_page_or_from_the_library(author):
    without = content(image=image())
    on_page = content(image=image(), image_alt="La piazza del paese")
    in_library = content(image=image(description="La piazza del paese"))
    assert Problem.WITHOUT_ALT in words(author, without)
    assert Problem.WITHOUT_ALT not in words(author, on_page)
    assert Problem.WITHOUT_ALT not in words(author, in_library)


@pytest.mark.parametrize(
    ("alt", "decorative", "expected"), [("", False, True), ("", True, False), ("La piazza", False, False)]
)
def test_a_picture_in_the_text_needs_words_or_is_decoration(author, alt, decorative, expected):
    block = {"image": {"image": image().pk, "alt_text": alt, "decorative": decorative}, "caption": ""}
    page = content(
        body=[("image", ContentPage._meta.get_field("body").stream_block.child_blocks["image"].to_python(block))]
    )
    assert (Problem.WITHOUT_ALT in words(author, page)) is expected


def test_actions_that_nobody_writes_about_are_counted_on_their_plan(author):
    plan = make_plan(1)
    objective = make_objective(plan.axes.first())
    old = timezone.now() - timedelta(days=900)
    for number in (1, 2):
        make_action(objective, number, at=old, start=date(2020, 1, 1), status="under_way")
    make_action(objective, 3, start=date(2020, 1, 1), status="under_way")
    today = timezone.localdate()
    page = PlanPage.objects.get(pk=plan.pk)
    assert words(author, page, today)[Problem.SILENT_ACTIONS] == ["Azioni di cui nessuno scrive da troppo tempo: 2."]
    assert count_problems(author, today)[Problem.SILENT_ACTIONS] == 2


def test_counts_report_and_findings_tell_the_same_story(author):
    for number in range(3):
        call(source=CallSource.OWN, deadline=timezone.now() + timedelta(days=number + 1))
        project()
    content(next_review=TODAY)
    counts = count_problems(author, TODAY)
    told = {pk: judged.findings for pk, judged in judge(author, today=TODAY).items()}
    for problem in Problem:
        pages = {pk for pk, items in told.items() if any(item.problem == problem for item in items)}
        assert set(pages_with(author, [problem], TODAY).values_list("pk", flat=True)) == pages
        if problem != Problem.SILENT_ACTIONS:
            assert counts[problem] == len(pages), problem


def test_drafts_aliases_and_translations_are_not_judged(author):
    page = content()
    page.create_alias(update_slug="copia")
    draft = content(live=False)
    english = page.copy_for_translation(Locale.objects.get_or_create(language_code="en")[0], copy_parents=True)
    english.save_revision().publish()
    told = {pk: judged.findings for pk, judged in judge(author, today=TODAY).items()}
    assert page.pk not in {*told} or all(item.problem != Problem.UNTRANSLATED for item in told[page.pk])
    assert not {draft.pk, english.pk, *page.aliases.values_list("pk", flat=True)} & set(told)


def test_a_page_that_a_person_may_not_edit_is_not_counted():
    home_page()
    project()
    ensure_roles()
    outsider = UserFactory()
    assert set(count_problems(outsider).values()) == {0}
    assert not pages_with(outsider).exists()
    assert judge(outsider) == {}


def test_a_call_with_an_organisation_that_waits_is_named(author):
    page = call()
    interest(page, state="accepted")
    assert Problem.INTERESTS not in words(author, page)
    interest(page, state="confirmed")
    assert words(author, page)[Problem.INTERESTS] == ["Un'organizzazione aspetta di essere accolta in «Chi ci sta?»."]
