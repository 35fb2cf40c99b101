"""Small plane geometry: clipping, smoothing, thinning, stitching. Points are (x, y) tuples, no library."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import hypot

Point = tuple[float, float]
Box = tuple[float, float, float, float]  # left, top, right, bottom


def bounds(points: Iterable[Point]) -> Box:
    """The smallest box around the points; ValueError when there are none."""
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def distance(a: Point, b: Point) -> float:
    """Distance between two points, in their unit (kilometres when they are projected)."""
    return hypot(a[0] - b[0], a[1] - b[1])


def area(ring: Sequence[Point]) -> float:
    """The area inside a closed ring (shoelace formula), never negative."""
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))) / 2


def overlap(a: Box, b: Box) -> bool:
    """Whether two boxes touch."""
    return a[0] <= b[2] and b[0] <= a[2] and a[1] <= b[3] and b[1] <= a[3]


def round_corners(points: Sequence[Point]) -> list[Point]:
    """One pass of Chaikin's corner cutting; a closed line stays closed, an open one keeps its two ends."""
    if len(points) < 3:
        return list(points)
    closed = points[0] == points[-1]
    out = [] if closed else [points[0]]
    for (x1, y1), (x2, y2) in pairwise(points):
        out.append((0.75 * x1 + 0.25 * x2, 0.75 * y1 + 0.25 * y2))
        out.append((0.25 * x1 + 0.75 * x2, 0.25 * y1 + 0.75 * y2))
    if closed:
        out.append(out[0])
    else:
        out[0:2] = [points[0]]
        out[-1] = points[-1]
    return out


def thin(points: Sequence[Point], tolerance: float) -> list[Point]:
    """Douglas-Peucker: the fewest points that stay within the tolerance; the ends stay."""
    if len(points) < 3:
        return list(points)
    keep = [False] * len(points)
    keep[0] = keep[-1] = True
    stack = [(0, len(points) - 1)]
    if points[0] == points[-1]:  # a closed line has no chord: split it at its farthest point
        x0, y0 = points[0]
        far = max(range(len(points)), key=lambda i: (points[i][0] - x0) ** 2 + (points[i][1] - y0) ** 2)
        keep[far] = True
        stack = [(0, far), (far, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        (x1, y1), (x2, y2) = points[first], points[last]
        dx, dy = x2 - x1, y2 - y1
        length = (dx * dx + dy * dy) ** 0.5 or 1e-12
        worst, at = tolerance, 0
        for i in range(first + 1, last):
            x, y = points[i]
            off = abs(dy * (x - x1) - dx * (y - y1)) / length
            if off > worst:
                worst, at = off, i
        if at:
            keep[at] = True
            stack += [(first, at), (at, last)]
    return [p for p, kept in zip(points, keep, strict=True) if kept]


def clip_ring(ring: Sequence[Point], box: Box) -> list[Point]:
    """The part of a closed ring inside a box (Sutherland-Hodgman); empty when nothing is left."""
    left, top, right, bottom = box
    x_lo, y_lo, x_hi, y_hi = bounds(ring)
    if x_lo >= left and x_hi <= right and y_lo >= top and y_hi <= bottom:
        return list(ring)
    if not overlap((x_lo, y_lo, x_hi, y_hi), box):
        return []
    points = list(ring)
    for axis, limit, sign in ((0, left, 1), (0, right, -1), (1, top, 1), (1, bottom, -1)):
        out: list[Point] = []
        if not points:
            return []
        previous = points[-1]
        was_in = sign * (previous[axis] - limit) >= 0
        for current in points:
            is_in = sign * (current[axis] - limit) >= 0
            if is_in != was_in:
                share = (limit - previous[axis]) / (current[axis] - previous[axis])
                out.append(
                    (
                        previous[0] + share * (current[0] - previous[0]),
                        previous[1] + share * (current[1] - previous[1]),
                    )
                )
            if is_in:
                out.append(current)
            previous, was_in = current, is_in
        points = out
    return points


def clip_line(line: Sequence[Point], box: Box) -> list[list[Point]]:
    """The runs of a line whose segments touch the box (not cut at its edge: the picture's frame does that)."""
    runs: list[list[Point]] = []
    run: list[Point] = []
    for a, b in pairwise(line):
        segment = (min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))
        if overlap(segment, box):
            if not run:
                run = [a]
            run.append(b)
        elif run:
            runs.append(run)
            run = []
    if run:
        runs.append(run)
    return runs


def inside(point: Point, rings: Iterable[Sequence[Point]]) -> bool:
    """Whether a point is inside a set of closed rings, by the even-odd rule."""
    x, y = point
    within = False
    for ring in rings:
        x1, y1 = ring[-1]
        for x2, y2 in ring:
            if (y1 > y) != (y2 > y) and x < (x2 - x1) * (y - y1) / (y2 - y1) + x1:
                within = not within
            x1, y1 = x2, y2
    return within


def stitch(lines: Iterable[Sequence[Point]]) -> list[list[Point]]:
    """Join lines that share their ends into closed rings, in the order given; loose ends are closed as they are."""
    pending = [list(line) for line in lines]
    at: dict[Point, list[int]] = defaultdict(list)
    for i, line in enumerate(pending):
        at[line[0]].append(i)
        at[line[-1]].append(i)
    used = [False] * len(pending)
    rings = []
    for i, line in enumerate(pending):
        if used[i]:
            continue
        used[i] = True
        ring = list(line)
        while ring[0] != ring[-1]:
            following = next((j for j in at[ring[-1]] if not used[j]), None)
            if following is None:
                break
            used[following] = True
            more = pending[following]
            ring += more[1:] if more[0] == ring[-1] else more[-2::-1]
        rings.append(ring)
    return rings
