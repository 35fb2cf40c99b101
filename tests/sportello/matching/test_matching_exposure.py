"""The order of offers: by value, less a penalty that can be seen and explained."""

from dataclasses import replace
from datetime import date

import pytest

from sportello.matching import OfferFacts, Point, RuleFacts, YouthFacts, blocked_offers, rank_offers, rank_possible
from sportello.matching.exposure import PENALTY_MAX, exposure_of, penalty

YOUTH = YouthFacts(
    key="y",
    birth_date=date(2009, 1, 1),
    home=Point(45, 8),
    max_distance_km=30,
    interests=frozenset({"digitale"}),
    consent=True,
)
NEAR = OfferFacts(key="near", kind="breve", sector="digitale", place=Point(45, 8))
FARTHER = replace(NEAR, key="farther", place=Point(45.1, 8))
OTHER = replace(NEAR, key="other", sector="sociale")


def order(offers, today, **options):
    return [line.offer.key for line in rank_offers(YOUTH, offers, today, **options)]


def test_the_best_come_first(today):
    assert order([OTHER, FARTHER, NEAR], today) == ["near", "farther", "other"]
    assert order([OTHER, FARTHER, NEAR], today, limit=2) == ["near", "farther"]


def test_a_crowded_offer_goes_down_by_its_penalty_and_its_score_does_not_change(today):
    crowded = replace(NEAR, open_applications=5, seats_free=2)
    ranked = {line.offer.key: line for line in rank_offers(YOUTH, [crowded, FARTHER], today)}

    assert list(ranked) == ["farther", "near"]
    line = ranked["near"]
    assert line.exposure.penalty == 20
    assert line.order == line.pair.value - 20
    assert line.pair == rank_offers(YOUTH, [NEAR], today)[0].pair
    assert line.exposure.sentence() == ("Scende di 20 punti nell'elenco: candidature aperte 5, posti liberi 2.")
    assert ranked["farther"].exposure.sentence("en").startswith("No correction")


@pytest.mark.parametrize(
    ("applications", "seats", "points"),
    [(0, 1, 0), (1, 1, 8), (1, 2, 4), (1, 6, 1), (1, 9, 0), (500, 1, PENALTY_MAX), (0, 0, 0), (1, 0, 8)],
)
def test_the_penalty_grows_with_the_applications_per_free_seat(applications, seats, points):
    assert penalty(applications, seats) == points
    offer = OfferFacts(open_applications=applications, seats_free=seats)
    assert exposure_of(offer).penalty == points


def test_in_a_round_the_penalty_has_no_limit():
    crowded, busy = replace(NEAR, open_applications=30), replace(OTHER, open_applications=20)
    limited = rank_possible(YOUTH, (crowded, busy))
    assert [line.offer.key for line in limited] == ["near", "other"]
    assert {line.exposure.penalty for line in limited} == {PENALTY_MAX}
    free = rank_possible(YOUTH, (crowded, busy), most=None)
    assert [(line.offer.key, line.exposure.penalty) for line in free] == [("other", 160), ("near", 240)]
    assert all(line.order == line.pair.value - line.exposure.penalty for line in free)


def test_equal_offers_are_drawn_for_each_person_and_not_by_name(today):
    twins = [replace(NEAR, key=f"o{i}") for i in range(5)]
    firsts = {rank_offers(replace(YOUTH, key=f"y{i}"), twins, today, limit=1)[0].offer.key for i in range(60)}
    assert firsts == {twin.key for twin in twins}
    assert order(twins, today) == order(twins[::-1], today)


def test_equal_order_goes_to_the_less_crowded(today):
    # The penalty is just the difference in value: the two stand level, and the quiet one goes first.
    values = {line.offer.key: line.pair.value for line in rank_offers(YOUTH, [NEAR, FARTHER], today)}
    gap = values["near"] - values["farther"]
    crowded = replace(NEAR, open_applications=gap, seats_free=8)
    line = next(line for line in rank_offers(YOUTH, [crowded, FARTHER], today) if line.offer.key == "near")

    assert line.exposure.penalty == gap
    for number in range(20):
        ranked = rank_offers(replace(YOUTH, key=f"y{number}"), [crowded, FARTHER], today)
        assert [line.offer.key for line in ranked] == ["farther", "near"]


def test_what_is_not_possible_is_apart_with_its_reasons(today):
    far = replace(NEAR, key="far", place=Point(46, 8))
    old = replace(NEAR, key="old", kind="estivo")
    rules = {"estivo": RuleFacts(kind="estivo", minimum_age=18)}

    assert order([far, NEAR, old], today, rules=rules) == ["near"]
    blocked = blocked_offers(YOUTH, [far, NEAR, old], today, rules)
    assert [(line.offer.key, [obstacle.key for obstacle in line.obstacles]) for line in blocked] == [
        ("far", ["travel"]),
        ("old", ["too_young"]),
    ]
