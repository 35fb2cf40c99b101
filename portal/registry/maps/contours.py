"""Isolines around the places of a page: the picture's own relief.

The height of a point falls with its distance from the nearest places (a smooth minimum, so that near places flow
together) and is warped by a gentle swell drawn from the page's seed. Lines are found by marching squares.
"""

from collections.abc import Callable, Sequence
from math import cos, exp, log, pi, sin
from random import Random

from .geometry import Box, Point

Field = list[list[float]]


def swell(rng: Random, wavelength: float) -> Callable[[float, float], float]:
    """A smooth function of the plane between about -1 and 1: four waves of random direction, length and phase."""
    waves = []
    for i in range(4):
        angle, phase = rng.uniform(0, 2 * pi), rng.uniform(0, 2 * pi)
        frequency = 2 * pi / (wavelength * rng.uniform(0.75, 1.35) / (1 + 0.45 * i))
        waves.append((cos(angle) * frequency, sin(angle) * frequency, phase, 0.42 / (1 + 0.35 * i)))

    def height(x: float, y: float) -> float:
        return sum(size * sin(kx * x + ky * y + phase) for kx, ky, phase, size in waves)

    return height


def distance_field(
    centres: Sequence[Point],
    box: Box,
    columns: int,
    rows: int,
    blend: float,
    warp: Callable[[float, float], float],
) -> Field:
    """Warped distance from the nearest centres on a grid of (rows + 1) x (columns + 1) nodes over a box.

    `blend` is the distance over which two places melt into one; same unit as the box.
    """
    left, top, right, bottom = box
    across, down = (right - left) / columns, (bottom - top) / rows
    field = []
    for j in range(rows + 1):
        y = top + j * down
        line = []
        for i in range(columns + 1):
            x = left + i * across
            distances = [((x - cx) ** 2 + (y - cy) ** 2) ** 0.5 for cx, cy in centres]
            nearest = min(distances)
            melt = sum(exp((nearest - d) / blend) for d in distances if d - nearest < 5 * blend)
            line.append((nearest - blend * log(melt)) * (1 + 0.2 * warp(x, y)))
        field.append(line)
    return field


def isolines(field: Field, box: Box, level: float) -> list[list[Point]]:
    """Closed rings of the area where the field is below a level, closed along the box where they leave it."""
    rows, columns = len(field) - 1, len(field[0]) - 1
    left, top, right, bottom = box
    across, down = (right - left) / columns, (bottom - top) / rows
    # A border of high nodes around the grid closes every ring.
    high = level + 1.0
    grid = [[high] * (columns + 3), *([high, *line, high] for line in field), [high] * (columns + 3)]

    def crossing(j1: int, i1: int, j2: int, i2: int) -> Point:
        a, b = grid[j1][i1], grid[j2][i2]
        share = (level - a) / (b - a)
        x = left + (i1 - 1 + share * (i2 - i1)) * across
        y = top + (j1 - 1 + share * (j2 - j1)) * down
        return min(max(x, left), right), min(max(y, top), bottom)

    # Every cut of a cell joins two of its sides; a side is named by its upper or left node and its direction.
    joins: dict[tuple[int, int, int], list[tuple[int, int, int]]] = {}
    for j in range(rows + 2):
        upper, lower = grid[j], grid[j + 1]
        for i in range(columns + 2):
            case = (
                (upper[i] < level) | (upper[i + 1] < level) << 1 | (lower[i + 1] < level) << 2 | (lower[i] < level) << 3
            )
            if case in (0, 15):
                continue
            north, east, south, west = (j, i, 0), (j, i + 1, 1), (j + 1, i, 0), (j, i, 1)
            sides = {1: (west, north), 2: (north, east), 4: (east, south), 8: (south, west)}
            if case in (5, 10):  # two opposite corners: keep them apart
                pairs = [sides[1], sides[4]] if case == 5 else [sides[2], sides[8]]
            else:
                cut = [
                    side
                    for side, differs in (
                        (north, (case ^ case >> 1) & 1),
                        (east, (case >> 1 ^ case >> 2) & 1),
                        (south, (case >> 2 ^ case >> 3) & 1),
                        (west, (case ^ case >> 3) & 1),
                    )
                    if differs
                ]
                pairs = [(cut[0], cut[1])]
            for a, b in pairs:
                joins.setdefault(a, []).append(b)
                joins.setdefault(b, []).append(a)
    rings = []
    while joins:
        start = next(iter(joins))
        ring, here = [], start
        while here in joins:
            j, i, upright = here
            ring.append(crossing(j, i, j + upright, i + 1 - upright))
            following = joins[here].pop()
            if not joins[here]:
                del joins[here]
            back = joins[following]
            back.remove(here)
            if not back:
                del joins[following]
            here = following
        if len(ring) > 5:
            rings.append([*ring, ring[0]])
    return rings
