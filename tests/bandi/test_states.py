"""The state of a call at each boundary, across both changes of the clock, and the same in SQL."""

import inspect
import unittest
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase
from wagtail.models import Locale

from bandi import states
from bandi.enums import ACTS_ON_DEADLINE, OPEN_STATES, CallActKind, CallState
from bandi.models import CallAct, CallPage
from bandi.states import (
    EVALUATION_DAYS,
    ROME,
    ActFacts,
    CallFacts,
    call_state,
    deadline_in_force,
    end_of_day,
    has_hour,
    rome_day,
    start_of_day,
    whole_day,
)
from tests.factories import bandi


def rome(year, month, day, hour=0, minute=0, second=0, microsecond=0):
    return datetime(year, month, day, hour, minute, second, microsecond, tzinfo=ROME)


INSTANT = timedelta(microseconds=1)
OPENING, DEADLINE = rome(2027, 1, 11, 9), rome(2027, 3, 3, 12)
CLOSING_DAY = date(2027, 8, 30)  # 180 days after 3 March 2027
EXTENSION = ActFacts("extension", date(2027, 3, 1), rome(2027, 4, 2, 12))
SUSPENSION = ActFacts("suspension", date(2027, 2, 1))
FACTS = CallFacts(opening=OPENING, deadline=DEADLINE)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (OPENING - INSTANT, CallState.SCHEDULED),
        (OPENING, CallState.OPEN),
        (DEADLINE, CallState.OPEN),
        (DEADLINE + INSTANT, CallState.UNDER_EVALUATION),
        (start_of_day(CLOSING_DAY) - INSTANT, CallState.UNDER_EVALUATION),
        (start_of_day(CLOSING_DAY), CallState.CLOSED),
    ],
)
def test_each_boundary_of_a_plain_call(now, expected):
    assert (CLOSING_DAY - DEADLINE.date()).days == EVALUATION_DAYS
    assert call_state(FACTS, now) == expected
    assert call_state(FACTS, now.astimezone(UTC)) == expected


@pytest.mark.parametrize(
    ("facts", "now", "expected"),
    [
        # A known end of the procedure replaces the 180 days, on both sides.
        (
            CallFacts(OPENING, DEADLINE, end_of_procedure=date(2027, 4, 1)),
            rome(2027, 3, 31, 23, 59, 59),
            "under_evaluation",
        ),
        (CallFacts(OPENING, DEADLINE, end_of_procedure=date(2027, 4, 1)), rome(2027, 4, 1), "closed"),
        (CallFacts(OPENING, DEADLINE, end_of_procedure=date(2028, 4, 1)), rome(2027, 12, 1), "under_evaluation"),
        # Without an opening the call is already open.
        (CallFacts(None, DEADLINE), rome(2020, 1, 1), "open"),
        # Until the funds run out: open without end, unless a deadline comes first.
        (CallFacts(OPENING, None, until_funds_run_out=True), rome(2040, 1, 1), "open"),
        (CallFacts(OPENING, None, until_funds_run_out=True), rome(2027, 1, 1), "scheduled"),
        (CallFacts(OPENING, DEADLINE, until_funds_run_out=True), rome(2027, 3, 4), "under_evaluation"),
        # Neither deadline nor funds: it counts as due 180 days after its opening, and never hangs.
        (CallFacts(OPENING), rome(2027, 7, 10, 23, 59, 59), "open"),
        (CallFacts(OPENING), rome(2027, 7, 11), "under_evaluation"),
        (CallFacts(OPENING), rome(2028, 1, 6), "closed"),
        (CallFacts(), rome(2027, 1, 1), "closed"),
    ],
)
def test_calls_with_unusual_dates(facts, now, expected):
    assert call_state(facts, now) == expected


