"""Reading CSV that people made: encodings, separators, and the words they use for states, dates and numbers."""

import csv
import io
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.db.models import TextChoices
from django.utils.translation import gettext

from portal.pages.csv_files import unguard

MAX_BYTES = 1024 * 1024
MAX_ROWS = 3000
SEPARATORS = (";", ",", "\t")
YES, NO = {"1", "si", "sì", "yes", "x", "true", "vero"}, {"", "0", "no", "false", "falso"}


class UnreadableFile(ValueError):
    """The file cannot be read at all; the message says why, in words for editors."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the file: its number as a spreadsheet counts, and its cells by column."""

    number: int
    cells: dict[str, str]


def decode(content: bytes) -> str:
    """The text of a file, without the mark that some programs put in front of UTF-8.

    Raises:
        UnreadableFile: too large, or not UTF-8.
    """
    if len(content) > MAX_BYTES:
        raise UnreadableFile(gettext("Il file è più grande di 1 MB: dividilo."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UnreadableFile(
            gettext("Il file non è in UTF-8: salvalo dal foglio di calcolo come «CSV UTF-8».")
        ) from None
    if "\0" in text:
        raise UnreadableFile(gettext("Il file contiene caratteri che un CSV non può avere."))
    return text


def read_lines(text: str, columns: Iterable[str], required: Iterable[str]) -> list[Line]:
    """The rows of a CSV; empty ones are left out.

    Raises:
        UnreadableFile: no heading, unknown, repeated or missing columns, rows longer than the heading, too many rows.
    """
    first = text.lstrip("\r\n").partition("\n")[0]
    separator = max(SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        rows = [(reader.line_num, row) for row in reader]
    except csv.Error as error:
        message = gettext("La riga %(line)s non si legge: controlla le virgolette.") % {"line": reader.line_num}
        raise UnreadableFile(message) from error
    rows = [(number, row) for number, row in rows if any(cell.strip() for cell in row)]
    if not rows:
        raise UnreadableFile(gettext("Il file è vuoto."))
    heading = [cell.strip().lower() for cell in rows[0][1]]
    _check_heading(heading, set(columns), set(required))
    if len(rows) - 1 > MAX_ROWS:
        raise UnreadableFile(gettext("Il file ha più di %(rows)s righe: dividilo.") % {"rows": MAX_ROWS})
    lines = []
    for number, row in rows[1:]:
        if len(row) > len(heading):
            raise UnreadableFile(
                gettext("La riga %(line)s ha più colonne dell'intestazione: forse manca una virgoletta.")
                % {"line": number}
            )
        cells = dict(zip(heading, (unguard(cell.strip()) for cell in row), strict=False))
        lines.append(Line(number, {name: cells.get(name, "") for name in heading}))
    return lines


def _check_heading(heading: list[str], columns: set[str], required: set[str]) -> None:
    repeated = sorted({name for name in heading if heading.count(name) > 1})
    unknown = sorted(set(heading) - columns)
    missing = sorted(required - set(heading))
    for names, words in (
        (unknown, gettext("Colonne che non conosco: %(names)s.")),
        (repeated, gettext("Colonne ripetute: %(names)s.")),
        (missing, gettext("Mancano le colonne: %(names)s.")),
    ):
        if names:
            raise UnreadableFile(words % {"names": ", ".join(name or "–" for name in names)})


def as_written(text: str) -> str:
    """The text of a cell as it is."""
    return text


def whole_number(text: str) -> int | None:
    """A whole number, with or without a percent sign; None for an empty cell.

    Raises:
        ValueError: with a sentence for the editor.
    """
    text = text.removesuffix("%").strip()
    if not text:
        return None
    if not re.fullmatch(r"-?[0-9]{1,9}", text):
        raise ValueError(gettext("«%(text)s» non è un numero intero.") % {"text": text})
    return int(text)


def decimal_number(text: str) -> Decimal | None:
    """A number as Italians (1.234,5) or programs (1234.5) write it; None for an empty cell.

    Raises:
        ValueError: with a sentence for the editor.
    """
    plain = text.replace("€", "").replace("\N{NO-BREAK SPACE}", "").replace(" ", "")
    if not plain:
        return None
    if "," in plain:
        plain = plain.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"-?[0-9]{1,3}(\.[0-9]{3}){2,}", plain):
        plain = plain.replace(".", "")
    if not re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", plain):
        raise ValueError(gettext("«%(text)s» non è un numero.") % {"text": text})
    try:
        return Decimal(plain)
    except InvalidOperation:
        raise ValueError(gettext("«%(text)s» non è un numero.") % {"text": text}) from None


def day(text: str) -> date | None:
    """A day as 2019-06-30 or 30/06/2019; None for an empty cell.

    Raises:
        ValueError: with a sentence for the editor.
    """
    if not text:
        return None
    for pattern in ("%Y-%m-%d", "%d/%m/%Y"):
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007  a day has no time zone
        except ValueError:
            continue
    raise ValueError(gettext("«%(text)s» non è una data: scrivila così, 2019-06-30.") % {"text": text})


def yes_or_no(text: str) -> bool:
    """Yes for 1, sì, x; no for an empty cell, 0, no.

    Raises:
        ValueError: with a sentence for the editor.
    """
    if text.lower() in YES:
        return True
    if text.lower() in NO:
        return False
    raise ValueError(gettext("«%(text)s» non è né sì né no: scrivi 1 o lascia vuoto.") % {"text": text})


def choice(choices: type[TextChoices], default: str) -> Callable[[str], str]:
    """A reader of one of the choices, by value or by its word; the default for an empty cell."""

    def read(text: str) -> str:
        if not text:
            return default
        for value, label in choices.choices:
            if text.lower() in (value, str(label).lower()):
                return value
        known = ", ".join(choices.values)
        raise ValueError(gettext("«%(text)s» non è tra i valori ammessi: %(known)s.") % {"text": text, "known": known})

    return read
