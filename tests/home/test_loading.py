"""Loading the real content: all of it, once, never over an editor's work, with a sound tree."""

import io
from html import unescape

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.test import TestCase
from wagtail.models import Locale, Page, Site
from wagtail_localize.models import StringTranslation, Translation

from bandi.models import CallPage
from home.loading.source import ContentError, blocks, page_key
from home.loading.translations import translate
from home.models import EventPage, HomePage, NewsPage
from portal.navigation.models import SiteSettings
from portal.registry.imports import import_municipalities
from portal.registry.models import Organisation, Territory
from progetti.models import PlanPage, ProjectPage, VisionPage
from tests.helpers.worlds import kept_for_the_module
from tests.home.content_rows import CONTENT_ROWS

PATHS = (
    "/",
    "/visione/",
    "/piano/",
    "/progetti/",
    "/bandi/",
    "/eventi/",
    "/notizie/",
    "/governance/",
    "/patti/",
    "/progetti/will/",
    "/bandi/bando-next-generation-we/",
    "/eventi/la-carica-dei-101/",
    "/notizie/il-portale-apre/",
    "/governance/tavolo-di-cura-chieri/",
    "/chi-siamo/",
    "/come-funziona-lo-sportello/",
    "/privacy/",
    "/accessibilita/",
    "/note-legali/",
    "/en/",
    "/en/visione/",
    "/en/progetti/",
    "/en/bandi/",
    "/en/eventi/",
    "/en/notizie/",
    "/en/governance/",
    "/en/patti/",
    "/en/privacy/",
)


def load(capture) -> str:
    """Run the command as the shell does: what waits for the end of a transaction happens."""
    out = io.StringIO()
    with capture(execute=True):
        call_command("load_content", stdout=out)
    return out.getvalue()


def rows() -> dict[str, int]:
    """How many rows each table has."""
    return {model._meta.label: model._default_manager.count() for model in apps.get_models() if model is not Session}


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    with kept_for_the_module(django_db_blocker):
        import_municipalities()
        load(TestCase.captureOnCommitCallbacks)
        yield


@pytest.mark.django_db
@pytest.mark.usefixtures("loaded")
def test_the_portal_stands(client, django_capture_on_commit_callbacks):
    italian = Locale.objects.get(language_code="it")
    assert ProjectPage.objects.live().filter(locale=italian).count() == 10
    for model, count in ((CallPage, 6), (EventPage, 2), (NewsPage, 4), (PlanPage, 2)):
        assert model.objects.live().filter(locale=italian).count() == count, model
    assert Site.objects.get().root_page.specific == HomePage.objects.get(locale=italian)
    for path in PATHS:
        assert client.get(path).status_code == 200, path
    home = client.get("/").content.decode()
    assert "Dopo le piazze e gli edifici, le persone." in home
    assert home.count("bar__head") == 4
    assert "Qui i numeri sono un esempio" in home
    plan = PlanPage.objects.get(slug="piano", locale__language_code="it")
    assert [axis.code for axis in plan.axes.all()] == ["A1", "A2", "A3", "A4"]
    will = ProjectPage.objects.get(slug="will")
    assert will.territories.count() == 10
    assert will.partners.filter(role="coordination").count() == 1
    every = Page.objects.filter(depth__gt=1)
    assert all(page.latest_revision_id and page.live_revision_id for page in every if page.locale == italian)

    # The second time nothing is made, and nothing that an editor did is undone.
    ProjectPage.objects.filter(slug="will").update(title="Il titolo di chi scrive")
    project = ProjectPage.objects.get(slug="will")
    project.save_revision().publish()
    news = NewsPage.objects.get(slug="il-portale-apre")
    news.unpublish()
    Organisation.objects.filter(slug="fondazione-ifel").update(name="IFEL")
    SiteSettings.objects.update(tagline="Il motto di chi scrive")
    before = rows()
    said = load(django_capture_on_commit_callbacks)
    assert rows() == before
    assert "Pages: 0 made" in said
    assert ProjectPage.objects.get(slug="will").title == "Il titolo di chi scrive"
    assert not NewsPage.objects.get(slug="il-portale-apre").live
    assert Organisation.objects.get(slug="fondazione-ifel").name == "IFEL"
    assert SiteSettings.objects.get().tagline == "Il motto di chi scrive"

    # A page that is missing comes back; the others stay.
    EventPage.objects.get(slug="la-carica-dei-101").delete()
    assert "Pages: 1 made" in load(django_capture_on_commit_callbacks)
    assert rows()["home.EventPage"] == before["home.EventPage"]


@pytest.mark.django_db
@pytest.mark.usefixtures("loaded")
def test_the_tree_is_sound():
    out = io.StringIO()
    call_command("fixtree", interactive=False, stdout=out)
    assert out.getvalue().count("No problems found.") == 2


@pytest.mark.django_db
@pytest.mark.usefixtures("loaded")
def test_english_is_a_translation_that_editors_can_go_on_with(client):
    english = Locale.objects.get(language_code="en")
    chieri = ProjectPage.objects.get(slug="sportello-talenti-chieri", locale=english)
    assert chieri.live
    assert chieri.short_description.startswith("A community service")
    translation = Translation.objects.get(source__object_id=chieri.translation_key)
    assert translation.target_locale == english
    total, done = translation.get_progress()
    assert total == done > 10
    assert not StringTranslation.objects.filter(has_error=True).exists()
    page = client.get("/en/progetti/sportello-talenti-chieri/").content.decode()
    assert "What it is" in page
    assert 'href="/en/sportello/"' in page
    home = client.get("/en/").content.decode()
    assert "After the squares and the buildings, the people." in home
    assert "/en/progetti/sportello-talenti-chieri/" in home
    assert "/progetti/will/" not in home.split('class="italy-map"')[0]
    assert VisionPage.objects.filter(locale=english, live=True).exists()
    # Every field of every kind of page can be seen in the demo, in both languages.
    missing = []
    for path, marks in CONTENT_ROWS.items():
        response = client.get(path)
        assert response.status_code == 200, path
        text = " ".join(unescape(response.content.decode()).split())
        missing += [(path, mark) for mark in marks if mark not in text]
    assert missing == []


def test_pages_have_the_same_key_on_every_machine():
    assert str(page_key("project/will")) == str(page_key("project/will"))
    assert page_key("project/will") != page_key("project/other")
    assert page_key("home").hex == "cf3b094f81a95d98a2c5a8cb4c94f8d0"


def test_an_unknown_block_is_named():
    with pytest.raises(ContentError, match="«carosello»"):
        blocks("page/x", [{"type": "carosello"}])


@pytest.mark.django_db
@pytest.mark.usefixtures("loaded")
def test_a_translation_with_other_blocks_is_refused():
    page = NewsPage.objects.get(slug="il-portale-apre")
    with pytest.raises(ContentError, match="il-portale-apre"):
        translate(page, {"body": "[]"}, Locale.objects.get(language_code="en"))
    assert not page.has_translation(Locale.objects.get(language_code="en"))


@pytest.mark.django_db
@pytest.mark.usefixtures("loaded")
def test_territories_know_their_places():
    codes = {row.slug: row.map_codes for row in Territory.objects.all()}
    assert codes["lombardia"] == ["r-lombardia"]
    assert codes["chieri"] == ["001078"]
    assert len(codes["valli-e-dolomiti-friulane"]) == 22