@pytest.mark.parametrize(
    ("acts", "now", "expected"),
    [
        ([ActFacts("extension", date(2027, 3, 1), rome(2027, 4, 2, 12))], rome(2027, 2, 28, 23, 59), "open"),
        ([ActFacts("extension", date(2027, 3, 1), rome(2027, 4, 2, 12))], rome(2027, 3, 1), "extended"),
        ([ActFacts("extension", date(2027, 3, 1), rome(2027, 4, 2, 12))], rome(2027, 4, 2, 12), "extended"),
        (
            [ActFacts("extension", date(2027, 3, 1), rome(2027, 4, 2, 12))],
            rome(2027, 4, 2, 12, 0, 1),
            "under_evaluation",
        ),
        ([ActFacts("early_closing", date(2027, 2, 1), rome(2027, 2, 5, 12))], rome(2027, 2, 4), "open"),
        ([ActFacts("early_closing", date(2027, 2, 1), rome(2027, 2, 5, 12))], rome(2027, 2, 6), "under_evaluation"),
        # The latest act on the deadline counts, whatever the order in which rows are given.
        (
            [
                ActFacts("extension", date(2027, 3, 2), rome(2027, 5, 1, 12)),
                ActFacts("extension", date(2027, 3, 1), rome(2027, 4, 2, 12)),
            ],
            rome(2027, 4, 20),
            "extended",
        ),
        # Of two acts on one day the last given counts.
        (
            [
                ActFacts("extension", date(2027, 3, 1), rome(2027, 5, 1, 12)),
                ActFacts("early_closing", date(2027, 3, 1), rome(2027, 3, 2, 12)),
            ],
            rome(2027, 3, 3),
            "under_evaluation",
        ),
        ([SUSPENSION], rome(2027, 1, 31, 23, 59, 59), "open"),
        ([SUSPENSION], rome(2027, 2, 1), "suspended"),
        ([SUSPENSION], rome(2027, 8, 30), "closed"),
        (
            [ActFacts("suspension", date(2027, 2, 1)), ActFacts("resumption", date(2027, 2, 9))],
            rome(2027, 2, 9),
            "open",
        ),
        ([ActFacts("revocation", date(2027, 2, 1))], rome(2027, 1, 31, 23, 59, 59), "open"),
        ([ActFacts("revocation", date(2027, 2, 1))], rome(2027, 2, 1), "revoked"),
        ([ActFacts("revocation", date(2027, 2, 1))], rome(2035, 2, 1), "revoked"),
    ],
)
def test_acts_change_the_state_from_their_day(acts, now, expected):
    assert call_state(CallFacts(OPENING, DEADLINE, acts=acts), now) == expected


@pytest.mark.parametrize(
    "deadline",
    [
        rome(2027, 3, 28, 1, 59, 59),  # the clock goes forward at 2: 1:59:59 is followed by 3:00:00
        rome(2027, 3, 28, 3),
        rome(2027, 10, 31, 2, 30),  # the clock goes back at 3: there are two 2:30, this is the first
        datetime(2027, 10, 31, 2, 30, tzinfo=ROME, fold=1),
        end_of_day(date(2027, 3, 28)),
        end_of_day(date(2027, 10, 31)),
    ],
)
def test_a_deadline_near_a_change_of_the_clock_holds_to_the_instant(deadline):
    facts = CallFacts(rome(2027, 1, 1), deadline)
    at = deadline.astimezone(UTC)
    assert call_state(facts, at) == CallState.OPEN
    assert call_state(facts, at + INSTANT) == CallState.UNDER_EVALUATION


def test_the_days_of_the_changes_of_the_clock_last_23_and_25_hours():
    spring, autumn = date(2027, 3, 28), date(2027, 10, 31)
    for day, hours in ((spring, 23), (autumn, 25)):
        start, end = start_of_day(day).astimezone(UTC), end_of_day(day).astimezone(UTC)
        assert end + INSTANT - start == timedelta(hours=hours)


def test_a_deadline_without_an_hour_lasts_until_the_end_of_its_day():
    midnight = rome(2022, 1, 31)
    assert whole_day(midnight) == end_of_day(date(2022, 1, 31))
    assert whole_day(midnight.astimezone(UTC)) == end_of_day(date(2022, 1, 31))
    assert not has_hour(whole_day(midnight))
    assert whole_day(DEADLINE) == DEADLINE
    assert has_hour(DEADLINE)


