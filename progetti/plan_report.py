"""The half-yearly report of a plan: what was done, late, blocked and changed, as the history of the actions tells it.

The page, the PDF and the CSV are made from the same `Report`.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext

from portal.pages.words import ROME

from . import rollup
from .models import Action, ActionChange, PlanReport
from .plan_enums import ActionStatus
from .plan_reading import Node, Tree, roll_up_tree
from .rollup import Progress


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One action as it stood on the last day of the half year."""

    code: str
    title: str
    url: str
    status: str
    """In words, in the reader's language."""
    progress: int | None
    end: date | None
    responsible: str
    is_example: bool


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change of status or progress within the half year."""

    day: date
    code: str
    title: str
    url: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Report:
    """A half year of a plan."""

    row: PlanReport
    tree: Tree
    progress: Progress | None
    """On the last day."""
    axes: list[tuple[str, str, int | None, int]]
    """Code, title, percent and coverage of each axis on the last day."""
    done: list[ReportRow]
    late: list[ReportRow]
    blocked: list[ReportRow]
    changed: list[ChangeRow]
    known: int
    """How many actions there were on the last day."""

    @property
    def title(self) -> str:
        """«Rapporto del primo semestre 2019»."""
        words = {
            1: gettext("Rapporto del primo semestre %(year)s"),
            2: gettext("Rapporto del secondo semestre %(year)s"),
        }
        return words[self.row.half] % {"year": self.row.year}

    @property
    def percent(self) -> int | None:
        """Progress on the last day, as a whole number."""
        return self.progress.percent if self.progress else None

    @property
    def coverage_percent(self) -> int:
        """How much of the plan's weight had data."""
        return self.progress.coverage_percent if self.progress else 0

    @property
    def has_examples(self) -> bool:
        """Whether something in it is invented, which every form of the report says."""
        return self.row.is_example or any(node.is_example for node in self.tree.walk())

    @property
    def sections(self) -> list[tuple[str, str, list[ReportRow]]]:
        """Key, heading and rows of the three lists of actions."""
        return [
            ("done", gettext("Concluse nel semestre"), self.done),
            ("late", gettext("In ritardo"), self.late),
            ("blocked", gettext("Ferme"), self.blocked),
        ]


def read_report(row: PlanReport, tree: Tree) -> Report:
    """The report of a half year: one query for the history of the whole plan.

    Actions that had no history yet on the last day did not exist: they do not count. The tree is rolled up again as it
    was on that day, so it must not be shown as today's afterwards.
    """
    end = datetime.combine(row.last_day + timedelta(days=1), time.min, tzinfo=ROME)
    begin = datetime.combine(row.first_day, time.min, tzinfo=ROME)
    changes = list(ActionChange.objects.of_plan(tree.source_id).until(end))
    standing = {change.action_id: change for change in changes}
    nodes = {node.pk: node for node in tree.actions}
    progress = _roll_up_as_of(tree, standing)
    within = [change for change in changes if change.at >= begin and change.action_id in nodes]
    done_ids = {change.action_id for change in within if change.to_status == ActionStatus.DONE}
    rows = {pk: _row(node, node.action, standing[pk]) for pk, node in nodes.items() if node.action and pk in standing}
    return Report(
        row=row,
        tree=tree,
        progress=progress,
        axes=[(axis.code, axis.title, axis.percent, axis.coverage_percent) for axis in tree.axes],
        done=[rows[pk] for pk in rows if pk in done_ids and standing[pk].to_status == ActionStatus.DONE],
        late=[rows[pk] for pk in rows if rollup.is_late(standing[pk].to_status, rows[pk].end, row.last_day)],
        blocked=[rows[pk] for pk in rows if standing[pk].to_status == ActionStatus.SUSPENDED],
        changed=[_change_row(nodes[change.action_id], change) for change in within],
        known=len(rows),
    )


def _roll_up_as_of(tree: Tree, standing: dict[int, ActionChange]) -> Progress | None:
    for axis in tree.axes:
        for objective in axis.children:
            objective.children = [node for node in objective.children if node.pk in standing]
            for node in objective.children:
                change = standing[node.pk]
                node.progress = rollup.action_progress(change.to_status, change.to_progress)
    return roll_up_tree(tree.axes, tree.plan.weighing)


def _row(node: Node, action: Action, change: ActionChange) -> ReportRow:
    responsible = action.responsible or action.responsible_body
    return ReportRow(
        code=node.code,
        title=node.title,
        url=node.url,
        status=str(ActionStatus(change.to_status).label),
        progress=100 if change.to_status == ActionStatus.DONE else change.to_progress,
        end=action.end,
        responsible=str(responsible) if responsible else "",
        is_example=node.is_example,
    )


def _change_row(node: Node, change: ActionChange) -> ChangeRow:
    return ChangeRow(
        day=change.day,
        code=node.code,
        title=node.title,
        url=node.url,
        before=change.before_words,
        after=change.after_words,
    )


def report_csv_rows(report: Report) -> Iterable[list[object]]:
    """The report as a table, with its heading; one section after the other."""
    yield [
        gettext("sezione"), gettext("codice"), gettext("titolo"), gettext("stato"), gettext("avanzamento"),
        gettext("fine prevista"), gettext("responsabile"), gettext("giorno"), gettext("prima"),
    ]  # fmt: skip
    for code, title, percent, _coverage in report.axes:
        yield [gettext("Assi"), code, title, "", percent, "", "", "", ""]
    for _key, heading, rows in report.sections:
        for row in rows:
            yield [heading, row.code, row.title, row.status, row.progress, row.end, row.responsible, "", ""]
    for change in report.changed:
        yield [gettext("Cambiamenti"), change.code, change.title, change.after, "", "", "", change.day, change.before]
