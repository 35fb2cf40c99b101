"""Events as iCalendar (RFC 5545), so that they end up in the reader's own calendar and stay right there."""

import datetime
from collections.abc import Callable, Iterable

from django.utils.html import strip_tags
from django.utils.translation import gettext
from icalendar import Calendar, Event, vGeo, vText

from .enums import EventState
from .models import EventPage

# RFC 5545 knows no "postponed": what is postponed is no longer certain.
STATUS = {
    EventState.CONFIRMED: "CONFIRMED",
    EventState.POSTPONED: "TENTATIVE",
    EventState.CANCELLED: "CANCELLED",
}


def calendar_of(events: Iterable[EventPage], name: str, address_of: Callable[[EventPage], str]) -> bytes:
    """A calendar with the events; `address_of` gives the absolute address of an event's page."""
    calendar = Calendar()
    calendar.add("prodid", "-//Portale del territorio//Eventi//IT")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    for event in events:
        calendar.add_component(entry_of(event, address_of(event)))
    return calendar.to_ical()


def entry_of(page: EventPage, address: str) -> Event:
    """One event. Its UID is the same in every language and for ever; SEQUENCE grows with each publication."""
    entry = Event()
    entry.add("uid", str(page.translation_key))
    entry.add("sequence", page.live_revision_id or 0)
    changed = page.last_published_at or page.first_published_at or page.latest_revision_created_at
    entry.add("dtstamp", (changed or page.start).astimezone(datetime.UTC))
    entry.add("summary", _summary(page))
    entry.add("description", "\n\n".join(part for part in (strip_tags(page.short_description), address) if part))
    entry.add("url", address)
    entry.add("status", STATUS[EventState(page.state)])
    if page.all_day:
        entry.add("dtstart", page.first_day)
        # The end of a day-long event is the first day that it does not take.
        entry.add("dtend", page.last_day + datetime.timedelta(days=1))
    else:
        entry.add("dtstart", page.start.astimezone(datetime.UTC))
        if page.end and page.end > page.start:
            entry.add("dtend", page.end.astimezone(datetime.UTC))
    location = ", ".join(part for part in (page.where, page.place_address, page.online_url) if part)
    if location:
        entry.add("location", vText(location))
    if page.place_latitude is not None and page.place_longitude is not None:
        entry.add("geo", vGeo((page.place_latitude, page.place_longitude)))
    return entry


def _summary(page: EventPage) -> str:
    """Calendars that know no STATUS still say that an event is off."""
    if page.state == EventState.CONFIRMED:
        return page.title
    return gettext("%(state)s: %(title)s") % {"state": page.get_state_display(), "title": page.title}
