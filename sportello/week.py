"""A week as a table of seven days by three parts of the day, kept in one integer of 21 bits.

One column serves the forms, the filters of the database (bit operations work on SQLite and PostgreSQL alike) and
the matching, which wants a set of pairs.
"""

from functools import lru_cache

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

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
    """Return the week in words, days that are alike together: «da lunedì a venerdì: mattina, pomeriggio»."""
    groups: list[tuple[list[int], list[str]]] = []
    for day in range(len(WEEKDAYS)):
        parts = [str(BAND_LABELS[band]) for band in BANDS if value >> bit(day, band) & 1]
        if groups and groups[-1][1] == parts:
            groups[-1][0].append(day)
        else:
            groups.append(([day], parts))
    return [f"{_days(days)}: {', '.join(parts)}" for days, parts in groups if parts]


def _days(days: list[int]) -> str:
    """Days that follow each other: one, two, from one to another, or all."""
    first, last = WEEKDAYS[days[0]], WEEKDAYS[days[-1]]
    if len(days) == len(WEEKDAYS):
        return gettext("tutti i giorni")
    if len(days) > 2:
        return gettext("da %(first)s a %(last)s") % {"first": first, "last": last}
    return gettext("%(first)s e %(last)s") % {"first": first, "last": last} if len(days) > 1 else str(first)
