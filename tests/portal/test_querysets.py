"""Which pages everybody may read, without reading every page to know it."""

import pytest
from wagtail.models import Page, PageViewRestriction

from portal.pages.querysets import public
from tests.factories import bandi
from tests.factories.pages import home_page

pytestmark = pytest.mark.django_db


def test_a_restriction_covers_the_page_and_all_below_it_and_nothing_else():
    home, open_call = home_page(), bandi.call()
    index = open_call.get_parent()
    PageViewRestriction.objects.create(page=open_call, restriction_type=PageViewRestriction.LOGIN)
    other = bandi.call()
    pages = Page.objects.live().descendant_of(home, inclusive=True)
    assert set(public(pages)) == {home.page_ptr, index, other.page_ptr}
    PageViewRestriction.objects.create(page=index, restriction_type=PageViewRestriction.LOGIN)
    assert set(public(pages)) == {home.page_ptr}


def test_a_list_does_not_walk_all_pages_for_each_of_its_own():
    """With a join in it, SQLite walked all pages for each page once it knew how many they are (ANALYZE)."""
    sql = str(public(Page.objects.live()).query)
    covering = sql[sql.index("EXISTS") :]
    assert "wagtailcore_pageviewrestriction" in covering
    assert "JOIN" not in covering
