"""Wagtail: languages, search, images, documents, and the outside calls that are switched off."""

from django.utils.functional import lazy
from django.utils.translation import gettext_lazy as _

from .env import env


def _name() -> str:
    from portal.navigation.names import portal_name

    return portal_name()


# The portal's own name, from Impostazioni del portale, read when somebody needs it.
WAGTAIL_SITE_NAME = lazy(_name, str)()
WAGTAILADMIN_BASE_URL = env.str("BASE_URL", default="http://127.0.0.1:8000")

WAGTAIL_I18N_ENABLED = True
WAGTAIL_CONTENT_LANGUAGES = [("it", _("Italiano")), ("en", _("English"))]
# With "include subtree" on a live page the localize sync corrupts the tree: translate page by page.
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False

# As people here write them, in both languages of the admin: see portal/formats/en.
WAGTAIL_DATE_FORMAT = "%d/%m/%Y"
WAGTAIL_DATETIME_FORMAT = "%d/%m/%Y %H:%M"
FORMAT_MODULE_PATH = "portal.formats"

WAGTAILSEARCH_BACKENDS = {
    "default": {"BACKEND": "wagtail.search.backends.database", "SEARCH_CONFIG": "italian"},
}

WAGTAILIMAGES_IMAGE_MODEL = "media.CustomImage"
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 64 * 1000 * 1000
WAGTAILDOCS_DOCUMENT_MODEL = "media.CustomDocument"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odp", "ods", "odt", "pdf", "pptx", "txt", "xlsx", "zip"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_CONTENT_TYPES = {"pdf": "application/pdf"}
WAGTAILDOCS_INLINE_CONTENT_TYPES = ["application/pdf"]
WAGTAILEMBEDS_FINDERS: list[dict] = []

# The public API gives at most so many pages at once.
WAGTAILAPI_LIMIT_MAX = 100

# The admin must not call anybody by itself.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False

WAGTAIL_MODERATION_ENABLED = True
WAGTAIL_WORKFLOW_ENABLED = True
WAGTAILADMIN_COMMENTS_ENABLED = True
WAGTAILADMIN_PERMITTED_LANGUAGES = [("it", "Italiano"), ("en", "English")]
WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "portal.media.forms.DocumentForm"
