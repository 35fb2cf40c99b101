"""Bringing the municipalities of Italy into the database, and up to date."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction
from wagtail.search.backends import get_search_backend

from .models import Municipality

MUNICIPALITIES_FILE = Path(__file__).resolve().parent / "data" / "comuni.csv"
_WORDS = ("name", "province", "province_code", "region", "cadastral_code")
_DEGREES = ("latitude", "longitude")
_PEOPLE = ("population", "population_15_29")
_FIELDS = (*_WORDS, *_DEGREES, *_PEOPLE)
_BATCH = 500


class MalformedFile(ValueError):
    """The file is not a list of municipalities; the message names the line."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """How many municipalities an import found new, changed and the same as before."""

    created: int
    updated: int
    unchanged: int


def import_municipalities(path: Path = MUNICIPALITIES_FILE) -> ImportReport:
    """Create the municipalities that are missing and update those that changed; nothing is ever deleted.

    A municipality is known by its ISTAT code. One that is no longer in the file stays: pages may name it.

    Raises:
        MalformedFile: a column is missing, a number is not a number, or a code appears twice.
    """
    stored = {row[0]: row[1:] for row in Municipality.objects.values_list("istat_code", *_FIELDS)}
    rows = list(read_municipalities(path))
    new = [row for row in rows if row.istat_code not in stored]
    changed = [
        row
        for row in rows
        if row.istat_code in stored and tuple(getattr(row, name) for name in _FIELDS) != stored[row.istat_code]
    ]
    with transaction.atomic():
        for batch in (new, changed):
            Municipality.objects.bulk_create(
                batch,
                batch_size=_BATCH,
                update_conflicts=True,
                unique_fields=["istat_code"],
                update_fields=_FIELDS,
            )
    _index([row.istat_code for row in (*new, *changed)])
    return ImportReport(len(new), len(changed), len(rows) - len(new) - len(changed))


def read_municipalities(path: Path) -> Iterator[Municipality]:
    """The municipalities of a file with the columns of `comuni.csv`, not saved."""
    seen = set()
    with path.open(encoding="utf-8", newline="") as lines:
        for number, row in enumerate(csv.DictReader(lines), start=2):
            try:
                municipality = Municipality(
                    istat_code=row["istat_code"],
                    **{name: row[name] for name in _WORDS},
                    **{name: float(row[name]) for name in _DEGREES},
                    **{name: int(row[name]) for name in _PEOPLE},
                )
            except (KeyError, TypeError, ValueError) as error:
                raise MalformedFile(f"{path.name}, line {number}: {error!r}") from error
            if municipality.istat_code in seen:
                raise MalformedFile(f"{path.name}, line {number}: {municipality.istat_code} appears twice")
            seen.add(municipality.istat_code)
            yield municipality


def _index(codes: list[str]) -> None:
    """Rows written in bulk send no signal: the search index is told here."""
    backend = get_search_backend()
    for start in range(0, len(codes), _BATCH):
        rows = Municipality.objects.filter(istat_code__in=codes[start : start + _BATCH])
        backend.get_index_for_model(Municipality).add_items(Municipality, list(rows))
