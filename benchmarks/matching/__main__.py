"""Print the tables of docs/matching.md: ``python -m benchmarks.matching [--large]``.

Times are the best of several runs in one process, so the ratios hold on a busy machine too; seconds do not.
"""

import argparse
import platform
import time
import tracemalloc
from collections.abc import Callable
from typing import TypeVar

from sportello.matching import PreparedOffer, PreparedYouth, Vocabulary, pair_values, run_round
from sportello.matching.round_input import RoundInput

from .arrays import as_arrays, waves, waves_by_name
from .desk import (
    Scored,
    drafted,
    drafted_in_turn,
    drafted_in_turn_again,
    exposure,
    needed_places,
    on_the_same_lists,
    own_interest,
    reordered,
    score_all,
    with_the_matching,
)
from .markets import UniformMarket, territory, uniform_market
from .references import heaps, heaps_by_name, library

_T = TypeVar("_T")


def best_of(times: int, run: Callable[..., _T], *values: object) -> tuple[float, _T]:
    """Return the shortest processor time in seconds, and the last result."""
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        result = run(*values)
        best = min(best, time.process_time() - start)
    return best, result


SIZES = [(300, 30, 10), (5_000, 500, 20), (10_000, 1_000, 20), (100_000, 10_000, 20)]
LARGE = (1_000_000, 100_000, 20)
WEIGHED = 100_000
"""Up to so many people memory is weighed too: weighing takes several times as long as running."""


def rounds(*, large: bool) -> None:
    """Time a round against references: from the same input, and from numbers made ready for the references only."""
    same, ready = [], []
    for people, offers, length in [*SIZES, *([LARGE] if large else [])]:
        times = 10 if people <= 10_000 else 3 if people <= 100_000 else 1
        market = uniform_market(people, offers, length)
        size = f"{people:,} x {offers:,}"
        for what, given in (("bands, lottery", market.named), ("strict order", market.strict)):
            if given is not None:
                same.append(f"| {size} | {what} | {_from_the_same_input(times, given)} |")
        ready.append(f"| {size} | {people * length:,} | {_from_numbers(times, market)} |")
        print(f"{size} measured.", flush=True)
    print("\nFrom the same input, a round in memory with its names:\n")
    print("| round | hosts' order | heaps s | MiB | NumPy s | MiB | ours s | MiB | ours / the better |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    print(*same, sep="\n")
    print(
        "\nThe references from numbers made ready for them, with no names, bands, lottery or reasons; ours as above:\n"
    )
    print("| round | entries | heaps s | NumPy s | ours s | ours / heaps | ours / NumPy | `matching` s |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- |")
    print(*ready, sep="\n")


def _from_the_same_input(times: int, given: RoundInput) -> str:
    cells, results, seconds = [], [], []
    for run in (heaps_by_name, waves_by_name, _ours):
        spent, result = best_of(times, run, given)
        weight = f"{_peak(run, given):.0f}" if len(given.choices) <= WEIGHED else "-"
        cells.append(f"{spent:.3f} | {weight}")
        results.append(result)
        seconds.append(spent)
    if not results[0] == results[1] == results[2]:
        raise AssertionError("another matching")
    return f"{' | '.join(cells)} | {seconds[2] / min(seconds[:2]):.2f}"


def _ours(given: RoundInput) -> dict[str, str]:
    """Our round, bands, lottery and reasons included, down to who got what."""
    return {youth: offer for youth, (offer, _rank) in run_round(given).assigned.items()}


def _from_numbers(times: int, market: UniformMarket) -> str:
    numbers = (market.choices, market.ranks, market.seats)
    plain, got = best_of(times, heaps, *numbers)
    whole, outcome = best_of(times, run_round, market.named)
    if outcome.seats_left.keys() != market.named.seats.keys() or not outcome.assigned:
        raise AssertionError("this is no outcome")
    del outcome
    array_time, array_got = best_of(times, waves, *as_arrays(*numbers))
    if array_got.tolist() != got:
        raise AssertionError("the references disagree")
    try:
        oracle, theirs = best_of(1, library, *numbers)
        theirs_time = f"{oracle:.2f}{'' if theirs == got else ' (another matching!)'}"
    except RecursionError:
        theirs_time = "RecursionError"
    ratios = f"{whole / plain:.2f} | {whole / array_time:.2f}"
    return f"{plain:.3f} | {array_time:.3f} | {whole:.3f} | {ratios} | {theirs_time}"


def _peak(run: Callable[[RoundInput], object], given: RoundInput) -> float:
    """Return the most memory that a run takes beside its input, in MiB."""
    tracemalloc.start()
    run(given)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 2**20


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
    print(f"\nScoring {pairs:,} pairs: {seconds:.2f} s ({1e6 * seconds / pairs:.2f} us a pair), {peak / 2**20:.0f} MiB")


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
        turns = drafted_in_turn(scored)
        paged, others = with_the_matching("round, lists drafted in turn", scored, turns, drafted_in_turn_again)
        most, paged_most = on_the_same_lists(lists), on_the_same_lists(turns)
        print(f"\n{size} young people, {len(scored.seats)} offers, {sum(scored.seats.values())} seats\n")
        print("| way | people placed | seats filled | unread applications | offers with none | mean rank |")
        print("| --- | --- | --- | --- | --- | --- |")
        for season in (own_interest(scored), *paged, *ours, *tasted, most):
            print(season)
        shares = ", ".join(f"{season.matched / most.matched:.1%}" for season in (*ours, *tasted))
        in_turn = ", ".join(f"{season.matched / paged_most.matched:.1%}" for season in paged)
        print(f"\nOf the most that these lists allow: {shares}; in turn {in_turn} of {paged_most.matched}.")
        print(f"Blocking pairs: {blocking + more + others}.")
        shown(scored)
    if large:
        print("\n10,000 young people, 1,000 offers")
        shown(score_all(territory(10_000, offers=1_000)))


def main() -> None:
    """Print every table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.matching", description=__doc__)
    parser.add_argument("--large", action="store_true", help="also 1,000,000 x 100,000: ten minutes and 8 GB of memory")
    arguments = parser.parse_args()
    print(f"Python {platform.python_version()}, {platform.machine()}\n")
    rounds(large=arguments.large)
    print()
    scoring()
    seasons(large=arguments.large)


if __name__ == "__main__":
    main()
