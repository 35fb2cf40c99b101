"""The measurements under the score, each 0 to 100: six for the young person, three more for the host.

`measure` is the only place where facts become numbers: the fast path over many pairs and the explained score
of one pair both start here. Facts are first prepared, once for each person and offer, so that a pair costs
about two microseconds: sets become bit masks (their common part is counted with one instruction), points
become vectors.
"""

from collections.abc import Iterable
from typing import NamedTuple

from .facts import BANDS, OfferFacts, Slot, YouthFacts
from .geography import Vector, unit_vector, vector_distance_km

MISSING = -1
"""Measured when a fact on either side is not told; it then counts as NEUTRAL."""
NEUTRAL = 50
AT_THE_LIMIT = 25
"""Travel value at exactly the distance a person said they would go; it falls in a straight line from 100."""
GOALS_ENOUGH = 3
"""So many goals in common are as good as it gets: who lists ten is not worse off than who lists three."""
MOTIVATION_FULL = 400
"""Characters from which a motivation counts fully. Length is a poor proxy, so it is easy to reach in full."""
FAST_DAYS, SLOW_DAYS = 3, 15
"""Days to answer that count 100 and 0; day 15 is when the desk closes an unanswered application."""
RATE_SHARE = 70
"""Percentage of the reliability that is the answer rate; the rest is the speed."""


class Measures(NamedTuple):
    """What was measured for one pair: 0 to 100, or MISSING. The names say whose side it is for."""

    interest: int
    youth_skills: int
    travel: int
    schedule: int
    goals: int
    reliability: int
    host_skills: int
    availability: int
    motivation: int


class Vocabulary:
    """Gives each word a bit, so that sets of words become integers. One per batch of people and offers."""

    __slots__ = ("_bits",)

    def __init__(self) -> None:
        """Start with no words."""
        self._bits: dict[str, int] = {}

    def mask(self, words: Iterable[str] | None, family: str = "") -> int:
        """Return the words as a bit mask; the family keeps apart the same word said of different things."""
        mask = 0
        for word in words or ():
            mask |= 1 << self._bits.setdefault(f"{family}:{word}", len(self._bits))
        return mask


class PreparedYouth:
    """A young person ready to be measured against many offers."""

    __slots__ = (
        "facts",
        "first_day",
        "goals",
        "goals_enough",
        "home",
        "hours",
        "interests",
        "last_day",
        "motivation",
        "radius",
        "skills",
        "slots",
        "study_path",
    )

    def __init__(self, youth: YouthFacts, words: Vocabulary) -> None:
        """Read everything that the score may read of a young person, and nothing else."""
        self.facts = youth
        self.interests = youth.interests or None
        self.skills = words.mask(youth.skills) | words.mask(youth.languages, "language")
        self.study_path = youth.study_path
        self.goals = words.mask(youth.goals, "goal")
        self.goals_enough = min(GOALS_ENOUGH, self.goals.bit_count())
        self.slots = slots_mask(youth.availability)
        self.hours = youth.weekly_hours_max
        # A person who gave only one end of their period is free for ever on the other side.
        dated = youth.available_from is not None or youth.available_until is not None
        self.first_day = (youth.available_from.toordinal() if youth.available_from else 0) if dated else None
        self.last_day = youth.available_until.toordinal() if youth.available_until else 10**7
        self.home: Vector | None = None
        if youth.home is not None and youth.max_distance_km is not None:
            self.home = unit_vector(youth.home)
        self.radius = youth.max_distance_km or 0.0
        self.motivation = MISSING
        if youth.motivation_length:
            self.motivation = min(100, _percent(youth.motivation_length, MOTIVATION_FULL))


