"""Matching young people and offers: filters, an explained score, fair exposure, stable rounds.

Pure Python: no Django, no database, no clock, no randomness but a given seed. `docs/matching.md` explains it.
"""

from .document import read_round, write_outcome
from .exposure import (
    BlockedOffer,
    Exposure,
    RankedOffer,
    RankedYouth,
    blocked_offers,
    rank_offers,
    rank_possible,
    rank_youths,
)
from .factors import PreparedOffer, PreparedYouth, Vocabulary
from .facts import BANDS, Band, HeadcountStep, OfferFacts, Point, RuleFacts, Slot, YouthFacts
from .geography import EARTH_RADIUS_KM, bounding_box, distance_km
from .hints import Hint, hints
from .lists import band_number, draft_bands, draft_lists
from .obstacles import Obstacle, age_on, hard_filters
from .population import Population, draw_population, read_municipalities
from .round import Assignment, Refusal, RoundOutcome, run_round
from .round_input import RoundInput, RoundInputError
from .score import Factor, PairScore, Score, pair_values, score_pair
from .second_round import second_round
from .stability import blocking_pairs, violations
from .summary import RoundSummary, summarise
from .weights import DEFAULT_WEIGHTS, HostWeights, Weights, YouthWeights

__all__ = [
    "BANDS",
    "DEFAULT_WEIGHTS",
    "EARTH_RADIUS_KM",
    "Assignment",
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
    "Population",
    "PreparedOffer",
    "PreparedYouth",
    "RankedOffer",
    "RankedYouth",
    "Refusal",
    "RoundInput",
    "RoundInputError",
    "RoundOutcome",
    "RoundSummary",
    "RuleFacts",
    "Score",
    "Slot",
    "Vocabulary",
    "Weights",
    "YouthFacts",
    "YouthWeights",
    "age_on",
    "band_number",
    "blocked_offers",
    "blocking_pairs",
    "bounding_box",
    "distance_km",
    "draft_bands",
    "draft_lists",
    "draw_population",
    "hard_filters",
    "hints",
    "pair_values",
    "rank_offers",
    "rank_possible",
    "rank_youths",
    "read_municipalities",
    "read_round",
    "run_round",
    "score_pair",
    "second_round",
    "summarise",
    "violations",
    "write_outcome",
]
