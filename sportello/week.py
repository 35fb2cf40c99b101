"""A week as a table of seven days by three parts of the day, kept in one integer of 21 bits.

One column serves the forms, the filters of the database (bit operations work on SQLite and PostgreSQL alike) and
the matching, which wants a set of pairs.
"""

from functools import lru_cache

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from sportello.matching.facts import BANDS, Slot

WEEKDAYS = (
    _("lunedì"),
    _("martedì"),
    _("mercoledì"),
    _("giovedì"),
    _("venerdì"),
    _("sabato"),
    _("domenica"),
)
BAND_LABELS = {
    "morning": pgettext_lazy("part of the day", "mattina"),
    "afternoon": pgettext_lazy("part of the day", "pomeriggio"),
    "evening": pgettext_lazy("part of the day", "sera"),
}
ALL_WEEK = (1 << 21) - 1


def bit(weekday: int, band: str) -> int:
    """Return the place of a slot in the integer, 0 to 20."""
    return weekday * len(BANDS) + BANDS.index(band)


@lru_cache(maxsize=4096)
def slots(mask: int) -> frozenset[Slot]:
    """Return the pairs (weekday, part of the day) of an integer."""
    return frozenset((day, band) for day in range(7) for band in BANDS if mask >> bit(day, band) & 1)


def mask(wanted) -> int:
    """Return the integer of pairs (weekday, part of the day)."""
    return sum(1 << bit(day, band) for day, band in set(wanted))


def describe(value: int) -> list[str]:
    """Return one line for each day that has something: «lunedì: mattina e pomeriggio»."""
    lines = []
    for day, name in enumerate(WEEKDAYS):
        parts = [str(BAND_LABELS[band]) for band in BANDS if value >> bit(day, band) & 1]
        if parts:
            lines.append(f"{name}: {', '.join(parts)}")
    return lines
