"""Hard filters: each obstacle at its border, on both sides of it, and the sentence that says it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from sportello.matching import (
    BANDS,
    HeadcountStep,
    Obstacle,
    OfferFacts,
    Point,
    RuleFacts,
    YouthFacts,
    age_on,
    bounding_box,
    distance_km,
    hard_filters,
)

START = date(2027, 6, 14)
YOUTH = YouthFacts(key="y", birth_date=date(2000, 1, 1), consent=True)
OFFER = OfferFacts(key="o", host="h", kind="estivo", start=START, end=START + timedelta(days=59))


def keys(today, youth=None, offer=None, rule=None):
    return [
        obstacle.key
        for obstacle in hard_filters(replace(YOUTH, **(youth or {})), replace(OFFER, **(offer or {})), today, rule)
    ]


def rule(**values):
    return RuleFacts(kind="estivo", **values)


def born(age, day=START):
    """Return the birth date of who becomes so old on that day."""
    return day.replace(year=day.year - age)


def test_a_plain_pair_is_possible(today):
    assert hard_filters(YOUTH, OFFER, today) == ()
    assert hard_filters(YOUTH, OFFER, today, rule(minimum_age=16, maximum_age=29)) == ()


@pytest.mark.parametrize("consent", [None, False])
def test_without_consent_nothing_is_possible(today, consent):
    assert keys(today, {"consent": consent}) == ["consent"]


def test_a_refused_offer_does_not_come_back(today):
    assert keys(today, {"refused_offers": frozenset({"o"})}) == ["refused"]
    assert keys(today, {"refused_offers": frozenset({"p"})}) == []


def test_not_twice_with_the_same_host_where_the_rule_says_so(today):
    been_there = {"past_hosts": frozenset({"h"})}
    assert keys(today, been_there, rule=rule(once_per_host=True)) == ["same_host"]
    assert keys(today, been_there, rule=rule()) == []


def test_the_kind_is_for_some_statuses(today):
    students = rule(statuses=frozenset({"student"}))
    assert keys(today, {"status": "student"}, rule=students) == []
    assert keys(today, {"status": "worker"}, rule=students) == ["status"]
    assert keys(today, {"status": None}, rule=students) == ["status_unknown"]
    assert keys(today, {"status": None}, rule=rule()) == []


def test_age_is_that_of_the_first_day(today):
    assert keys(today, {"birth_date": born(16)}, rule=rule(minimum_age=16)) == []
    assert keys(today, {"birth_date": born(16) + timedelta(days=1)}, rule=rule(minimum_age=16)) == ["too_young"]
    assert keys(today, {"birth_date": born(30) + timedelta(days=1)}, rule=rule(maximum_age=29)) == []
    assert keys(today, {"birth_date": born(30)}, rule=rule(maximum_age=29)) == ["too_old"]


def test_the_first_day_waits_for_the_person_and_for_today():
    later = {"birth_date": born(16) + timedelta(days=1), "available_from": START + timedelta(days=1)}
    assert keys(date(2026, 11, 22), later, {"minimum_age": 16}) == []
    assert keys(START + timedelta(days=1), {"birth_date": later["birth_date"]}, {"minimum_age": 16}) == []


def test_the_tighter_of_rule_and_offer_holds(today):
    seventeen = {"birth_date": born(17)}
    assert keys(today, seventeen, {"minimum_age": 18}, rule(minimum_age=16)) == ["too_young"]
    assert keys(today, seventeen, {"minimum_age": 16}, rule(minimum_age=18)) == ["too_young"]
    assert keys(today, seventeen, {"maximum_age": 16}, rule(maximum_age=29)) == ["too_old"]


def test_without_a_birth_date_no_rule_on_age_can_be_kept(today):
    assert keys(today, {"birth_date": None}) == ["birth_date"]


def test_who_is_born_on_29_february_comes_of_age_on_1_march():
    assert age_on(date(2008, 2, 29), date(2026, 2, 28)) == 17
    assert age_on(date(2008, 2, 29), date(2026, 3, 1)) == 18


@pytest.mark.parametrize(
    ("offer", "key"),
    [
        ({"hazards": True}, "minor_hazards"),
        ({"night": True}, "minor_night"),
        ({"daily_hours": 9}, "minor_day"),
        ({"weekly_hours": 41}, "hours_for_age"),
    ],
)
def test_what_the_law_forbids_to_minors(today, offer, key):
    assert keys(today, {"birth_date": born(18) + timedelta(days=1)}, offer) == [key]
    assert keys(today, {"birth_date": born(18)}, offer) == []


def test_what_the_law_allows_to_minors(today):
    assert keys(today, {"birth_date": born(16)}, {"daily_hours": 8, "weekly_hours": 40}) == []


def test_a_rule_sets_hours_by_age(today):
    by_age = rule(weekly_hours_by_age=((16, 20), (18, 35)))
    assert keys(today, {"birth_date": born(15)}, {"weekly_hours": 21}, by_age) == ["hours_for_age"]
    assert keys(today, {"birth_date": born(16)}, {"weekly_hours": 21}, by_age) == []
    assert keys(today, {"birth_date": born(16)}, {"weekly_hours": 36}, by_age) == ["hours_for_age"]
    assert keys(today, {"birth_date": born(18)}, {"weekly_hours": 36}, by_age) == []


def test_dates_in_common(today):
    week = {"available_from": START, "available_until": START + timedelta(days=6)}
    assert keys(today, week, {"duration_days": 7}) == []
    assert keys(today, week, {"duration_days": 8}) == ["dates"]
    assert keys(today, {"available_until": START - timedelta(days=1)}) == ["dates"]
    assert keys(today, {"available_from": OFFER.end}) == []
    assert keys(today, {"available_from": OFFER.end + timedelta(days=1)}) == ["dates"]
    assert keys(today, week, {"start": None, "end": None}) == []


def test_what_is_over_is_over():
    assert keys(OFFER.end) == []
    assert keys(OFFER.end + timedelta(days=1)) == ["over"]


def test_a_rule_sets_durations(today):
    assert keys(today, offer={"duration_days": 30}, rule=rule(minimum_days=30, maximum_days=30)) == []
    assert keys(today, offer={"duration_days": 29}, rule=rule(minimum_days=30)) == ["too_short"]
    assert keys(today, offer={"duration_days": 31}, rule=rule(maximum_days=30)) == ["too_long"]
    assert keys(today, rule=rule(minimum_days=61)) == ["too_short"]
    # A window of sixty days with no duration may well hold thirty.
    assert keys(today, rule=rule(maximum_days=30)) == []


def test_hours_in_common(today):
    mornings = frozenset((day, "morning") for day in range(5))
    assert keys(today, {"weekly_hours_max": 20}, {"weekly_hours": 20}) == []
    assert keys(today, {"weekly_hours_max": 19}, {"weekly_hours": 20}) == ["weekly_hours"]
    assert keys(today, {"availability": mornings}, {"schedule": mornings, "weekly_hours": 20}) == []
    three = frozenset((day, "morning") for day in range(3))
    assert keys(today, {"availability": three}, {"schedule": mornings, "weekly_hours": 12}) == []
    assert keys(today, {"availability": three}, {"schedule": mornings, "weekly_hours": 13}) == ["schedule"]
    # An offer that names two mornings and more hours than they hold is asked no more than the two mornings.
    assert keys(today, {"availability": three}, {"schedule": three, "weekly_hours": 30}) == []
    evenings = frozenset((day, "evening") for day in range(5))
    assert keys(today, {"availability": evenings}, {"schedule": mornings}) == ["schedule"]
    assert keys(today, {"availability": evenings}, {"schedule": None}) == []
    assert keys(today, {"availability": frozenset()}, {"schedule": mornings}) == []


def test_travel(today):
    turin, ivrea = Point(45.0703, 7.6869), Point(45.4671, 7.8749)
    km = distance_km(turin, ivrea)
    assert 46 < km < 47
    there = {"home": turin, "max_distance_km": km}
    assert keys(today, there, {"place": ivrea}) == []
    assert keys(today, {**there, "max_distance_km": 46}, {"place": ivrea}) == ["travel"]
    assert keys(today, {**there, "max_distance_km": 46}, {"place": ivrea, "remote": True}) == []
    assert keys(today, {**there, "max_distance_km": None}, {"place": ivrea}) == []
    assert keys(today, {**there, "max_distance_km": 46}, {"place": None}) == []


def test_a_travel_sentence_never_contradicts_itself(today):
    youth = replace(YOUTH, home=Point(45, 8), max_distance_km=10)
    (obstacle,) = hard_filters(youth, replace(OFFER, place=Point(45.0901, 8)), today)
    assert obstacle.values == (("km", 11), ("limit", 10))


@pytest.mark.parametrize(
    ("staff", "running", "possible"),
    [(0, 0, True), (5, 0, True), (5, 1, False), (6, 1, True), (20, 2, False), (21, 2, True), (21, 3, False)],
)
def test_the_cap_of_a_host(today, staff, running, possible):
    table = rule(headcount=(HeadcountStep(5, 1), HeadcountStep(20, 2), HeadcountStep(None, percent=10)))
    found = keys(today, offer={"host_staff": staff, "host_running": running}, rule=table)
    assert found == ([] if possible else ["host_cap"])


def test_a_host_whose_staff_is_unknown_has_no_cap_to_check(today):
    assert keys(today, offer={"host_running": 99}, rule=rule(headcount=(HeadcountStep(None, 1),))) == []
    assert RuleFacts(kind="x", headcount=(HeadcountStep(5, 1),)).host_cap(6) is None


def test_a_rule_for_another_kind_is_a_mistake(today):
    with pytest.raises(ValueError, match="pcto"):
        hard_filters(YOUTH, OFFER, today, RuleFacts(kind="pcto"))


def test_all_obstacles_are_told_and_each_has_its_sentences(today):
    table = rule(minimum_age=30, statuses=frozenset(), headcount=(HeadcountStep(None, 0),))
    youth = replace(YOUTH, consent=None, birth_date=born(15), home=Point(45, 8), max_distance_km=1, weekly_hours_max=1)
    offer = replace(OFFER, hazards=True, night=True, place=Point(46, 8), weekly_hours=50, host_staff=1)
    obstacles = hard_filters(youth, offer, today, table)

    assert [obstacle.key for obstacle in obstacles] == [
        "consent",
        "status_unknown",
        "too_young",
        "minor_hazards",
        "minor_night",
        "hours_for_age",
        "weekly_hours",
        "travel",
        "host_cap",
    ]
    # What only a round knows: see `rounds.choosable`.
    for obstacle in (*obstacles, Obstacle("applied_before"), Obstacle("ranked_before")):
        for audience in ("youth", "staff"):
            assert obstacle.sentence("it", audience).startswith("Non possibile perché ")
            assert obstacle.sentence("en", audience).startswith("Not possible because ")


def test_a_sentence_has_its_numbers(today):
    (obstacle,) = hard_filters(replace(YOUTH, birth_date=born(15)), replace(OFFER, minimum_age=16), today)
    assert obstacle.sentence() == "Non possibile perché all'inizio avresti 15 anni e ne servono almeno 16."
    assert obstacle.sentence("en", "staff") == (
        "Not possible because the person would be 15 at the start and the minimum age is 16."
    )


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: Point(91, 0), "latitude"),
        (lambda: Point(0, float("nan")), "longitude"),
        (lambda: YouthFacts(availability=frozenset({(7, "morning")})), "availability"),
        (lambda: OfferFacts(schedule=frozenset({(0, "night")})), "schedule"),
        (lambda: YouthFacts(max_distance_km=-1), "max_distance_km"),
        (lambda: YouthFacts(max_distance_km=float("nan")), "max_distance_km"),
        (lambda: OfferFacts(seats_free=-1), "seats_free"),
        (lambda: OfferFacts(host_answer_rate=1.1), "host_answer_rate"),
        (lambda: OfferFacts(start=date(2027, 1, 2), end=date(2027, 1, 1)), "ends"),
        (lambda: HeadcountStep(5), "headcount"),
        (lambda: HeadcountStep(5, 1, 10), "headcount"),
    ],
)
def test_facts_that_cannot_be_are_refused(make, message):
    with pytest.raises(ValueError, match=message):
        make()


@pytest.mark.parametrize("centre", [Point(45, 8), Point(0, 179.9), Point(-89.9, 0), Point(70, -30)])
def test_a_box_holds_every_point_of_its_circle(centre):
    south, west, north, east = bounding_box(centre, 50)
    for step in range(360):
        lat, lon = centre.latitude + (step - 180) / 90, centre.longitude + ((step * 7) % 360 - 180) / 20
        if abs(lat) <= 90 and abs(lon) <= 180 and distance_km(centre, Point(lat, lon)) <= 50:
            assert south <= lat <= north
            assert west <= lon <= east


def test_bands_of_a_day_are_three():
    assert BANDS == ("morning", "afternoon", "evening")
