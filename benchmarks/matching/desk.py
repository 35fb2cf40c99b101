"""A season at a desk, played twice with the same people: everyone for themselves, and with the matching."""

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from math import isnan

from sportello.matching import (
    PreparedOffer,
    PreparedYouth,
    RoundInput,
    RoundOutcome,
    Vocabulary,
    draft_bands,
    draft_lists,
    hard_filters,
    pair_values,
    run_round,
    second_round,
    summarise,
)
from sportello.matching.exposure import penalty
from sportello.matching.lists import LIST_LENGTH
from sportello.matching.lottery import personal_draw
from sportello.matching.population import Population
from sportello.matching.second_round import WIDER, widened

from .markets import TODAY
from .references import min_cost_flow, most_matched

OPEN_APPLICATIONS = 5
"""Applications that a young person may have open at a time."""
TOP, APPLY = 10, 3
"""How many offers a person looks at, and to how many of them they apply."""


Pairs = Mapping[str, tuple[int, int, int]]
"""For one young person, the possible offers: (value, young person's side, host's side)."""


@dataclass(frozen=True, slots=True)
class Season:
    """What came of it. ``unread`` counts applications to seats that were gone when their turn came."""

    name: str
    matched: int
    seats: int
    unread: int
    offers_with_none: int
    mean_rank: float

    def __str__(self) -> str:
        """Return one row of the table."""
        return (
            f"| {self.name} | {self.matched} | {self.matched / self.seats:.0%} | {self.unread} "
            f"| {self.offers_with_none} | {'-' if isnan(self.mean_rank) else f'{self.mean_rank:.2f}'} |"
        )


@dataclass(frozen=True, slots=True)
class Scored:
    """Every possible pair of a population, by young person."""

    population: Population
    pairs: dict[str, Pairs]

    @property
    def seats(self) -> dict[str, int]:
        """Seats by offer, of the offers that are possible for somebody."""
        wanted = {offer for offers in self.pairs.values() for offer in offers}
        return {offer.key: offer.seats_free for offer in self.population.offers if offer.key in wanted}


def score_all(population: Population) -> Scored:
    """Filter and score every pair."""
    words = Vocabulary()
    offers = [(offer, PreparedOffer(offer, words)) for offer in population.offers]
    pairs: dict[str, Pairs] = {}
    for youth in population.youths:
        possible = [ready for offer, ready in offers if not hard_filters(youth, offer, TODAY)]
        values = pair_values(PreparedYouth(youth, words), possible)
        pairs[youth.key] = {ready.facts.key: value for ready, value in zip(possible, values, strict=True)}
    return Scored(population, pairs)


def own_interest(scored: Scored) -> Season:
    """Play the season without a desk: everyone applies to their own five best, hosts take their own best.

    A person chosen by several hosts takes the one they like best, and the others call nobody else: by then the
    summer has begun.
    """
    seats = scored.seats
    applied: dict[str, list[str]] = {}
    for youth, pairs in scored.pairs.items():
        applied[youth] = sorted(pairs, key=partial(_taste, pairs))[:OPEN_APPLICATIONS]
    received: dict[str, list[str]] = defaultdict(list)
    for youth, offers in applied.items():
        for offer in offers:
            received[offer].append(youth)
    called: dict[str, list[str]] = defaultdict(list)
    for offer, people in received.items():
        for youth in sorted(people, key=partial(_host_order, scored, offer))[: seats[offer]]:
            called[youth].append(offer)
    ranks = [min(applied[youth].index(offer) + 1 for offer in offers) for youth, offers in called.items()]
    return Season(
        "own interest",
        matched=len(called),
        seats=sum(seats.values()),
        unread=sum(max(0, len(people) - seats[offer]) for offer, people in received.items()),
        offers_with_none=len(seats.keys() - received.keys()),
        mean_rank=sum(ranks) / len(ranks),
    )


def drafted(scored: Scored) -> RoundInput:
    """Return the lists that the desk drafts, taken by everyone as they are."""
    population = scored.population
    choices, bands = draft_lists(population.youths, population.offers, TODAY)
    bands = {offer: bands[offer] for offer in scored.seats}
    return RoundInput(seed="benchmark", seats=scored.seats, choices=choices, bands=bands)


def drafted_in_turn(scored: Scored, seed: str = "benchmark", excluded: Collection[tuple[str, str]] = ()) -> RoundInput:
    """Return the lists that the portal's page drafts for one person after the other, each saved as it is.

    The page orders by value, less a penalty in which the lists saved so far count as open applications do, unlimited.
    """
    seats, claims = scored.seats, Counter[str]()
    choices: dict[str, list[str]] = {}
    hosts: dict[str, dict[str, int]] = {offer: {} for offer in seats}
    for youth, pairs in scored.pairs.items():
        lines = []
        for offer, (value, _, _) in pairs.items():
            if (youth, offer) not in excluded:
                down = penalty(claims[offer], seats[offer], most=None)
                lines.append((down - value, down, personal_draw(youth, offer), offer))
        choices[youth] = [offer for *_, offer in sorted(lines)[:LIST_LENGTH]]
        claims.update(choices[youth])
        for offer in choices[youth]:
            hosts[offer][youth] = pairs[offer][2]
    bands = {offer: draft_bands(people) for offer, people in hosts.items()}
    return RoundInput(seed=seed, seats=seats, choices=choices, bands=bands)


def drafted_in_turn_again(scored: Scored, lists: RoundInput, first: RoundOutcome) -> RoundInput:
    """Return the lists of a second round as the portal's page drafts them: what is left, twice as far."""
    left = Population(
        tuple(widened(youth, WIDER) for youth in scored.population.youths if youth.key in first.unassigned),
        tuple(
            replace(offer, seats_free=first.seats_left[offer.key])
            for offer in scored.population.offers
            if first.seats_left.get(offer.key)
        ),
    )
    before = {(youth, offer) for youth, offers in lists.choices.items() for offer in offers}
    return drafted_in_turn(score_all(left), "benchmark-2", before)


