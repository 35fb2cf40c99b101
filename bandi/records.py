"""What the list of calls says to machines: columns of CSV and API, the entry of a deadline in a calendar."""

from datetime import timedelta

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from icalendar import Event

from portal.pages.calendars import add_days, add_period, new_entry
from portal.pages.records import Column, field, name_of, slugs_of

from .enums import CallState
from .states import has_hour, rome_day

CALL_COLUMNS = (
    field("kind", pgettext_lazy("column", "tipo")),
    Column("state", pgettext_lazy("column", "stato"), lambda call: call.state.value),
    field("source", _("di chi è il bando")),
    name_of("issuing_body", pgettext_lazy("column", "ente"), "issuing_body"),
    slugs_of("recipients", pgettext_lazy("column", "destinatari")),
    field("territorial_scope", _("dove vale, in parole")),
    field("opening", pgettext_lazy("column", "apertura")),
    Column("deadline", pgettext_lazy("column", "scadenza"), lambda call: call.deadline_in_force),
    field("until_funds_run_out", _("fino a esaurimento dei fondi")),
    field("total_amount", _("risorse in tutto")),
    field("minimum_grant", _("contributo minimo")),
    field("maximum_grant", _("contributo massimo")),
    field("co_funding_share", _("cofinanziamento richiesto")),
    field("cup", "CUP"),
    field("cig", "CIG"),
    field("official_url", _("pagina ufficiale")),
)


def deadline_entry(call, address: str) -> Event | None:
    """The deadline of a call as an entry of a calendar; None for a call without one."""
    deadline = call.deadline_in_force
    if deadline is None:
        return None
    words = gettext("Scade: %(title)s") % {"title": call.title}
    entry = new_entry(call, address, words, uid="-deadline")
    off = call.state in (CallState.REVOKED, CallState.SUSPENDED)
    entry.add("status", "CANCELLED" if call.state == CallState.REVOKED else "TENTATIVE" if off else "CONFIRMED")
    if has_hour(deadline):
        # A quarter of an hour that ends when the call does: calendars do not show an entry without length.
        add_period(entry, deadline - timedelta(minutes=15), deadline)
    else:
        add_days(entry, rome_day(deadline), rome_day(deadline))
    entry.add("transp", "TRANSPARENT")
    return entry
