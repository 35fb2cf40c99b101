"""A round: deferred acceptance on seats, with bands, a public lottery and a reason for everyone.

The young people propose (Gale and Shapley, "College Admissions and the Stability of Marriage", American
Mathematical Monthly 69, 1962), one at a time as in McVitie and Wilson (1971), to offers with several seats:
the hospitals-residents problem, which is how doctors have been assigned in the United States since 1951
(Roth, "The Evolution of the Labor Market for Medical Interns and Residents", Journal of Political Economy 92,
1984; Roth and Peranson, American Economic Review 89, 1999). Three things are known of the result, and tested:

- it is stable: no young person and offer would both rather have each other than what they got;
- of all stable matchings it is the best for every young person, whatever the order of proposals;
- no young person can gain by not telling their true order (Dubins and Freedman 1981; Roth 1982).

The lottery makes a host's bands a strict order, and is drawn only for those whom it decides about.
"""

import gc
import sys
from bisect import insort
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from .lottery import Lottery
from .round_input import RoundInput
from .wording import Audience, Language, say

Reason = Literal["full", "not_eligible", "forbidden", "no_seats"]
Decider = Literal["band", "lottery"]


class Assignment(NamedTuple):
    """The offer that a young person gets, and its place in their list from 1 (None: pinned and not in it)."""

    offer: str
    rank: int | None


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a young person did not get an offer of their list; ``decided_by`` is said of a full one only."""

    offer: str
    reason: Reason
    decided_by: Decider | None = None

    def sentence(self, language: Language = "it", audience: Audience = "youth") -> str:
        """Return the reason in words that reveal nobody."""
        key = f"round.{self.reason}_{self.decided_by}" if self.decided_by else f"round.{self.reason}"
        return say(key, language, audience)


@dataclass(frozen=True, slots=True)
class RoundOutcome:
    """What a round proposes. Everyone who has a list, or is pinned, is either in assigned or in unassigned.

    ``unassigned`` gives the reason for each offer of the person's list. Two outcomes are equal whatever the
    order of their keys.
    """

    assigned: dict[str, Assignment]
    unassigned: dict[str, tuple[Refusal, ...]]
    seats_left: dict[str, int]
    _given: RoundInput = field(repr=False, compare=False)
    _desks: "dict[str, _Desk]" = field(repr=False, compare=False)

    def preferred(self, youth: str) -> tuple[Refusal, ...]:
        """Return why a person did not get each offer that they had put before what they got.

        It is empty for who got their first choice, and for who was pinned: the pin was not a choice of
        theirs. Raises KeyError for a person who is not in the round.
        """
        if youth in self.unassigned:
            return self.unassigned[youth]
        rank = self.assigned[youth].rank
        if rank is None or youth in dict(self._given.pinned):
            return ()
        return tuple(self._desks[offer].refusal(youth) for offer in self._given.choices[youth][: rank - 1])


def run_round(given: RoundInput) -> RoundOutcome:
    """Run deferred acceptance and return its outcome: the same for the same input, whatever its order."""
    with _collector_paused():
        desks = _open_desks(given)
        pinned = dict(given.pinned)
        for youth in given.choices:
            if youth not in pinned:
                _propose(youth, given, desks)
        assigned = {youth: Assignment(offer, _rank(given, youth, offer)) for youth, offer in pinned.items()}
        for offer, desk in desks.items():
            for youth, position in desk.seated():
                assigned[youth] = Assignment(offer, position + 1)
        unassigned = {
            youth: tuple(desks[offer].refusal(youth) for offer in offers)
            for youth, offers in given.choices.items()
            if youth not in assigned
        }
        return RoundOutcome(assigned, unassigned, {offer: desk.free for offer, desk in desks.items()}, given, desks)


@contextmanager
def _collector_paused() -> Iterator[None]:
    """Keep Python's cycle collector from walking the whole input again and again: a round makes no cycles.

    It halves the time of a large round. Reference counting goes on; the collector's state is put back after.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


_Proposal = tuple[bytes, str, int]
"""The draw (empty while it decides nothing), the person, the position in their list. They sort by the draw."""


