"""Importing the outcomes of a call from CSV: first a trial that changes nothing and says what is wrong, then for good.

A row changes the outcome whose number it gives (`codice`, as the export writes it), else the one with the same
beneficiary and the same project, else it is new. Outcomes that the file does not name stay as they are.
"""

from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext

from portal.registry.models import Organisation
from progetti.models import ProjectPage
from progetti.plan_csv_reading import Line, as_written, choice, decimal_number, read_lines, whole_number, yes_or_no
from progetti.plan_import import CHANGED, CREATED, WRONG, ImportResult, RowResult, apply, run

from .actions.outcomes import save_outcomes
from .enums import OutcomeResult
from .models import CallOutcome, CallPage
from .outcomes_csv import CODE, COLUMNS
from .permissions import may_publish

Reader = Callable[[str], Any]
NEEDED = ("beneficiario", "esito")


def import_outcomes(call: CallPage, text: str, *, by, commit: bool) -> ImportResult:
    """Import outcomes of a call.

    Args:
        call: the call in the source language.
        text: the CSV, as `plan_csv_reading.decode` gives it.
        by: who imports; without the permission to publish the call the rows wait for somebody who has it.
        commit: save for good. Without it, or with any wrong row, nothing is changed.

    Raises:
        UnreadableFile: the file cannot be read at all.
    """
    lines = read_lines(text, COLUMNS, NEEDED)
    return run(lambda: _import_lines(call, lines, by), commit=commit)


def _import_lines(call: CallPage, lines: list[Line], by) -> ImportResult:
    result, columns = ImportResult(), _columns()
    known = list(CallOutcome.objects.of_source(call).select_related("organisation"))
    by_number = {outcome.pk: outcome for outcome in known}
    by_words = {_key(outcome.organisation, outcome.name, outcome.project_title): outcome for outcome in known}
    publishes = may_publish(by, call)
    seen: dict[object, int] = {}
    changed = []
    for line in lines:
        row = RowResult(line.number, line.cells["beneficiario"])
        result.rows.append(row)
        outcome = _find(line, row, columns, by_number, by_words) or CallOutcome(call=call)
        cells = {name: text for name, text in line.cells.items() if name != CODE}
        if row.outcome == WRONG:
            continue
        apply(outcome, Line(line.number, cells), row, columns)
        key = outcome.pk or _key(outcome.organisation, outcome.name, outcome.project_title)
        # Persons without a name cannot be told from each other: two of them are two.
        if key in seen and (outcome.organisation or outcome.name):
            row.fail(gettext("È già alla riga %(line)s.") % {"line": seen[key]})
        seen[key] = row.line
        if row.outcome not in (CREATED, CHANGED):
            continue
        if outcome.pk is not None and outcome.is_public and not publishes:
            row.fail(gettext("È già pubblica: la cambia solo chi può pubblicare il bando."))
        else:
            changed.append(outcome)
    if not result.wrong:
        save_outcomes(call, changed, by=by)
    return result


def _columns() -> dict[str, tuple[str, Reader]]:
    """Column -> field and how to read it; organisations and projects are read once for the whole file."""
    organisations: dict[str, Organisation] = {}
    for organisation in Organisation.objects.order_by("-pk"):
        organisations[organisation.name.lower()] = organisations[organisation.slug] = organisation
    pages = ProjectPage.objects.filter(locale__language_code="it").only("pk", "slug", "title")
    projects = {page.slug: page for page in pages}

    def one_of(things: dict[str, Any], missing: str) -> Reader:
        def read(text: str) -> Any:
            if text and text.lower() not in things:
                raise ValueError(missing % {"text": text})
            return things.get(text.lower()) if text else None

        return read

    return {
        "posizione": ("rank", whole_number),
        "beneficiario": ("name", as_written),
        "organizzazione": (
            "organisation",
            one_of(organisations, gettext("Nessuna organizzazione si chiama «%(text)s».")),
        ),
        "persona": ("is_individual", yes_or_no),
        "nome_pubblico": ("name_is_public", yes_or_no),
        "progetto": ("project_title", as_written),
        "pagina_progetto": ("project", one_of(projects, gettext("Nessun progetto ha l'indirizzo «%(text)s»."))),
        "esito": ("result", choice(OutcomeResult, "")),
        "importo": ("amount", decimal_number),
        "punteggio": ("score", decimal_number),
    }


def _key(organisation: Organisation | None, name: str, project_title: str) -> tuple[object, str]:
    return (organisation.pk if organisation else name.lower(), project_title.lower())


def _find(
    line: Line, row: RowResult, columns: dict, by_number: dict[int, CallOutcome], by_words: dict[tuple, CallOutcome]
) -> CallOutcome | None:
    """The outcome that a row changes; None when it is a new one or when the row is wrong."""
    number = line.cells.get(CODE, "")
    if number:
        found = by_number.get(int(number)) if number.isascii() and number.isdigit() else None
        if found is None:
            row.fail(gettext("codice: nessun esito di questo bando ha il numero «%(number)s».") % {"number": number})
        return found
    try:
        organisation = columns["organizzazione"][1](line.cells.get("organizzazione", ""))
    except ValueError:
        return None  # said when the cells are read
    name = line.cells["beneficiario"]
    if organisation is None and not name:
        return None
    return by_words.get(_key(organisation, name, line.cells.get("progetto", "")))
