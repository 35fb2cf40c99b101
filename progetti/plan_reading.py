"""A plan as a tree to read: one query per level, progress rolled up, what contributes counted."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime

from django.conf import settings
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from portal.pages.words import ROME

from . import rollup
from .enums import PlanStatus
from .models import Action, Axis, Contribution, Objective, PlanPage
from .plan_enums import ActionStatus, Weighing
from .rollup import Part, Progress

MOST_OPEN_ACTIONS = 60
STATUS_TONES = {
    ActionStatus.TO_START: ("", "it-clock"),
    ActionStatus.UNDER_WAY: ("info", "it-refresh"),
    ActionStatus.DONE: ("success", "it-check-circle"),
    ActionStatus.SUSPENDED: ("warning", "it-warning-circle"),
    ActionStatus.CANCELLED: ("", "it-close-circle"),
}


@dataclass(slots=True)
class Node:
    """An axis, objective or action as pages show it."""

    kind: str
    code: str
    title: str
    text: str
    url: str
    weight: int
    pk: int
    in_italian: bool = False
    """Whether an English reader gets the Italian words, which then say so."""
    is_example: bool = False
    expected_result: str = ""
    progress: Progress | None = None
    """None when it has left the plan: cancelled, or made of nothing but cancelled actions."""
    children: list["Node"] = field(default_factory=list)
    parent: "Node | None" = None
    action: Action | None = None
    late: bool = False
    stale: bool = False
    page_keys: set = field(default_factory=set)
    """Translation keys of the pages that contribute to it or to anything below."""

    @property
    def percent(self) -> int | None:
        """Progress as a whole number; None without data, and for what left the plan."""
        return self.progress.percent if self.progress else None

    @property
    def coverage_percent(self) -> int:
        """How much of the weight below has data, as a whole number."""
        return self.progress.coverage_percent if self.progress else 0

    @property
    def has_gaps(self) -> bool:
        """Whether the number speaks for only a part of what is below."""
        return self.progress is not None and 0 < self.progress.coverage < 1

    @property
    def count(self) -> int:
        """How many pages contribute to it or to anything below; a translation is not another page."""
        return len(self.page_keys)

    @property
    def badge(self) -> dict[str, str] | None:
        """The state of an action: word, tone and icon."""
        if self.action is None:
            return None
        tone, icon = STATUS_TONES[ActionStatus(self.action.status)]
        return {"label": self.action.get_status_display(), "tone": tone, "icon": icon}

    @property
    def last_news(self) -> date | None:
        """The day of the last update or change of an action."""
        return last_news(self.action) if self.action else None

    def walk(self) -> Iterator["Node"]:
        """The node and everything below it, in order."""
        yield self
        for child in self.children:
            yield from child.walk()

    @property
    def actions(self) -> list["Node"]:
        """The actions below it, or itself."""
        return [node for node in self.walk() if node.kind == "action"]


@dataclass(slots=True)
class Tree:
    """A whole plan: its axes, and the progress of all of them together."""

    plan: PlanPage
    source_id: int
    url: str
    today: date
    axes: list[Node]
    progress: Progress | None

    def walk(self) -> Iterator[Node]:
        """Every node, in order."""
        for axis in self.axes:
            yield from axis.walk()

    @property
    def actions(self) -> list[Node]:
        """Every action, in the order of the codes."""
        return [node for node in self.walk() if node.kind == "action"]

    @property
    def percent(self) -> int | None:
        """Progress of the plan as a whole number, or None without data."""
        return self.progress.percent if self.progress else None

    @property
    def coverage_percent(self) -> int:
        """How much of the plan's weight has data, as a whole number."""
        return self.progress.coverage_percent if self.progress else 0

    @property
    def is_small(self) -> bool:
        """Whether all of it can stand open on one page without losing the reader."""
        return len(self.actions) <= MOST_OPEN_ACTIONS

    def find(self, code: str) -> Node | None:
        """The node with that code."""
        return next((node for node in self.walk() if node.code == code), None)


def last_news(action: Action) -> date | None:
    """The day of the last update or change; the action comes from `with_last_news`."""
    changed: datetime | None = action.last_change
    updated: date | None = action.last_update
    days = [updated, changed.astimezone(ROME).date() if changed else None]
    return max((day for day in days if day is not None), default=None)


def judged_on(plan: PlanPage, today: date | None = None) -> date:
    """The day by which late and silent actions are judged: today, or the last day of a plan that is closed."""
    today = today or timezone.localdate()
    return min(today, date(plan.to_year, 12, 31)) if plan.status == PlanStatus.CLOSED else today


@dataclass(frozen=True, slots=True)
class _Axes:
    """The axes that objectives hang on, and their words in the reader's language by code."""

    source_id: int
    rows: list[Axis]
    translated: dict[str, Axis]


def _axes(plan: PlanPage, **only: str) -> _Axes:
    """One query in any language: objectives and actions hang on the plan in the source language, words on its own."""
    found = (
        Axis.objects.filter(plan__translation_key=plan.translation_key, **only)
        .annotate(language=F("plan__locale__language_code"))
        .order_by("sort_order", "pk")
    )
    rows = list(found)
    source = [axis for axis in rows if axis.language == settings.LANGUAGE_CODE]
    source_id = source[0].plan_id if source else plan.pk
    return _Axes(source_id, source, {axis.code: axis for axis in rows if axis.plan_id == plan.pk != source_id})


def read_tree(plan: PlanPage, request: HttpRequest | None = None, *, today: date | None = None) -> Tree:
    """The tree of a plan in the reader's language: one query per level, and one for all contributions.

    Args:
        plan: the page, in any language.
        request: whose reader sees the addresses; without one, addresses are absolute paths all the same.
        today: the day to judge by; the real one, or the plan's last, when missing.
    """
    tree = _grow(plan, request, today, _axes(plan), objectives={})
    _count_pages(tree)
    return tree


