"""The second round: who was left, the seats that were left, and a wider radius.

Another run on the same lists would change nothing, since the first was stable. What can change is how far
people are willing to go, so the second round drafts new lists with a wider radius; each person confirms or
changes theirs before it is run.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from .facts import OfferFacts, RuleFacts, YouthFacts
from .lists import LIST_LENGTH, draft_lists
from .round import RoundOutcome
from .round_input import RoundInput
from .weights import DEFAULT_WEIGHTS, Weights

WIDER = 2.0
"""How many times farther the second round looks."""


def second_round(
    first: RoundInput,
    outcome: RoundOutcome,
    youths: Iterable[YouthFacts],
    offers: Iterable[OfferFacts],
    today: date,
    *,
    seed: str,
    wider: float = WIDER,
    weights: Weights = DEFAULT_WEIGHTS,
    rules: Mapping[str, RuleFacts] | None = None,
    limit: int = LIST_LENGTH,
) -> RoundInput:
    """Draft the input of a second round from the outcome of the first.

    Offers that a person ranked in the first round do not come back: the seats still free there were refused
    to them for a reason that holds. Forbidden pairs stay forbidden. Raises ValueError for the first round's
    seed: with it, whoever lost a draw would know the next one.
    """
    if seed == first.seed:
        raise ValueError("the second round needs a seed of its own")
    left = {
        offer.key: replace(offer, seats_free=outcome.seats_left[offer.key])
        for offer in offers
        if outcome.seats_left.get(offer.key)
    }
    people = [widened(youth, wider) for youth in youths if youth.key in outcome.unassigned]
    excluded = {(youth, offer) for youth in outcome.unassigned for offer in first.choices[youth]}
    excluded.update(first.forbidden)
    choices, bands = draft_lists(
        people, left.values(), today, weights=weights, rules=rules, limit=limit, excluded=excluded
    )
    return RoundInput(
        seed=seed,
        seats={key: offer.seats_free for key, offer in left.items()},
        choices=choices,
        bands=bands,
        forbidden=[pair for pair in first.forbidden if pair[1] in left],
    )


def widened(youth: YouthFacts, factor: float) -> YouthFacts:
    """Return a person who would go so many times farther; who did not say how far stays as they are."""
    if youth.max_distance_km is None:
        return youth
    return replace(youth, max_distance_km=factor * youth.max_distance_km)
