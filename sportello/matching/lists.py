"""First drafts of lists and bands, from the scores: people and hosts then change them as they like."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from .exposure import RankedOffer, rank_offers
from .facts import OfferFacts, RuleFacts, YouthFacts
from .weights import DEFAULT_WEIGHTS, Weights

LIST_LENGTH = 10
"""Offers that a young person may rank in a round."""
THRESHOLDS = (80, 65, 50)
"""Host scores from which a person is drafted into the first, second and third band; the rest are a fourth."""


def draft_bands(scores: Mapping[str, int], thresholds: Sequence[int] = THRESHOLDS) -> list[list[str]]:
    """Put people into bands by the host's score, best band first; inside a band by name, which means nothing.

    Bands are wide on purpose: a point or two of difference is noise, and the lottery is fairer than noise.
    """
    bands: list[list[str]] = [[] for _ in range(len(thresholds) + 1)]
    for youth in sorted(scores):
        bands[sum(scores[youth] < threshold for threshold in thresholds)].append(youth)
    return bands


def draft_lists(
    youths: Iterable[YouthFacts],
    offers: Collection[OfferFacts],
    today: date,
    *,
    weights: Weights = DEFAULT_WEIGHTS,
    rules: Mapping[str, RuleFacts] | None = None,
    limit: int = LIST_LENGTH,
    excluded: Collection[tuple[str, str]] = (),
) -> tuple[dict[str, list[str]], dict[str, list[list[str]]]]:
    """Return choices and bands for a round: for each person their best possible offers, for each offer its
    bands.

    ``excluded`` are pairs (young person, offer) that are not to be proposed again.
    """
    choices: dict[str, list[str]] = {}
    scores: dict[str, dict[str, int]] = {offer.key: {} for offer in offers}
    for youth in youths:
        fresh = [offer for offer in offers if (youth.key, offer.key) not in excluded]
        ranked: Sequence[RankedOffer] = rank_offers(youth, fresh, today, weights, rules, limit)
        choices[youth.key] = [line.offer.key for line in ranked]
        for line in ranked:
            scores[line.offer.key][youth.key] = line.pair.host.value
    return choices, {offer: draft_bands(people) for offer, people in scores.items()}
