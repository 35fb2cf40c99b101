"""What goes into a round: one value that can be checked, hashed and published."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

Pair = tuple[str, str]
"""A young person and an offer, in this order."""


class RoundInputError(ValueError):
    """An input that cannot be run: ``place`` says where, in the notation of the JSON document."""

    def __init__(self, place: str, problem: str) -> None:
        """Keep the place and the problem apart; the message is one line of ASCII."""
        super().__init__(f"{place}: {problem}")
        self.place = place
        self.problem = problem


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundInput:
    """Lists, bands, seats, pairs fixed or excluded beforehand, and the seed of the lottery.

    Names are pseudonyms. ``choices`` are in the order of preference; ``bands`` are the host's order, best
    first, and whoever is in no band of an offer is not eligible for it; a pinned pair takes its seat and
    leaves the run; a forbidden one is as if not eligible.
    """

    seed: str
    seats: Mapping[str, int]
    choices: Mapping[str, Sequence[str]]
    bands: Mapping[str, Sequence[Sequence[str]]]
    pinned: Sequence[Pair] = ()
    forbidden: Sequence[Pair] = ()
    band_numbers: Mapping[str, dict[str, int]] = field(init=False, repr=False, compare=False)
    """For each offer with bands, the number of everyone's band: what the check of the bands finds out anyway."""

    def __post_init__(self) -> None:
        """Raise RoundInputError for the first thing that contradicts another."""
        self._check_seats()
        self._check_choices()
        self._check_bands()
        self._check_pairs()

    def as_document(self) -> dict[str, Any]:
        """Return the input as it is published: all six keys, and in a fixed order whatever has no order."""
        return {
            "seed": self.seed,
            "seats": dict(self.seats),
            "choices": {youth: list(offers) for youth, offers in self.choices.items()},
            "bands": {offer: [sorted(band) for band in bands] for offer, bands in self.bands.items()},
            "pinned": sorted(list(pair) for pair in self.pinned),
            "forbidden": sorted(list(pair) for pair in self.forbidden),
        }

    def canonical(self) -> bytes:
        """Return the canonical JSON: sorted keys, no spaces, UTF-8, non-ASCII kept."""
        text = json.dumps(self.as_document(), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
        return text.encode()

    def sha256(self) -> str:
        """Return the fingerprint of the input, the same for inputs that mean the same."""
        return hashlib.sha256(self.canonical()).hexdigest()

    def _check_seats(self) -> None:
        for offer, seats in self.seats.items():
            if seats < 0:
                raise RoundInputError(place("seats", offer), "a negative number of seats")

    def _check_choices(self) -> None:
        known = self.seats.keys()
        for youth, offers in self.choices.items():
            unique = set(offers)
            if len(unique) != len(offers):
                at, offer = first_repeated(offers)
                raise RoundInputError(place("choices", youth, at), f"offer {quoted(offer)} is repeated")
            if not unique <= known:
                at = next(i for i, offer in enumerate(offers) if offer not in known)
                self._check_offer(offers[at], place("choices", youth, at))

    def _check_bands(self) -> None:
        numbers: dict[str, dict[str, int]] = {}
        for offer, bands in self.bands.items():
            self._check_offer(offer, place("bands", offer))
            found = numbers[offer] = {}
            for number, band in enumerate(bands):
                found.update(dict.fromkeys(band, number))
            if len(found) != sum(map(len, bands)):
                _, youth = first_repeated([youth for band in bands for youth in band])
                raise RoundInputError(place("bands", offer), f"{quoted(youth)} is repeated")
        object.__setattr__(self, "band_numbers", numbers)

    def _check_pairs(self) -> None:
        forbidden = set()
        for i, (youth, offer) in enumerate(self.forbidden):
            self._check_offer(offer, place("forbidden", i))
            if (youth, offer) in forbidden:
                raise RoundInputError(place("forbidden", i), "the pair is repeated")
            forbidden.add((youth, offer))
        pinned = set()
        taken: Counter[str] = Counter()
        for i, (youth, offer) in enumerate(self.pinned):
            self._check_offer(offer, place("pinned", i))
            if youth in pinned:
                raise RoundInputError(place("pinned", i), f"{quoted(youth)} is repeated")
            if (youth, offer) in forbidden:
                raise RoundInputError(place("pinned", i), "the pair is forbidden too")
            if taken[offer] == self.seats[offer]:
                raise RoundInputError(place("pinned", i), f"offer {quoted(offer)} has no seat left for it")
            pinned.add(youth)
            taken[offer] += 1

    def _check_offer(self, offer: str, where: str) -> None:
        if offer not in self.seats:
            raise RoundInputError(where, f"offer {quoted(offer)} is not in seats")


def place(first: str | int, *rest: str | int) -> str:
    """Return where something is in the document: place("choices", "y1", 0) is ``choices["y1"][0]``."""
    return str(first) + "".join(f"[{step}]" if isinstance(step, int) else f"[{quoted(step)}]" for step in rest)


def quoted(name: str, longest: int = 60) -> str:
    """Return a name for a one-line message: quoted, ASCII, not too long."""
    return json.dumps(name if len(name) <= longest else name[:longest] + "...")


def first_repeated(names: Sequence[str]) -> tuple[int, str]:
    """Return the place and the name of the first repetition. Raises ValueError if there is none."""
    seen = set()
    for i, name in enumerate(names):
        if name in seen:
            return i, name
        seen.add(name)
    raise ValueError("nothing is repeated")
