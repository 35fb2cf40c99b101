"""What the filters and the score may know of a young person, an offer and a rule.

These classes are the border of the matching: whatever is not a field here cannot influence it. There is
deliberately no name, gender, origin, citizenship, disability or family situation. The birth date is here for
the filters, which the law makes depend on age; the score never reads it (a test proves it).

``None`` always means "not told". An empty set is read in the same way, because that is what a form gives when
nobody filled it in.
"""

import math
from dataclasses import dataclass
from datetime import date
from typing import Literal

Band = Literal["morning", "afternoon", "evening"]
Slot = tuple[int, Band]
"""A weekday (0 is Monday, 6 is Sunday) and a part of the day."""

BANDS: tuple[Band, ...] = ("morning", "afternoon", "evening")
HOURS_IN_A_SLOT = 4
"""Hours that one slot is worth: mornings 9-13, afternoons 14-18, evenings 18-22 (never night work)."""


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the globe, WGS 84 degrees."""

    latitude: float
    longitude: float

    def __post_init__(self) -> None:
        """Raise ValueError for what is not a place."""
        for name, value, limit in (("latitude", self.latitude, 90), ("longitude", self.longitude, 180)):
            if not math.isfinite(value) or abs(value) > limit:
                raise ValueError(f"{name} must be between -{limit} and {limit}, not {value!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class YouthFacts:
    """A young person, as the matching sees them.

    ``key`` is a pseudonym; ``status`` a slug that programme rules name ("student", "graduate"...); ``home``
    is the point of the municipality, not of the house; ``motivation_length`` counts the characters of the
    motivation and not what it says; ``consent`` is a standing consent to be matched (for a minor, the
    guardian's too where the desk asks for it) and only True counts.
    """

    key: str = ""
    birth_date: date | None = None
    status: str | None = None
    home: Point | None = None
    max_distance_km: float | None = None
    interests: frozenset[str] | None = None
    skills: frozenset[str] | None = None
    languages: frozenset[str] | None = None
    study_path: str | None = None
    goals: frozenset[str] | None = None
    availability: frozenset[Slot] | None = None
    weekly_hours_max: int | None = None
    available_from: date | None = None
    available_until: date | None = None
    motivation_length: int | None = None
    refused_offers: frozenset[str] = frozenset()
    past_hosts: frozenset[str] = frozenset()
    consent: bool | None = None

    def __post_init__(self) -> None:
        """Raise ValueError for a slot, an amount or a distance that cannot be."""
        _check_slots("availability", self.availability)
        _check_amounts(
            weekly_hours_max=self.weekly_hours_max,
            max_distance_km=self.max_distance_km,
            motivation_length=self.motivation_length,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferFacts:
    """An offer, as the matching sees it.

    The experience takes place between ``start`` and ``end``, both included; ``duration_days`` is how much of
    that window it needs (the whole window when None). ``host_answer_rate`` is the share of the applications
    it had to answer that it did, 0 to 1; ``host_days_to_answer`` the mean in days. ``host_staff`` counts permanent
    staff and ``host_running`` the placements of this kind that it has on whichever days of the window are taken: both
    are for the legal cap.
    """

    key: str = ""
    host: str = ""
    kind: str | None = None
    sector: str | None = None
    skills: frozenset[str] | None = None
    languages: frozenset[str] | None = None
    study_paths: frozenset[str] | None = None
    learning_goals: frozenset[str] | None = None
    place: Point | None = None
    remote: bool = False
    schedule: frozenset[Slot] | None = None
    weekly_hours: int | None = None
    daily_hours: int | None = None
    start: date | None = None
    end: date | None = None
    duration_days: int | None = None
    minimum_age: int | None = None
    maximum_age: int | None = None
    hazards: bool = False
    night: bool = False
    host_answer_rate: float | None = None
    host_days_to_answer: float | None = None
    host_staff: int | None = None
    host_running: int = 0
    seats_free: int = 1
    open_applications: int = 0

    def __post_init__(self) -> None:
        """Raise ValueError for a slot, an amount or a window that cannot be."""
        _check_slots("schedule", self.schedule)
        _check_amounts(
            weekly_hours=self.weekly_hours,
            daily_hours=self.daily_hours,
            duration_days=self.duration_days,
            minimum_age=self.minimum_age,
            maximum_age=self.maximum_age,
            host_days_to_answer=self.host_days_to_answer,
            host_answer_rate=self.host_answer_rate,
            host_staff=self.host_staff,
            host_running=self.host_running,
            seats_free=self.seats_free,
            open_applications=self.open_applications,
        )
        if self.host_answer_rate is not None and self.host_answer_rate > 1:
            raise ValueError(f"host_answer_rate must be between 0 and 1, not {self.host_answer_rate!r}")
        if self.start is not None and self.end is not None and self.end < self.start:
            raise ValueError(f"the offer ends ({self.end}) before it starts ({self.start})")


@dataclass(frozen=True, slots=True)
class HeadcountStep:
    """A line of a host's cap: to ``staff`` people (None: any number), so many places, or percent of them."""

    staff: int | None
    places: int | None = None
    percent: int | None = None

    def __post_init__(self) -> None:
        """Raise ValueError unless exactly one of places and percent is given."""
        if (self.places is None) == (self.percent is None):
            raise ValueError("a headcount step gives either places or percent")


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleFacts:
    """What a programme allows for one kind of experience, where and when the desk says that it holds.

    ``weekly_hours_by_age`` are pairs (age, hours): who is younger than that age may do at most those hours a
    week. ``headcount`` is read from the first step that is large enough for the host's permanent staff.
    """

    kind: str
    minimum_age: int | None = None
    maximum_age: int | None = None
    statuses: frozenset[str] | None = None
    minimum_days: int | None = None
    maximum_days: int | None = None
    weekly_hours_by_age: tuple[tuple[int, int], ...] = ()
    headcount: tuple[HeadcountStep, ...] = ()
    once_per_host: bool = False

    def host_cap(self, staff: int) -> int | None:
        """Return how many placements of this kind a host with so many staff may run, None if no limit."""
        for step in self.headcount:
            if step.staff is None or staff <= step.staff:
                if step.places is not None:
                    return step.places
                # Italian guidelines on traineeships (25 May 2017): the percentage is rounded up.
                return math.ceil(staff * (step.percent or 0) / 100)
        return None


def _check_slots(name: str, slots: frozenset[Slot] | None) -> None:
    for slot in slots or ():
        weekday, band = slot
        if weekday not in range(7) or band not in BANDS:
            raise ValueError(f"{name} has a slot that does not exist: {slot!r}")


def _check_amounts(**amounts: float | None) -> None:
    for name, amount in amounts.items():
        # "not >=" rather than "<": NaN compares false with everything.
        if amount is not None and not amount >= 0:
            raise ValueError(f"{name} must not be negative, not {amount!r}")
