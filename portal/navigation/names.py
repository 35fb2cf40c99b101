"""What the portal is called, wherever there is no request: e-mails, the admin, the authenticator app."""

from django.core.cache import cache
from django.db import DatabaseError

from portal.ops import freshness

KEPT_SECONDS = 60


def name_key() -> str:
    """Where the name is kept: under the number of the last change, where there is one."""
    return f"navigation:portal-name:{freshness.of_request() or ''}"


def portal_name() -> str:
    """The name in the settings of the default site, as the redazione wrote it; kept for a minute.

    Before the first migration there is none to read: then it is the one that a new portal starts with.
    """
    from .models import SiteSettings

    name = cache.get(name_key())
    if name is None:
        try:
            name = SiteSettings.objects.filter(site__is_default_site=True).values_list("site_name", flat=True).first()
        except DatabaseError:
            name = None
        name = name or SiteSettings._meta.get_field("site_name").get_default()
        cache.set(name_key(), name, KEPT_SECONDS)
    return name
