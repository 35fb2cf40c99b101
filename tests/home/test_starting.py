"""A new portal: what `set_up_portal` makes, and that it never does anything twice or over what is there."""

from io import StringIO

import pytest
from django.contrib.auth.models import Group
from django.core.management import CommandError, call_command
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation
from wagtail.models import Locale, Page, Site

from bandi.models import CallPage, Recipient
from home.models import ContentPage, HomePage
from portal.navigation.menus import main_menu
from portal.navigation.models import SiteSettings
from portal.registry.models import Organisation, Territory, Topic
from portal.users import roles
from progetti.models import Aim, DecisionIndexPage, GovernanceIndexPage, PlanPage, ProjectPage, VisionPage
from tests.factories.home import news_index
from tests.factories.pages import home_page
from tests.factories.users import UserFactory
from tests.home.test_roles import sent

pytestmark = pytest.mark.django_db


def set_up(name: str = "Il portale delle Valli") -> str:
    out = StringIO()
    call_command("set_up_portal", name, stdout=out)
    return out.getvalue()


def test_a_new_portal_opens_in_both_languages_and_invents_nothing(client):
    set_up()
    for address in ("/", "/en/", "/progetti/", "/bandi/", "/en/bandi/", "/governance/", "/governance/decisioni/"):
        assert client.get(address).status_code == 200, address
    text = client.get("/").content.decode()
    assert "Il portale delle Valli" in text
    # Legal pages have gaps to fill: they are drafts, and the footer leads to them once they are published.
    assert set(ContentPage.objects.values_list("slug", "live")) == {
        ("accessibilita", False), ("privacy", False), ("note-legali", False),
    }  # fmt: skip
    assert "/privacy/" not in text
    ContentPage.objects.get(slug="privacy").get_latest_revision().publish()
    assert 'href="/privacy/"' in client.get("/").content.decode()
    assert min(Topic.objects.count(), Aim.objects.count(), Recipient.objects.count()) > 3
    for model in (Organisation, Territory, ProjectPage, CallPage):
        assert not model.objects.exists()
    assert set(roles.GROUPS) <= set(Group.objects.values_list("name", flat=True))
    assert Page.objects.get(depth=1).get_workflow().name == "Revisione"
    assert Page.find_problems() == ([], [], [], [], [])


def test_again_it_makes_nothing_and_leaves_what_the_editors_wrote():
    set_up()
    home = HomePage.objects.get(slug="portale")
    home.hero_statement = "Le Valli, di nuovo abitate."
    home.save()
    count = Page.objects.count()
    assert "0 made" in set_up("Un altro nome")
    assert Page.objects.count() == count
    assert HomePage.objects.get(slug="portale").hero_statement == "Le Valli, di nuovo abitate."
    assert SiteSettings.for_site(Site.objects.get()).site_name == "Il portale delle Valli"


def test_it_goes_on_from_sections_that_were_made_by_hand():
    home_page()
    news_index()
    set_up()
    assert HomePage.objects.filter(locale__language_code="it").count() == 1
    assert type(news_index()).objects.filter(locale__language_code="it").count() == 1
    governance = GovernanceIndexPage.objects.get(locale__language_code="it")
    assert DecisionIndexPage.objects.child_of(governance).exists()


def test_it_refuses_a_site_that_shows_something_else_and_a_name_that_is_none():
    site = Site.objects.get()
    other = ContentPage(title="Altro", slug="altro", short_description="Un sito che c'è già.")
    Page.objects.get(depth=1).add_child(instance=other)
    with pytest.raises(CommandError, match="needs a name"):
        set_up("  ")
    site.root_page = other
    site.save()
    with pytest.raises(CommandError, match="Altro"):
        set_up()
    assert not HomePage.objects.exists()


def test_without_municipalities_loading_says_what_to_do():
    with pytest.raises(Exception, match="import_municipalities"):
        call_command("load_content", stdout=StringIO())


def test_the_first_vision_and_the_first_plan_open_the_menu_in_both_languages(client):
    set_up()
    home = HomePage.objects.get(slug="portale")
    admin = UserFactory(is_superuser=True)
    client.force_login(admin)
    for model, slug in ((PlanPage, "piano"), (VisionPage, "visione"), (VisionPage, "altra")):
        data = sent(model, admin, slug=slug, **{"action-publish": "1"})
        address = reverse("wagtailadmin_pages:add", args=["progetti", model._meta.model_name, home.pk])
        response = client.post(address, data)
        assert response.status_code == 302, response.context["form"].errors
    children = home.get_children().order_by("path")
    assert [page.slug for page in children][:3] == ["visione", "piano", "progetti"]
    assert children.last().slug == "altra", "only the first of its kind is moved"
    assert Page.find_problems() == ([], [], [], [], [])

    # Translated one after the other, they come last among the English pages: the menu keeps the Italian order.
    english = Locale.objects.get(language_code="en")
    for slug in ("piano", "visione"):
        page = children.get(slug=slug).specific.copy_for_translation(english)
        page.save_revision().publish()
    with translation.override("en"):
        menu = [link.title for link in main_menu(RequestFactory().get("/en/"))]
    assert menu[:3] == ["Vision", "Plan", "Projects"]
