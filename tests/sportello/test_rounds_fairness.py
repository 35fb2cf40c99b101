"""The report on who was placed: what it shows adds up, and what it hides cannot be worked out."""

from collections import defaultdict
from operator import itemgetter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sportello.rounds_fairness import Row, Table, small, suppress

rows_of_people = st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=6)


def as_rows(counts) -> list[Row]:
    return [Row(str(n), yes + no, yes, no) for n, (yes, no) in enumerate(counts)]


@settings(max_examples=300, deadline=None)
@given(rows_of_people)
def test_no_small_group_is_shown_nor_left_over_by_subtraction(counts):
    shown, total = suppress(as_rows(counts))
    for row, (yes, no) in zip(shown, counts, strict=True):
        assert (row.people, row.placed, row.others) in {
            (yes + no, yes, no),
            (yes + no, None, None),
            (None, None, None),
        }
        assert not any(small(value or 0) for value in (row.people, row.placed, row.others))
    for name in ("people", "placed", "others"):
        hidden = [row for row in shown if getattr(row, name) is None]
        if getattr(total, name) is None or not hidden:
            continue
        left_over = getattr(total, name) - sum(getattr(row, name) or 0 for row in shown)
        assert not small(left_over), f"{name}: the total less the rest gives a group of {left_over}"
        # One hidden row alone would be what is left over: unless nobody is in it, it would be told.
        assert len(hidden) > 1 or len(shown) == 1


def tables(rows: int, people: int):
    """Every table of so many groups of one person or more, and so many people in all."""
    if rows == 1:
        yield from (((yes, people - yes),) for yes in range(people + 1))
        return
    for first in range(1, people - rows + 2):
        for rest in tables(rows - 1, people - first):
            yield from (((yes, first - yes), *rest) for yes in range(first + 1))


@pytest.mark.parametrize(("rows", "people"), [(2, 11), (2, 16), (3, 10), (3, 13), (3, 15)])
def test_who_knows_how_it_is_hidden_cannot_work_out_a_small_group(rows, people):
    """All tables that look the same are put side by side: no hidden small group may be the same in all of them."""
    alike = defaultdict(list)
    for counts in tables(rows, people):
        shown, total = suppress(as_rows(counts))
        alike[tuple((row.people, row.placed, row.others) for row in (*shown, total))].append(counts)
    assert len(alike) > 3
    for look, found in alike.items():
        total = look[-1]
        for n in range(rows):
            for size in (sum, itemgetter(0), itemgetter(1)):
                sizes = {size(counts[n]) for counts in found}
                assert len(sizes) > 1 or not small(sizes.pop()), look
            if look[n][1] is None and total[1]:
                assert any(counts[n][0] for counts in found), f"it is known that nobody of {n} was placed: {look}"
            if look[n][1] is None and total[2]:
                assert any(counts[n][1] for counts in found), f"it is known that all of {n} were placed: {look}"


def test_nothing_is_hidden_where_every_group_is_large():
    shown, total = suppress(as_rows([(10, 5), (0, 8), (6, 0)]))
    assert [(row.people, row.placed, row.percent) for row in shown] == [(15, 10, 67), (8, 0, 0), (6, 6, 100)]
    assert (total.people, total.placed, total.others) == (29, 16, 13)


def test_few_people_in_all_show_nothing():
    shown, total = suppress(as_rows([(2, 1), (1, 0)]))
    assert {value for row in (*shown, total) for value in (row.people, row.placed, row.others)} == {None}


def test_a_group_of_which_nothing_may_be_told_is_counted_not_named():
    rows = (Row("Chieri", 9, 5, 4), Row("Andezeno", None, None, None), Row("Cambiano", None, None, None))
    table = Table("Comune", rows, Row("", 15, 8, 7))
    assert [row.label for row in table.shown] == ["Chieri"]
    assert table.hidden == 2
