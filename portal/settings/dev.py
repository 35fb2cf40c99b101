"""The demo and the developer's machine: SQLite, e-mails kept in files, a throw-away secret."""

from .base import *  # noqa: F403  the usual layering of Django settings
from .env import BASE_DIR, env

DEBUG = env.bool("DEBUG", default=False)
DEMO = True
# Not a fallback for production: prod.py refuses to start without a secret of its own.
SECRET_KEY = env.str("SECRET_KEY", default="demo-only-" + "0" * 50)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = BASE_DIR / "var" / "mail"

# Nobody starts a worker beside the demo: the e-mails go out within the request.
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": []},
    "background": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": []},
}

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
