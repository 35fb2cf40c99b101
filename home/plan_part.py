"""Where the plan stands, for the home page: its axes with their progress, in one query (two in a translation)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.db.models import F
from wagtail.models import Page

from progetti.models import Axis, PlanPage
from progetti.plan_reading import Node, roll_up_tree
from progetti.rollup import action_progress


@dataclass(frozen=True, slots=True)
class PlanPart:
    """The newest plan and how far each of its axes is; `has_examples`: some of what is measured is invented."""

    page: PlanPage
    axes: list[Node]
    has_examples: bool


def plan_part(sections: Iterable[Page]) -> PlanPart | None:
    """The newest of the plans among the sections of the home page, None without a plan or without axes.

    A plan that is kept out of the menu (an example, one of long ago) is shown only where there is no other.

    Objectives and actions hang on the plan in the main language; its words come from the reader's.
    """
    found = [page for page in sections if page.specific_class is PlanPage]
    in_menu = [page for page in found if page.show_in_menus]
    plans = {page.translation_key: page for page in in_menu or found}
    if not plans:
        return None
    rows = list(
        Axis.objects.filter(plan__translation_key__in=plans, plan__locale__language_code=settings.LANGUAGE_CODE)
        .select_related("plan")
        .annotate(
            objective_pk=F("objectives__pk"),
            objective_weight=F("objectives__weight"),
            objective_example=F("objectives__is_example"),
            action_pk=F("objectives__actions__pk"),
            action_weight=F("objectives__actions__weight"),
            action_status=F("objectives__actions__status"),
            action_done=F("objectives__actions__progress"),
        )
        .order_by("-plan__from_year", "plan_id", "sort_order", "pk", "objective_pk", "action_pk")
    )
    if not rows:
        return None
    plan = rows[0].plan
    rows = [row for row in rows if row.plan_id == plan.pk]
    axes = _tree_of(rows)
    roll_up_tree(axes, plan.weighing)
    shown = plans[plan.translation_key]
    if shown.pk != plan.pk:
        translated = {axis.code: axis for axis in Axis.objects.filter(plan_id=shown.pk).select_related("plan")}
        for axis in axes:
            axis.in_italian = axis.code not in translated
            axis.title = axis.title if axis.in_italian else translated[axis.code].title
        plan = next(iter(translated.values())).plan if translated else plan
    return PlanPart(plan, axes, any(row.objective_example for row in rows))


def _tree_of(rows: Iterable[Axis]) -> list[Node]:
    """Axes with objectives and actions, from rows that repeat an axis for each of its actions."""
    axes: dict[int, Node] = {}
    objectives: dict[int, Node] = {}
    for row in rows:
        axis = axes.setdefault(row.pk, _node("axis", row.pk, row.weight, row.code, row.title))
        if row.objective_pk is None:
            continue
        if row.objective_pk not in objectives:
            objectives[row.objective_pk] = _node("objective", row.objective_pk, row.objective_weight)
            axis.children.append(objectives[row.objective_pk])
        if row.action_pk is not None:
            action = _node("action", row.action_pk, row.action_weight)
            action.progress = action_progress(row.action_status, row.action_done)
            objectives[row.objective_pk].children.append(action)
    return list(axes.values())


def _node(kind: str, pk: int, weight: int, code: str = "", title: str = "") -> Node:
    return Node(kind=kind, code=code, title=title, text="", url="", weight=weight, pk=pk)
