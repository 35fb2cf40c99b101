"""Is a file what its name says? Checked by content, so that nothing dressed up as a document gets in."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import PurePath
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

NOT_WHAT_IT_SAYS = _("Il contenuto del file non corrisponde al suo tipo (.%(extension)s). Salvalo di nuovo e riprova.")
# The text of a document is looked at from its beginning: more would only make the reader wait.
_TEXT_SAMPLE = 64 * 1024


def _is_pdf(file: BinaryIO) -> bool:
    # ISO 32000-1, 7.5.2: the header is within the first 1,024 bytes.
    return b"%PDF-" in file.read(1024)


def _has_parts(*prefixes: str) -> Callable[[BinaryIO], bool]:
    """A check that the file is a ZIP with entries under each of the prefixes (Office Open XML, ECMA-376)."""

    def check(file: BinaryIO) -> bool:
        try:
            with zipfile.ZipFile(file) as archive:
                names = archive.namelist()
        except (zipfile.BadZipFile, OSError, ValueError):
            return False
        return all(any(name.startswith(prefix) for name in names) for prefix in prefixes)

    return check


def _is_open_document(kind: bytes) -> Callable[[BinaryIO], bool]:
    """A check that the file is an OpenDocument of a kind (OASIS ODF 1.3, part 2, 3.3: the entry "mimetype")."""

    def check(file: BinaryIO) -> bool:
        try:
            with zipfile.ZipFile(file) as archive, archive.open("mimetype") as entry:
                return entry.read(100).startswith(b"application/vnd.oasis.opendocument." + kind)
        except (zipfile.BadZipFile, OSError, ValueError, KeyError):
            return False

    return check


def _is_text(file: BinaryIO) -> bool:
    sample = file.read(_TEXT_SAMPLE)
    if b"\0" in sample or sample.lstrip()[:1] == b"<":
        # Markup under the name of a text file is how a page of somebody else's would get in.
        return False
    return not sample.startswith((b"%PDF-", b"PK\x03\x04"))


_CHECKS: dict[str, Callable[[BinaryIO], bool]] = {
    "pdf": _is_pdf,
    "docx": _has_parts("[Content_Types].xml", "word/"),
    "xlsx": _has_parts("[Content_Types].xml", "xl/"),
    "pptx": _has_parts("[Content_Types].xml", "ppt/"),
    "odt": _is_open_document(b"text"),
    "ods": _is_open_document(b"spreadsheet"),
    "odp": _is_open_document(b"presentation"),
    "zip": _has_parts(),
    "csv": _is_text,
    "txt": _is_text,
}


def check_content(file: BinaryIO, name: str) -> None:
    """Refuse a file whose content is not of the type that its name says; the file is left at its beginning.

    Raises:
        ValidationError: with a sentence for the person who uploads; code `content`.
    """
    extension = PurePath(name).suffix.lower().removeprefix(".")
    check = _CHECKS.get(extension)
    file.seek(0)
    try:
        good = check is None or check(file)
    finally:
        file.seek(0)
    if not good:
        raise ValidationError(NOT_WHAT_IT_SAYS, code="content", params={"extension": extension})
