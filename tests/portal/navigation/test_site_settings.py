"""The settings of the site, and their preview."""

import re

import pytest
from django.urls import reverse
from wagtail.models import Site

from portal.navigation.models import SiteSettings
from portal.navigation.names import portal_name
from portal.ops.mail import compose_email
from portal.settings.wagtail import WAGTAIL_SITE_NAME
from portal.users.adapter import SecondFactorAdapter
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


def test_what_the_portal_is_called_is_written_once(client):
    home_page()
    site = Site.objects.get(is_default_site=True)
    assert portal_name() == "Territori Generativi", "nobody has written it yet"
    settings = SiteSettings.for_site(site)
    settings.site_name = "Il portale delle Valli"
    settings.save()
    assert str(WAGTAIL_SITE_NAME) == "Il portale delle Valli"
    mail = compose_email(
        "users/password_changed",
        "a@example.org",
        {"first_name": "Ada", "happened_at": "2026-11-26T10:00:00+00:00"},
        "it",
    )
    assert "Il portale delle Valli" in mail.body
    assert SecondFactorAdapter().get_totp_issuer() == "Il portale delle Valli"
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    admin = client.get(reverse("wagtailadmin_home")).content.decode()
    assert re.search(r"<title>.* - Il portale delle Valli</title>", admin), "in the tab of the browser, too"
    assert "Territori Generativi" not in admin


def test_reading_the_settings_names_no_site():
    home_page()
    site = Site.objects.get(is_default_site=True)
    Site.objects.filter(pk=site.pk).update(site_name="Un altro")
    SiteSettings.for_site(site)
    assert Site.objects.get(pk=site.pk).site_name == "Un altro"
