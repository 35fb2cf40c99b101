"""Importing a plan from CSV, by code: first a trial that changes nothing and says what is wrong, then for good.

The trial does all that the import does, inside a transaction that is rolled back: what it says will happen. A file with
one wrong row changes nothing at all. Only the columns of the file are touched; an empty cell empties its field.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext

from portal.registry.models import Organisation

from .actions.plan import save_action
from .models import Action, Axis, Objective, PlanPage
from .models.plan_nodes import ACTION_CODE, AXIS_CODE, OBJECTIVE_CODE, order_key
from .plan_csv import ACTION_COLUMNS
from .plan_csv_reading import Line, as_written, choice, day, decimal_number, read_lines, whole_number, yes_or_no
from .plan_enums import ActionStatus

CREATED, CHANGED, SAME, WRONG = "created", "changed", "same", "wrong"

Reader = Callable[[str], Any]


def _weight(text: str) -> int:
    number = whole_number(text)
    return 1 if number is None else number


def _organisation(text: str) -> Organisation | None:
    if not text:
        return None
    found = Organisation.objects.filter(slug=text).first() or Organisation.objects.filter(name__iexact=text).first()
    if found is None:
        raise ValueError(gettext("Nessuna organizzazione si chiama «%(text)s».") % {"text": text})
    return found


# Column -> field and how to read it, for each level.
_SHARED: dict[str, tuple[str, Reader]] = {
    "titolo": ("title", as_written),
    "descrizione": ("description", as_written),
    "peso": ("weight", _weight),
}
_NODE = {
    **_SHARED,
    "titolo_en": ("title_en", as_written),
    "descrizione_en": ("description_en", as_written),
    "esempio": ("is_example", yes_or_no),
}
_OBJECTIVE = {
    **_NODE,
    "risultato_atteso": ("expected_result", as_written),
    "risultato_atteso_en": ("expected_result_en", as_written),
}
_ACTION = {
    **_NODE,
    "stato": ("status", choice(ActionStatus, ActionStatus.TO_START)),
    "avanzamento": ("progress", whole_number),
    "responsabile": ("responsible", _organisation),
    "inizio": ("start", day),
    "fine": ("end", day),
    "importo": ("resources_amount", decimal_number),
    "fonte": ("resources_source", as_written),
}


@dataclass(slots=True)
class RowResult:
    """What happens, or would happen, to one row."""

    line: int
    code: str
    outcome: str = SAME
    problems: list[str] = field(default_factory=list)

    def fail(self, *problems: str) -> None:
        """The row is wrong, and why."""
        self.outcome = WRONG
        self.problems += problems


@dataclass(slots=True)
class ImportResult:
    """What happens, or would happen, to the whole file."""

    rows: list[RowResult] = field(default_factory=list)
    done: bool = False
    """Whether it has been saved."""

    @property
    def wrong(self) -> list[RowResult]:
        """The rows that are wrong."""
        return [row for row in self.rows if row.outcome == WRONG]

    def count(self, outcome: str) -> int:
        """How many rows have an outcome."""
        return sum(row.outcome == outcome for row in self.rows)

    @property
    def created(self) -> int:
        """How many things are new."""
        return self.count(CREATED)

    @property
    def changed(self) -> int:
        """How many things change."""
        return self.count(CHANGED)

    @property
    def same(self) -> int:
        """How many rows say what is already there."""
        return self.count(SAME)


def import_plan(plan: PlanPage, text: str, *, by, commit: bool, axes_too: bool = True) -> ImportResult:
    """Import axes, objectives and actions of a plan.

    Args:
        plan: the plan in the source language.
        text: the CSV, as `plan_csv_reading.decode` gives it.
        by: who imports; every change of state carries this name.
        commit: save for good. Without it, or with any wrong row, nothing is changed.
        axes_too: whether rows may change axes, for which the page of the plan is published again.

    Raises:
        UnreadableFile: the file cannot be read at all.
    """
    lines = read_lines(text, ACTION_COLUMNS, ["codice"])
    return run(lambda: _import_lines(plan, lines, by, axes_too), commit=commit)


def run(work: Callable[[], ImportResult], *, commit: bool) -> ImportResult:
    """Do the work in a transaction, and keep it only when asked to and when no row is wrong."""
    with transaction.atomic():
        result = work()
        result.done = commit and not result.wrong
        if not result.done:
            transaction.set_rollback(True)
    return result


def _import_lines(plan: PlanPage, lines: list[Line], by, axes_too: bool) -> ImportResult:
    result = ImportResult()
    pairs = [(line, RowResult(line.number, line.cells["codice"])) for line in lines]
    result.rows = [row for _line, row in pairs]
    seen: dict[str, int] = {}
    levels: dict[str, list[tuple[Line, RowResult]]] = {"axis": [], "objective": [], "action": []}
    patterns = {"axis": AXIS_CODE, "objective": OBJECTIVE_CODE, "action": ACTION_CODE}
    for line, row in pairs:
        if row.code in seen:
            row.fail(gettext("Il codice è già alla riga %(line)s.") % {"line": seen[row.code]})
            continue
        seen[row.code] = row.line
        level = next((name for name, pattern in patterns.items() if re.match(pattern, row.code)), None)
        if level is None:
            words = gettext("«%(code)s» non è un codice: A1 è un asse, A1.2 un obiettivo, A1.2.3 un'azione.")
            row.fail(words % {"code": row.code})
        else:
            levels[level].append((line, row))
    _import_axes(plan, levels["axis"], by, axes_too)
    axes = {axis.code: axis for axis in Axis.objects.filter(plan=plan)}
    known = {item.code: item for item in Objective.objects.of_plan(plan.pk)}
    for line, row in in_order(levels["objective"]):
        parent = axes.get(row.code.rpartition(".")[0])
        if parent is None:
            row.fail(gettext("Manca l'asse %(code)s.") % {"code": row.code.rpartition(".")[0]})
            continue
        objective = known.get(row.code) or Objective(axis=parent, code=row.code)
        if apply(objective, line, row, _OBJECTIVE) and row.outcome != SAME:
            objective.save()
        if row.outcome != WRONG:
            known[row.code] = objective
    actions = {item.code: item for item in Action.objects.of_plan(plan.pk).select_related("objective", "responsible")}
    for line, row in in_order(levels["action"]):
        objective = known.get(row.code.rpartition(".")[0])
        if objective is None:
            row.fail(gettext("Manca l'obiettivo %(code)s.") % {"code": row.code.rpartition(".")[0]})
            continue
        action = actions.get(row.code) or Action(objective=objective, code=row.code)
        if apply(action, line, row, _ACTION) and row.outcome != SAME:
            save_action(action, by=by)
    return result


def in_order(pairs: Iterable[tuple[Line, RowResult]]) -> list[tuple[Line, RowResult]]:
    """Rows as people count, A1.10 after A1.9, whatever their order in the file."""
    return sorted(pairs, key=lambda pair: order_key(pair[1].code))


def apply(item, line: Line, row: RowResult, columns: dict[str, tuple[str, Reader]]) -> bool:
    """Put the cells of a row into an object and check it whole; whether it may be saved.

    The outcome of the row says whether the object is new, changed, as it was, or wrong.
    """
    is_new = item.pk is None
    changed = is_new
    for column, text in line.cells.items():
        if column not in columns:
            if text and column != "codice":
                words = gettext("La colonna «%(column)s» non vale per «%(code)s».")
                row.fail(words % {"column": column, "code": row.code})
            continue
        name, reader = columns[column]
        try:
            value = reader(text)
        except ValueError as error:
            row.fail(f"{column}: {error}")
            continue
        if getattr(item, name) != value:
            setattr(item, name, value)
            changed = True
    if row.outcome == WRONG:
        return False
    try:
        item.full_clean()
    except ValidationError as error:
        row.fail(*sentences(error, columns))
        return False
    row.outcome = CREATED if is_new else CHANGED if changed else SAME
    return True


def sentences(error: ValidationError, columns: dict[str, tuple[str, Reader]]) -> list[str]:
    """What is wrong, each sentence with the column it is about."""
    names = {name: column for column, (name, _reader) in columns.items()}
    return [
        f"{names[name]}: {message}" if name in names else message
        for name, messages in error.message_dict.items()
        for message in messages
    ]


def _import_axes(plan: PlanPage, pairs: list[tuple[Line, RowResult]], by, allowed: bool) -> None:
    """Axes are part of the page of the plan: they change with a revision of it, as if an editor had written them."""
    if not pairs:
        return
    # Read anew: somebody may have saved a draft since, and a trial must leave no trace in the caller's page.
    plan = PlanPage.objects.get(pk=plan.pk)
    page = plan.get_latest_revision_as_object()
    known = {axis.code: axis for axis in page.axes.all()}
    for line, row in in_order(pairs):
        axis = known.get(row.code) or Axis(plan=page, code=row.code, locale=plan.locale, sort_order=len(known))
        if apply(axis, line, row, _SHARED) and row.outcome != SAME:
            # Adding one that is there puts it in the place of its older self.
            page.axes.add(axis)
            known[row.code] = axis
    touched = [row for _line, row in pairs if row.outcome in (CREATED, CHANGED)]
    if touched and not allowed:
        for row in touched:
            row.fail(gettext("Gli assi stanno nella pagina del piano: li cambia solo chi può pubblicarla."))
    elif touched and plan.has_unpublished_changes:
        for row in touched:
            row.fail(gettext("Il piano ha una bozza non pubblicata: pubblicala, poi importa gli assi."))
    elif touched and not any(row.outcome == WRONG for _line, row in pairs):
        revision = page.save_revision(user=by)
        if plan.live:
            revision.publish(user=by)
        else:
            page.save()
