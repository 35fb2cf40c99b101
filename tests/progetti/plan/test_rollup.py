"""Progress rolled up with weights: examples, and properties that hold for every tree."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from progetti import rollup
from progetti.plan_enums import ActionStatus
from progetti.rollup import NO_DATA, Part, Progress, action_progress, add_months, is_late, is_stale, roll_up

FULL = Fraction(1)
weights = st.integers(min_value=1, max_value=1000)
percents = st.none() | st.integers(min_value=0, max_value=100)
leaves = st.tuples(weights, st.sampled_from(ActionStatus.values), percents)
# Three levels: axes of objectives of actions, each with its weight.
trees = st.lists(st.tuples(weights, st.lists(st.tuples(weights, st.lists(leaves, max_size=5)), max_size=4)), max_size=4)


def rolled(tree):
    """The tree rolled up level by level, as the pages do."""
    axes = []
    for axis_weight, objectives in tree:
        parts = [
            Part(weight, roll_up(Part(leaf, action_progress(status, value)) for leaf, status, value in actions))
            for weight, actions in objectives
        ]
        axes.append(Part(axis_weight, roll_up(parts)))
    return roll_up(axes)


def flat(tree):
    """The same by another way: every action at once, each with the product of its shares."""

    def shares(items):
        staying = [item for item in items if item is not None]
        total = sum(weight for weight, _rest in staying)
        return [(Fraction(weight, total), rest) for weight, rest in staying]

    def stays(actions):
        return not actions or any(status != ActionStatus.CANCELLED for _weight, status, _value in actions)

    covered = value = Fraction(0)
    open_axes = [
        (weight, [(inner, actions) for inner, actions in objectives if stays(actions)])
        for weight, objectives in tree
        if not objectives or any(stays(actions) for _inner, actions in objectives)
    ]
    for axis_share, objectives in shares(open_axes):
        for objective_share, actions in shares(objectives):
            kept = [(weight, (status, number)) for weight, status, number in actions if status != "cancelled"]
            for action_share, (status, number) in shares(kept):
                share = axis_share * objective_share * action_share
                number = 100 if status == "done" else number
                if number is not None:
                    covered += share
                    value += share * number
    return (value / covered if covered else None), covered


@given(trees)
def test_level_by_level_is_the_same_as_all_at_once(tree):
    progress = rolled(tree)
    value, coverage = flat(tree)
    if progress is None:
        assert value is None
    else:
        assert (progress.value, progress.coverage) == (value, coverage)


@given(trees)
def test_a_number_is_between_0_and_100_and_there_is_none_without_data(tree):
    progress = rolled(tree)
    if progress is None:
        return
    assert 0 <= progress.coverage <= 1
    assert (progress.value is None) == (progress.coverage == 0)
    assert progress.value is None or 0 <= progress.value <= 100


@given(st.lists(leaves, min_size=1), weights)
def test_an_action_without_data_lowers_the_coverage_and_not_the_value(actions, weight):
    parts = [Part(leaf, action_progress(status, value)) for leaf, status, value in actions]
    before, after = roll_up(parts), roll_up([*parts, Part(weight, NO_DATA)])
    assert after.value == (before.value if before else None)
    assert after.coverage < 1
    assert after.coverage <= (before.coverage if before else 1)


@given(st.lists(leaves), weights, percents)
def test_a_cancelled_action_changes_nothing(actions, weight, progress):
    parts = [Part(leaf, action_progress(status, value)) for leaf, status, value in actions]
    cancelled = Part(weight, action_progress(ActionStatus.CANCELLED, progress))
    if parts:
        assert roll_up([*parts, cancelled]) == roll_up(parts)
    else:
        assert roll_up([cancelled]) is None


@given(st.lists(leaves), st.integers(min_value=2, max_value=9))
def test_weights_only_count_relative_to_each_other(actions, factor):
    parts = [Part(leaf, action_progress(status, value)) for leaf, status, value in actions]
    assert roll_up(parts) == roll_up(Part(part.weight * factor, part.progress) for part in parts)


def test_a_planted_error_is_caught(monkeypatch):
    """The usual mistake, no data taken for 0 %, breaks the property: the tests above can fail."""
    monkeypatch.setattr(rollup, "NO_DATA", Progress(value=Fraction(0), coverage=FULL))
    monkeypatch.setitem(globals(), "action_progress", rollup.action_progress)
    with pytest.raises(AssertionError):
        test_level_by_level_is_the_same_as_all_at_once()


def test_a_double_weight_counts_double():
    parts = [Part(2, Progress(Fraction(90), FULL)), Part(1, Progress(Fraction(0), FULL))]
    assert roll_up(parts) == Progress(Fraction(60), FULL)


def test_coverage_says_how_much_of_the_weight_has_data():
    progress = roll_up([Part(1, Progress(Fraction(50), FULL)), Part(3, NO_DATA)])
    assert progress == Progress(Fraction(50), Fraction(1, 4))
    assert (progress.percent, progress.coverage_percent) == (50, 25)


def test_a_suspended_action_stays_with_its_progress():
    assert action_progress(ActionStatus.SUSPENDED, 40) == Progress(Fraction(40), FULL)


def test_to_start_without_a_number_is_no_data():
    assert action_progress(ActionStatus.TO_START, None) == NO_DATA
    assert action_progress(ActionStatus.TO_START, 0) == Progress(Fraction(0), FULL)


def test_nothing_below_is_no_data():
    assert roll_up([]) == NO_DATA


@pytest.mark.parametrize("weight", [0, -1])
def test_a_weight_is_more_than_nothing(weight):
    with pytest.raises(ValueError, match="weight"):
        roll_up([Part(weight, NO_DATA)])


@pytest.mark.parametrize(
    ("value", "shown"), [(Fraction(1, 10), 1), (Fraction(999, 10), 99), (Fraction(0), 0), (Fraction(100), 100)]
)
def test_rounding_never_says_finished_or_untouched_when_it_is_not(value, shown):
    assert Progress(value, FULL).percent == shown


DAY = date(2021, 6, 30)


@pytest.mark.parametrize(
    ("status", "end", "late"),
    [
        ("under_way", date(2021, 6, 29), True),
        ("under_way", DAY, False),
        ("to_start", date(2020, 1, 1), True),
        ("suspended", date(2020, 1, 1), True),
        ("done", date(2020, 1, 1), False),
        ("cancelled", date(2020, 1, 1), False),
        ("under_way", None, False),
    ],
)
def test_late(status, end, late):
    assert is_late(status, end, DAY) is late


@pytest.mark.parametrize(
    ("status", "start", "last_news", "stale"),
    [
        ("under_way", None, date(2020, 12, 30), False),  # six months to the day
        ("under_way", None, date(2020, 12, 29), True),
        ("under_way", date(2021, 1, 1), None, False),
        ("under_way", date(2020, 1, 1), None, True),
        ("under_way", None, None, True),
        ("to_start", date(2021, 7, 1), None, False),
        ("done", None, None, False),
        ("cancelled", None, None, False),
    ],
)
def test_stale(status, start, last_news, stale):
    assert is_stale(status, start, last_news, DAY, 6) is stale


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (date(2020, 8, 31), 6, date(2021, 2, 28)),
        (date(2019, 8, 31), 6, date(2020, 2, 29)),
        (date(2020, 12, 15), 1, date(2021, 1, 15)),
        (date(2020, 1, 31), 24, date(2022, 1, 31)),
    ],
)
def test_months_end_with_the_month(day, months, then):
    assert add_months(day, months) == then
