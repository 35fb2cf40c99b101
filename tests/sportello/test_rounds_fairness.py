"""The report on who was placed: what it shows adds up, and what it hides cannot be worked out."""

from itertools import product

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


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), min_size=2, max_size=3))
def test_a_hidden_small_group_has_more_than_one_possible_size(counts):
    """Whoever reads the table, and knows how it is hidden, still finds more than one way to fill the hidden cells."""
    shown, total = suppress(as_rows(counts))
    if total.placed is None:
        return
    hidden = [n for n, row in enumerate(shown) if row.placed is None]
    if not hidden:
        return
    sizes = [shown[n].people for n in hidden]
    if any(size is None for size in sizes):
        return
    left = total.placed - sum(row.placed or 0 for row in shown)
    fillings = [fill for fill in product(*(range(size + 1) for size in sizes)) if sum(fill) == left]
    for place, n in enumerate(hidden):
        if small(counts[n][0]) or small(counts[n][1]):
            assert len({fill[place] for fill in fillings}) > 1


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
