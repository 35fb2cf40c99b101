"""What the lists of projects, decisions and meetings say to machines: columns of CSV and API, entries of calendars."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from icalendar import Event

from portal.pages.calendars import add_period, add_place, new_entry
from portal.pages.records import Column, field, name_of

PROJECT_COLUMNS = (
    field("acronym", pgettext_lazy("column", "sigla")),
    field("status", pgettext_lazy("column", "stato")),
    field("start", pgettext_lazy("column", "inizio")),
    field("expected_end", _("fine prevista")),
    field("end", _("fine effettiva")),
    field("is_late", pgettext_lazy("column", "in ritardo")),
    field("recipients", _("a chi si rivolge")),
)
DECISION_COLUMNS = (
    field("number", pgettext_lazy("column", "numero")),
    field("date", pgettext_lazy("column", "data")),
    name_of("taken_by", pgettext_lazy("column", "organo"), "taken_by"),
    field("outcome", pgettext_lazy("column", "esito")),
    field("carrying_out", pgettext_lazy("column", "attuazione")),
    field("due", _("entro quando")),
)


def _if_public(name: str):
    """Of a meeting that is not public only the day and the body are told."""
    return lambda meeting: getattr(meeting, name) if meeting.is_public else None


MEETING_COLUMNS = (
    name_of("meeting_of", pgettext_lazy("column", "organo"), "meeting_of"),
    field("start", pgettext_lazy("column", "inizio")),
    field("is_public", pgettext_lazy("column", "pubblica")),
    Column("end", pgettext_lazy("column", "fine"), _if_public("end")),
    Column("place", pgettext_lazy("column", "luogo"), _if_public("where")),
)


def meeting_entry(page, address: str) -> Event | None:
    """A public meeting of a body as an entry of a calendar; None for one that is not public."""
    if not page.is_public:
        return None
    entry = new_entry(page, address, page.title)
    entry.add("status", "CONFIRMED")
    add_period(entry, page.start, page.end)
    add_place(entry, page, (page.where, page.place_address, page.online_url))
    return entry
