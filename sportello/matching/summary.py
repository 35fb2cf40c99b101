"""The figures of a round, as its report and the comparison of two runs show them."""

from collections import Counter
from dataclasses import dataclass

from .round import RoundOutcome
from .round_input import RoundInput
from .stability import blocking_pairs, violations


@dataclass(frozen=True, slots=True)
class RoundSummary:
    """Counts, never people. ``mean_rank`` is over those placed by the run on an offer of their own list."""

    people: int
    matched: int
    pinned: int
    first_choice: int
    mean_rank: float | None
    seats: int
    seats_filled: int
    offers: int
    offers_never_chosen: int
    offers_empty: int
    blocking_pairs: int


def summarise(given: RoundInput, outcome: RoundOutcome) -> RoundSummary:
    """Count what a round did, and check it: zero blocking pairs is counted, not assumed.

    Raises ValueError if the outcome is not one of this input.
    """
    matching = {youth: got.offer for youth, got in outcome.assigned.items()}
    for violation in violations(given, matching):
        raise ValueError(f"this is no outcome of this input: {violation}")
    pinned = {youth for youth, _ in given.pinned}
    ranks = [got.rank for youth, got in outcome.assigned.items() if youth not in pinned and got.rank is not None]
    people = Counter(matching.values())
    chosen = {offer for offers in given.choices.values() for offer in offers}
    return RoundSummary(
        people=len(given.choices.keys() | pinned),
        matched=len(matching),
        pinned=len(pinned),
        first_choice=ranks.count(1),
        mean_rank=sum(ranks) / len(ranks) if ranks else None,
        seats=sum(given.seats.values()),
        seats_filled=len(matching),
        offers=len(given.seats),
        offers_never_chosen=len(given.seats.keys() - chosen),
        offers_empty=sum(1 for offer, seats in given.seats.items() if seats and not people[offer]),
        blocking_pairs=sum(1 for _ in blocking_pairs(given, matching)),
    )
