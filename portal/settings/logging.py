"""Logs to standard error, one line each, with the id of the request; never a person's data in them."""

from .env import env

DJANGO_GUID = {
    "GUID_HEADER_NAME": "X-Request-ID",
    "VALIDATE_GUID": True,
    "RETURN_HEADER": True,
    "EXPOSE_HEADER": False,
    "INTEGRATIONS": [],
    "UUID_FORMAT": "hex",
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "request_id": {"()": "django_guid.log_filters.CorrelationId"},
    },
    "formatters": {
        "line": {
            "()": "portal.ops.logs.LineFormatter",
            "fmt": "{asctime} {levelname} [{correlation_id}] {name}: {message}",
            "style": "{",
        },
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["request_id"]},
    },
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        # Django's own console handlers would print each line twice.
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "django.server": {"handlers": ["stderr"], "level": "INFO", "propagate": False},
        "django_guid": {"level": "WARNING"},
        # Each page saved or published is in the database log already.
        "wagtail": {"level": "WARNING"},
        # django-tasks logs the arguments of a task, which may name a person.
        "django_tasks": {"level": "WARNING"},
    },
}
