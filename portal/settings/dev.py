"""The demo and the developer's machine: SQLite, e-mails kept in files, a throw-away secret."""

from pathlib import Path

from .base import *
from .env import BASE_DIR, env

# Everything the demo writes is in one folder, so that a second demo (the browser tests) can have its own.
DEMO_FOLDER = Path(env.str("DEMO_FOLDER", default=str(BASE_DIR / "var")))
DEMO_FOLDER.mkdir(parents=True, exist_ok=True)
MEDIA_ROOT = DEMO_FOLDER / "media"
STATIC_ROOT = DEMO_FOLDER / "static"

DEBUG = env.bool("DEBUG", default=False)
DEMO = True
# Not a fallback for production: prod.py refuses to start without a secret of its own.
SECRET_KEY = env.str("SECRET_KEY", default="demo-only-" + "0" * 50)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DEMO_FOLDER / "mail"

# Nobody starts a worker beside the demo: the e-mails go out within the request.
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": []},
    "background": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": []},
}

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "private": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": str(DEMO_FOLDER / "private")},
    },
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
