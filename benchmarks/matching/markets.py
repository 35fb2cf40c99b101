"""The markets that are measured: uniform ones for speed, populations for what people get."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from random import Random

from sportello.matching import RoundInput, draw_population, read_municipalities
from sportello.matching.population import Population

COMUNI = Path(__file__).parents[2] / "portal" / "registry" / "data" / "comuni.csv"
TODAY = date(2026, 11, 22)
BANDS = 3
STRICT_UP_TO = 100_000


@dataclass(frozen=True, slots=True)
class UniformMarket:
    """Lists drawn at random, seats for everyone: in numbers for the references, by name for our round.

    ``named`` has bands and a lottery; ``strict`` is the same with a band for each person, in the order of ``ranks``,
    and is not made of the largest markets, where it takes gigabytes.
    """

    choices: list[list[int]]
    ranks: list[dict[int, int]]
    seats: list[int]
    named: RoundInput
    strict: RoundInput | None


def uniform_market(people: int, offers: int, length: int, seed: int = 1) -> UniformMarket:
    """Draw a market in which each offer has applicants in three bands, and a strict order for the references."""
    rng = Random(seed)  # noqa: S311 - a measurement, drawn the same everywhere
    choices = [rng.sample(range(offers), length) for _ in range(people)]
    applicants: list[list[int]] = [[] for _ in range(offers)]
    for youth, chosen in enumerate(choices):
        for offer in chosen:
            applicants[offer].append(youth)
    # One object for each name, as reading a round's document makes them.
    youths, named_offers = [f"y{youth}" for youth in range(people)], [f"o{offer}" for offer in range(offers)]
    ranks, bands, alone = [], {}, {}
    for offer, listed in enumerate(applicants):
        rng.shuffle(listed)
        ranks.append({youth: rank for rank, youth in enumerate(listed)})
        third = -(-len(listed) // BANDS) or 1
        bands[named_offers[offer]] = [
            [youths[youth] for youth in listed[i : i + third]] for i in range(0, len(listed), third)
        ]
        if people <= STRICT_UP_TO:
            alone[named_offers[offer]] = [[youths[youth]] for youth in listed]
    seats = [max(1, people // offers)] * offers
    named = RoundInput(
        seed="benchmark",
        seats=dict(zip(named_offers, seats, strict=True)),
        choices={youths[youth]: [named_offers[offer] for offer in chosen] for youth, chosen in enumerate(choices)},
        bands=bands,
    )
    return UniformMarket(choices, ranks, seats, named, replace(named, bands=alone) if alone else None)


def territory(size: int, offers: int | None = None, seed: str = "benchmark") -> Population:
    """Draw a population of one territory, the province of Reggio nell'Emilia: a desk is not nationwide."""
    return draw_population(read_municipalities(COMUNI, {"RE"}), size, seed, TODAY, offers)
