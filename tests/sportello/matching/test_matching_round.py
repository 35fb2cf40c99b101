"""A round against everything known of deferred acceptance: an oracle, brute force, and its theorems."""

import warnings
from dataclasses import replace
from itertools import permutations, product
from random import Random

import pytest
from hypothesis import given, settings
from matching.games import HospitalResident

from sportello.matching import (
    Assignment,
    RoundInput,
    RoundInputError,
    blocking_pairs,
    run_round,
    second_round,
    summarise,
    violations,
    write_outcome,
)
from sportello.matching.facts import OfferFacts, Point, YouthFacts
from tests.sportello.matching.markets import large_market, markets, matching_of, priority


def example(**changes):
    values = {
        "seed": "estate-2027",
        "seats": {"o1": 2, "o2": 1},
        "choices": {"y1": ["o2", "o1"], "y2": ["o1"]},
        "bands": {"o1": [["y1", "y2"], ["y3"]], "o2": [["y1"]]},
    }
    return RoundInput(**{**values, **changes})


def stable_matchings(market):
    """Yield every stable matching, by trying all: nothing here comes from the code under test."""
    pinned = dict(market.pinned)
    seats = {offer: count - list(pinned.values()).count(offer) for offer, count in market.seats.items()}
    order = {
        (youth, offer): priority(market, offer, youth) for youth, offers in market.choices.items() for offer in offers
    }
    free = [youth for youth in market.choices if youth not in pinned]
    options = [[o for o in market.choices[y] if order[y, o] is not None] + [None] for y in free]
    for picks in product(*options):
        if all(picks.count(offer) <= seats[offer] for offer in set(picks) - {None}):
            held = {offer: [y for y, o in zip(free, picks, strict=True) if o == offer] for offer in seats}
            if not any(
                len(held[better]) < seats[better]
                or any(order[youth, better] < order[other, better] for other in held[better])
                for youth, pick, mine in zip(free, picks, options, strict=True)
                for better in mine[: mine.index(pick)]
            ):
                yield dict(zip(free, picks, strict=True))


@given(markets())
@settings(max_examples=150, deadline=None)
def test_it_is_the_best_stable_matching_for_every_young_person(market):
    outcome = matching_of(run_round(market))
    stable = list(stable_matchings(market))

    def place(youth, offer):
        return market.choices[youth].index(offer) if offer else len(market.choices[youth])

    assert stable
    for youth in stable[0]:
        best = min((matching[youth] for matching in stable), key=lambda offer: place(youth, offer))
        assert outcome.get(youth) == best


@given(markets(people=12, offers=6, longest=6))
@settings(max_examples=150, deadline=None)
def test_nobody_has_a_justified_complaint(market):
    outcome = run_round(market)

    assert list(violations(market, matching_of(outcome))) == []
    assert list(blocking_pairs(market, matching_of(outcome))) == []
    assert outcome.assigned.keys() | outcome.unassigned.keys() == market.choices.keys() | dict(market.pinned).keys()
    assert not outcome.assigned.keys() & outcome.unassigned.keys()
    held = list(matching_of(outcome).values())
    assert outcome.seats_left == {offer: seats - held.count(offer) for offer, seats in market.seats.items()}


@pytest.mark.parametrize(("people", "offers"), [(20, 5), (100, 20), (300, 40)])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_it_agrees_with_the_matching_library(people, offers, seed):
    market = large_market(people, offers, seed)
    pinned = dict(market.pinned)
    seats = {offer: count - list(pinned.values()).count(offer) for offer, count in market.seats.items()}
    order = {
        (youth, offer): priority(market, offer, youth)
        for youth, chosen in market.choices.items()
        for offer in chosen
        if youth not in pinned and seats[offer]
    }
    welcome = {pair: place for pair, place in order.items() if place is not None}
    residents = {
        youth: [offer for offer in chosen if (youth, offer) in welcome] for youth, chosen in market.choices.items()
    }
    residents = {youth: chosen for youth, chosen in residents.items() if chosen}
    hospitals = {
        offer: sorted((y for y, o in welcome if o == offer), key=lambda y, offer=offer: welcome[y, offer])
        for offer in seats
    }
    hospitals = {offer: people for offer, people in hospitals.items() if people}
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        game = HospitalResident.create_from_dictionaries(
            residents, hospitals, {offer: seats[offer] for offer in hospitals}
        )
    expected = {youth.name: offer.name for offer, people in game.solve().items() for youth in people}

    assert matching_of(run_round(market)) == {**pinned, **expected}


@pytest.mark.parametrize(("people", "offers"), [(1_000, 100), (10_000, 1_000), (30_000, 1_000)])
def test_no_blocking_pair_at_larger_sizes(people, offers):
    market = large_market(people, offers, seed=people)
    summary = summarise(market, run_round(market))

    assert summary.blocking_pairs == 0
    assert summary.people == people
    assert 0 < summary.matched < people


