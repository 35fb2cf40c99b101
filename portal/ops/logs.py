"""Lines of the log that tell where something went wrong and of what kind, and nothing of what people wrote.

The words of an exception quote what it failed over: PostgreSQL a whole row, a conversion the value, a mail server the
address. So a traceback is written without them: files, lines, functions, classes, and the names that a database gives.
"""

import logging
import traceback
from collections.abc import Iterator

from django.template import TemplateDoesNotExist, TemplateSyntaxError

SAFE_TO_QUOTE = (AttributeError, ImportError, NameError, TemplateDoesNotExist, TemplateSyntaxError)
"""Exceptions whose words name code only."""
DATABASE_NAMES = ("sqlstate", "table_name", "column_name", "constraint_name")
"""What PostgreSQL says beside its words, of its own tables and rules."""


class LineFormatter(logging.Formatter):
    """A formatter whose tracebacks hold no value."""

    def format(self, record: logging.LogRecord) -> str:
        """As ever; a traceback that another formatter has written down already, words and all, is made anew."""
        kept, record.exc_text = record.exc_text, None
        try:
            return super().format(record)
        finally:
            record.exc_text = kept

    def formatException(self, ei) -> str:
        """The exception and those that led to it, the first one first, as Python tells them but without their words."""
        parts = []
        for error in reversed(list(_chain(ei[1]))):
            frames = "".join(traceback.format_tb(error.__traceback__))
            parts.append(f"Traceback (most recent call last):\n{frames}{_named(error)}")
        return "\n\n".join(parts)


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _named(error: BaseException) -> str:
    """The class of an exception, with its words where they name code only and the names that its database gives."""
    kind = type(error)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    if isinstance(error, SAFE_TO_QUOTE):
        return f"{name}: {error}"
    diagnosis = getattr(error, "diag", None)
    found = [f"{key}={value}" for key in DATABASE_NAMES if (value := getattr(diagnosis, key, None))]
    return f"{name} ({', '.join(found)})" if found else name
