"""Which published pages have something to put right: for the dashboard, the report and the editor.

Only pages that are live, in Italian (the others follow it) and written here (an alias follows its original) are judged,
and only those that the reader of the answer may edit. One query for each type of page, whatever their number.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BooleanField, Case, Count, DateField, Q, QuerySet, Value, When
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.models import Locale, Page, PageQuerySet, TaskState
from wagtail.permissions import page_permission_policy

from progetti.models import Action, PlanPage
from progetti.rollup import is_stale

from .problems import PAGE_TYPES, Check, Problem, annotate, checks_of


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to put right on one page, in words; `since` is the day it speaks of, where there is one."""

    problem: Problem
    words: str
    since: date | None


@dataclass(frozen=True, slots=True)
class Judged:
    """A page with something to put right: what, and which organisation answers for it (empty if none does)."""

    findings: list[Finding]
    responsible: str

    @property
    def words(self) -> list[str]:
        """One sentence for each thing."""
        return [finding.words for finding in self.findings]

    @property
    def since(self) -> date | None:
        """The earliest day that the findings speak of."""
        return min((finding.since for finding in self.findings if finding.since), default=None)


def editable_pages(user: Any) -> PageQuerySet:
    """The pages that a person may change."""
    return page_permission_policy.instances_user_has_permission_for(user, "change")


def judged(model: type[Page], user: Any) -> QuerySet:
    """The pages of one type that are judged: live, in Italian, no aliases, editable by the person."""
    return (
        model._default_manager.filter(live=True, alias_of__isnull=True, locale_id=italian_id())
        .filter(pk__in=editable_pages(user).order_by().values("pk"))
        .order_by()
    )


def italian_id() -> int | None:
    """The language that pages are written in."""
    return Locale.objects.filter(language_code="it").values_list("pk", flat=True).first()


def silent_plans(today: date) -> dict[int, int]:
    """How many actions nobody has written about for longer than their plan allows, by the plan's id: one query."""
    counts: dict[int, int] = defaultdict(int)
    rows = (
        Action.objects.filter(plan__live=True)
        .order_by()
        .with_last_news()
        .values_list("plan_id", "plan__monitoring_months", "status", "start", "last_update", "last_change")
    )
    for plan, months, status, start, last_update, last_change in rows:
        changed = timezone.localdate(last_change) if last_change else None
        last_news = max((day for day in (last_update, changed) if day), default=None)
        if is_stale(status, start, last_news, today, months):
            counts[plan] += 1
    return dict(counts)


def count_problems(user: Any, today: date | None = None) -> dict[Problem, int]:
    """How many pages have each kind of problem; of silent actions, how many actions."""
    today = today or timezone.localdate()
    silent = silent_plans(today)
    totals = dict.fromkeys(Problem, 0)
    for model in PAGE_TYPES:
        conditions: dict[Problem, Q] = defaultdict(Q)
        for check in checks_of(model, today, silent):
            conditions[check.problem] |= check.condition
        flags = {problem.value: _flag(condition) for problem, condition in conditions.items()}
        pages = annotate(judged(model, user), model).annotate(**{f"is_{name}": flag for name, flag in flags.items()})
        counts = pages.aggregate(**{name: Count("pk", filter=Q(**{f"is_{name}": True})) for name in flags})
        for name, count in counts.items():
            totals[Problem(name)] += count
    if silent:
        mine = judged(PlanPage, user).filter(pk__in=silent).values_list("pk", flat=True)
        totals[Problem.SILENT_ACTIONS] = sum(silent[plan] for plan in mine)
    return totals


def pages_with(user: Any, problems: Iterable[Problem] = tuple(Problem), today: date | None = None) -> PageQuerySet:
    """The pages that have at least one of the problems: one query that other filters can narrow."""
    today = today or timezone.localdate()
    silent = silent_plans(today)
    wanted = set(problems)
    condition = Q(pk__in=[])
    for model in PAGE_TYPES:
        anything = Q(pk__in=[])
        for check in checks_of(model, today, silent):
            if check.problem in wanted:
                anything |= check.condition
        found = annotate(judged(model, user), model).filter(anything)
        condition |= Q(pk__in=found.values("pk"))
    return Page.objects.filter(condition)


def judge(user: Any, pages: Iterable[int] | QuerySet | None = None, today: date | None = None) -> dict[int, Judged]:
    """What is to be put right on each page, by the page's id; only on the pages given, if any are."""
    today = today or timezone.localdate()
    silent = silent_plans(today)
    found: dict[int, Judged] = {}
    for model in PAGE_TYPES:
        rows = annotate(judged(model, user), model)
        if pages is not None:
            rows = rows.filter(pk__in=pages)
        found.update(_judge_rows(rows, checks_of(model, today, silent)))
    return found


def _judge_rows(rows: QuerySet, checks: list[Check]) -> Iterable[tuple[int, Judged]]:
    """What each row has: the conditions are judged by the database, the sentences made here."""
    columns: dict[str, Any] = {}
    anything = Q(pk__in=[])
    for number, check in enumerate(checks):
        columns[f"flag_{number}"] = _flag(check.condition)
        day = check.since if check.since is not None else Value(None)
        columns[f"since_{number}"] = Cast(day, DateField())
        anything |= check.condition
    for row in rows.filter(anything).annotate(**columns).values("pk", "organisation__name", *columns):
        told = [
            Finding(check.problem, check.say(row[f"since_{number}"]), row[f"since_{number}"])
            for number, check in enumerate(checks)
            if row[f"flag_{number}"]
        ]
        yield row["pk"], Judged(told, row["organisation__name"] or "")


def _flag(condition: Q) -> Case:
    return Case(When(condition, then=Value(True)), default=Value(False), output_field=BooleanField())


def count_awaiting(user: Any) -> int:
    """How many pages wait for the person's approval."""
    return TaskState.objects.reviewable_by(user).count()
