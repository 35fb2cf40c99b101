"""Events and meetings as iCalendar (RFC 5545), so that they end up in the reader's own calendar and stay right."""

import datetime
from collections.abc import Callable, Iterable

from django.utils.html import strip_tags
from django.utils.translation import gettext
from icalendar import Calendar, Event, vGeo, vText

from portal.pages.mixins import PlaceMixin
from progetti.models import MeetingPage

from .enums import EventState
from .models import EventPage

# RFC 5545 knows no "postponed": what is postponed is no longer certain.
STATUS = {
    EventState.CONFIRMED: "CONFIRMED",
    EventState.POSTPONED: "TENTATIVE",
    EventState.CANCELLED: "CANCELLED",
}


def calendar_of(
    pages: Iterable[EventPage | MeetingPage], name: str, address_of: Callable[[EventPage | MeetingPage], str]
) -> bytes:
    """A calendar with events and meetings; `address_of` gives the absolute address of a page."""
    calendar = Calendar()
    calendar.add("prodid", "-//Portale del territorio//Eventi//IT")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for page in pages:
        address = address_of(page)
        calendar.add_component(
            meeting_entry(page, address) if isinstance(page, MeetingPage) else entry_of(page, address)
        )
    return calendar.to_ical()


def entry_of(page: EventPage, address: str) -> Event:
    """One event. Its UID is the same in every language and for ever; SEQUENCE grows with each publication."""
    entry = _entry(page, address, _summary(page))
    entry.add("status", STATUS[EventState(page.state)])
    if page.all_day:
        entry.add("dtstart", page.first_day)
        # The end of a day-long event is the first day that it does not take.
        entry.add("dtend", page.last_day + datetime.timedelta(days=1))
    else:
        entry.add("dtstart", page.start.astimezone(datetime.UTC))
        if page.end and page.end > page.start:
            entry.add("dtend", page.end.astimezone(datetime.UTC))
    _add_place(entry, page, (page.where, page.place_address, page.online_url))
    return entry


def meeting_entry(page: MeetingPage, address: str) -> Event:
    """One public meeting of a body; its UID and SEQUENCE are made like those of events."""
    entry = _entry(page, address, page.title)
    entry.add("status", "CONFIRMED")
    entry.add("dtstart", page.start.astimezone(datetime.UTC))
    if page.end and page.end > page.start:
        entry.add("dtend", page.end.astimezone(datetime.UTC))
    _add_place(entry, page, (page.where, page.place_address, page.online_url))
    return entry


def _entry(page: EventPage | MeetingPage, address: str, summary: str) -> Event:
    entry = Event()
    entry.add("uid", str(page.translation_key))
    entry.add("sequence", page.live_revision_id or 0)
    changed = page.last_published_at or page.first_published_at or page.latest_revision_created_at
    entry.add("dtstamp", (changed or page.start).astimezone(datetime.UTC))
    entry.add("summary", summary)
    entry.add("description", "\n\n".join(part for part in (strip_tags(page.short_description), address) if part))
    entry.add("url", address)
    return entry


def _add_place(entry: Event, page: PlaceMixin, parts: Iterable[str]) -> None:
    location = ", ".join(part for part in parts if part)
    if location:
        entry.add("location", vText(location))
    if page.place_latitude is not None and page.place_longitude is not None:
        entry.add("geo", vGeo((page.place_latitude, page.place_longitude)))


def _summary(page: EventPage) -> str:
    """Calendars that know no STATUS still say that an event is off."""
    if page.state == EventState.CONFIRMED:
        return page.title
    return gettext("%(state)s: %(title)s") % {"state": page.get_state_display(), "title": page.title}
