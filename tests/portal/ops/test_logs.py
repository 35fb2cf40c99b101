"""What the log says of an unexpected error: where and of what kind, never whose data it was."""

import logging
import logging.config

import pytest
from django.conf import settings
from django.db import DatabaseError, connection

from portal.ops.logs import LineFormatter

NAME = "Ada Segreti"


def logged(fail) -> str:
    """The line of a failure, as the handlers write it."""
    chosen = settings.LOGGING["formatters"]["line"]
    formatter = LineFormatter(chosen["fmt"], style=chosen["style"], defaults={"correlation_id": "a1b2"})
    try:
        fail()
    except Exception as error:
        record = logging.LogRecord(
            "django.request", logging.ERROR, __file__, 1, "Internal Server Error: %s", ("/area/",), None
        )
        record.exc_info = (type(error), error, error.__traceback__)
        # Another handler may have written the words down already.
        record.exc_text = f"ValueError: {NAME}"
        return formatter.format(record)
    raise AssertionError("it did not fail")


def chained():
    try:
        int(NAME)
    except ValueError as error:
        raise RuntimeError(f"about {NAME}") from error


def test_a_traceback_without_the_words():
    text = logged(chained)
    assert "Internal Server Error: /area/" in text
    assert "in chained" in text
    assert "\nValueError\n" in text
    assert text.endswith("\nRuntimeError")
    assert text.index("ValueError") < text.index("RuntimeError")
    assert NAME not in text


def test_words_that_name_code_only_are_kept():
    assert "AttributeError: 'NoneType' object has no attribute 'title'" in logged(lambda: getattr(None, "title"))  # noqa: B009


@pytest.mark.django_db
def test_a_database_names_its_rule_and_not_the_row():
    def fail():
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO registry_topic (id, name, name_en, slug) VALUES (1, %s, NULL, NULL)", [f"{NAME} " * 2]
            )

    text = logged(fail)
    assert NAME not in text
    assert f"{DatabaseError.__module__.rsplit('.', 1)[0]}" in text
    if connection.vendor == "postgresql":
        assert "table_name=registry_topic" in text


def test_every_setting_writes_its_lines_so():
    config = logging.config.DictConfigurator(settings.LOGGING)
    formatter = config.configure_formatter(dict(settings.LOGGING["formatters"]["line"]))
    assert isinstance(formatter, LineFormatter)
    assert {name for name, handler in settings.LOGGING["handlers"].items() if handler["formatter"] != "line"} == set()
