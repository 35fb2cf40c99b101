"""Menus and site settings for every template, computed only if the template asks for them."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from .kept import site_of
from .menus import footer_menu, language_links, main_menu
from .models import SiteSettings
from .names import portal_name


def navigation(request: HttpRequest) -> dict:
    """`site_settings`, `portal_name`, `main_menu`, `footer_menu`, `language_links` and `is_demo`."""
    site_settings = SimpleLazyObject(lambda: _settings_of(request))
    return {
        "site_settings": site_settings,
        "portal_name": SimpleLazyObject(portal_name),
        "main_menu": SimpleLazyObject(lambda: main_menu(request)),
        "footer_menu": SimpleLazyObject(lambda: footer_menu(request, _settings_of(request))),
        "language_links": SimpleLazyObject(lambda: language_links(request, None)),
        "is_demo": settings.DEMO,
    }


def _settings_of(request: HttpRequest) -> SiteSettings:
    site_of(request)
    return SiteSettings.for_request(request)