def test_the_same_output_for_a_hundred_shuffles():
    market = large_market(200, 25, seed=7)
    rng = Random(11)

    def shuffled(items):
        items = list(items)
        rng.shuffle(items)
        return items

    expected = write_outcome(market, run_round(market))
    for _ in range(100):
        same = RoundInput(
            seed=market.seed,
            seats=dict(shuffled(market.seats.items())),
            choices=dict(shuffled(market.choices.items())),
            bands={o: [shuffled(band) for band in bands] for o, bands in shuffled(market.bands.items())},
            pinned=shuffled(market.pinned),
            forbidden=shuffled(market.forbidden),
        )
        assert write_outcome(same, run_round(same)) == expected


@given(markets(people=5, offers=3))
@settings(max_examples=100, deadline=None)
def test_nobody_gains_by_telling_another_order(market):
    honest = matching_of(run_round(market))
    for youth, truth in market.choices.items():
        mine = honest.get(youth)
        best = truth.index(mine) if mine in truth else len(truth)
        for length in range(len(market.seats) + 1):
            for lie in permutations(market.seats, length):
                told = RoundInput(
                    seed=market.seed,
                    seats=market.seats,
                    choices={**market.choices, youth: list(lie)},
                    bands=market.bands,
                    pinned=market.pinned,
                    forbidden=market.forbidden,
                )
                got = matching_of(run_round(told)).get(youth)
                assert got not in truth[:best]


@given(markets(people=8, offers=4, longest=4))
@settings(max_examples=150, deadline=None)
def test_every_refusal_is_true(market):
    outcome = run_round(market)
    pinned = list(dict(market.pinned).values())
    for youth in market.choices:
        mine = outcome.assigned.get(youth)
        refusals = outcome.preferred(youth)
        if mine is None:
            assert [refusal.offer for refusal in refusals] == list(market.choices[youth])
        elif youth in dict(market.pinned):
            assert refusals == ()
        else:
            assert [refusal.offer for refusal in refusals] == list(market.choices[youth])[: mine.rank - 1]
        for refusal in refusals:
            offer = refusal.offer
            banned = (youth, offer) in market.forbidden
            eligible = any(youth in band for band in market.bands[offer])
            empty = market.seats[offer] == pinned.count(offer)
            expected = "forbidden" if banned else "not_eligible" if not eligible else "no_seats" if empty else "full"
            assert refusal.reason == expected
            assert all(refusal.sentence(language, who) for language in ("it", "en") for who in ("youth", "staff"))
            if expected == "full":
                seated = [
                    priority(market, offer, other)
                    for other, got in outcome.assigned.items()
                    if got.offer == offer and other not in dict(market.pinned)
                ]
                band, number = priority(market, offer, youth)
                assert outcome.seats_left[offer] == 0
                assert max(seated) < (band, number)
                assert refusal.decided_by == ("lottery" if max(seated)[0] == band else "band")
            else:
                assert refusal.decided_by is None


def test_the_lottery_decides_inside_a_band_and_only_there():
    people = [f"y{i}" for i in range(9)]
    market = RoundInput(
        seed="s",
        seats={"o": 3},
        choices={youth: ["o"] for youth in people},
        bands={"o": [["y8"], people[:8]]},
    )
    drawn = sorted(people[:8], key=lambda youth: priority(market, "o", youth))
    outcome = run_round(market)

    assert set(outcome.assigned) == {"y8", *drawn[:2]}
    assert {refusal.decided_by for why in outcome.unassigned.values() for refusal in why} == {"lottery"}


def test_another_seed_draws_another_order():
    winners = set()
    for seed in range(40):
        market = RoundInput(seed=str(seed), seats={"o": 1}, choices={"a": ["o"], "b": ["o"]}, bands={"o": [["a", "b"]]})
        winners.update(run_round(market).assigned)
    assert winners == {"a", "b"}


def test_a_pin_takes_its_seat_whatever_the_bands_and_lists_say():
    outcome = run_round(example(pinned=[("stranger", "o2"), ("y2", "o1")]))

    assert outcome.assigned["stranger"] == ("o2", None)
    assert outcome.assigned["y2"] == ("o1", 1)
    assert outcome.assigned["y1"] == ("o1", 2)
    assert [refusal.reason for refusal in outcome.preferred("y1")] == ["no_seats"]
    assert outcome.preferred("y2") == ()
    assert outcome.seats_left == {"o1": 0, "o2": 0}


def test_who_chose_nothing_is_unassigned_with_nothing_to_explain():
    assert run_round(example(choices={"y1": []})).unassigned == {"y1": ()}


