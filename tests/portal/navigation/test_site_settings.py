"""The settings of the site, and their preview."""

import pytest
from django.urls import reverse
from wagtail.models import Site

from portal.navigation.models import SiteSettings
from tests.factories.pages import home_page
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


def test_settings_are_seen_before_they_are_saved(client, rf):
    home_page()
    settings = SiteSettings.objects.create(site=Site.objects.get(is_default_site=True), site_name="Vecchio nome")
    settings.site_name = "Nome in prova"
    settings.tagline = "Un motto in prova"
    response = settings.make_preview_request(rf.get("/admin/"), "")
    html = response.content.decode()
    assert "Nome in prova" in html
    assert "Un motto in prova" in html
    assert SiteSettings.objects.get().site_name == "Vecchio nome"


def test_the_editor_of_the_settings_opens_with_its_preview(client):
    home_page()
    site = Site.objects.get(is_default_site=True)
    SiteSettings.objects.create(site=site)
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    response = client.get(reverse("wagtailsettings:edit", args=["navigation", "sitesettings", site.pk]))
    assert response.status_code == 200
    assert "w-preview" in response.content.decode()