def read_branch(plan: PlanPage, code: str, request: HttpRequest) -> tuple[Tree, Node] | None:
    """A node with what is above and below it, and nothing else: one query per level; None if there is no such node."""
    if code.count(".") == 2:
        return _read_action(plan, code, request)
    axes = _axes(plan, code=code.partition(".")[0])
    tree = _grow(plan, request, None, axes, objectives={"code": code} if "." in code else {})
    node = tree.find(code)
    return (tree, node) if node is not None else None


def _read_action(plan: PlanPage, code: str, request: HttpRequest) -> tuple[Tree, Node] | None:
    """An action with its objective and axis: all in one query, and one more for the words of the axis in English."""
    source = {"plan__translation_key": plan.translation_key, "plan__locale__language_code": settings.LANGUAGE_CODE}
    rows = Action.objects.filter(code=code, **source).with_last_news()
    action = rows.select_related("objective__axis", "responsible", "responsible_body").first()
    if action is None:
        return None
    axis, url, day = action.objective.axis, plan.get_url(request) or "", judged_on(plan)
    translated = {row.code: row for row in plan.axes.all()} if action.plan_id != plan.pk else {}
    top = _axis_node(axis, translated, url)
    middle = _hang(_objective_node(action.objective, url), top)
    node = _hang(_action_node(action, url, day, plan.monitoring_months), middle)
    return Tree(plan, action.plan_id, url, day, [top], None), node


def _grow(
    plan: PlanPage, request: HttpRequest | None, today: date | None, axes: _Axes, *, objectives: dict[str, str]
) -> Tree:
    """Axes, the objectives below them, the actions below those; rolled up."""
    url = plan.get_url(request) or ""
    day = judged_on(plan, today)
    by_axis = {axis.pk: _axis_node(axis, axes.translated, url) for axis in axes.rows}
    by_objective: dict[int, Node] = {}
    for objective in Objective.objects.of_plan(axes.source_id).filter(axis__in=by_axis, **objectives):
        node = _objective_node(objective, url)
        by_objective[objective.pk] = _hang(node, by_axis[objective.axis_id])
    found = Action.objects.of_plan(axes.source_id).filter(objective__axis__in=by_axis)
    for action in found.with_last_news().select_related("responsible", "responsible_body"):
        parent = by_objective.get(action.objective_id)
        if parent is not None:
            _hang(_action_node(action, url, day, plan.monitoring_months), parent)
    nodes = list(by_axis.values())
    progress = roll_up_tree(nodes, plan.weighing)
    return Tree(plan=plan, source_id=axes.source_id, url=url, today=day, axes=nodes, progress=progress)


def roll_up_tree(axes: Iterable[Node], weighing: str) -> Progress | None:
    """Give each axis and objective its progress; returns that of the whole.

    With equal weighing an objective weighs as many actions as it has, and an axis likewise: each action counts the same
    wherever it is. Cancelled ones do not count; an objective without actions weighs as if it had one.
    """
    equal = weighing == Weighing.EQUAL

    def weight(node: Node) -> int:
        if not equal:
            return node.weight
        if node.kind == "action":
            return 1
        if not node.children:
            return 1
        return sum(weight(child) for child in node.children if child.progress is not None) or 1

    def visit(node: Node) -> Part:
        if node.kind != "action":
            node.progress = rollup.roll_up([visit(child) for child in node.children])
        return Part(weight(node), node.progress)

    return rollup.roll_up([visit(axis) for axis in axes])


def _hang(node: Node, parent: Node) -> Node:
    node.parent = parent
    parent.children.append(node)
    return node


def _axis_node(axis: Axis, translated: dict[str, Axis], url: str) -> Node:
    words = translated.get(axis.code, axis)
    return Node(
        kind="axis", pk=axis.pk, code=axis.code, title=words.title, text=words.description, weight=axis.weight,
        url=f"{url}{axis.code}/", in_italian=bool(translated) and words is axis,
    )  # fmt: skip


def _objective_node(objective: Objective, url: str) -> Node:
    return Node(
        kind="objective", pk=objective.pk, code=objective.code, title=objective.label, text=objective.text_label,
        expected_result=objective.expected_result_label, weight=objective.weight, url=f"{url}{objective.code}/",
        in_italian=objective.is_untranslated, is_example=objective.is_example,
    )  # fmt: skip


def _action_node(action: Action, url: str, day: date, months: int) -> Node:
    return Node(
        kind="action", pk=action.pk, code=action.code, title=action.label, text=action.text_label, weight=action.weight,
        url=f"{url}{action.code}/", in_italian=action.is_untranslated, is_example=action.is_example, action=action,
        progress=rollup.action_progress(action.status, action.progress),
        late=rollup.is_late(action.status, action.end, day),
        stale=rollup.is_stale(action.status, action.start, last_news(action), day, months),
    )  # fmt: skip


def _count_pages(tree: Tree) -> None:
    """Tell each node which pages contribute to it or to anything below: one query."""
    nodes = {(node.kind, node.pk): node for node in tree.walk()}
    rows = (
        Contribution.objects.of_plan(tree.source_id)
        .readable()
        .values_list("axis_id", "objective_id", "action_id", "page__translation_key")
    )
    for axis_id, objective_id, action_id, key in rows:
        node = (
            nodes.get(("action", action_id)) or nodes.get(("objective", objective_id)) or nodes.get(("axis", axis_id))
        )
        while node is not None:
            node.page_keys.add(key)
            node = node.parent