# Few days and round hours, so that boundaries meet often.
days = st.dates(date(2027, 1, 1), date(2028, 2, 1))
moments = st.builds(
    lambda day, hour, shift: rome(day.year, day.month, day.day, hour) + shift,
    days,
    st.sampled_from([0, 2, 12, 23]),
    st.sampled_from([timedelta(0), INSTANT, -INSTANT]),
)
acts = st.builds(
    lambda kind, day, deadline: ActFacts(kind, day, deadline if kind in ACTS_ON_DEADLINE else None),
    st.sampled_from(CallActKind.values),
    days,
    moments,
)


@st.composite
def call_facts(draw):
    opening, deadline = draw(st.none() | moments), draw(st.none() | moments)
    if opening and deadline and opening >= deadline:
        opening = deadline - timedelta(days=1)
    return CallFacts(
        opening=opening,
        deadline=deadline,
        until_funds_run_out=draw(st.booleans()),
        end_of_procedure=draw(st.none() | days),
        publication_of_outcomes=draw(st.none() | days),
        acts=draw(st.lists(acts, max_size=4)),
    )


@given(call_facts(), moments)
def test_a_revoked_or_closed_call_never_comes_back_by_itself(facts, now):
    without_new_acts = CallFacts(
        facts.opening,
        facts.deadline,
        facts.until_funds_run_out,
        facts.end_of_procedure,
        facts.publication_of_outcomes,
        [act for act in facts.acts if act.day <= now.astimezone(ROME).date()],
    )
    if call_state(without_new_acts, now) in (CallState.REVOKED, CallState.CLOSED):
        later = call_state(without_new_acts, now + timedelta(days=400))
        assert later == call_state(without_new_acts, now)


def in_utc(facts: CallFacts) -> CallFacts:
    """The same facts as the database gives them back.

    In the hour that October has twice Python finds a moment unequal to itself in another zone (PEP 495).
    """

    def utc(moment: datetime | None) -> datetime | None:
        return moment and moment.astimezone(UTC)

    return replace(
        facts,
        opening=utc(facts.opening),
        deadline=utc(facts.deadline),
        acts=[replace(act, new_deadline=utc(act.new_deadline)) for act in facts.acts],
    )


class SqlAndPythonAgree(HypothesisTestCase):
    """The queryset and the pure function give each call the same state and the same deadline."""

    @classmethod
    def setUpTestData(cls):
        cls.pk = bandi.call().pk

    # Without shrinking: each example asks the database, and the message names the facts anyway. It is run by two
    # instances on purpose: as a test of its own, and by the one that plants an error.
    @settings(
        max_examples=150,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=[HealthCheck.differing_executors, HealthCheck.too_slow],
    )
    @given(call_facts(), moments)
    @example(CallFacts(rome(2027, 10, 31, 2), rome(2028, 1, 1, 12)), rome(2027, 10, 31, 2))
    @example(CallFacts(None, rome(2027, 10, 31, 2)), rome(2027, 10, 31, 2))
    def test_on_random_dates_and_acts(self, facts, now):
        facts = in_utc(facts)
        CallPage.objects.filter(pk=self.pk).update(
            opening=facts.opening,
            deadline=facts.deadline,
            until_funds_run_out=facts.until_funds_run_out,
            end_of_procedure=facts.end_of_procedure,
            publication_of_outcomes=facts.publication_of_outcomes,
        )
        locale = Locale.get_default()
        CallAct.objects.bulk_create(
            CallAct(
                page_id=self.pk,
                kind=act.kind,
                date=act.day,
                new_deadline=act.new_deadline,
                reason="Motivo",
                sort_order=order,
                locale=locale,
            )
            for order, act in enumerate(facts.acts)
        )
        page = CallPage.objects.with_state(now).get(pk=self.pk)
        assert page.facts == CallFacts(
            facts.opening,
            facts.deadline,
            facts.until_funds_run_out,
            facts.end_of_procedure,
            facts.publication_of_outcomes,
            sorted(facts.acts, key=lambda act: act.day),
        )
        assert page.state_now == call_state(facts, now)
        assert page.deadline_now == deadline_in_force(facts, now)[0]
        assert CallPage.objects.in_state(page.state_now, now=now).filter(pk=self.pk).exists()
        assert CallPage.objects.open(now).filter(pk=self.pk).exists() == (page.state_now in OPEN_STATES)


