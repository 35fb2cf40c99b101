"""What the round is compared with: other ways to match, in the plainest form that is still fair."""

import importlib
import warnings
from collections.abc import Mapping, Sequence
from functools import partial
from hashlib import sha256
from heapq import heappush, heappushpop

from sportello.matching import RoundInput

Edges = Mapping[str, Sequence[str]]
"""For each young person the offers that they listed and are eligible for, best first."""


def heaps(choices: Sequence[Sequence[int]], ranks: Sequence[Mapping[int, int]], seats: Sequence[int]) -> list[int]:
    """Run deferred acceptance on strict ranks that are given: no bands, no lottery, no reasons, no names."""
    held: list[list[tuple[int, int]]] = [[] for _ in seats]
    got = [-1] * len(choices)
    following = [0] * len(choices)
    for first in range(len(choices)):
        youth = first
        while following[youth] < len(choices[youth]):
            offer = choices[youth][following[youth]]
            following[youth] += 1
            proposal = (-ranks[offer][youth], youth)
            if len(held[offer]) < seats[offer]:
                heappush(held[offer], proposal)
                got[youth] = offer
                break
            _, loser = heappushpop(held[offer], proposal)
            if loser != youth:
                got[youth], got[loser] = offer, -1
                youth = loser
    return got


def strict_ranks(given: RoundInput) -> Mapping[str, dict[str, int]]:
    """Return everyone's rank at each offer: what references need before they can begin, and our round does not.

    Where bands hold one person each they are the ranks already; otherwise every applicant is drawn for, because a
    reference cannot know whom the lottery will decide about.
    """
    if all(len(band) < 2 for bands in given.bands.values() for band in bands):
        return given.band_numbers
    ranks = {}
    for offer, bands in given.bands.items():
        begun = f"{given.seed}\n{offer}\n"
        order = [youth for band in bands for youth in sorted(band, key=partial(_draw, begun))]
        ranks[offer] = {youth: rank for rank, youth in enumerate(order)}
    return ranks


def heaps_by_name(given: RoundInput) -> dict[str, str]:
    """Run `heaps` on the round that ours is given: the same names, from which it makes the ranks that it needs.

    Everyone is eligible where they applied, nobody is pinned, and there are no reasons.
    """
    ranks, choices = strict_ranks(given), given.choices
    held: dict[str, list[tuple[int, str]]] = {offer: [] for offer in given.seats}
    got: dict[str, str] = {}
    following = dict.fromkeys(choices, 0)
    for first in choices:
        youth, chosen = first, choices[first]
        while following[youth] < len(chosen):
            offer = chosen[following[youth]]
            following[youth] += 1
            proposal = (-ranks[offer][youth], youth)
            if len(held[offer]) < given.seats[offer]:
                heappush(held[offer], proposal)
                got[youth] = offer
                break
            _, loser = heappushpop(held[offer], proposal)
            if loser != youth:
                got[youth] = offer
                del got[loser]
                youth, chosen = loser, choices[loser]
    return got


def _draw(begun: str, name: str) -> bytes:
    return sha256((begun + name).encode()).digest()


def library(choices: Sequence[Sequence[int]], ranks: Sequence[Mapping[int, int]], seats: Sequence[int]) -> list[int]:
    """Run the PyPI package ``matching``. Raises RecursionError on markets that are not small."""
    games = importlib.import_module("matching.games")
    residents = {f"y{youth}": [f"o{offer}" for offer in chosen] for youth, chosen in enumerate(choices)}
    hospitals = {
        f"o{offer}": [f"y{youth}" for youth in sorted(order, key=order.__getitem__)]
        for offer, order in enumerate(ranks)
        if order
    }
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        game = games.HospitalResident.create_from_dictionaries(
            residents, hospitals, {offer: seats[int(offer[1:])] for offer in hospitals}
        )
        solved = game.solve()
    got = [-1] * len(choices)
    for offer, people in solved.items():
        for youth in people:
            got[int(youth.name[1:])] = int(offer.name[1:])
    return got


def most_matched(edges: Edges, seats: Mapping[str, int]) -> int:
    """Return how many people can be matched at all, wanted by whom or not (augmenting paths, Berge 1957)."""
    held: dict[str, list[str]] = {offer: [] for offer in seats}

    def place(youth: str) -> bool:
        # Breadth first, with the way back: no recursion, however long the chain of moves is.
        came_from: dict[str, tuple[str, str | None]] = {}
        queue: list[tuple[str, str | None]] = [(youth, None)]
        for person, offer_held in queue:
            for offer in edges[person]:
                if offer in came_from:
                    continue
                came_from[offer] = (person, offer_held)
                if len(held[offer]) < seats[offer]:
                    free: str | None = offer
                    while free is not None:
                        mover, left = came_from[free]
                        held[free].append(mover)
                        if left is not None:
                            held[left].remove(mover)
                        free = left
                    return True
                queue.extend((other, offer) for other in held[offer])
        return False

    return sum(place(youth) for youth in edges)


def min_cost_flow(edges: Edges, seats: Mapping[str, int]) -> tuple[str, int, int] | None:
    """Match as many as possible at the least sum of ranks: (solver, matched, sum), None without a solver.

    ortools is used if it is there, else networkx; neither is a dependency of the project.
    """
    for name, solve in (("ortools", _flow_ortools), ("networkx", _flow_networkx)):
        try:
            matched, total = solve(edges, seats)
        except ImportError:
            continue
        return name, matched, total
    return None


def _flow_ortools(edges: Edges, seats: Mapping[str, int]) -> tuple[int, int]:
    flow = importlib.import_module("ortools.graph.python.min_cost_flow").SimpleMinCostFlow()
    nodes = {name: i for i, name in enumerate((*edges, *seats), 2)}
    arcs = []
    for youth, offers in edges.items():
        flow.add_arc_with_capacity_and_unit_cost(0, nodes[youth], 1, 0)
        for rank, offer in enumerate(offers, 1):
            arcs.append((flow.add_arc_with_capacity_and_unit_cost(nodes[youth], nodes[offer], 1, rank), rank))
    for offer, count in seats.items():
        flow.add_arc_with_capacity_and_unit_cost(nodes[offer], 1, count, 0)
    flow.set_node_supply(0, len(edges))
    flow.set_node_supply(1, -len(edges))
    flow.solve_max_flow_with_min_cost()
    used = [rank for arc, rank in arcs if flow.flow(arc)]
    return len(used), sum(used)


def _flow_networkx(edges: Edges, seats: Mapping[str, int]) -> tuple[int, int]:
    networkx = importlib.import_module("networkx")
    graph = networkx.DiGraph()
    for youth, offers in edges.items():
        graph.add_edge("source", ("youth", youth), capacity=1, weight=0)
        for rank, offer in enumerate(offers, 1):
            graph.add_edge(("youth", youth), ("offer", offer), capacity=1, weight=rank)
    for offer, count in seats.items():
        graph.add_edge(("offer", offer), "sink", capacity=count, weight=0)
    flow = networkx.max_flow_min_cost(graph, "source", "sink")
    matched = sum(flow["source"].values())
    return matched, networkx.cost_of_flow(graph, flow)
