"""What the lists of events and news say to machines: columns of CSV and API, the entry of an event in a calendar."""

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from icalendar import Event

from portal.pages.calendars import add_days, add_period, add_place, new_entry
from portal.pages.records import field

from .enums import EventState

# RFC 5545 knows no "postponed": what is postponed is no longer certain.
STATUS = {
    EventState.CONFIRMED: "CONFIRMED",
    EventState.POSTPONED: "TENTATIVE",
    EventState.CANCELLED: "CANCELLED",
}
EVENT_COLUMNS = (
    field("kind", pgettext_lazy("column", "tipo")),
    field("state", pgettext_lazy("column", "stato")),
    field("start", pgettext_lazy("column", "inizio")),
    field("end", pgettext_lazy("column", "fine")),
    field("all_day", _("tutto il giorno")),
    field("mode", _("come si partecipa")),
    field("where", pgettext_lazy("column", "luogo")),
    field("for_whom", _("per chi")),
    field("cost", pgettext_lazy("column", "costo")),
)
NEWS_COLUMNS = (
    field("kind", pgettext_lazy("column", "tipo")),
    field("date", pgettext_lazy("column", "data")),
    field("expiry", _("vale fino al")),
)


def event_entry(page, address: str) -> Event:
    """One event as an entry of a calendar; calendars that know no STATUS still say that it is off."""
    summary = page.title
    if page.state != EventState.CONFIRMED:
        summary = gettext("%(state)s: %(title)s") % {"state": page.get_state_display(), "title": page.title}
    entry = new_entry(page, address, summary)
    entry.add("status", STATUS[EventState(page.state)])
    if page.all_day:
        add_days(entry, page.first_day, page.last_day)
    else:
        add_period(entry, page.start, page.end)
    add_place(entry, page, (page.where, page.place_address, page.online_url))
    return entry
