"""Test populations: invented young people and offers, in true proportion to where young people live.

Municipalities are drawn by their residents aged 15 to 29 (ISTAT 2023, through Openpolis, CC BY 4.0). Nothing
else is meant to be true: tastes, skills and hours are made up, uneven enough that some offers are crowded and
some forgotten, as it goes. The same seed gives the same population on every machine.
"""

import csv
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from random import Random
from typing import TypeVar

from .facts import BANDS, OfferFacts, Point, Slot, YouthFacts

SMALLEST, LARGEST = 100, 100_000
OFFERS_PER_YOUTH = 0.35
"""70 offers for 200 young people, the proportion of a desk in its first year."""

_T = TypeVar("_T")

# The first of each list is the most popular by far: interests and offers are unlike, which is the difficulty.
SECTORS = (
    "cultura",
    "digitale",
    "ristorazione",
    "sociale",
    "commercio",
    "agricoltura",
    "artigianato",
    "turismo",
    "edilizia",
    "ambiente",
    "meccanica",
    "amministrazione",
)
KINDS = ("esperienza_breve", "tirocinio_estivo", "tirocinio_extracurriculare", "pcto")
STUDY_PATHS = ("liceo", "tecnico", "professionale", "its", "universita")
SKILLS = tuple(f"{sector}-{number}" for sector in SECTORS for number in range(1, 6))
GOALS = ("squadra", "autonomia", "clienti", "strumenti", "progetto", "lingua", "impresa", "territorio")
LANGUAGES = ("it", "en", "fr", "de", "es")
RADII_KM = (5, 15, 30, 50)
"""On foot or by bicycle, by bus, by train or motorbike, by car."""
UNTOLD = 0.1
"""How often a field that may stay empty does."""


@dataclass(frozen=True, slots=True)
class Municipality:
    """Where people live: ``weight`` is how many of them are 15 to 29."""

    name: str
    province: str
    point: Point
    weight: int


@dataclass(frozen=True, slots=True)
class Population:
    """Young people and offers of one draw."""

    youths: tuple[YouthFacts, ...]
    offers: tuple[OfferFacts, ...]


def read_municipalities(path: Path, provinces: Collection[str] = ()) -> list[Municipality]:
    """Read the project's comuni.csv; only these provinces, by their two letters, if any are given.

    Raises ValueError when nothing is left, KeyError when the file has other columns, OSError when it is not
    there.
    """
    with path.open(encoding="utf-8", newline="") as file:
        found = [
            Municipality(
                row["name"],
                row["province_code"],
                Point(float(row["latitude"]), float(row["longitude"])),
                int(row["population_15_29"]),
            )
            for row in csv.DictReader(file)
            if not provinces or row["province_code"] in provinces
        ]
    if not found:
        raise ValueError(f"no municipality of {', '.join(sorted(provinces))} in {path.name}")
    return found


def draw_population(
    municipalities: Sequence[Municipality],
    size: int,
    seed: str,
    today: date,
    offers: int | None = None,
) -> Population:
    """Draw so many young people (100 to 100,000) and offers (by default 0.35 each) for the coming year.

    Raises ValueError for another size.
    """
    if not SMALLEST <= size <= LARGEST:
        raise ValueError(f"a population has {SMALLEST} to {LARGEST} young people, not {size}")
    rng = Random(f"{seed}\n{size}")  # noqa: S311 - test data, drawn the same everywhere
    weights = list(accumulate(place.weight for place in municipalities))
    homes = rng.choices(municipalities, cum_weights=weights, k=size)
    count = offers if offers is not None else round(size * OFFERS_PER_YOUTH)
    places = rng.choices(municipalities, cum_weights=weights, k=count)
    return Population(
        tuple(_youth(rng, f"y{number}", home, today) for number, home in enumerate(homes, 1)),
        tuple(_offer(rng, f"o{number}", place, today) for number, place in enumerate(places, 1)),
    )