@given(call_facts())
def test_at_its_deadline_a_call_is_still_open_and_then_no_longer(facts):
    """«By 12 o'clock» includes 12 o'clock, whatever the other dates and acts say."""
    deadline = facts.deadline
    if deadline is None:
        return
    before, at, after = (states.call_state(facts, deadline + shift) for shift in (-INSTANT, timedelta(0), INSTANT))
    same_day = rome_day(deadline - INSTANT) == rome_day(deadline) == rome_day(deadline + INSTANT)
    if same_day and deadline_in_force(facts, deadline)[0] == deadline and before in OPEN_STATES:
        assert at == before
        assert after not in OPEN_STATES


@given(call_facts(), moments)
def test_an_hour_says_the_same_in_every_time_zone(facts, now):
    assert states.call_state(facts, now) == states.call_state(facts, now.astimezone(UTC))


def mutated(old: str, new: str) -> dict:
    """The module of the states with one line of it changed, as a slip of the hand would."""
    source = inspect.getsource(states)
    assert source.count(old) == 1, old
    module: dict = {"__name__": states.__name__, "__package__": states.__package__}
    sys_name = states.__file__ or "states"
    exec(compile(source.replace(old, new), sys_name, "exec"), module)
    return module


PLANTED = [
    # The deadline itself no longer counts.
    (
        "if closing is None or now <= closing:\n        return CallState.EXTENDED",
        "if closing is None or now < closing:\n        return CallState.EXTENDED",
        test_at_its_deadline_a_call_is_still_open_and_then_no_longer,
    ),
    # Days taken from the clock of whoever asks instead of Italy's.
    ("return moment.astimezone(ROME).date()", "return moment.date()", test_an_hour_says_the_same_in_every_time_zone),
    # A revocation that is forgotten after a while.
    (
        "any(act.kind == CallActKind.REVOCATION for act in acts)",
        "any(act.kind == CallActKind.REVOCATION and (rome_day(now) - act.day).days < 300 for act in acts)",
        test_a_revoked_or_closed_call_never_comes_back_by_itself,
    ),
]


@pytest.mark.parametrize(("old", "new", "prop"), PLANTED, ids=["deadline", "time zone", "revocation"])
def test_a_planted_error_is_caught(old, new, prop, monkeypatch):
    """Each property fails on the error it is there for: it can fail."""
    wrong = mutated(old, new)["call_state"]
    monkeypatch.setattr(states, "call_state", wrong)
    monkeypatch.setitem(globals(), "call_state", wrong)
    # The same examples each time, and enough of them: this test must not depend on luck.
    with pytest.raises(AssertionError):
        settings(derandomize=True, max_examples=3000, phases=[Phase.generate])(prop)()


@pytest.mark.django_db
def test_a_planted_error_in_one_of_the_two_is_caught(monkeypatch):
    """The comparison of the queryset with the pure function sees that one of them has forgotten the evaluation."""
    wrong = mutated("return CallState.UNDER_EVALUATION", "return CallState.CLOSED")["call_state"]
    monkeypatch.setitem(globals(), "call_state", wrong)
    outcome = unittest.TestResult()
    unittest.defaultTestLoader.loadTestsFromTestCase(SqlAndPythonAgree).run(outcome)
    assert [text for _test, text in outcome.errors] == []
    assert len(outcome.failures) == 1
