"""The columns of young people and offers that the matching may read, and how they become its facts.

Lists read these columns only, many rows at a time; a single object gives the same columns through `columns_of`. What
is not here cannot influence a match.
"""

from collections.abc import Iterable
from typing import Any

from django.db import models

from sportello.matching import OfferFacts, Point, YouthFacts

from . import week
from .models.offer import days_needed

YOUTH_COLUMNS = (
    "pk",
    "birth_date",
    "status",
    "home__latitude",
    "home__longitude",
    "max_distance_km",
    "terms",
    "study_path",
    "availability",
    "weekly_hours_max",
    "available_from",
    "available_until",
    "matching_consent_at",
)
OFFER_COLUMNS = (
    "pk",
    "host_id",
    "kind",
    "sector__slug",
    "terms",
    "study_paths",
    "municipality__latitude",
    "municipality__longitude",
    "municipality__region",
    "remote",
    "schedule",
    "weekly_hours",
    "start_date",
    "end_date",
    "duration_weeks",
    "minimum_age",
    "maximum_age",
    "hazards",
    "host__permanent_staff",
    "host__answers_due",
    "host__answers_given",
    "host__answers_days",
    "seats_free",
    "open_count",
    "hosted",
)
"""The last three are what `with_counts()` and `with_hosted()` add."""


def columns_of(row: models.Model, columns: Iterable[str]) -> dict[str, Any]:
    """Read the columns of an object whose relations are already there."""
    found = {}
    for column in columns:
        value: Any = row
        for step in column.split("__"):
            value = getattr(value, step)
        found[column] = value
    return found


def youth_facts_of(row: dict[str, Any], motivation_length: int | None = None) -> YouthFacts:
    """What the matching may know of a young person."""
    return YouthFacts(
        key=f"y{row['pk']}",
        birth_date=row["birth_date"],
        status=row["status"] or None,
        home=Point(row["home__latitude"], row["home__longitude"]),
        max_distance_km=row["max_distance_km"],
        interests=_terms(row, "interests"),
        skills=_terms(row, "skills"),
        languages=_terms(row, "languages"),
        study_path=row["study_path"] or None,
        goals=_terms(row, "goals"),
        availability=week.slots(row["availability"]),
        weekly_hours_max=row["weekly_hours_max"],
        available_from=row["available_from"],
        available_until=row["available_until"],
        motivation_length=motivation_length,
        consent=bool(row["matching_consent_at"]),
    )


def offer_facts_of(row: dict[str, Any]) -> OfferFacts:
    """What the matching may know of an offer. How a host answers is not known before it gave a few answers."""
    due = row["host__answers_due"]
    return OfferFacts(
        key=str(row["pk"]),
        host=str(row["host_id"]),
        kind=row["kind"],
        sector=row["sector__slug"],
        skills=_terms(row, "skills"),
        languages=_terms(row, "languages"),
        study_paths=frozenset(row["study_paths"]),
        learning_goals=_terms(row, "goals"),
        place=Point(row["municipality__latitude"], row["municipality__longitude"]),
        remote=row["remote"],
        schedule=week.slots(row["schedule"]),
        weekly_hours=row["weekly_hours"],
        start=row["start_date"],
        end=row["end_date"],
        duration_days=days_needed(row["start_date"], row["end_date"], row["duration_weeks"]),
        minimum_age=row["minimum_age"],
        maximum_age=row["maximum_age"],
        hazards=bool(row["hazards"]),
        host_answer_rate=row["host__answers_given"] / due if due else None,
        host_days_to_answer=row["host__answers_days"],
        host_staff=row["host__permanent_staff"],
        host_running=row["hosted"],
        seats_free=max(0, row["seats_free"]),
        open_applications=row["open_count"],
    )


def _terms(row: dict[str, Any], name: str) -> frozenset[str]:
    return frozenset(row["terms"].get(name, ()))
