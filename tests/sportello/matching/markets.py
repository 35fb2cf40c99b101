"""Rounds to test with: small ones drawn by hypothesis, large ones by a seed."""

import hashlib
from random import Random

from hypothesis import strategies as st

from sportello.matching import RoundInput


@st.composite
def markets(draw, people=6, offers=4, longest=3, fixed=True):
    """Draw a round with up to so many people and offers; fixed adds pinned and forbidden pairs."""
    youths = [f"y{i}" for i in range(draw(st.integers(1, people)))]
    names = [f"o{i}" for i in range(draw(st.integers(1, offers)))]
    seats = {offer: draw(st.integers(0, 2)) for offer in names}
    choices = {youth: draw(st.lists(st.sampled_from(names), unique=True, max_size=longest)) for youth in youths}
    bands = {}
    for offer in names:
        order = draw(st.permutations(youths))
        cuts = draw(st.lists(st.integers(0, len(youths)), min_size=1, max_size=3).map(sorted))
        # Whoever comes after the last cut is in no band: not eligible.
        bands[offer] = [order[a:b] for a, b in zip([0, *cuts], cuts, strict=False)]
    pinned, forbidden = [], []
    if fixed:
        forbidden = draw(st.lists(st.tuples(st.sampled_from(youths), st.sampled_from(names)), unique=True, max_size=2))
        left = dict(seats)
        for youth, offer in draw(
            st.lists(
                st.tuples(st.sampled_from(youths), st.sampled_from(names)), unique_by=lambda pair: pair[0], max_size=2
            )
        ):
            if left[offer] and (youth, offer) not in forbidden:
                left[offer] -= 1
                pinned.append((youth, offer))
    return RoundInput(
        seed=draw(st.sampled_from(["a", "b", "c"])),
        seats=seats,
        choices=choices,
        bands=bands,
        pinned=pinned,
        forbidden=forbidden,
    )


def large_market(people, offers, seed, longest=10, bands=3):
    """Return a crowded round: seats for nine people in ten, three bands, some not eligible, pins and bans."""
    rng = Random(seed)
    youths = [f"y{i}" for i in range(people)]
    names = [f"o{i}" for i in range(offers)]
    choices = {youth: rng.sample(names, min(len(names), rng.randint(1, longest))) for youth in youths}
    listed = {offer: [[] for _ in range(bands)] for offer in names}
    for youth, chosen in choices.items():
        for offer in chosen:
            if rng.random() < 0.95:
                rng.choice(listed[offer]).append(youth)
    forbidden = [(youth, choices[youth][0]) for youth in rng.sample(youths, people // 50)]
    pinned = [(youth, choices[youth][-1]) for youth in rng.sample(youths, people // 50)]
    taken = {offer for _, offer in pinned}
    pinned = [
        pair for pair in {offer: pair for pair in pinned for offer in [pair[1]]}.values() if pair not in forbidden
    ]
    seats = {offer: rng.choice([0, 1, 2]) * (people * 9 // 10 // offers) or (offer in taken) for offer in names}
    return RoundInput(
        seed=str(seed),
        seats={offer: int(count) for offer, count in seats.items()},
        choices=choices,
        bands=listed,
        pinned=pinned,
        forbidden=forbidden,
    )


def priority(given, offer, youth):
    """Return a person's place in an offer's strict order, straight from the definition; None if not eligible."""
    if (youth, offer) in given.forbidden:
        return None
    for number, band in enumerate(given.bands.get(offer, ())):
        if youth in band:
            return number, hashlib.sha256(f"{given.seed}\n{offer}\n{youth}".encode()).hexdigest()
    return None


def matching_of(outcome):
    """Return who gets which offer."""
    return {youth: got.offer for youth, got in outcome.assigned.items()}
