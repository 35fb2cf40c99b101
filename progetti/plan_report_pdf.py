"""The half-yearly report as PDF/UA: tagged, with its language and title, readable by screen readers."""

import json
from html.parser import HTMLParser
from pathlib import Path

import typst
from django.utils.translation import get_language, gettext

from portal.pages.words import day_words

from .plan_report import Report, ReportRow

TEMPLATE = Path(__file__).parent / "typst" / "plan_report.typ"
BLOCKS = {"p", "li", "h2", "h3", "h4"}


class _Paragraphs(HTMLParser):
    """The paragraphs of a rich text, as plain text; what is in a list keeps its bullet."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._text: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self._close()
        if tag == "li":
            self._text.append("• ")

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self._close()

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    def _close(self) -> None:
        text = " ".join("".join(self._text).split())
        if text:
            self.found.append(text)
        self._text = []

    def close(self) -> None:
        super().close()
        self._close()


def paragraphs(html: str) -> list[str]:
    """A rich text as a list of plain paragraphs."""
    reader = _Paragraphs()
    reader.feed(html)
    reader.close()
    return reader.found


def percent_words(percent: int | None) -> str:
    """«40 %», or «nessun dato»: never 0 % for what nobody measured."""
    return gettext("nessun dato") if percent is None else f"{percent}\N{NO-BREAK SPACE}%"


def progress_sentence(report: Report) -> str:
    """How far the plan was on the last day, and how much of it the number speaks for."""
    if report.percent is None:
        return gettext("Di nessuna azione sappiamo a che punto era: «nessun dato» non vuol dire zero.")
    return gettext(
        "Alla fine del semestre il piano era al %(percent)s %%. Il numero riguarda le azioni di cui abbiamo i dati: "
        "il %(coverage)s %% del peso del piano."
    ) % {"percent": report.percent, "coverage": report.coverage_percent}


def report_pdf(report: Report) -> bytes:
    """The PDF, in the reader's language. Data goes in as JSON: no text of an editor is ever read as markup.

    Raises:
        typst.TypstError: the document does not meet PDF/UA-1; it is not sent rather than sent broken.
    """
    data = json.dumps(_data(report), ensure_ascii=False)
    return typst.compile(
        str(TEMPLATE), format="pdf", sys_inputs={"data": data}, pdf_standards="ua-1", ignore_system_fonts=True
    )


def _data(report: Report) -> dict[str, object]:
    action_columns = [gettext("Codice"), gettext("Azione"), gettext("Stato"), gettext("Avanzamento"), gettext("Fine")]
    sections: list[dict[str, object]] = [
        {
            "heading": heading,
            "empty": gettext("Nessuna azione."),
            "columns": action_columns,
            "widths": [0, 1, 0, 0, 0],
            "rows": [_action_cells(row) for row in rows],
        }
        for _key, heading, rows in report.sections
    ]
    sections.append(
        {
            "heading": gettext("Che cosa è cambiato"),
            "empty": gettext("Nessun cambiamento registrato."),
            "columns": [gettext("Giorno"), gettext("Codice"), gettext("Azione"), gettext("Prima"), gettext("Dopo")],
            "widths": [0, 0, 1, 0, 0],
            "rows": [
                [f"{row.day:%d/%m/%Y}", row.code, row.title, row.before or "–", row.after] for row in report.changed
            ],
        }
    )
    return {
        "language": (get_language() or "it").split("-")[0],
        "author": report.tree.plan.title,
        "plan": report.tree.plan.title,
        "title": report.title,
        "narrative": paragraphs(report.row.narrative_label),
        "example": example_notice() if report.has_examples else "",
        "footer": gettext("Stato al %(day)s") % {"day": day_words(report.row.last_day, weekday=False)},
        "progress": {
            "heading": gettext("A che punto è il piano"),
            "sentence": progress_sentence(report),
            "columns": [gettext("Codice"), gettext("Asse"), gettext("Avanzamento"), gettext("Dati su")],
            "rows": [
                [code, title, percent_words(percent), f"{coverage}\N{NO-BREAK SPACE}%"]
                for code, title, percent, coverage in report.axes
            ],
        },
        "sections": sections,
    }


def example_notice() -> str:
    """What a report says when some of its actions are invented."""
    return gettext("Alcune azioni di questo piano sono esempi inventati: mostrano come funziona il portale, non fatti.")


def _action_cells(row: ReportRow) -> list[str]:
    example = gettext(" (esempio)") if row.is_example else ""
    end = f"{row.end:%d/%m/%Y}" if row.end else "–"
    return [row.code, f"{row.title}{example}", row.status, percent_words(row.progress), end]
