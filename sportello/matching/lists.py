"""First drafts of lists and bands, from the scores: people and hosts then change them as they like."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date

from .factors import PreparedOffer, PreparedYouth, Vocabulary
from .facts import OfferFacts, RuleFacts, YouthFacts
from .lottery import personal_draw
from .obstacles import hard_filters
from .score import pair_values
from .weights import DEFAULT_WEIGHTS, Weights

LIST_LENGTH = 10
"""Offers that a young person may rank in a round."""
CLAIM_POINTS = 100
"""Points by which an offer goes down for each whole claim on each of its seats."""
WHOLE_CLAIM = 2520
"""One claim, in parts that lists of one to ten offers divide evenly: no fractions, no rounding."""
THRESHOLDS = (80, 65, 50)
"""Host scores from which a person is drafted into the first, second and third band; the rest are a fourth."""


def band_number(score: int, thresholds: Sequence[int] = THRESHOLDS) -> int:
    """Return the number of the band that a host's score falls into, from 0, the best."""
    return sum(score < threshold for threshold in thresholds)


def draft_bands(scores: Mapping[str, int], thresholds: Sequence[int] = THRESHOLDS) -> list[list[str]]:
    """Put people into bands by the host's score, best band first; inside a band by name, which means nothing.

    Bands are wide on purpose: a point or two of difference is noise, and the lottery is fairer than noise.
    """
    bands: list[list[str]] = [[] for _ in range(len(thresholds) + 1)]
    for youth in sorted(scores):
        bands[band_number(scores[youth], thresholds)].append(youth)
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
    """Return choices and bands for a round: for each person their best possible offers, for each offer its bands.

    Who has the fewest possible offers is drafted first, and each draft is a claim that makes its offer less
    attractive to those who come after and have more to choose from: all of a seat if it is the person's only
    offer, a tenth if it is one of ten. Without this, people who can go anywhere fill the seats of those who can
    go to one place only. ``excluded`` are pairs (young person, offer) that are not to be proposed again.
    """
    possible = _possible(youths, offers, today, weights, rules or {}, excluded)
    seats = {offer.key: max(1, offer.seats_free) for offer in offers}
    claims = dict.fromkeys(seats, 0)
    choices: dict[str, list[str]] = {}
    hosts: dict[str, dict[str, int]] = {offer: {} for offer in seats}
    for youth in sorted(possible, key=lambda youth: (len(possible[youth]), youth)):
        lines = []
        for offer, (value, _, host) in possible[youth].items():
            crowded = CLAIM_POINTS * claims[offer] // (WHOLE_CLAIM * seats[offer])
            lines.append((crowded - value, personal_draw(youth, offer), offer, host))
        lines = sorted(lines)[:limit]
        choices[youth] = [offer for _, _, offer, _ in lines]
        for _, _, offer, host in lines:
            claims[offer] += WHOLE_CLAIM // len(lines)
            hosts[offer][youth] = host
    return choices, {offer: draft_bands(people) for offer, people in hosts.items()}


def _possible(
    youths: Iterable[YouthFacts],
    offers: Iterable[OfferFacts],
    today: date,
    weights: Weights,
    rules: Mapping[str, RuleFacts],
    excluded: Collection[tuple[str, str]],
) -> dict[str, dict[str, tuple[int, int, int]]]:
    """Return the scores of every possible pair, by young person and offer."""
    words = Vocabulary()
    prepared = [PreparedOffer(offer, words) for offer in offers]
    found = {}
    for youth in youths:
        fit = [
            ready
            for ready in prepared
            if (youth.key, ready.facts.key) not in excluded
            and not hard_filters(youth, ready.facts, today, rules.get(ready.facts.kind or ""))
        ]
        values = pair_values(PreparedYouth(youth, words), fit, weights)
        found[youth.key] = {ready.facts.key: value for ready, value in zip(fit, values, strict=True)}
    return found
