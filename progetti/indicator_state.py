"""The state of an indicator, from baseline, target, direction and the last measurement. Pure functions.

For an indicator that should grow or shrink, what counts is the share of the way from baseline to target:

| share of the way | state |
| --- | --- |
| below 0 | worse than the baseline |
| from 0 to less than 1/3 | limited |
| from 1/3 to less than 2/3 | moderate |
| from 2/3 to less than 1 | substantial |
| 1 and more | reached |

For one that should stay as it is, what counts is the distance from the target (from the baseline when no target is
given), as a share of it: at most 5 % reached, 10 % substantial, 20 % moderate, 30 % limited, more worse. When the value
to keep is 0 there is no share to take: only 0 itself is reached, all the rest is worse.

The thirds are a convention, like those that statistical offices use for the sustainable development goals: they say
how far something is, not whether it will arrive in time.
"""

from decimal import Decimal
from fractions import Fraction

from .plan_enums import Direction, IndicatorState

MODERATE_FROM, SUBSTANTIAL_FROM = Fraction(1, 3), Fraction(2, 3)
KEEP_BANDS = (
    (Fraction(5, 100), IndicatorState.REACHED),
    (Fraction(10, 100), IndicatorState.SUBSTANTIAL),
    (Fraction(20, 100), IndicatorState.MODERATE),
    (Fraction(30, 100), IndicatorState.LIMITED),
)


def target_makes_sense(direction: str, baseline: Decimal | None, target: Decimal | None) -> bool:
    """Whether the target lies where the indicator should go, seen from the baseline."""
    if baseline is None or target is None or direction == Direction.KEEP:
        return True
    return target > baseline if direction == Direction.UP else target < baseline


def indicator_state(
    direction: str, baseline: Decimal | None, target: Decimal | None, value: Decimal | None
) -> IndicatorState:
    """The state of an indicator.

    Args:
        direction: a value of `Direction`.
        baseline, target, value: in the indicator's own unit; None when unknown.

    Returns:
        `NO_DATA` without a value, without what it must be compared with, or with a target against the direction.
        Without a baseline a target can be reached, but how far it still is cannot be said.
    """
    if value is None:
        return IndicatorState.NO_DATA
    if direction == Direction.KEEP:
        return _kept(baseline if target is None else target, value)
    if target is None or not target_makes_sense(direction, baseline, target):
        return IndicatorState.NO_DATA
    if value >= target if direction == Direction.UP else value <= target:
        return IndicatorState.REACHED
    if baseline is None:
        return IndicatorState.NO_DATA
    share = (Fraction(value) - Fraction(baseline)) / (Fraction(target) - Fraction(baseline))
    if share < 0:
        return IndicatorState.WORSE
    if share < MODERATE_FROM:
        return IndicatorState.LIMITED
    return IndicatorState.MODERATE if share < SUBSTANTIAL_FROM else IndicatorState.SUBSTANTIAL


def _kept(reference: Decimal | None, value: Decimal) -> IndicatorState:
    if reference is None:
        return IndicatorState.NO_DATA
    if reference == 0:
        return IndicatorState.REACHED if value == 0 else IndicatorState.WORSE
    distance = abs(Fraction(value) - Fraction(reference)) / abs(Fraction(reference))
    for limit, state in KEEP_BANDS:
        if distance <= limit:
            return state
    return IndicatorState.WORSE
