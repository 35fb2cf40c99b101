"""What an offer may be: the rules as rows, the series that cannot overlap, and each sentence with its field."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from sportello import rules, week
from sportello.enums import OfferKind, OfferState
from sportello.models import ProgrammeRule
from sportello.querysets_rules import _nearest
from sportello.rule_comparison import compare
from tests.factories.sportello import HostFactory, make_offer

pytestmark = pytest.mark.django_db

START = date(2031, 1, 1)


def rule(**values) -> ProgrammeRule:
    """A rule of volunteering in Piemonte, which asks for nothing but what is given."""
    return ProgrammeRule.objects.create(
        **{"kind": OfferKind.VOLUNTEERING, "region": "Piemonte", "valid_from": date(2021, 1, 1), "source": "Prova"}
        | values
    )


def draft(**values):
    return make_offer(HostFactory(permanent_staff=4), OfferState.DRAFT, **{"kind": OfferKind.VOLUNTEERING} | values)


def fields(offer) -> list[str]:
    return [problem.field for problem in rules.problems_of(offer)]


def test_every_kind_has_a_national_rule_that_the_matching_can_read():
    found = ProgrammeRule.objects.by_kind("Piemonte", START)
    assert set(found) == set(OfferKind.values)
    for row in found.values():
        row.full_clean()
        assert row.facts().kind == row.kind


def test_a_region_comes_before_the_country_and_gives_the_word_back_when_it_ends():
    national = ProgrammeRule.objects.get(kind="volunteering", region="")
    regional = rule(valid_from=date(2030, 1, 1))
    rule(valid_from=date(2032, 1, 1), ends=True)
    in_force = ProgrammeRule.objects.in_force
    assert in_force("volunteering", "Piemonte", date(2029, 12, 31)) == national
    assert in_force("volunteering", "Piemonte", date(2030, 1, 1)) == regional
    assert in_force("volunteering", "Piemonte", date(2031, 12, 31)) == regional
    assert in_force("volunteering", "Piemonte", date(2032, 1, 1)) == national
    assert in_force("volunteering", "Lazio", date(2031, 1, 1)) == national
    assert in_force("volunteering", "Lazio", date(2019, 1, 1)) is None


def test_a_rule_ends_where_the_next_begins():
    first, second = rule(), rule(valid_from=date(2030, 1, 1))
    rows = {row.pk: row.valid_until for row in ProgrammeRule.objects.in_order()}
    assert rows[first.pk] == date(2029, 12, 31)
    assert rows[second.pk] is None


@given(st.lists(st.tuples(st.sampled_from(["", "Piemonte"]), st.integers(1, 40), st.booleans()), max_size=8))
def test_one_rule_at_most_holds_on_any_day(series):
    """The nearest rule is the newest of the region's, unless that one ends it; then the newest national one."""
    rows = [
        ProgrammeRule(kind="short", region=where, valid_from=START + timedelta(days=n), ends=ends and where != "")
        for where, n, ends in series
    ]
    rows.sort(key=lambda row: row.valid_from, reverse=True)
    got = _nearest(rows, "Piemonte").get("short")
    own = next((row for row in rows if row.region == "Piemonte"), None)
    national = next((row for row in rows if row.region == ""), None)
    assert got is (own if own is not None and not own.ends else national)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("kind", "'lavoro'"),
        ("source", "''"),
        ("daily_hours", "13"),
        ("minimum_age", "40"),
        ("minimum_days", "400"),
        ("valid_from", "'2022-01-01'"),
    ],
)
def test_the_database_refuses_what_makes_no_sense(column, value):
    rule(valid_from=date(2022, 1, 1))
    row = rule(maximum_age=30, maximum_days=30)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"UPDATE sportello_programmerule SET {column} = {value} WHERE id = %s", [row.pk])


def test_the_national_series_cannot_end():
    with pytest.raises(IntegrityError), transaction.atomic():
        rule(region="", ends=True)


@pytest.mark.parametrize(
    ("asked", "offered", "field"),
    [
        ({"minimum_age": 19}, {}, "minimum_age"),
        ({"maximum_age": 17}, {}, "minimum_age"),
        ({"maximum_age": 25}, {"maximum_age": 30}, "maximum_age"),
        ({"minimum_days": 100}, {}, "end_date"),
        ({"maximum_days": 30}, {"duration_weeks": 6}, "duration_weeks"),
        ({"daily_hours": 3}, {}, "schedule"),
        ({"weekly_hours_by_age": [[20, 18]]}, {}, "weekly_hours"),
        ({"indemnity": 300}, {"indemnity": 299}, "indemnity"),
        ({"headcount": [[5, 1, None]]}, {"seats_count": 2}, "seats_count"),
        (
            {"minors_in_the_evening": False},
            {"minimum_age": 16, "schedule": week.mask([(n, "evening") for n in range(5)])},
            "schedule",
        ),
    ],
)
def test_each_limit_says_which_field_to_change(asked, offered, field):
    offer = draft(**offered)
    assert fields(offer) == []
    rule(**asked)
    (problem,) = rules.problems_of(offer)
    assert problem.field == field
    assert "%(" not in str(problem.sentence)


@pytest.mark.parametrize(
    ("offered", "field"),
    [
        ({"hazards": "Seghe"}, "minimum_age"),
        ({"weekly_hours": 40, "schedule": week.mask([(n, "morning") for n in range(4)])}, "schedule"),
    ],
)
def test_the_law_on_minors_holds_without_any_rule(offered, field):
    ProgrammeRule.objects.all().delete()
    offer = draft(minimum_age=16, **offered)
    assert fields(offer) == [field]
    offer.minimum_age = 18
    assert fields(offer) == []


def test_minors_forty_hours_are_said_once():
    offer = draft(minimum_age=16)
    offer.weekly_hours = 41
    assert fields(offer).count("weekly_hours") == 1


def test_a_cap_by_staff_asks_how_many_they_are():
    rule(headcount=[[5, 1, None]])
    offer = draft()
    offer.host.permanent_staff = None
    assert fields(offer) == ["host"]


def test_what_is_not_written_yet_is_not_judged():
    offer = draft()
    for name in ("minimum_age", "weekly_hours", "end_date", "schedule", "seats_count"):
        setattr(offer, name, None)
    assert fields(offer) == []
    offer.kind = ""
    assert fields(offer) == []


def test_two_queries_at_most(django_assert_max_num_queries):
    rule(headcount=[[5, 1, None]])
    offer = draft()
    with django_assert_max_num_queries(2):
        rules.problems_of(offer)


def test_who_signs_in_another_order_is_no_change():
    def changed(signers, statuses):
        before = ProgrammeRule(kind="pcto", signers=["school", "youth"], statuses=["seeking", "school"])
        after = ProgrammeRule(kind="pcto", signers=signers, statuses=statuses)
        return [line.label for line in compare(before, after) if line.changed]

    assert changed(["youth", "school"], ["school", "seeking"]) == []
    assert changed(["youth"], ["school", "seeking"]) == ["Chi firma"]