def test_an_offer_without_bands_takes_nobody():
    assert [r.reason for r in run_round(example(bands={})).unassigned["y2"]] == ["not_eligible"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"seats": {"o1": -1, "o2": 1}}, 'seats["o1"]: a negative number of seats'),
        ({"choices": {"y1": ["o1", "o9"]}}, 'choices["y1"][1]: offer "o9" is not in seats'),
        ({"choices": {"y1": ["o1", "o2", "o1"]}}, 'choices["y1"][2]: offer "o1" is repeated'),
        ({"bands": {"o9": []}}, 'bands["o9"]: offer "o9" is not in seats'),
        ({"bands": {"o1": [["y1"], ["y2", "y1"]]}}, 'bands["o1"]: "y1" is repeated'),
        ({"bands": {"o1": [["y1", "y1"]]}}, 'bands["o1"]: "y1" is repeated'),
        ({"pinned": [("y1", "o9")]}, 'pinned[0]: offer "o9" is not in seats'),
        ({"pinned": [("y1", "o1"), ("y1", "o2")]}, 'pinned[1]: "y1" is repeated'),
        ({"pinned": [("y1", "o2"), ("y2", "o2")]}, 'pinned[1]: offer "o2" has no seat left for it'),
        ({"pinned": [("y1", "o1")], "forbidden": [("y1", "o1")]}, "pinned[0]: the pair is forbidden too"),
        ({"forbidden": [("y1", "o9")]}, 'forbidden[0]: offer "o9" is not in seats'),
        ({"forbidden": [("y1", "o1"), ("y1", "o1")]}, "forbidden[1]: the pair is repeated"),
    ],
)
def test_an_input_that_contradicts_itself_is_refused_with_its_place(changes, message):
    with pytest.raises(RoundInputError) as caught:
        example(**changes)
    assert str(caught.value) == message


def test_the_verifier_sees_what_is_wrong():
    market = example(forbidden=[("y2", "o1")], pinned=[("y3", "o2")])

    assert list(blocking_pairs(market, {"y3": "o2"})) == [("y1", "o1")]
    assert list(violations(market, {"y1": "o1"})) == ["y3 is pinned to o2"]
    assert list(violations(market, {"y3": "o2", "y2": "o1"})) == ["y2 is not eligible for o1"]
    assert "o2 has 1 seats for 2 people" in list(violations(market, {"y3": "o2", "y1": "o2"}))
    with pytest.raises(ValueError, match="no outcome of this input"):
        summarise(market, run_round(example()))


def test_the_verifier_sees_envy_of_someone_placed_later():
    market = RoundInput(seed="s", seats={"o": 1}, choices={"a": ["o"], "b": ["o"]}, bands={"o": [["a"], ["b"]]})
    assert list(blocking_pairs(market, {"b": "o"})) == [("a", "o")]


def test_summary_counts():
    summary = summarise(example(), run_round(example(choices={"y1": ["o2", "o1"], "y2": ["o1"]})))

    assert (summary.people, summary.matched, summary.pinned, summary.first_choice) == (2, 2, 0, 2)
    assert (summary.mean_rank, summary.seats, summary.seats_filled) == (1.0, 3, 2)
    assert (summary.offers, summary.offers_never_chosen, summary.offers_empty) == (2, 0, 0)


def test_summary_counts_blocking_pairs_and_does_not_assume_that_there_are_none():
    market = example(seats={"o1": 1, "o2": 1}, bands={"o1": [["y1"], ["y2"]], "o2": [["y1"]]})
    outcome = run_round(market)
    assert summarise(market, outcome).blocking_pairs == 0
    unstable = replace(outcome, assigned={"y2": Assignment("o1", 1)}, unassigned={"y1": ()})
    assert summarise(market, unstable).blocking_pairs > 0


def test_the_second_round_is_on_what_is_left_and_looks_farther(today):
    def youth(key):
        return YouthFacts(
            key=key, birth_date=today.replace(year=2000), home=Point(45, 8), max_distance_km=10, consent=True
        )

    near = OfferFacts(key="near", place=Point(45, 8), seats_free=1)
    far = OfferFacts(key="far", place=Point(45, 8.2), seats_free=2)
    very_far = OfferFacts(key="very-far", place=Point(45, 9), seats_free=2)
    first = RoundInput(
        seed="one",
        seats={"near": 1, "far": 2, "very-far": 2},
        choices={"y1": ["near"], "y2": ["near"], "y3": ["near"]},
        bands={"near": [["y1"], ["y2"], ["y3"]]},
        forbidden=[("y3", "far")],
    )
    outcome = run_round(first)
    again = second_round(
        first, outcome, [youth("y1"), youth("y2"), youth("y3")], [near, far, very_far], today, seed="two"
    )

    assert again.seats == {"far": 2, "very-far": 2}
    assert again.choices == {"y2": ["far"], "y3": []}
    assert matching_of(run_round(again)) == {"y2": "far"}
    with pytest.raises(ValueError, match="seed of its own"):
        second_round(first, outcome, [], [], today, seed="one")
