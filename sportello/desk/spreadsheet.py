"""Lists as XLSX. What people have typed stays text: no cell of ours is ever a formula.

A text is written as a text and marked as quoted, so that it stays one when somebody edits the cell. For CSV see
`portal.pages.csv_files`.
"""

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from portal.pages.csv_files import looks_like_formula
from portal.pages.words import ROME

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
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
        cell.quotePrefix = looks_like_formula(value)
    else:
        cell.value = value
    if bold:
        cell.font = Font(bold=True)
    return cell
