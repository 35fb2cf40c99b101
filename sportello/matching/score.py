"""The score of a pair, and why: factors whose points add up to it exactly.

Each side has its own score, 0 to 100, and the pair's value is their harmonic mean, which is low as soon as
one of the two is: a pair is worth proposing when both would want it (the usual reciprocal recommendation, see
Pizzato, Rej, Chung, Koprinska and Kay, "RECON", RecSys 2010).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .factors import MISSING, NEUTRAL, Measures, PreparedOffer, PreparedYouth, Vocabulary, measure, plain_measures
from .facts import OfferFacts, YouthFacts
from .sentences import factor_wording
from .weights import DEFAULT_WEIGHTS, Weights
from .wording import Audience, Language, label, say


@dataclass(frozen=True, slots=True)
class Factor:
    """One line of a score: what was looked at, what it is worth, and why.

    ``value`` is 0 to 100 and counts ``weight`` hundredths; ``points`` is its whole-number share of the score.
    When ``missing`` is true nobody told, and the value is the neutral one.
    """

    key: str
    value: int
    weight: int
    points: int
    missing: bool
    wording: str
    values: tuple[tuple[str, int], ...] = ()

    def sentence(self, language: Language = "it", audience: Audience = "youth") -> str:
        """Return the factor in words."""
        return say(self.wording, language, audience, **dict(self.values))

    def label(self, language: Language = "it") -> str:
        """Return the factor's short name."""
        return label(self.key, language)


@dataclass(frozen=True, slots=True)
class Score:
    """One side's score: ``value`` is exactly the sum of the factors' points."""

    value: int
    factors: tuple[Factor, ...]

    def factor(self, key: str) -> Factor:
        """Return the factor with this key. Raises KeyError if this side has none."""
        for factor in self.factors:
            if factor.key == key:
                return factor
        raise KeyError(key)


@dataclass(frozen=True, slots=True)
class PairScore:
    """Both sides' scores, and the pair's value between them."""

    youth: Score
    host: Score
    value: int
    weights_version: str


def score_pair(youth: YouthFacts, offer: OfferFacts, weights: Weights = DEFAULT_WEIGHTS) -> PairScore:
    """Score one pair and explain it. It does not ask whether the pair is possible: `hard_filters` does."""
    words = Vocabulary()
    return explain_pair(PreparedYouth(youth, words), PreparedOffer(offer, words), weights)


def explain_pair(youth: PreparedYouth, offer: PreparedOffer, weights: Weights = DEFAULT_WEIGHTS) -> PairScore:
    """Score and explain a pair that is already prepared."""
    measures = measure(youth, offer)
    sides = []
    for side, lines in enumerate(_lines(measures, weights)):
        points = _share_out(lines)
        factors = []
        for (key, value, weight), share in zip(lines, points, strict=True):
            wording, values = factor_wording(key, side, youth, offer)
            factors.append(Factor(key, _effective(value), weight, share, value == MISSING, wording, values))
        sides.append(Score(sum(points), tuple(factors)))
    young, host = sides
    return PairScore(young, host, harmonic_mean(young.value, host.value), weights.version)


def pair_values(
    youth: PreparedYouth, offers: Iterable[PreparedOffer], weights: Weights = DEFAULT_WEIGHTS
) -> list[tuple[int, int, int]]:
    """Return (pair, young person's side, host's side) for each offer, with no explanation: the fast path."""
    # The tables stand in the order of the measures; travel, the third, counts on both sides.
    y0, y1, y2, y3, y4, y5, h6, h7, h8, h2 = _tables(weights)
    values = []
    for offer in offers:
        m0, m1, m2, m3, m4, m5, m6, m7, m8 = plain_measures(youth, offer)
        young = (y0[m0] + y1[m1] + y2[m2] + y3[m3] + y4[m4] + y5[m5] + 50) // 100
        host = (h6[m6] + h7[m7] + h8[m8] + h2[m2] + 50) // 100
        both = young + host
        values.append(((4 * young * host + both) // (2 * both) if both else 0, young, host))
    return values


def harmonic_mean(a: int, b: int) -> int:
    """Return the harmonic mean of two whole numbers, rounded half up; 0 when either is."""
    return (4 * a * b + a + b) // (2 * (a + b)) if a and b else 0


_Line = tuple[str, int, int]


def _lines(m: Measures, weights: Weights) -> tuple[tuple[_Line, ...], tuple[_Line, ...]]:
    """Pair each measure with its weight, side by side."""
    w, h = weights.youth, weights.host
    return (
        (
            ("interest", m.interest, w.interest),
            ("skills", m.youth_skills, w.skills),
            ("travel", m.travel, w.travel),
            ("schedule", m.schedule, w.schedule),
            ("goals", m.goals, w.goals),
            ("reliability", m.reliability, w.reliability),
        ),
        (
            ("skills", m.host_skills, h.skills),
            ("availability", m.availability, h.availability),
            ("motivation", m.motivation, h.motivation),
            ("travel", m.travel, h.travel),
        ),
    )


def _share_out(lines: Sequence[_Line]) -> list[int]:
    """Split the score, rounded half up, into whole points by the largest remainder (Hamilton's method).

    The points add up to the score, none exceeds its weight, and equal remainders go to the earlier line.
    """
    exact = [_effective(value) * weight for _, value, weight in lines]
    points = [hundredths // 100 for hundredths in exact]
    by_remainder = sorted(range(len(exact)), key=lambda i: (-(exact[i] % 100), i))
    for i in by_remainder[: (sum(exact) + 50) // 100 - sum(points)]:
        points[i] += 1
    return points


@lru_cache(maxsize=32)
def _tables(weights: Weights) -> tuple[tuple[int, ...], ...]:
    """Return, for each measure in order, value times weight; the last entry, index -1, is that of MISSING."""
    w, h = weights.youth, weights.host
    young = (w.interest, w.skills, w.travel, w.schedule, w.goals, w.reliability)
    order = (*young, h.skills, h.availability, h.motivation, h.travel)
    return tuple((*(value * weight for value in range(101)), NEUTRAL * weight) for weight in order)


def _effective(value: int) -> int:
    return NEUTRAL if value == MISSING else value