class _Desk:
    """Receives the proposals for one offer and keeps the best ones, as many as its seats.

    People are kept by band. Only when one too many has come is the last band held, the edge, put in the order
    of the lottery; whoever is in a better band cannot lose the seat to the draw, so theirs is never made.
    ``last`` is the last band from which a proposal may still get a seat.
    """

    __slots__ = ("bands", "edge", "forbidden", "free", "last", "lottery", "name", "refusals", "safe", "seats")

    def __init__(self, seed: str, name: str, seats: int, bands: dict[str, int]) -> None:
        self.name = name
        self.seats = self.free = seats
        self.bands = bands
        self.lottery = Lottery(seed, name)
        self.forbidden: set[str] = set()
        self.safe: dict[int, list[_Proposal]] = {}
        self.edge: list[_Proposal] = []
        self.last = sys.maxsize if seats else -1
        self.refusals: dict[str, Refusal] = {}

    def take_pinned(self) -> None:
        """Give a seat away before the run."""
        self.seats -= 1
        self.free -= 1
        if not self.seats:
            self.last = -1

    def forbid(self, youth: str) -> None:
        """Treat somebody as not eligible, and remember why."""
        if not self.forbidden:
            self.bands = dict(self.bands)
        self.bands.pop(youth, None)
        self.forbidden.add(youth)

    def receive(self, youth: str, band: int, position: int) -> _Proposal | None:
        """Take a proposal from a band that may still get a seat, and return the one that is left without, if any."""
        if self.free:
            self.free -= 1
            self._keep_safe(band, youth, position)
            return None
        if not self.edge:
            self._draw_last_band()
        if band < self.last:
            self._keep_safe(band, youth, position)
        elif band == self.last:
            insort(self.edge, (self.lottery.draw(youth), youth, position))
        else:
            return (b"", youth, position)
        return self.edge.pop()

    def seated(self) -> Iterator[tuple[str, int]]:
        """Yield who has a seat, with the position of this offer in their list."""
        for proposals in (*self.safe.values(), self.edge):
            for _, youth, position in proposals:
                yield youth, position

    def refusal(self, youth: str) -> Refusal:
        """Return why somebody whose list has this offer does not get it. What is equal is one object."""
        reason: Reason = "full"
        decider: Decider | None = None
        band = self.bands.get(youth)
        if youth in self.forbidden:
            reason = "forbidden"
        elif band is None:
            reason = "not_eligible"
        elif not self.seats:
            reason = "no_seats"
        else:
            last = self.last if self.edge else max(self.safe)
            decider = "lottery" if band == last else "band"
        key = decider or reason
        found = self.refusals.get(key)
        if found is None:
            found = self.refusals[key] = Refusal(self.name, reason, decider)
        return found

    def _keep_safe(self, band: int, youth: str, position: int) -> None:
        kept = self.safe.get(band)
        if kept is None:
            self.safe[band] = [(b"", youth, position)]
        else:
            kept.append((b"", youth, position))

    def _draw_last_band(self) -> None:
        self.last = max(self.safe)
        draw = self.lottery.draw
        self.edge = sorted((draw(youth), youth, position) for _, youth, position in self.safe.pop(self.last))


def _open_desks(given: RoundInput) -> dict[str, _Desk]:
    numbers, nobody = given.band_numbers, dict[str, int]()
    desks = {offer: _Desk(given.seed, offer, seats, numbers.get(offer, nobody)) for offer, seats in given.seats.items()}
    for _, offer in given.pinned:
        desks[offer].take_pinned()
    for youth, offer in given.forbidden:
        desks[offer].forbid(youth)
    return desks


def _propose(youth: str, given: RoundInput, desks: dict[str, _Desk]) -> None:
    """Let a person go down their list; whoever loses a seat to them goes on down their own."""
    offers, position = given.choices[youth], 0
    while position < len(offers):
        desk = desks[offers[position]]
        band = desk.bands.get(youth)
        if band is not None and band <= desk.last:
            loser = desk.receive(youth, band, position)
            if loser is None:
                return
            _, youth, position = loser
            offers = given.choices[youth]
        position += 1


def _rank(given: RoundInput, youth: str, offer: str) -> int | None:
    offers = given.choices.get(youth, ())
    return offers.index(offer) + 1 if offer in offers else None
