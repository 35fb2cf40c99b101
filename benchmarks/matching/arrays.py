"""Deferred acceptance in rounds of NumPy arrays: the quickest reference for large markets, once it has numbers."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from sportello.matching import RoundInput

from .references import strict_ranks

Numbers = NDArray[np.int64]
NOBODY = np.iinfo(np.int64).max


def as_arrays(
    choices: Sequence[Sequence[int]], ranks: Sequence[Mapping[int, int]], seats: Sequence[int]
) -> tuple[Numbers, Numbers, Numbers]:
    """Return a market in numbers as `waves` takes it; all lists are of one length."""
    placed = [[ranks[offer][youth] for offer in chosen] for youth, chosen in enumerate(choices)]
    return np.array(choices), np.array(placed), np.array(seats)


def waves_by_name(given: RoundInput) -> dict[str, str]:
    """Run `waves` on the round that ours is given, and say its result in the same names."""
    offers = list(given.seats)
    got = waves(*from_names(given))
    return {youth: offers[offer] for youth, offer in zip(given.choices, got.tolist(), strict=True) if offer >= 0}


def from_names(given: RoundInput) -> tuple[Numbers, Numbers, Numbers]:
    """Turn a round with names, bands and lottery into arrays; all lists are of one length."""
    numbers = {offer: number for number, offer in enumerate(given.seats)}
    ranks = strict_ranks(given)
    choices = [[numbers[offer] for offer in chosen] for chosen in given.choices.values()]
    placed = [[ranks[offer][youth] for offer in chosen] for youth, chosen in given.choices.items()]
    return np.array(choices), np.array(placed), np.array(list(given.seats.values()))


def waves(choices: Numbers, ranks: Numbers, seats: Numbers) -> Numbers:
    """Return the offer that each person gets, or -1: all who are free propose at once, and each offer sorts.

    ``choices`` and ``ranks`` have a row for each person: their offers, best first, and their rank at each of them.
    As with the heaps the strict order is given: no names, no bands, no lottery, no reasons.
    """
    people, length = choices.shape
    chosen, placed = choices.ravel(), ranks.ravel()
    # A seat holds rank and person in one number, so that sorting a row of seats sorts by rank.
    held = np.full((len(seats), seats.max()), NOBODY)
    held[np.arange(seats.max()) >= seats[:, None]] = -1
    following = np.zeros(people, dtype=np.int64)
    free = np.arange(people)
    while len(free):
        at = free * length + following[free]
        following[free] += 1
        offers = chosen[at]
        keys = placed[at] * people + free
        order = np.lexsort((keys, offers))
        offers, keys = offers[order], keys[order]
        dirty, first, count = np.unique(offers, return_index=True, return_counts=True)
        width = held.shape[1]
        table = np.full((len(dirty), width + count.max()), NOBODY)
        table[:, :width] = held[dirty]
        row = np.repeat(np.arange(len(dirty)), count)
        table[row, width + np.arange(len(offers)) - np.repeat(first, count)] = keys
        table.sort(axis=1)
        held[dirty] = table[:, :width]
        lost = table[:, width:]
        free = lost[lost != NOBODY] % people
        free = free[following[free] < length]
    got = np.full(people, -1)
    row, column = np.nonzero((held != NOBODY) & (held >= 0))
    got[held[row, column] % people] = row
    return got
