"""Pages with a date as iCalendar (RFC 5545), so that they end up in the reader's own calendar and stay right."""

import datetime
from collections.abc import Iterable
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.html import strip_tags
from icalendar import Calendar, Event, vGeo, vText

from .mixins import PlaceMixin


def calendar_of(entries: Iterable[Event], name: str) -> bytes:
    """A calendar with some entries."""
    calendar = Calendar()
    calendar.add("prodid", "-//Portale del territorio//Eventi//IT")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for entry in entries:
        calendar.add_component(entry)
    return calendar.to_ical()


def calendar_response(entries: Iterable[Event], name: str, file_name: str) -> HttpResponse:
    """A calendar as a file, for who downloads it and for who follows its address."""
    response = HttpResponse(calendar_of(entries, name), content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name}.ics"'
    return response


def new_entry(page: Any, address: str, summary: str, uid: str = "") -> Event:
    """An entry about a page, without its dates.

    Args:
        page: any page of the portal.
        address: its absolute address.
        summary: what the calendar shows.
        uid: what tells it from other entries about the same page. With the page's key it is the same in every
            language and for ever; SEQUENCE grows with each publication.
    """
    entry = Event()
    entry.add("uid", f"{page.translation_key}{uid}")
    entry.add("sequence", page.live_revision_id or 0)
    changed = page.last_published_at or page.first_published_at or page.latest_revision_created_at or timezone.now()
    entry.add("dtstamp", changed.astimezone(datetime.UTC))
    entry.add("summary", summary)
    entry.add("description", "\n\n".join(part for part in (strip_tags(page.short_description), address) if part))
    entry.add("url", address)
    return entry


def add_period(entry: Event, start: datetime.datetime, end: datetime.datetime | None) -> None:
    """From when to when; an end that is not after the start is left out."""
    entry.add("dtstart", start.astimezone(datetime.UTC))
    if end and end > start:
        entry.add("dtend", end.astimezone(datetime.UTC))


def add_days(entry: Event, first: datetime.date, last: datetime.date) -> None:
    """Whole days; the end of a day-long entry is the first day that it does not take."""
    entry.add("dtstart", first)
    entry.add("dtend", last + datetime.timedelta(days=1))


def add_place(entry: Event, page: PlaceMixin, parts: Iterable[str]) -> None:
    """Where it is, in words and on the map."""
    location = ", ".join(part for part in parts if part)
    if location:
        entry.add("location", vText(location))
    if page.place_latitude is not None and page.place_longitude is not None:
        entry.add("geo", vGeo((page.place_latitude, page.place_longitude)))
