"""Lists as XLSX and CSV. What people have typed stays text: no cell of ours is ever a formula.

In XLSX a text is written as a text and marked as quoted, so that it stays one when somebody edits the cell. In CSV,
where a programme decides by the first character, such a text gets an apostrophe before it (OWASP, «CSV injection»).
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from portal.pages.words import ROME

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n")
MAX_TEXT = 32_767
"""What a cell of Excel holds."""


def plain(value: object) -> object:
    """A value as a cell holds it: numbers, days, hours of Rome without a zone, and else text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, datetime):
        return value.astimezone(ROME).replace(tzinfo=None, microsecond=0)
    if isinstance(value, (int, float, Decimal, date)):
        return value
    return ILLEGAL_CHARACTERS_RE.sub("", str(value))[:MAX_TEXT]


def xlsx(title: str, header: Sequence[object], rows: Iterable[Sequence[object]]) -> bytes:
    """A workbook of one sheet with a header that stays in sight."""
    book = Workbook(write_only=True)
    # Excel allows 31 characters, without these.
    sheet = book.create_sheet("".join(sign for sign in title if sign not in r"[]:*?/\ "[:-1])[:31] or "1")
    sheet.freeze_panes = "A2"
    for number in range(1, len(header) + 1):
        sheet.column_dimensions[get_column_letter(number)].width = 24
    sheet.append([_cell(sheet, value, bold=True) for value in header])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet, value: object, bold: bool = False) -> WriteOnlyCell:
    value = plain(value)
    cell = WriteOnlyCell(sheet, value=None)
    if isinstance(value, str):
        # Set by hand: openpyxl takes whatever begins with «=» for a formula.
        cell._value, cell.data_type = value, "s"
        cell.quotePrefix = value.startswith(DANGEROUS)
    else:
        cell.value = value
    if bold:
        cell.font = Font(bold=True)
    return cell


def csv_text(header: Sequence[object], rows: Iterable[Sequence[object]]) -> str:
    """A CSV that Italian spreadsheets open as it is: semicolons, and a mark at the start that says UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";")
    writer.writerow([_csv(value) for value in header])
    writer.writerows([_csv(value) for value in row] for row in rows)
    return "\ufeff" + out.getvalue()


def _csv(value: object) -> object:
    value = plain(value)
    if isinstance(value, str) and value.startswith(DANGEROUS):
        return f"'{value}"
    return value
