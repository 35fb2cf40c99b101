"""The test suite: fast hashes, e-mails in memory, tasks at once; the database from DATABASE_URL."""

import tempfile
from pathlib import Path

from .base import *

DEBUG = False
SECRET_KEY = "only-for-tests-" + "0" * 50
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]
DEMO = True

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
EMAIL_FILE_PATH = Path(tempfile.gettempdir()) / "portal-test-mail"
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": []},
    "background": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend", "QUEUES": []},
}
MEDIA_ROOT = Path(tempfile.gettempdir()) / "portal-test-media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "private": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
ACCOUNT_RATE_LIMITS = False
# Tests count the queries of pages that were not kept; the ones about keeping turn it on.
PAGES_KEPT_SECONDS = 0
# Static files come straight from their folders: no collectstatic before the tests.
WHITENOISE_AUTOREFRESH = True
