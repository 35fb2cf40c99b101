"""Test populations: true to where young people live, and the same for the same seed."""

from collections import Counter
from pathlib import Path

import pytest

from sportello.matching import (
    RoundInput,
    age_on,
    draft_bands,
    draft_lists,
    draw_population,
    read_municipalities,
    run_round,
    summarise,
)

COMUNI = Path(__file__).parents[3] / "portal" / "registry" / "data" / "comuni.csv"


@pytest.fixture(scope="module")
def italy():
    return read_municipalities(COMUNI)


def test_the_register_is_read_whole(italy):
    assert len(italy) > 7_800
    assert sum(place.weight for place in italy) == 8_805_981
    turin = read_municipalities(COMUNI, {"TO"})
    assert {place.province for place in turin} == {"TO"}
    with pytest.raises(ValueError, match="no municipality of XX"):
        read_municipalities(COMUNI, {"XX"})


def test_people_live_where_young_people_live(italy, today):
    population = draw_population(italy, 5_000, "seed", today)
    residents = {}
    for place in italy:
        residents[place.point] = residents.get(place.point, 0) + place.weight
    drawn = Counter(youth.home for youth in population.youths)
    total = sum(residents.values())
    for point in sorted(residents, key=residents.get)[-5:]:
        expected = 5_000 * residents[point] / total
        assert abs(drawn[point] - expected) < 5 * expected**0.5


def test_the_same_seed_draws_the_same_and_another_does_not(italy, today):
    first = draw_population(italy, 100, "a", today)
    assert draw_population(italy, 100, "a", today) == first
    assert draw_population(italy, 100, "b", today) != first
    assert len(first.offers) == 35
    assert len(draw_population(italy, 100, "a", today, offers=7).offers) == 7
    assert len({youth.key for youth in first.youths}) == 100


def test_ages_are_those_of_the_desk(italy, today):
    ages = {age_on(youth.birth_date, today) for youth in draw_population(italy, 1_000, "a", today).youths}
    assert ages == set(range(15, 30))


@pytest.mark.parametrize("size", [99, 100_001])
def test_other_sizes_are_refused(italy, today, size):
    with pytest.raises(ValueError, match=str(size)):
        draw_population(italy, size, "a", today)


def test_a_population_can_be_matched_from_lists_to_summary(today):
    population = draw_population(read_municipalities(COMUNI, {"RE"}), 100, "a", today)
    choices, bands = draft_lists(population.youths, population.offers, today)
    market = RoundInput(
        seed="s", seats={offer.key: offer.seats_free for offer in population.offers}, choices=choices, bands=bands
    )
    summary = summarise(market, run_round(market))

    assert max(map(len, choices.values())) == 10
    assert summary.matched > 20
    assert summary.blocking_pairs == 0


def test_bands_are_drafted_by_thresholds():
    scores = {"a": 80, "b": 79, "c": 65, "d": 50, "e": 49, "f": 100}
    assert draft_bands(scores) == [["a", "f"], ["b", "c"], ["d"], ["e"]]
    assert draft_bands(scores, ()) == [["a", "b", "c", "d", "e", "f"]]
