"""Dates, hours and money as people say them, in the reader's language."""

from datetime import date, datetime, time
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, gettext

ROME = ZoneInfo("Europe/Rome")


def _in_italian() -> bool:
    return not (get_language() or "it").startswith("en")


def _month(day: date) -> str:
    """«marzo 2027»: Italian months have no capital letter, English ones do."""
    words = date_format(day, "F Y")
    return words.lower() if _in_italian() else words


def day_words(day: date, *, weekday: bool = True) -> str:
    """«martedì 3 marzo 2027»; the first of a month is «1º marzo 2027» in Italian."""
    words = date_format(day, "l j F Y" if weekday else "j F Y")
    if not _in_italian():
        return words
    return words.lower().replace(" 1 ", " 1º ") if weekday or day.day != 1 else f"1º {words.lower()[2:]}"


def hour_words(moment: datetime) -> str:
    """«12» or «12.30», in Europe/Rome; «12:00» in English."""
    local = moment.astimezone(ROME)
    if not _in_italian():
        return date_format(local, "G:i")
    return date_format(local, "G" if local.minute == 0 else "G.i")


def moment_words(moment: datetime) -> str:
    """«martedì 3 marzo 2027, ore 12», in Europe/Rome; the first or last minute of a day says only the day."""
    local = moment.astimezone(ROME)
    day = day_words(local.date())
    if local.time() == time.min or local.time() >= time(23, 59):
        return day
    return gettext("%(day)s, ore %(hour)s") % {"day": day, "hour": hour_words(moment)}


def period_words(start: date | None, end: date | None) -> str:
    """«ottobre 2021 – marzo 2024», «da ottobre 2021», «fino a marzo 2024»; empty without dates."""
    first = _month(start) if start else ""
    last = _month(end) if end else ""
    if first and last:
        return first if first == last else f"{first} – {last}"
    if first:
        return gettext("da %(month)s") % {"month": first}
    if last:
        return gettext("fino a %(month)s") % {"month": last}
    return ""


def money_words(amount: Decimal) -> str:
    """«80.000 €», with cents only where there are some."""
    places = 0 if amount == amount.to_integral_value() else 2
    return f"{number_format(amount, decimal_pos=places, force_grouping=True)}\N{NO-BREAK SPACE}€"
