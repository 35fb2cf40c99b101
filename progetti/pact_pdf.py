"""A pact as PDF/UA: its text, who signed it and the hash of the text; tagged, readable by screen readers.

`pact_pdf` serves the page of the pact, with all its signatories, and whoever lets somebody sign (the Sportello), with
that one signature.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import typst
from django.utils import timezone
from django.utils.translation import get_language, gettext

from portal.pages.words import day_words

from .models import PactVersion
from .pact_text import TextBlock, text_blocks

TEMPLATE = Path(__file__).parent / "typst" / "pact.typ"


@dataclass(frozen=True, slots=True)
class Signature:
    """Somebody who signed, as the PDF names them: all words are shown as they are."""

    name: str
    role: str = ""
    signed_on: date | None = None
    commitments: str = ""
    resources: str = ""


def pact_pdf(
    version: PactVersion,
    signatures: Sequence[Signature] = (),
    *,
    note: str = "",
    issued_on: date | None = None,
) -> bytes:
    """The PDF of a version of a pact, with labels in the active language and the text in Italian, as it is signed.

    Data goes in as JSON: no text of an editor or of a signatory is ever read as markup.

    Args:
        signatures: who signed, in the order in which they are shown.
        note: a sentence under the signatures, if there is anything to say.
        issued_on: the day written at the foot of each page; today if None.

    Raises:
        typst.TypstError: the document does not meet PDF/UA-1; it is not sent rather than sent broken.
    """
    data = json.dumps(_data(version, signatures, note, issued_on or timezone.localdate()), ensure_ascii=False)
    return typst.compile(
        str(TEMPLATE), format="pdf", sys_inputs={"data": data}, pdf_standards="ua-1", ignore_system_fonts=True
    )


def _data(version: PactVersion, signatures: Sequence[Signature], note: str, issued_on: date) -> dict[str, object]:
    first_day = day_words(version.in_force_from, weekday=False)
    return {
        "language": (get_language() or "it").split("-")[0],
        "title": version.title,
        "author": version.pact.title,
        "kicker": version.pact.get_kind_display(),
        "version": gettext("Versione %(number)s, in vigore dal %(day)s") % {"number": version.number, "day": first_day},
        "blocks": [_block(block) for block in version.blocks],
        "courtesy": {
            "heading": gettext("Traduzione in inglese, per chi legge: si firma il testo italiano"),
            "blocks": [_block(block) for block in text_blocks(version.text_en)] if version.in_english else [],
        },
        "signatures": {
            "heading": gettext("Chi ha firmato"),
            "empty": gettext("Nessuno ha ancora firmato questa versione."),
            "columns": [gettext("Chi"), gettext("Che cosa si impegna a fare"), gettext("Firmato il")],
            "rows": [_row(signature) for signature in signatures],
        },
        "note": note,
        "hash": {
            "heading": gettext("Impronta del testo"),
            "sentence": gettext(
                "L'impronta SHA-256 cambia se nel testo cambia anche solo una lettera: serve a controllare che sia "
                "quello firmato."
            ),
            "value": version.sha256,
        },
        "footer": gettext("Documento preparato il %(day)s") % {"day": day_words(issued_on, weekday=False)},
    }


def _block(block: TextBlock) -> dict[str, object]:
    return {"kind": block.kind, "items": block.items}


def _row(signature: Signature) -> dict[str, object]:
    commitments = [signature.commitments] if signature.commitments else []
    if signature.resources:
        commitments.append(gettext("Mette a disposizione: %(resources)s") % {"resources": signature.resources})
    return {
        "name": signature.name,
        "role": signature.role,
        "commitments": commitments,
        "day": f"{signature.signed_on:%d/%m/%Y}" if signature.signed_on else "–",
    }