def _youth(rng: Random, key: str, home: Municipality, today: date) -> YouthFacts:
    age_days = rng.randrange(15 * 365 + 4, 30 * 365)
    student = age_days < 19 * 365 or rng.random() < 0.4
    interests = _uneven(rng, SECTORS, rng.randint(1, 4))
    known = [skill for skill in SKILLS if skill.rsplit("-", 1)[0] in interests]
    first_free = today + timedelta(days=rng.randint(0, 120))
    return YouthFacts(
        key=key,
        birth_date=today - timedelta(days=age_days),
        status="student" if student else rng.choice(("jobseeker", "worker")),
        home=home.point,
        max_distance_km=_told(rng, rng.choice(RADII_KM)),
        interests=_told(rng, interests),
        skills=_told(rng, frozenset(rng.sample(known, min(len(known), rng.randint(1, 6))))),
        languages=frozenset({"it"}) | frozenset(rng.sample(LANGUAGES, rng.randint(0, 2))),
        study_path=_told(rng, rng.choice(STUDY_PATHS[:3] if age_days < 19 * 365 else STUDY_PATHS)),
        goals=_told(rng, frozenset(rng.sample(GOALS, rng.randint(1, 4)))),
        availability=_told(rng, _week(rng, 0.45 if student else 0.75)),
        weekly_hours_max=_told(rng, rng.choice((12, 20, 30, 40))),
        available_from=_told(rng, first_free),
        available_until=_told(rng, first_free + timedelta(days=rng.randint(60, 300))),
        motivation_length=_told(rng, rng.randint(40, 900)),
        consent=True,
    )


def _offer(rng: Random, key: str, where: Municipality, today: date) -> OfferFacts:
    # Reversed: hosts are many where interests are few.
    (sector,) = _uneven(rng, SECTORS[::-1], 1)
    wanted = [skill for skill in SKILLS if skill.startswith(f"{sector}-")]
    start = today + timedelta(days=rng.randint(30, 240))
    length = rng.choice((14, 30, 60, 90))
    schedule = _week(rng, 0.5)
    return OfferFacts(
        key=key,
        host=f"h{key}",
        kind=rng.choice(KINDS),
        sector=sector,
        skills=_told(rng, frozenset(rng.sample(wanted, rng.randint(1, 3)))),
        languages=frozenset(rng.sample(LANGUAGES, 1)) if rng.random() < 0.2 else None,
        study_paths=frozenset(rng.sample(STUDY_PATHS, 2)) if rng.random() < 0.4 else None,
        learning_goals=_told(rng, frozenset(rng.sample(GOALS, rng.randint(2, 5)))),
        place=where.point,
        remote=rng.random() < 0.08,
        schedule=_told(rng, schedule),
        weekly_hours=_told(rng, rng.choice((8, 12, 20))),
        start=start,
        end=start + timedelta(days=length + rng.choice((0, 30, 60))),
        duration_days=length,
        minimum_age=rng.choice((None, 16, 18)),
        hazards=rng.random() < 0.1,
        host_answer_rate=_told(rng, rng.randint(40, 100) / 100),
        host_days_to_answer=_told(rng, float(rng.randint(1, 14))),
        host_staff=rng.choice((2, 4, 8, 15, 40)),
        seats_free=rng.choice((1, 1, 2, 2, 3, 6)),
    )


def _week(rng: Random, density: float) -> frozenset[Slot]:
    """Return the free or needed slots of a week: working days, and Saturday now and then."""
    days = range(6 if rng.random() < 0.3 else 5)
    slots = frozenset((day, band) for day in days for band in BANDS[:2] if rng.random() < density)
    return slots or frozenset({(rng.randrange(5), BANDS[1])})


def _uneven(rng: Random, names: Sequence[str], count: int) -> frozenset[str]:
    """Draw up to so many names, the first ones much more often than the last (Zipf's law)."""
    return frozenset(rng.choices(names, weights=[1 / rank for rank in range(1, len(names) + 1)], k=count))


def _told(rng: Random, value: _T) -> _T | None:
    return None if rng.random() < UNTOLD else value
