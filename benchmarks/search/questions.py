"""What people ask of the list of offers, in the mix of an ordinary day; drawn from a seed, so that runs compare."""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import accumulate, count
from pathlib import Path
from random import Random
from urllib.parse import urlencode

from sportello.matching.population import SECTORS

LIST = "/sportello/"
WORDS = ("falegname", "giardini", "attività", "cucina", "orto", "clienti", "disegno", "macchine", "musica", "teatro")
MUNICIPALITIES = Path(__file__).resolve().parents[2] / "portal" / "registry" / "data" / "comuni.csv"


def questions(seed: str, today: date) -> Iterator[str]:
    """Addresses of the list, without end: plain, by words, by place, by week, by several of these, further pages."""
    rng = Random(seed)  # noqa: S311  invented readers, the same everywhere
    with MUNICIPALITIES.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    weights = list(accumulate(int(row["population_15_29"]) for row in rows))

    def place() -> dict[str, str]:
        (row,) = rng.choices(rows, cum_weights=weights)
        return {"vicino": f"{row['name']} ({row['province_code']})", "entro": rng.choice(("10", "20", "30", "50"))}

    def week() -> dict[str, list[str]]:
        return {"giorno": sorted(rng.sample("01234", 3)), "fascia": [rng.choice(("morning", "afternoon"))]}

    kinds = ("traineeship", "summer", "short", "pcto")
    makers = (
        (15, dict),
        (10, lambda: {"pagina": str(rng.randint(2, 40))}),
        (20, lambda: {"q": rng.choice(WORDS)}),
        (5, lambda: {"q": " ".join(rng.sample(WORDS, 2))}),
        (15, place),
        (10, lambda: {**place(), "ordine": "vicine"}),
        (10, lambda: {"settore": rng.choice(SECTORS), "tipo": rng.choice(kinds)}),
        (5, lambda: {**week(), "indennita": "si"}),
        (
            10,
            lambda: {
                **place(),
                "settore": rng.choice(SECTORS),
                "q": rng.choice(WORDS),
                "dal": (today + timedelta(days=rng.randint(10, 90))).isoformat(),
                "minori": "si",
            },
        ),
    )
    shares = [share for share, _maker in makers]
    while True:
        ((_share, maker),) = rng.choices(makers, weights=shares)
        query = urlencode(maker(), doseq=True)
        yield f"{LIST}?{query}" if query else LIST


def never_asked_before(addresses: Iterator[str]) -> Iterator[str]:
    """The same questions at addresses that are all different, so that no kept page can answer them.

    The list does not read the number that makes them different.
    """
    for number, address in zip(count(1), addresses, strict=False):
        yield f"{address}{'&' if '?' in address else '?'}n={number}"
