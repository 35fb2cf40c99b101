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
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from .lottery import draw, ticket
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
        youths = [youth for youth in given.choices if youth not in pinned]
        lists = [given.choices[youth] for youth in youths]
        reached = _propose(youths, lists, desks)
        assigned = {youth: Assignment(offer, _rank(given, youth, offer)) for youth, offer in given.pinned}
        unassigned = {}
        for youth, offers, position in zip(youths, lists, reached, strict=True):
            if position < len(offers):
                assigned[youth] = Assignment(offers[position], position + 1)
            else:
                unassigned[youth] = tuple([desks[offer].refusal(youth) for offer in offers])
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


_ANY, _NONE = sys.maxsize - 1, sys.maxsize
"""Beyond every band: the limit of an offer that still takes all its bands, and where who is in no band stands."""


class _Desk:
    """Receives the proposals for one offer and keeps the best ones, as many as its seats.

    People are numbers here, the places of their names in the run. They are kept by band; only when too many have
    come is the last band held put in the order of the lottery. Whoever is in a better band cannot lose the seat to
    the draw, so theirs is never made. ``last`` is the last band from which a proposal may still get a seat; ``edge``
    are those of that band whose draw is known, in its order.
    """

    __slots__ = (
        "arrivals", "bands", "begun", "edge", "forbidden", "free", "held", "last", "name", "refusals", "seats",
    )  # fmt: skip

    def __init__(self, seed: str, name: str, seats: int, bands: dict[str, int]) -> None:
        self.name = name
        self.seats = self.free = seats
        self.bands = bands
        self.begun = ticket(seed, name, "")
        self.forbidden: set[str] = set()
        self.arrivals: list[int] = []
        self.held: dict[int, list[int]] = {}
        self.edge: list[tuple[bytes, int]] = []
        self.last = _ANY if seats else -1
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

    def receive_arrivals(self, youths: list[str]) -> list[int]:
        """Look at all who have arrived, keep the best, and return who is left without, new or held until now."""
        get, last, taken = self.bands.get, self.last, 0
        lost: list[int] = []
        for number in self.arrivals:
            band = get(youths[number], _NONE)
            if band > last:
                lost.append(number)
            else:
                taken += 1
                self._keep(number, band)
        self.arrivals = []
        self.free -= taken
        if self.free < 0:
            lost += self._turn_away(youths)
        return lost

    def receive(self, number: int, band: int, youths: list[str]) -> int | None:
        """Take somebody from a band that may still get a seat, and return who is left without, if any."""
        edge = self.edge
        if not edge:
            self._keep(number, band)
            self.free -= 1
            return self._turn_away(youths)[0] if self.free < 0 else None
        if band == self.last:
            drawn = draw(self.begun + youths[number])
            if drawn > edge[-1][0]:
                return number
            insort(edge, (drawn, number))
        else:
            self._keep(number, band)
        _, loser = edge.pop()
        if not edge:
            self.last = max(self.held)
        return loser

    def _keep(self, number: int, band: int) -> None:
        if band in self.held:
            self.held[band].append(number)
        else:
            self.held[band] = [number]

    def _turn_away(self, youths: list[str]) -> list[int]:
        """Let go of whoever is one too many: first the last bands, then in the last one left who drew last."""
        excess, self.free = -self.free, 0
        lost: list[int] = []
        if self.last == _ANY:
            self.last = max(self.held)
        while len(self.held.get(self.last, ())) + len(self.edge) <= excess:
            gone = [*self.held.pop(self.last, ()), *(number for _, number in self.edge)]
            lost += gone
            excess -= len(gone)
            self.edge = []
            self.last = max(self.held)
        if excess:
            self.edge += [(draw(self.begun + youths[number]), number) for number in self.held.pop(self.last, ())]
            self.edge.sort()
            lost += [number for _, number in self.edge[-excess:]]
            del self.edge[-excess:]
        return lost

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
            decider = "lottery" if band == self.last else "band"
        key = decider or reason
        found = self.refusals.get(key)
        if found is None:
            found = self.refusals[key] = Refusal(self.name, reason, decider)
        return found


def _open_desks(given: RoundInput) -> dict[str, _Desk]:
    numbers, nobody = given.band_numbers, dict[str, int]()
    desks = {offer: _Desk(given.seed, offer, seats, numbers.get(offer, nobody)) for offer, seats in given.seats.items()}
    for _, offer in given.pinned:
        desks[offer].take_pinned()
    for youth, offer in given.forbidden:
        desks[offer].forbid(youth)
    return desks


def _propose(youths: list[str], lists: list[Sequence[str]], desks: dict[str, _Desk]) -> list[int]:
    """Let everyone go down their list; return for each the position at which they got a seat, or its length.

    The order of proposals changes nothing in the result, and this one suits the processor's cache: the first choices
    of all are seen offer by offer; then whoever loses a seat goes on down their list until they hold one.
    """
    reached = [0] * len(youths)
    chosen: list[_Desk] = []
    for number, offers in enumerate(lists):
        if offers:
            desk = desks[offers[0]]
            if not desk.arrivals:
                chosen.append(desk)
            desk.arrivals.append(number)
    for desk in chosen:
        for number in desk.receive_arrivals(youths):
            _go_on(number, youths, lists, desks, reached)
    return reached


def _go_on(
    number: int, youths: list[str], lists: list[Sequence[str]], desks: dict[str, _Desk], reached: list[int]
) -> None:
    """Let somebody propose to the next offer of their list, and whoever loses a seat to them, and so on."""
    moving: int | None = number
    while moving is not None:
        loser = None
        youth, offers, position = youths[moving], lists[moving], reached[moving] + 1
        while position < len(offers):
            desk = desks[offers[position]]
            band = desk.bands.get(youth, _NONE)
            if band <= desk.last:
                loser = desk.receive(moving, band, youths)
                if loser != moving:
                    break
            position += 1
        reached[moving] = position
        moving = loser if loser != moving else None


def _rank(given: RoundInput, youth: str, offer: str) -> int | None:
    offers = given.choices.get(youth, ())
    return offers.index(offer) + 1 if offer in offers else None
