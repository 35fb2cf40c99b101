"""The state of an indicator, at each threshold and in each direction."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progetti.indicator_state import indicator_state
from progetti.models.indicator import period_end
from progetti.plan_enums import Direction, IndicatorState

ORDER = [
    IndicatorState.WORSE,
    IndicatorState.LIMITED,
    IndicatorState.MODERATE,
    IndicatorState.SUBSTANTIAL,
    IndicatorState.REACHED,
]
numbers = st.decimals(min_value=-10_000, max_value=10_000, places=3)


@pytest.mark.parametrize(
    ("value", "state"),
    [
        ("9.999", "worse"), ("10", "limited"), ("19.999", "limited"), ("20", "moderate"), ("29.999", "moderate"),
        ("30", "substantial"), ("39.999", "substantial"), ("40", "reached"), ("41", "reached"),
    ],
)  # fmt: skip
def test_up_by_thirds(value, state):
    assert indicator_state("up", Decimal(10), Decimal(40), Decimal(value)) == state


@pytest.mark.parametrize(
    ("value", "state"),
    [("40.001", "worse"), ("40", "limited"), ("30", "moderate"), ("20", "substantial"), ("10", "reached")],
)
def test_down_by_thirds(value, state):
    assert indicator_state("down", Decimal(40), Decimal(10), Decimal(value)) == state


@pytest.mark.parametrize(
    ("value", "state"),
    [
        ("100", "reached"), ("105", "reached"), ("95", "reached"), ("105.001", "substantial"), ("110", "substantial"),
        ("80", "moderate"), ("70", "limited"), ("69.999", "worse"), ("131", "worse"),
    ],
)  # fmt: skip
def test_keep_by_distance(value, state):
    assert indicator_state("keep", Decimal(100), None, Decimal(value)) == state


@pytest.mark.parametrize(
    ("direction", "baseline", "target", "value", "state"),
    [
        ("up", 1, 2, None, "no_data"),
        ("up", 1, None, 5, "no_data"),
        ("up", None, 2, 1, "no_data"),
        ("up", None, 2, 2, "reached"),
        ("up", 3, 2, 2, "no_data"),  # the target contradicts the direction
        ("down", 2, 2, 2, "no_data"),
        ("keep", None, None, 2, "no_data"),
        ("keep", 0, None, 0, "reached"),
        ("keep", 0, None, 1, "worse"),
        ("keep", 50, 100, 100, "reached"),
    ],
)
def test_what_cannot_be_said(direction, baseline, target, value, state):
    numbers = [None if number is None else Decimal(number) for number in (baseline, target, value)]
    assert indicator_state(direction, *numbers) == state


@given(numbers, numbers, numbers, numbers)
def test_nearer_to_the_target_is_never_a_worse_state(baseline, target, one, other):
    if baseline == target:
        return
    direction = Direction.UP if target > baseline else Direction.DOWN
    near, far = (max, min) if target > baseline else (min, max)
    better = indicator_state(direction, baseline, target, near(one, other))
    worse = indicator_state(direction, baseline, target, far(one, other))
    assert ORDER.index(better) >= ORDER.index(worse)


@given(numbers, numbers, numbers)
def test_up_and_down_mirror_each_other(baseline, target, value):
    assert indicator_state("up", baseline, target, value) == indicator_state("down", -baseline, -target, -value)


@pytest.mark.parametrize(
    ("period", "day"),
    [
        ("2019", "2019-12-31"),
        ("2019-S1", "2019-06-30"),
        ("2019-S2", "2019-12-31"),
        ("2019-T1", "2019-03-31"),
        ("2020-02", "2020-02-29"),
    ],
)
def test_the_last_day_of_a_period(period, day):
    assert period_end(period).isoformat() == day


@pytest.mark.parametrize("period", ["", "19", "2019-", "2019-S3", "2019-T0", "2019-13", "2019-1", "2019\n", " 2019"])
def test_what_is_not_a_period(period):
    with pytest.raises(ValueError, match="not a period"):
        period_end(period)