def drafted_again(scored: Scored, lists: RoundInput, first: RoundOutcome) -> RoundInput:
    """Return the lists of a second round as they are drafted for all at once."""
    population = scored.population
    return second_round(lists, first, population.youths, population.offers, TODAY, seed="benchmark-2")


def reordered(scored: Scored, lists: RoundInput) -> RoundInput:
    """Return the same lists, but each put by the person in the order of their own taste."""
    choices = {
        youth: sorted(offers, key=partial(_taste, scored.pairs[youth])) for youth, offers in lists.choices.items()
    }
    return RoundInput(seed=lists.seed, seats=lists.seats, choices=choices, bands=lists.bands)


def with_the_matching(
    name: str,
    scored: Scored,
    lists: RoundInput,
    draft_again: Callable[[Scored, RoundInput, RoundOutcome], RoundInput] = drafted_again,
) -> tuple[list[Season], int]:
    """Play the season with rounds: the first, then the second on what is left. Also return blocking pairs."""
    first = run_round(lists)
    summary = summarise(lists, first)
    seasons = [_season(name, lists.seats, lists.choices, summary.matched, summary.mean_rank)]
    again = draft_again(scored, lists, first)
    more = summarise(again, run_round(again))
    found = first.assigned.values()
    ranks = sum(got.rank or 0 for got in found) + (more.mean_rank or 0) * more.matched
    total = summary.matched + more.matched
    chosen = {**lists.choices, **{f"{y}-2": offers for y, offers in again.choices.items()}}
    seasons.append(_season("... and a second round", lists.seats, chosen, total, ranks / total))
    return seasons, summary.blocking_pairs + more.blocking_pairs


def exposure(scored: Scored, *, corrected: bool) -> str:
    """Let people come one after the other, see their ten first offers and apply to three; return a table row.

    An offer is *seen enough* when it is in one in twenty of the top tens of those for whom it is possible, and has
    *half its share* when it is in half as many top tens as it would be if all possible offers were shown as often.
    """
    seats, showing = scored.seats, Showing()
    for pairs in scored.pairs.values():
        lines = []
        for offer, (points, _, _) in pairs.items():
            down = penalty(showing.applications[offer], seats[offer]) if corrected else 0
            lines.append((down - points, down, offer))
        showing.add({offer: pairs[offer][0] for _, _, offer in sorted(lines)[:TOP]})
    return f"| {'by value less penalty' if corrected else 'by value only'} | {showing.row(possible_for(scored), seats)}"


class Showing:
    """Top tens that were shown one after the other, and the candidatures that came of them."""

    def __init__(self) -> None:
        """Start with nothing shown."""
        self.seen: Counter[str] = Counter()
        self.applications: Counter[str] = Counter()
        self.value = 0

    def add(self, shown: Mapping[str, int]) -> list[str]:
        """Count one person's top ten, best first with the value of each; return the offers that they apply to."""
        self.value += sum(shown.values())
        self.seen.update(shown.keys())
        chosen = list(shown)[:APPLY]
        self.applications.update(chosen)
        return chosen

    def row(self, possible: Counter[str], seats: Mapping[str, int]) -> str:
        """Return the end of one row of the table, for offers that are possible for so many and have so many seats."""
        seen, applications = self.seen, self.applications
        enough = sum(seen[offer] * 20 >= possible[offer] for offer in seats)
        half = sum(2 * seen[offer] * possible.total() >= possible[offer] * seen.total() for offer in seats)
        crowd = max(applications[offer] / max(1, seats[offer]) for offer in seats)
        return (
            f"{enough} of {len(seats)} | {half} "
            f"| {sum(not seen[offer] for offer in seats)} | {sum(not applications[offer] for offer in seats)} "
            f"| {crowd:.0f} | {self.value / seen.total():.1f} |"
        )


def possible_for(scored: Scored) -> Counter[str]:
    """Count for how many young people each offer is possible."""
    return Counter(offer for pairs in scored.pairs.values() for offer in pairs)


def needed_places(scored: Scored) -> tuple[float, float]:
    """Return how many offers are possible for a person on average, and which part of all places in top tens it would
    take to have each offer in one in twenty of them: beyond 1 no order can do it.
    """
    pairs = possible_for(scored).total()
    places = sum(min(TOP, len(offers)) for offers in scored.pairs.values())
    return pairs / len(scored.pairs), pairs / 20 / places


def on_the_same_lists(lists: RoundInput) -> Season:
    """Return the most that these lists allow, at the least sum of ranks if a solver is there."""
    most = most_matched(lists.choices, lists.seats)
    solved = min_cost_flow(lists.choices, lists.seats)
    if solved is None:
        return _season("most that can be placed", lists.seats, lists.choices, most, None)
    solver, matched, total = solved
    if matched != most:
        raise AssertionError(f"{solver} matched {matched}, augmenting paths {most}")
    return _season(f"min-cost flow ({solver})", lists.seats, lists.choices, matched, total / matched)


def _taste(pairs: Pairs, offer: str) -> tuple[int, str]:
    return -pairs[offer][1], offer


def _host_order(scored: Scored, offer: str, youth: str) -> tuple[int, str]:
    return -scored.pairs[youth][offer][2], youth


def _season(
    name: str, seats: Mapping[str, int], choices: Mapping[str, Sequence[str]], matched: int, rank: float | None
) -> Season:
    chosen = {offer for offers in choices.values() for offer in offers}
    return Season(name, matched, sum(seats.values()), 0, len(seats.keys() - chosen), rank or float("nan"))
