"""Menus, footer and language links."""

import pytest
from django.test import RequestFactory
from django.utils import translation
from wagtail.models import PageViewRestriction, Site

from portal.navigation.menus import footer_menu, language_links, main_menu, sections
from portal.navigation.models import SiteSettings
from tests.factories.home import content, event, event_index, news_index
from tests.factories.pages import home_page
from tests.factories.progetti import vision

pytestmark = pytest.mark.django_db


def request_for(path: str = "/"):
    return RequestFactory().get(path)


def settings_of_site(**pages) -> SiteSettings:
    return SiteSettings.objects.create(site=Site.objects.get(is_default_site=True), **pages)


def test_the_menu_has_the_sections_marked_for_it_in_the_order_of_the_tree_then_the_sportello():
    for page in (vision(title="Una visione dal titolo molto lungo"), event_index(), news_index()):
        page.show_in_menus = True
        page.save()
    content(title="Chi siamo")
    menu = main_menu(request_for("/eventi/"))
    assert [link.title for link in menu] == ["Visione", "Eventi", "Notizie", "Sportello Talenti"]
    assert [link.active for link in menu] == [False, True, False, False]
    assert menu[-1].url == "/sportello/"


def test_drafts_and_reserved_pages_are_no_sections():
    draft, reserved, shown = content(), content(), content()
    draft.unpublish()
    PageViewRestriction.objects.create(page=reserved, restriction_type=PageViewRestriction.LOGIN)
    assert [page.pk for page in sections(request_for())] == [shown.pk]


def test_a_request_reads_the_sections_once(django_assert_num_queries):
    content()
    request = request_for()
    sections(request)
    with django_assert_num_queries(0):
        main_menu(request)


def test_the_footer_keeps_its_order_and_prefers_the_reader_s_language():
    about, privacy = content(title="Chi siamo"), content(title="Privacy")
    footer = settings_of_site(about_page=about, privacy_page=privacy)
    assert [link.title for link in footer_menu(request_for(), footer)] == ["Chi siamo", "Privacy"]
    english_home = home_page("en")
    english_home.save_revision().publish()
    translated = privacy.copy_for_translation(english_home.locale)
    translated.title = "Privacy notice"
    translated.save_revision().publish()
    with translation.override("en"):
        links = footer_menu(request_for("/en/"), SiteSettings.objects.get())
    assert [link.title for link in links] == ["Chi siamo", "Privacy notice"]
    assert links[1].url.startswith("/en/")


def test_the_footer_leaves_drafts_out():
    about = content()
    footer = settings_of_site(about_page=about)
    about.unpublish()
    assert footer_menu(request_for(), SiteSettings.objects.get(pk=footer.pk)) == []


def test_language_links_lead_to_the_translation_or_to_the_home_page():
    page = event()
    links = {link.code: link.url for link in language_links(request_for(page.get_url()), page)}
    assert links["it"] == page.get_url()
    assert links["en"] == "/en/"
