"""How one's own data are written: labels and values that a person reads and a program too."""

from collections.abc import Mapping
from datetime import date, datetime

from django.utils import timezone

from portal.pages.words import day_words, moment_words

Value = str | date
Entries = list[dict[str, Value]]
"""The entries of one section: each a mapping of labels to values."""


def words(values: Mapping) -> dict[str, Value]:
    """Keep what is there: days and moments as they are, the rest as text."""
    return {
        str(label): value if isinstance(value, date) else str(value)
        for label, value in values.items()
        if value not in (None, "")
    }


def for_people(value: Value) -> str:
    """A value as one reads it: «martedì 3 marzo 2027, ore 12»."""
    if isinstance(value, datetime):
        return moment_words(value)
    if isinstance(value, date):
        # Which day of the week somebody was born on helps nobody.
        return day_words(value, weekday=value.year >= timezone.localdate().year - 1)
    return value


def for_programs(value: date) -> str:
    """A day or a moment as in ISO 8601."""
    return value.isoformat(timespec="minutes") if isinstance(value, datetime) else value.isoformat()


def as_text(sections: list[tuple[str, Entries]]) -> str:
    """The sections as a plain text that opens anywhere."""
    lines: list[str] = []
    for title, entries in sections:
        lines += [title.upper(), ""]
        for entry in entries:
            lines += [f"{label}: {for_people(value)}" for label, value in entry.items()]
            lines.append("")
    return "\n".join(lines)
