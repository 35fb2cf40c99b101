"""What readers are told about time."""

from datetime import date, datetime

import pytest

from bandi.enums import CallState
from bandi.states import ROME, end_of_day
from bandi.words import due_words, timing_words

NOON = datetime(2027, 3, 3, 12, tzinfo=ROME)


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (datetime(2027, 1, 1, tzinfo=ROME), "scade il 3 marzo 2027"),
        (datetime(2027, 2, 1, 23, 59, tzinfo=ROME), "scade tra 30 giorni"),
        (datetime(2027, 2, 25, 23, 59, tzinfo=ROME), "scade tra 6 giorni"),
        (datetime(2027, 3, 1, 0, 0, tzinfo=ROME), "scade tra 2 giorni"),
        (datetime(2027, 3, 2, 23, 59, tzinfo=ROME), "scade domani alle 12"),
        (datetime(2027, 3, 3, 0, 0, tzinfo=ROME), "scade oggi alle 12"),
        (NOON, "scade oggi alle 12"),
        (datetime(2027, 3, 3, 12, 1, tzinfo=ROME), "scaduto il 3 marzo 2027"),
    ],
)
def test_how_long_is_left(now, words):
    assert due_words(NOON, now) == words


def test_a_deadline_without_an_hour_names_only_the_day():
    deadline = end_of_day(date(2027, 3, 3))
    assert due_words(deadline, datetime(2027, 3, 3, 23, tzinfo=ROME)) == "scade oggi"
    assert due_words(deadline, datetime(2027, 3, 2, 23, tzinfo=ROME)) == "scade domani"
    half_past = datetime(2027, 3, 3, 12, 30, tzinfo=ROME)
    assert due_words(half_past, datetime(2027, 3, 3, 8, tzinfo=ROME)) == "scade oggi alle 12.30"


def test_days_are_counted_on_the_calendar_across_the_change_of_the_clock():
    deadline = datetime(2027, 3, 29, 0, 30, tzinfo=ROME)
    assert due_words(deadline, datetime(2027, 3, 27, 23, 59, tzinfo=ROME)) == "scade tra 2 giorni"


def test_other_states_say_what_matters_to_them():
    opening = datetime(2027, 3, 1, 9, tzinfo=ROME)
    before = datetime(2027, 2, 1, tzinfo=ROME)
    assert timing_words(CallState.SCHEDULED, opening, NOON, False, before) == "apre lunedì 1º marzo 2027, ore 9"
    assert timing_words(CallState.OPEN, None, None, True, before) == "aperto fino a esaurimento dei fondi"
    assert timing_words(CallState.CLOSED, None, None, False, before) == ""
