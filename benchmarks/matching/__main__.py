"""Print the tables of docs/matching.md: ``python -m benchmarks.matching [--large]``.

Times are the best of several runs in one process, so the ratios hold on a busy machine too; seconds do not.
"""

import argparse
import platform
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from sportello.matching import PreparedOffer, PreparedYouth, Vocabulary, pair_values, run_round
from sportello.matching.round import RoundOutcome
from sportello.matching.round_input import RoundInput

from .arrays import as_arrays, from_names, waves
from .desk import (
    Scored,
    drafted,
    exposure,
    needed_places,
    on_the_same_lists,
    own_interest,
    reordered,
    score_all,
    with_the_matching,
)
from .markets import territory, uniform_market
from .references import heaps, library

_T = TypeVar("_T")


def best_of(times: int, run: Callable[..., _T], *values: object) -> tuple[float, _T]:
    """Return the shortest processor time in seconds, and the last result."""
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        result = run(*values)
        best = min(best, time.process_time() - start)
    return best, result


def rounds(*, large: bool) -> None:
    """Time a round, from names with bands, lottery and reasons, against references on ranks that are given."""
    print("| round | entries | plain heaps s | NumPy waves s | ours s | ours / heaps | ours / NumPy | `matching` s |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    sizes = [(300, 30, 10), (5_000, 500, 20), (10_000, 1_000, 20), (100_000, 10_000, 20)]
    readings = []
    for people, offers, length in [*sizes, *([(1_000_000, 100_000, 20)] if large else [])]:
        times = 10 if people <= 10_000 else 3 if people <= 100_000 else 1
        market = uniform_market(people, offers, length)
        numbers = (market.choices, market.ranks, market.seats)
        plain, got = best_of(times, heaps, *numbers)
        whole, outcome = best_of(times, run_round, market.named)
        if outcome.seats_left.keys() != market.named.seats.keys() or not outcome.assigned:
            raise AssertionError("this is no outcome")
        del outcome
        arrays = as_arrays(*numbers)
        array_time, array_got = best_of(times, waves, *arrays)
        if array_got.tolist() != got:
            raise AssertionError("the references disagree")
        if people <= 100_000:
            check, _ = best_of(times, replace, market.named)
            reading, named = best_of(1, from_names, market.named)
            same = _places(run_round(market.named), market.named) == waves(*named).tolist()
            readings.append((people, offers, check, reading, reading + array_time, whole, same))
        try:
            oracle, theirs = best_of(1, library, *numbers)
            theirs_time = f"{oracle:.2f}{'' if theirs == got else ' (another matching!)'}"
        except RecursionError:
            theirs_time = "RecursionError"
        print(
            f"| {people:,} x {offers:,} | {people * length:,} | {plain:.3f} | {array_time:.3f} | {whole:.3f} "
            f"| {whole / plain:.2f} | {whole / array_time:.2f} | {theirs_time} |",
            flush=True,
        )
    print("\n| round | ours: check of the input s | the round s | NumPy: reading names, with the draws s | all s |")
    print("| --- | --- | --- | --- | --- |")
    for people, offers, check, reading, arrays_all, whole, same in readings:
        told = "" if same else " (another matching!)"
        print(f"| {people:,} x {offers:,} | {check:.3f} | {whole:.3f} | {reading:.3f} | {arrays_all:.3f}{told} |")


def _places(outcome: RoundOutcome, given: RoundInput) -> list[int]:
    """Return who got what in numbers, as the references do: -1 for nothing."""
    numbers = {offer: number for number, offer in enumerate(given.seats)}
    return [numbers[outcome.assigned[y].offer] if y in outcome.assigned else -1 for y in given.choices]


def scoring() -> None:
    """Time and weigh 10,000 young people by 60 candidates on one core."""
    population = territory(10_000, offers=3_500)

    def run() -> int:
        words = Vocabulary()
        offers = [PreparedOffer(offer, words) for offer in population.offers]
        done = 0
        for number, youth in enumerate(population.youths):
            start = (number * 37) % (len(offers) - 60)
            done += len(pair_values(PreparedYouth(youth, words), offers[start : start + 60]))
        return done

    seconds, pairs = best_of(3, run)
    tracemalloc.start()
    run()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print(f"Scoring {pairs:,} pairs: {seconds:.2f} s ({1e6 * seconds / pairs:.2f} us a pair), {peak / 2**20:.0f} MiB")


def shown(scored: Scored) -> None:
    """Print who is seen by how many, with and without the penalty."""
    average, part = needed_places(scored)
    print(f"\n{average:.0f} possible offers a person; one top ten in twenty for each takes {part:.0%} of the places\n")
    print("| order of offers | seen enough | half its share | never seen | no application | most per seat | value |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for corrected in (False, True):
        print(exposure(scored, corrected=corrected))


def seasons(*, large: bool) -> None:
    """Compare a desk's season with and without the matching, at two sizes."""
    for size in (200, 2_000):
        scored = score_all(territory(size))
        lists = drafted(scored)
        ours, blocking = with_the_matching("round, lists as drafted", scored, lists)
        tasted, more = with_the_matching("round, each list reordered", scored, reordered(scored, lists))
        most = on_the_same_lists(lists)
        print(f"\n{size} young people, {len(scored.seats)} offers, {sum(scored.seats.values())} seats\n")
        print("| way | people placed | seats filled | unread applications | offers with none | mean rank |")
        print("| --- | --- | --- | --- | --- | --- |")
        for season in (own_interest(scored), *ours, *tasted, most):
            print(season)
        shares = ", ".join(f"{season.matched / most.matched:.1%}" for season in (*ours, *tasted))
        print(f"\nOf the most that these lists allow: {shares}. Blocking pairs: {blocking + more}.")
        shown(scored)
    if large:
        print("\n10,000 young people, 1,000 offers")
        shown(score_all(territory(10_000, offers=1_000)))


def main() -> None:
    """Print every table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.matching", description=__doc__)
    parser.add_argument("--large", action="store_true", help="also 1,000,000 x 100,000: minutes, and 3 GB of memory")
    arguments = parser.parse_args()
    print(f"Python {platform.python_version()}, {platform.machine()}\n")
    rounds(large=arguments.large)
    print()
    scoring()
    seasons(large=arguments.large)


if __name__ == "__main__":
    main()