class PreparedOffer:
    """An offer ready to be measured against many young people."""

    __slots__ = (
        "days",
        "facts",
        "first_day",
        "goals",
        "hours",
        "last_day",
        "place",
        "reliability",
        "remote",
        "sector",
        "slots",
        "slots_count",
        "study_paths",
        "wanted",
        "wanted_count",
    )

    def __init__(self, offer: OfferFacts, words: Vocabulary) -> None:
        """Read everything that the score may read of an offer, and nothing else."""
        self.facts = offer
        self.sector = offer.sector or None
        self.wanted = words.mask(offer.skills) | words.mask(offer.languages, "language")
        self.wanted_count = self.wanted.bit_count()
        self.study_paths = offer.study_paths or None
        self.goals = words.mask(offer.learning_goals, "goal")
        self.slots = slots_mask(offer.schedule)
        self.slots_count = self.slots.bit_count()
        self.hours = offer.weekly_hours or None
        self.days: int | None = None
        self.first_day = self.last_day = 0
        if offer.start is not None and offer.end is not None:
            self.first_day, self.last_day = offer.start.toordinal(), offer.end.toordinal()
            self.days = offer.duration_days or self.last_day - self.first_day + 1
        self.place = unit_vector(offer.place) if offer.place is not None else None
        self.remote = offer.remote
        self.reliability = _reliability(offer.host_answer_rate, offer.host_days_to_answer)


def measure(youth: PreparedYouth, offer: PreparedOffer) -> Measures:
    """Measure one pair. Both must have been prepared with the same vocabulary."""
    return Measures(*plain_measures(youth, offer))


def plain_measures(youth: PreparedYouth, offer: PreparedOffer) -> tuple[int, int, int, int, int, int, int, int, int]:
    """Return what `measure` does, in the same order but without names: naming takes time when pairs are many."""
    interest = MISSING
    if youth.interests and offer.sector:
        interest = 100 if offer.sector in youth.interests else 0

    coverage = MISSING
    if offer.wanted and youth.skills:
        coverage = _percent((youth.skills & offer.wanted).bit_count(), offer.wanted_count)
    skills = coverage
    if offer.study_paths and youth.study_path:
        study = 100 if youth.study_path in offer.study_paths else 0
        skills = study if coverage < 0 else (coverage + study + 1) // 2

    travel = MISSING
    if offer.remote:
        travel = 100
    elif youth.home and offer.place:
        travel = travel_value(vector_distance_km(youth.home, offer.place), youth.radius)

    schedule = MISSING
    parts = known = 0
    if youth.slots and offer.slots:
        schedule = parts = _percent((youth.slots & offer.slots).bit_count(), offer.slots_count)
        known = 1
    if youth.hours is not None and offer.hours:
        parts += 100 if youth.hours >= offer.hours else _percent(youth.hours, offer.hours)
        known += 1
    if youth.first_day is not None and offer.days:
        common = min(youth.last_day, offer.last_day) - max(youth.first_day, offer.first_day) + 1
        parts += 100 if common >= offer.days else _percent(max(0, common), offer.days)
        known += 1
    availability = (2 * parts + known) // (2 * known) if known else MISSING

    goals = MISSING
    if youth.goals and offer.goals:
        goals = min(100, _percent((youth.goals & offer.goals).bit_count(), youth.goals_enough))

    return interest, skills, travel, schedule, goals, offer.reliability, coverage, availability, youth.motivation


def travel_value(km: float, radius_km: float) -> int:
    """Return 100 next door, AT_THE_LIMIT at the radius, 0 beyond it."""
    if km > radius_km:
        return 0
    if not radius_km:
        return 100
    return 100 - int((100 - AT_THE_LIMIT) * km / radius_km + 0.5)


def slots_mask(slots: frozenset[Slot] | None) -> int:
    """Return the week as a mask of 21 bits."""
    mask = 0
    for weekday, band in slots or ():
        mask |= 1 << (3 * weekday + BANDS.index(band))
    return mask


def _reliability(rate: float | None, days: float | None) -> int:
    if rate is None:
        return MISSING
    percent = int(100 * rate + 0.5)
    if days is None:
        return percent
    speed = max(0.0, min(1.0, (SLOW_DAYS - days) / (SLOW_DAYS - FAST_DAYS)))
    return int((percent * RATE_SHARE + speed * 100 * (100 - RATE_SHARE)) / 100 + 0.5)


def _percent(part: int, whole: int) -> int:
    return (200 * part + whole) // (2 * whole)
