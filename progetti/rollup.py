"""How far a plan is: the progress of its actions, rolled up with weights. Pure functions over plain values.

Three rules hold everywhere:

- "No data" is not 0 %. A part without data stays out of the average and lowers the coverage instead.
- A cancelled action leaves the plan: neither the average nor the coverage knows it. A suspended one stays.
- Rolling up level by level gives the same number as weighing every action at once, each with the product of its
  weight and those above it, taken as shares of their own level.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from .plan_enums import ActionStatus

CLOSED = (ActionStatus.DONE, ActionStatus.CANCELLED)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far something is, and how much of it that number speaks for.

    `value`: 0 to 100, or None when nothing below has data. `coverage`: share of the weight that has data, 0 to 1.
    """

    value: Fraction | None
    coverage: Fraction

    @property
    def percent(self) -> int | None:
        """The value as a whole number; it says 100 only when everything is done, and 0 only when nothing is."""
        if self.value is None:
            return None
        if 0 < self.value < 100:
            return min(99, max(1, round(self.value)))
        return int(self.value)

    @property
    def coverage_percent(self) -> int:
        """The coverage as a whole number; 100 only when nothing is missing, 0 only when everything is."""
        if 0 < self.coverage < 1:
            return min(99, max(1, round(self.coverage * 100)))
        return int(self.coverage * 100)


NO_DATA = Progress(value=None, coverage=Fraction(0))


@dataclass(frozen=True, slots=True)
class Part:
    """A part of something larger: its weight (more than 0, in any unit) and its progress; None if it left the plan."""

    weight: int
    progress: Progress | None


def action_progress(status: str, progress: int | None) -> Progress | None:
    """The progress of one action.

    Args:
        status: a value of `ActionStatus`.
        progress: 0 to 100 as the editor gave it, or None when nobody has measured it.

    Returns:
        None for a cancelled action, which leaves the plan. A done one is at 100, whatever else was written.
    """
    if status == ActionStatus.CANCELLED:
        return None
    if status == ActionStatus.DONE:
        return Progress(value=Fraction(100), coverage=Fraction(1))
    if progress is None:
        return NO_DATA
    return Progress(value=Fraction(progress), coverage=Fraction(1))


def roll_up(parts: Iterable[Part]) -> Progress | None:
    """The progress of a whole from its parts.

    The value is the average of the parts' values, each counting for its weight times its coverage; the coverage is the
    average of the coverages, each counting for its weight.

    Returns:
        "No data" for a whole without parts (nobody has said yet what it is made of), None for one whose parts have all
        left the plan: it leaves with them.

    Raises:
        ValueError: a weight that is not more than 0.
    """
    parts = list(parts)
    if any(part.weight <= 0 for part in parts):
        raise ValueError("a weight must be more than 0")
    if not parts:
        return NO_DATA
    staying = [(part.weight, part.progress) for part in parts if part.progress is not None]
    if not staying:
        return None
    total = sum(weight for weight, _progress in staying)
    covered = sum((weight * progress.coverage for weight, progress in staying), Fraction(0))
    if covered == 0:
        return NO_DATA
    value = sum(
        (weight * progress.coverage * progress.value for weight, progress in staying if progress.value is not None),
        Fraction(0),
    )
    return Progress(value=value / covered, coverage=covered / total)


def is_late(status: str, end: date | None, today: date) -> bool:
    """Whether the end has passed and the action is neither done nor cancelled. A suspended action can be late."""
    return end is not None and end < today and status not in CLOSED


def add_months(day: date, months: int) -> date:
    """The same day some months later, or the last day of that month when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def is_stale(status: str, start: date | None, last_news: date | None, today: date, interval_months: int) -> bool:
    """Whether nobody has said anything about an open action for longer than the plan's monitoring interval.

    Args:
        status: a value of `ActionStatus`; done and cancelled actions are never stale.
        start: when the action begins; before that, silence is normal. Unknown: it should have begun already.
        last_news: day of the last update or change of state, or None.
        today: the day to judge by.
        interval_months: how long silence may last, in months.
    """
    if status in CLOSED or (start is not None and start > today):
        return False
    since = max((day for day in (start, last_news) if day is not None), default=None)
    return since is None or add_months(since, interval_months) < today
