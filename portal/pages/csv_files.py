"""CSV that Italian spreadsheets open well and that cannot run anything there."""

import csv
import io
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django.http import HttpResponse
from django.utils import timezone

SEPARATOR = ";"
# A cell that begins with one of these is a formula for a spreadsheet (OWASP, "CSV injection").
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
GUARD = "'"


def guard(text: str) -> str:
    """The text as a cell that no spreadsheet runs: what looks like a formula gets an apostrophe in front.

    Numbers stay numbers: -12.5 is a value, not a formula.
    """
    return GUARD + text if looks_like_formula(text) and not _is_number(text) else text


def unguard(text: str) -> str:
    """The text of a cell without the apostrophe that `guard` put there."""
    return text[1:] if text.startswith(GUARD) and looks_like_formula(text) else text


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet would try to run the cell, apostrophes aside."""
    return text.lstrip(" " + GUARD).startswith(FORMULA_STARTS)


def _is_number(text: str) -> bool:
    digits = text.strip().removeprefix("-").replace(".", "", 1).replace(",", "", 1)
    return digits.isascii() and digits.isdigit()


def cell(value: object) -> str:
    """One value as text: dates as 2019-06-30, moments in Europe/Rome, numbers without trailing zeros, "" for None."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "1" if value else ""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, datetime):
        return timezone.localtime(value).isoformat(timespec="minutes")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return guard(", ".join(str(item) for item in value))
    return guard(str(value))


def write_rows(rows: Iterable[Iterable[object]]) -> str:
    """Rows as CSV with semicolons, the separator that Italian spreadsheets expect."""
    target = io.StringIO()
    writer = csv.writer(target, delimiter=SEPARATOR, lineterminator="\r\n")
    writer.writerows([cell(value) for value in row] for row in rows)
    return target.getvalue()


def csv_response(text: str, name: str) -> HttpResponse:
    """A file to download, with the mark that makes spreadsheets read accents right."""
    response = HttpResponse("\ufeff" + text, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
