"""The order in which a young person sees offers: by value, less a visible penalty for the crowded ones.

Without it everyone is shown the same few offers: a third of them then get no application at all while others
get more than they can read. The penalty grows with the open applications per free seat. It changes the order
only: the score that a person reads is not touched, and the penalty stands beside it with its reason.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from .factors import PreparedOffer, PreparedYouth, Vocabulary
from .facts import OfferFacts, RuleFacts, YouthFacts
from .lottery import personal_draw
from .obstacles import Obstacle, hard_filters
from .score import PairScore, explain_pair, pair_values
from .weights import DEFAULT_WEIGHTS, Weights
from .wording import Audience, Language, say

POINTS_EACH = 8
"""Points for each open application per free seat: chosen on test populations, see docs/matching.md."""
PENALTY_MAX = 60
"""An offer may fall far in a list, but never out of reach of those whom it suits best."""


@dataclass(frozen=True, slots=True)
class Exposure:
    """The penalty of an offer, and the two counts it comes from."""

    penalty: int
    open_applications: int
    seats_free: int

    def sentence(self, language: Language = "it", audience: Audience = "youth") -> str:
        """Return the penalty in words."""
        if not self.penalty:
            return say("exposure.none", language, audience)
        counts = {"open": self.open_applications, "seats": self.seats_free}
        return say("exposure.busy", language, audience, penalty=self.penalty, **counts)


@dataclass(frozen=True, slots=True)
class RankedOffer:
    """A possible offer in its place in the list: ``order`` is the pair's value less the penalty."""

    offer: OfferFacts
    pair: PairScore
    exposure: Exposure
    order: int


@dataclass(frozen=True, slots=True)
class RankedYouth:
    """A young person for whom an offer is possible, in their place in the desk's list."""

    youth: YouthFacts
    pair: PairScore


@dataclass(frozen=True, slots=True)
class BlockedOffer:
    """An offer that is not possible, with every reason; the first is the one to show."""

    offer: OfferFacts
    obstacles: tuple[Obstacle, ...]


def exposure_of(offer: OfferFacts, most: int | None = PENALTY_MAX) -> Exposure:
    """Return how far an offer goes down, by its open applications per free seat: `most` points, if there is a limit."""
    points = penalty(offer.open_applications, offer.seats_free, most)
    return Exposure(points, offer.open_applications, offer.seats_free)


def penalty(open_applications: int, seats_free: int, most: int | None = PENALTY_MAX) -> int:
    """Return the penalty in points, from 0 to `most`; an offer with no free seat counts as one with one."""
    points = POINTS_EACH * open_applications // max(1, seats_free)
    return points if most is None else min(most, points)


def rank_offers(
    youth: YouthFacts,
    offers: Iterable[OfferFacts],
    today: date,
    weights: Weights = DEFAULT_WEIGHTS,
    rules: Mapping[str, RuleFacts] | None = None,
    limit: int | None = None,
) -> tuple[RankedOffer, ...]:
    """Return the possible offers, best first, each explained; ``rules`` are by kind of experience.

    Only the first ``limit`` are explained and returned, if it is given. Ties go to the less crowded offer,
    then by a draw of their own for each person, so that no offer wins everywhere by its name.
    """
    rules = rules or {}
    possible = [offer for offer in offers if not hard_filters(youth, offer, today, rules.get(offer.kind or ""))]
    return rank_possible(youth, possible, weights, limit)


def rank_possible(
    youth: YouthFacts,
    possible: Iterable[OfferFacts],
    weights: Weights = DEFAULT_WEIGHTS,
    limit: int | None = None,
    most: int | None = PENALTY_MAX,
) -> tuple[RankedOffer, ...]:
    """Return offers that are known to be possible, in the order of `rank_offers`; the penalty is `most` at most.

    The drafts of a round want no such limit (None): who saves later is led to seats that are still free.
    """
    words = Vocabulary()
    person = PreparedYouth(youth, words)
    prepared = [PreparedOffer(offer, words) for offer in possible]
    ranked = []
    for ready, (value, _, _) in zip(prepared, pair_values(person, prepared, weights), strict=True):
        exposure = exposure_of(ready.facts, most)
        draw = personal_draw(youth.key, ready.facts.key)
        ranked.append(((exposure.penalty - value, exposure.penalty, draw, ready.facts.key), ready, exposure))
    ranked.sort(key=lambda line: line[0])
    return tuple(
        RankedOffer(ready.facts, explain_pair(person, ready, weights), exposure, -order)
        for (order, *_), ready, exposure in ranked[:limit]
    )


def rank_youths(
    offer: OfferFacts, possible: Iterable[YouthFacts], weights: Weights = DEFAULT_WEIGHTS, limit: int | None = None
) -> tuple[RankedYouth, ...]:
    """Return the young people for whom an offer is known to be possible, by the value of the pair, explained.

    For a desk that looks for whom to propose an offer to; a host is never shown this order. Level pairs stand in
    the order of a draw, so that no name wins everywhere.
    """
    words = Vocabulary()
    ready = PreparedOffer(offer, words)
    ranked = []
    for youth in possible:
        person = PreparedYouth(youth, words)
        (value, _, _), *_rest = pair_values(person, (ready,), weights)
        ranked.append(((-value, personal_draw(youth.key, offer.key), youth.key), person))
    ranked.sort(key=lambda line: line[0])
    return tuple(RankedYouth(person.facts, explain_pair(person, ready, weights)) for _order, person in ranked[:limit])


def blocked_offers(
    youth: YouthFacts,
    offers: Iterable[OfferFacts],
    today: date,
    rules: Mapping[str, RuleFacts] | None = None,
) -> tuple[BlockedOffer, ...]:
    """Return the offers that are not possible, in the order given, each with its obstacles."""
    rules = rules or {}
    found = []
    for offer in offers:
        obstacles = hard_filters(youth, offer, today, rules.get(offer.kind or ""))
        if obstacles:
            found.append(BlockedOffer(offer, obstacles))
    return tuple(found)
