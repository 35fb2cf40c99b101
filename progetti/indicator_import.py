"""Importing indicators and their measurements from CSV: one row for each measurement, the trial first, as for plans."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext

from portal.registry.models import Territory

from .models import Action, Axis, Indicator, Measurement, Objective, PlanPage
from .plan_csv import INDICATOR_COLUMNS
from .plan_csv_reading import Line, as_written, choice, decimal_number, read_lines, whole_number, yes_or_no
from .plan_enums import Direction, Frequency
from .plan_import import CHANGED, CREATED, SAME, WRONG, ImportResult, RowResult, apply, run, sentences

MEASUREMENT_COLUMNS = ("periodo", "valore", "nota", "provvisorio")


_INDICATOR: dict[str, tuple[str, Callable[[str], Any]]] = {
    "nome": ("title", as_written),
    "nome_en": ("title_en", as_written),
    "definizione": ("definition", as_written),
    "definizione_en": ("definition_en", as_written),
    "unita": ("unit", as_written),
    "unita_en": ("unit_en", as_written),
    "direzione": ("direction", choice(Direction, Direction.UP)),
    "base": ("baseline", decimal_number),
    "anno_base": ("baseline_year", whole_number),
    "obiettivo": ("target", decimal_number),
    "anno_obiettivo": ("target_year", whole_number),
    "fonte": ("source", as_written),
    "metodo": ("method", as_written),
    "frequenza": ("frequency", choice(Frequency, Frequency.YEARLY)),
    "esempio": ("is_example", yes_or_no),
}
_MEASUREMENT: dict[str, tuple[str, Callable[[str], Any]]] = {
    "periodo": ("period", as_written),
    "valore": ("value", decimal_number),
    "nota": ("note", as_written),
    "provvisorio": ("provisional", yes_or_no),
}


def import_indicators(plan: PlanPage, text: str, *, commit: bool) -> ImportResult:
    """Import the indicators of a plan with their measurements.

    The first row of an indicator says what it is; the others only add measurements.

    Args:
        plan: the plan in the source language.
        text: the CSV, as `plan_csv_reading.decode` gives it.
        commit: save for good. Without it, or with any wrong row, nothing is changed.

    Raises:
        UnreadableFile: the file cannot be read at all.
    """
    lines = read_lines(text, INDICATOR_COLUMNS, ["codice"])
    return run(lambda: _import_lines(plan, lines), commit=commit)


def _import_lines(plan: PlanPage, lines: list[Line]) -> ImportResult:
    result = ImportResult()
    nodes: dict[str, Axis | Objective | Action] = {}
    nodes.update({axis.code: axis for axis in Axis.objects.filter(plan=plan)})
    nodes.update({objective.code: objective for objective in Objective.objects.filter(plan=plan)})
    nodes.update({action.code: action for action in Action.objects.filter(plan=plan)})
    territories = {territory.slug: territory for territory in Territory.objects.all()}
    known = {
        (item.code, item.territory.slug if item.territory else ""): item
        for item in Indicator.objects.filter(plan=plan, project=None).with_series()
    }
    ready: dict[tuple[str, str], Indicator | None] = {}
    for line in lines:
        row = RowResult(line.number, line.cells["codice"])
        result.rows.append(row)
        key = (row.code, line.cells.get("territorio", ""))
        if key not in ready:
            ready[key] = _indicator(line, row, known.get(key), nodes, territories)
        indicator = ready[key]
        if indicator is None:
            if row.outcome != WRONG:
                row.fail(gettext("L'indicatore è sbagliato in una riga sopra."))
            continue
        _measure(indicator, line, row)
    return result


def _indicator(line: Line, row: RowResult, known: Indicator | None, nodes: dict, territories: dict) -> Indicator | None:
    """The indicator of a row, saved if new or changed; None when the row is wrong."""
    indicator = known or Indicator(code=row.code)
    before = (indicator.axis_id, indicator.objective_id, indicator.action_id)
    node_code, slug = line.cells.get("nodo", ""), line.cells.get("territorio", "")
    if node_code:
        if node_code not in nodes:
            row.fail(gettext("nodo: nel piano non c'è «%(code)s».") % {"code": node_code})
        else:
            indicator.node = nodes[node_code]
    if slug and slug not in territories:
        row.fail(gettext("territorio: nessun territorio si chiama «%(slug)s».") % {"slug": slug})
    indicator.territory = territories.get(slug)
    own = {name: text for name, text in line.cells.items() if name not in (*MEASUREMENT_COLUMNS, "nodo", "territorio")}
    if row.outcome == WRONG or not apply(indicator, Line(line.number, own), row, _INDICATOR):
        return None
    if row.outcome == SAME and before != (indicator.axis_id, indicator.objective_id, indicator.action_id):
        row.outcome = CHANGED
    if row.outcome != SAME:
        indicator.save()
    return indicator


def _measure(indicator: Indicator, line: Line, row: RowResult) -> None:
    """Add or change the measurement of a row, if it has one."""
    period = line.cells.get("periodo", "")
    if not period:
        if line.cells.get("valore"):
            row.fail(gettext("periodo: manca il periodo di questo valore."))
        return
    if not line.cells.get("valore"):
        row.fail(gettext("valore: manca il valore di questo periodo."))
        return
    found = next((item for item in indicator.measurements.all() if item.period == period), None)
    item = found or Measurement(indicator=indicator)
    changed = found is None
    for column, (name, reader) in _MEASUREMENT.items():
        if column not in line.cells:
            continue
        try:
            value = reader(line.cells[column])
        except ValueError as error:
            row.fail(f"{column}: {error}")
            continue
        if getattr(item, name) != value:
            setattr(item, name, value)
            changed = True
    if row.outcome == WRONG:
        return
    try:
        item.full_clean()
    except ValidationError as error:
        row.fail(*sentences(error, _MEASUREMENT))
        return
    if changed:
        item.save()
        row.outcome = CREATED if row.outcome == CREATED else CHANGED
