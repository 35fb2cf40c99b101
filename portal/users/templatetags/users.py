"""What the templates of the account need."""

from django import template
from django.conf import settings
from django.utils.translation import gettext as _

from ..adapter import localised_path

register = template.Library()

# First match wins: Edge and Opera also say Chrome, Chrome also says Safari.
_BROWSERS = (
    ("Edg", "Edge"),
    ("OPR", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("Chrome", "Chrome"),
    ("CriOS", "Chrome"),
    ("Safari", "Safari"),
)
_SYSTEMS = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


@register.simple_tag
def area_path() -> str:
    """Where a signed-in reader goes (`LOGIN_REDIRECT_URL`), in the language of the page."""
    return localised_path(settings.LOGIN_REDIRECT_URL)


@register.filter
def browser_name(user_agent: str) -> str:
    """A browser as people call it, "Firefox su Windows", from what it says of itself."""
    browser = next((name for mark, name in _BROWSERS if mark in user_agent), "")
    system = next((name for mark, name in _SYSTEMS if mark in user_agent), "")
    if browser and system:
        return _("%(browser)s su %(system)s") % {"browser": browser, "system": system}
    return browser or system or _("Un programma che non conosciamo")
