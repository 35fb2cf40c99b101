"""How the state and the deadline of a call are said to the reader."""

from datetime import datetime

from django.utils.translation import gettext, ngettext

from portal.pages.words import day_words, hour_words, moment_words

from .enums import OPEN_STATES, CallState
from .states import has_hour, rome_day

# As components/state.html names tones and icons.
STATE_TONES = {
    CallState.SCHEDULED: "info",
    CallState.OPEN: "success",
    CallState.EXTENDED: "success",
    CallState.SUSPENDED: "warning",
    CallState.UNDER_EVALUATION: "info",
    CallState.CLOSED: "neutral",
    CallState.REVOKED: "danger",
}
# Beyond so many days the date says more than the number of days.
COUNTED_DAYS = 30


def days_left(deadline: datetime, now: datetime) -> int:
    """Days of the Italian calendar from today to the deadline: 0 on its day, negative after it."""
    return (rome_day(deadline) - rome_day(now)).days


def due_words(deadline: datetime, now: datetime) -> str:
    """«scade tra 6 giorni», «scade domani alle 12», «scade oggi alle 12», «scade il 3 marzo 2027», «scaduto il …»."""
    if deadline < now:
        return gettext("scaduto il %(day)s") % {"day": day_words(rome_day(deadline), weekday=False)}
    days = days_left(deadline, now)
    if days > COUNTED_DAYS:
        return gettext("scade il %(day)s") % {"day": day_words(rome_day(deadline), weekday=False)}
    if days > 1:
        return ngettext("scade tra %(days)s giorno", "scade tra %(days)s giorni", days) % {"days": days}
    hour = {"hour": hour_words(deadline)}
    if days == 1:
        return gettext("scade domani alle %(hour)s") % hour if has_hour(deadline) else gettext("scade domani")
    return gettext("scade oggi alle %(hour)s") % hour if has_hour(deadline) else gettext("scade oggi")


def timing_words(
    state: CallState,
    opening: datetime | None,
    deadline: datetime | None,
    until_funds_run_out: bool,
    now: datetime,
) -> str:
    """The one thing about time that matters in this state; empty if nothing is known."""
    if state == CallState.SCHEDULED and opening:
        return gettext("apre %(moment)s") % {"moment": moment_words(opening)}
    if deadline is not None:
        return due_words(deadline, now)
    if until_funds_run_out and state in OPEN_STATES:
        return gettext("aperto fino a esaurimento dei fondi")
    return ""
