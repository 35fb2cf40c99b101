"""What search engines read."""

import xml.etree.ElementTree as ElementTree

import pytest
from wagtail.models import PageViewRestriction

from tests.factories.home import content
from tests.factories.pages import home_page

pytestmark = pytest.mark.django_db
NAMES = {"map": "http://www.sitemaps.org/schemas/sitemap/0.9", "link": "http://www.w3.org/1999/xhtml"}


def test_the_sitemap_has_every_public_page_with_its_translations(client):
    shown, draft, reserved = content(), content(), content()
    draft.unpublish()
    PageViewRestriction.objects.create(page=reserved, restriction_type=PageViewRestriction.LOGIN)
    home_page("en").save_revision().publish()
    response = client.get("/sitemap.xml")
    assert response.headers["Content-Type"].startswith("application/xml")
    tree = ElementTree.fromstring(response.content)
    addresses = [url.text for url in tree.findall("map:url/map:loc", NAMES)]
    assert addresses == ["http://testserver/", "http://testserver/en/", f"http://testserver{shown.get_url()}"]
    home = tree.find("map:url", NAMES)
    assert [link.get("hreflang") for link in home.findall("link:link", NAMES)] == ["it", "en"]


def test_robots_are_kept_out_of_reserved_pages_and_led_to_the_sitemap(client):
    text = client.get("/robots.txt").content.decode()
    assert "Disallow: /area/" in text
    assert "Disallow: /admin/" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text
