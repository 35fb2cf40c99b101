"""What is below the axes of the plan: objectives, actions, indicators, reports, and what contributes.

Each thing once, by its code: what an editor changed stays as it is.
"""

from collections.abc import Mapping
from datetime import datetime, time
from decimal import Decimal
from typing import Any

from django.db import transaction

from portal.pages.words import ROME
from portal.registry.models import Organisation
from progetti.actions.plan import save_action
from progetti.models import (
    Action,
    ActionUpdate,
    Axis,
    Contribution,
    Indicator,
    Measurement,
    Objective,
    PlanPage,
    PlanReport,
)

from .registry import Registry
from .source import ContentError, page_key, read
from .tree import Tree

Row = Mapping[str, Any]
WORDS = ("title", "title_en", "description", "description_en", "expected_result", "expected_result_en")
# At what hour a change of the past is written down, for only its day is known.
NOON = time(12)


@transaction.atomic
def load_plan_details(tree: Tree, registry: Registry) -> int:
    """Make what is missing below the plan; how many objectives, actions, indicators and reports were made."""
    data = read("plan_details")
    if tree.find(page_key(data["plan"])) is None:
        raise ContentError("plan_details.toml: the plan that it details is not there")
    made = _details(tree, tree.find(page_key(data["plan"])), data, registry)
    # The invented plan may have been taken away by an editor: then nothing of it comes back.
    example = tree.find(page_key("full-example/plan"))
    return made + (_details(tree, example, read("full_examples")["plan"], registry) if example is not None else 0)


def _details(tree: Tree, plan: PlanPage, data: Row, registry: Registry) -> int:
    axes = {axis.code: axis for axis in plan.axes.all()}
    made = sum(_objective(tree, plan, axes, row, registry) for row in data["objective"])
    made += sum(_plan_indicator(plan, axes, row) for row in data["indicator"])
    made += sum(_city_indicators(tree, row, registry) for row in data.get("city_indicator", []))
    made += sum(_report(plan, row) for row in data["report"])
    for row in data["contribution"]:
        _contribution(tree, plan, row)
    return made


def _objective(tree: Tree, plan: PlanPage, axes: Mapping[str, Axis], row: Row, registry: Registry) -> int:
    axis = axes.get(row["code"].partition(".")[0])
    if axis is None:
        # An editor took the axis away: its examples go with it.
        return 0
    fields = {name: row[name] for name in WORDS if name in row}
    objective, created = Objective.objects.get_or_create(
        plan=plan,
        code=row["code"],
        defaults={"axis": axis, "weight": row.get("weight", 1), "is_example": True, **fields},
    )
    rows = enumerate(row.get("action", []), start=1)
    return created + sum(_action(tree, objective, number, action, registry) for number, action in rows)


def _action(tree: Tree, objective: Objective, number: int, row: Row, registry: Registry) -> int:
    code = f"{objective.code}.{number}"
    if Action.objects.filter(plan_id=objective.plan_id, code=code).exists():
        return 0
    action = Action(
        objective=objective,
        code=code,
        **{name: row[name] for name in WORDS if name in row},
        weight=row.get("weight", 1),
        start=row.get("start"),
        end=row.get("end"),
        responsible=_organisation(registry, row.get("responsible")),
        responsible_body=tree.find(page_key(row["responsible_body"])) if "responsible_body" in row else None,
        resources_amount=row.get("resources_amount"),
        resources_source=row.get("resources_source", ""),
        is_example=True,
    )
    for day, status, *progress in row["history"]:
        action.status, action.progress = status, progress[0] if progress else None
        action.full_clean()
        save_action(action, by=None, at=datetime.combine(day, NOON, tzinfo=ROME))
    ActionUpdate.objects.bulk_create(
        ActionUpdate(action=action, date=day, text=text, evidence_url=evidence[0] if evidence else "")
        for day, text, *evidence in row.get("updates", [])
    )
    return 1


def _organisation(registry: Registry, slug: str | None) -> Organisation | None:
    """One of the register, or the invented one of the examples."""
    if slug is None:
        return None
    return registry.organisations.get(slug) or Organisation.objects.get(slug=slug)


INDICATOR_FIELDS = (
    "title", "title_en", "definition", "definition_en", "unit", "unit_en", "direction", "baseline", "baseline_year",
    "target", "target_year", "source", "method", "frequency",
)  # fmt: skip


def _plan_indicator(plan: PlanPage, axes: Mapping[str, Axis], row: Row) -> int:
    node: dict[str, Any] = {}
    if "axis" in row:
        node = {"axis": axes.get(row["axis"])}
    else:
        node = {"objective": Objective.objects.filter(plan=plan, code=row["objective"]).first()}
    if None in node.values() or Indicator.objects.filter(plan=plan, code=row["code"]).exists():
        return 0
    return _indicator(row, row["measurements"], **node)


def _city_indicators(tree: Tree, row: Row, registry: Registry) -> int:
    project = tree.find(page_key(f"project/{row['project']}"))
    if project is None or Indicator.objects.filter(project=project, code=row["code"]).exists():
        return 0
    return sum(
        _indicator(row, city["measurements"], project=project, territory=registry.territory(city["territory"]))
        for city in row["cities"]
    )


def _indicator(row: Row, measurements: list[list[Any]], **links: Any) -> int:
    fields = {name: row[name] for name in INDICATOR_FIELDS if name in row}
    indicator = Indicator(code=row["code"], is_example=True, **fields, **links)
    indicator.full_clean()
    indicator.save()
    for period, value, *more in measurements:
        Measurement.objects.create(
            indicator=indicator,
            period=period,
            value=Decimal(str(value)),
            provisional=bool(more and more[0]),
            note=more[1] if len(more) > 1 else "",
        )
    return 1


def _report(plan: PlanPage, row: Row) -> int:
    _found, created = PlanReport.objects.get_or_create(
        plan=plan,
        year=row["year"],
        half=row["half"],
        defaults={
            "narrative": row["narrative"],
            "narrative_en": row["narrative_en"],
            "is_public": True,
            "is_example": True,
        },
    )
    return created


def _contribution(tree: Tree, plan: PlanPage, row: Row) -> None:
    """Say what a page contributes to, with a revision as an editor would; not where an editor already says so."""
    page = tree.find(page_key(row["page"]))
    if page is None or page.has_unpublished_changes or Contribution.objects.filter(page_id=page.pk).exists():
        return
    node = Axis.objects.filter(plan=plan, code=row["node"]).first()
    if node is None:
        return
    page = page.get_latest_revision_as_object()
    page.contributions.add(Contribution(axis=node, note=row.get("note", ""), locale=page.locale))
    page.save_revision().publish()
