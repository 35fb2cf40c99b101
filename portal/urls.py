"""Every address of the portal: one private list (never cached), one public list, Wagtail last.

A new address goes into one of the two lists: the private one for whatever depends on who is asking, the public one
for what everybody sees. tests/test_role_matrix.py walks the private list, so that a new address cannot be forgotten.
"""

from csp.decorators import csp_replace
from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.decorators.cache import never_cache
from django.views.generic import RedirectView
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls
from wagtail.utils.urlpatterns import decorate_urlpatterns

from home.urls import public_urls as home_urls
from home.urls import site_urls
from portal.api import router
from portal.ops import health
from portal.ops.media import serve_media
from portal.pages.output_views import serve_output
from portal.pages.routing import serve

handler400 = "portal.ops.errors.bad_request"
handler403 = "portal.ops.errors.permission_denied"
handler404 = "portal.ops.errors.page_not_found"
handler429 = "portal.ops.errors.too_many_requests"
handler500 = "portal.ops.errors.server_error"

# The admin: its own content security policy, because Wagtail's editor needs inline scripts and styles.
admin_urls = decorate_urlpatterns(
    [
        # Staff sign in where everybody does: one door, one second factor, one rate limit.
        path("admin/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
        path("admin/", include(wagtailadmin_urls)),
    ],
    csp_replace(settings.ADMIN_CONTENT_SECURITY_POLICY),
)

# Reserved pages: depend on who asks, never cached.
private_urls: list[URLPattern | URLResolver] = [
    path("account/", include("portal.users.urls")),
    path("area/", include("sportello.urls.area")),
    path("firma/", include("progetti.urls_signatures")),
    path("interesse/", include("bandi.urls_interests")),
    path("segui/", include("progetti.urls_following")),
]

# Where the demo keeps the e-mails it would have sent: they are everybody's to read, so nowhere else.
if settings.DEMO:
    private_urls.append(path("demo/posta/", include("portal.ops.demo_urls")))

# Pages for everybody.
public_urls: list[URLPattern | URLResolver] = [
    *home_urls,
    path("sportello/", include("sportello.urls.public")),
    path("", include("progetti.urls")),
    path("", include("bandi.urls")),
    re_path(r"^((?:[\w\-]+/)+)(feed\.xml|calendario\.ics|elenco\.csv)$", serve_output, name="list_output"),
]

urlpatterns = [
    path("health/live/", health.live, name="health_live"),
    path("health/ready/", health.ready, name="health_ready"),
    *site_urls,
    *decorate_urlpatterns(admin_urls, never_cache),
    path("api/v2/", router.urls),
    path("documenti/", include(wagtaildocs_urls)),
    path("media/<path:path>", serve_media, name="media"),
    path("mappe/", include("portal.registry.maps.urls")),
    *i18n_patterns(
        *decorate_urlpatterns(private_urls, never_cache),
        *public_urls,
        re_path(wagtail_urls.serve_pattern, serve, name="wagtail_serve"),
        path("", include(wagtail_urls)),
        prefix_default_language=False,
    ),
]
