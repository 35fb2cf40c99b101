"""The verifier of a round: it knows the definition of stability and nothing of how a round is run.

A matching is stable when nobody who ranked an offer over what they got could have been welcome there: the
offer has a free seat, or holds somebody who stands after them in the host's order (Gale and Shapley 1962).
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping

from .lottery import draw, ticket
from .round_input import Pair, RoundInput

Matching = Mapping[str, str]
"""Who gets which offer."""


def blocking_pairs(given: RoundInput, matching: Matching) -> Iterator[Pair]:
    """Yield every young person and offer who would both rather have each other; none in a stable matching."""
    pinned, forbidden = dict(given.pinned), set(given.forbidden)
    band_of = _bands_by_person(given)
    seats = dict(given.seats)
    held: dict[str, list[str]] = defaultdict(list)
    for youth, offer in matching.items():
        if youth in pinned:
            seats[offer] -= 1
        else:
            held[offer].append(youth)
    last = {
        offer: max((band_of[offer].get(youth, 0), draw(ticket(given.seed, offer, youth))) for youth in people)
        for offer, people in held.items()
    }
    for youth, offers in given.choices.items():
        if youth in pinned:
            continue
        for offer in offers:
            if matching.get(youth) == offer:
                break
            band = band_of[offer].get(youth)
            if band is None or (youth, offer) in forbidden:
                continue
            full = len(held[offer]) >= seats[offer]
            if not full or (offer in last and (band, draw(ticket(given.seed, offer, youth))) < last[offer]):
                yield youth, offer


def violations(given: RoundInput, matching: Matching) -> Iterator[str]:
    """Yield, one a line, whatever makes this no matching of this input at all."""
    pinned, forbidden = dict(given.pinned), set(given.forbidden)
    band_of = _bands_by_person(given)
    taken: dict[str, int] = defaultdict(int)
    for youth, offer in matching.items():
        taken[offer] += 1
        if youth in pinned:
            continue
        if offer not in given.choices.get(youth, ()):
            yield f"{youth} did not choose {offer}"
        if youth not in band_of[offer] or (youth, offer) in forbidden:
            yield f"{youth} is not eligible for {offer}"
    for youth, offer in pinned.items():
        if matching.get(youth) != offer:
            yield f"{youth} is pinned to {offer}"
    for offer, people in taken.items():
        if people > given.seats.get(offer, 0):
            yield f"{offer} has {given.seats.get(offer, 0)} seats for {people} people"


def _bands_by_person(given: RoundInput) -> Mapping[str, Mapping[str, int]]:
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for offer, bands in given.bands.items():
        for number, band in enumerate(bands):
            for youth in band:
                found[offer][youth] = number
    return found
