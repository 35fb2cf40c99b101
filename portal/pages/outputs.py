"""The ways to take a list away, with the filters that its address has: Atom feed, calendar, CSV."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpRequest
from django.utils.translation import gettext

if TYPE_CHECKING:
    from .listing import ListingPage

FEED, CALENDAR, CSV = "feed.xml", "calendario.ics", "elenco.csv"
MEDIA_TYPES = {FEED: "application/atom+xml", CALENDAR: "text/calendar", CSV: "text/csv"}
# Feed readers come often and want what is new; calendars and spreadsheets want everything, within reason.
MOST_ENTRIES, MOST_DATES, MOST_ROWS = 50, 500, 5000


@dataclass(frozen=True, slots=True)
class Output:
    """One way to take a list away: the words of its link, its address with the filters in use, its media type."""

    label: str
    url: str
    media_type: str


def outputs_of(page: ListingPage, request: HttpRequest) -> list[Output]:
    """The ways to take the list away as it is being read, filters included."""
    query = request.GET.copy()
    query.pop("pagina", None)
    words = {
        FEED: gettext("Segui questo elenco con un lettore di feed (Atom)"),
        CALENDAR: gettext("Aggiungi le date al tuo calendario (iCalendar)"),
        CSV: gettext("Scarica l'elenco (CSV)"),
    }
    end = f"?{query.urlencode()}" if query else ""
    names = [name for name in words if name != CALENDAR or page.has_calendar]
    return [Output(words[name], f"{page.get_url(request)}{name}{end}", MEDIA_TYPES[name]) for name in names]
