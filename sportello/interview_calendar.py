"""Meetings as iCalendar (RFC 5545, RFC 5546), for the calendars of both sides. Never on a public page."""

from datetime import UTC

from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vText

from .application_enums import InterviewState
from .models import InterviewSlot

CONTENT_TYPE = "text/calendar; charset=utf-8"
FILE_NAME = "incontro.ics"


def calendar_of(slot: InterviewSlot, address: str) -> bytes:
    """The entry of one meeting; after it was called off, what takes it out of the calendar again.

    Args:
        address: the absolute address of the application's page.
    """
    called_off = slot.state == InterviewState.CANCELLED
    entry = Event()
    entry.add("uid", str(slot.uid))
    entry.add("sequence", slot.sequence)
    entry.add("dtstamp", timezone.now().astimezone(UTC))
    entry.add("dtstart", slot.starts_at.astimezone(UTC))
    entry.add("dtend", slot.ends_at.astimezone(UTC))
    entry.add("summary", _("Incontro: %(offer)s") % {"offer": slot.application.offer.title})
    entry.add("location", vText(slot.place))
    entry.add("description", address)
    entry.add("url", address)
    entry.add("status", "CANCELLED" if called_off else "CONFIRMED")
    # Who opens the page is busy then; nobody else needs to know with whom.
    entry.add("class", "PRIVATE")
    calendar = Calendar()
    calendar.add("prodid", "-//Portale del territorio//Sportello Talenti//IT")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if called_off else "PUBLISH")
    calendar.add_component(entry)
    return calendar.to_ical()
