"""Matching young people and offers: filters, an explained score, fair exposure, stable rounds.

Pure Python: no Django, no database, no clock, no randomness but a given seed. `docs/matching.md` explains it.
"""

from .exposure import BlockedOffer, Exposure, RankedOffer, blocked_offers, rank_offers
from .facts import BANDS, Band, HeadcountStep, OfferFacts, Point, RuleFacts, Slot, YouthFacts
from .geography import bounding_box, distance_km
from .hints import Hint, hints
from .obstacles import Obstacle, age_on, hard_filters
from .score import Factor, PairScore, Score, score_pair
from .weights import DEFAULT_WEIGHTS, HostWeights, Weights, YouthWeights

__all__ = [
    "BANDS",
    "DEFAULT_WEIGHTS",
    "Band",
    "BlockedOffer",
    "Exposure",
    "Factor",
    "HeadcountStep",
    "Hint",
    "HostWeights",
    "Obstacle",
    "OfferFacts",
    "PairScore",
    "Point",
    "RankedOffer",
    "RuleFacts",
    "Score",
    "Slot",
    "Weights",
    "YouthFacts",
    "YouthWeights",
    "age_on",
    "blocked_offers",
    "bounding_box",
    "distance_km",
    "hard_filters",
    "hints",
    "rank_offers",
    "score_pair",
]
