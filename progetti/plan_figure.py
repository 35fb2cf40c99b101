"""The plan as a picture: three rings, axes inside, then objectives, then actions filled as far as they are.

Plain SVG with presentation attributes only: it goes through the strict content security policy and prints. It says
nothing that the list below it does not say.
"""

import math
from collections.abc import Iterator
from html import escape

from django.utils.translation import gettext

from .plan_reading import Node, Tree

SIZE = 640
CENTRE = SIZE / 2
HOLE = 84
AXIS, OBJECTIVE, ACTION = (90, 146), (150, 190), (194, 312)
INK, PAPER, BOSCO, TERRA, CIELO, QUIET, LINE = (
    "#17212b", "#fbf9f4", "#175e4c", "#b4532a", "#dce9e4", "#b9d2c8", "#7d7a70",
)  # fmt: skip
# Below these angles, in radians, a code would not fit into its sector.
AXIS_LABEL_FROM, OBJECTIVE_LABEL_FROM = 0.3, 0.2


def point(radius: float, angle: float) -> str:
    """A point on a circle around the centre; 0 is on top, angles grow clockwise."""
    return f"{CENTRE + radius * math.sin(angle):.1f} {CENTRE - radius * math.cos(angle):.1f}"


def sector(inner: float, outer: float, start: float, end: float) -> str:
    """The path of a piece of a ring; a whole ring is drawn as two halves, for an arc cannot close on itself."""
    if end - start >= 2 * math.pi - 1e-6:
        middle = (start + end) / 2
        return f"{sector(inner, outer, start, middle)} {sector(inner, outer, middle, end - 1e-4)}"
    large = 1 if end - start > math.pi else 0
    return (
        f"M{point(outer, start)} A{outer:.1f} {outer:.1f} 0 {large} 1 {point(outer, end)} "
        f"L{point(inner, end)} A{inner:.1f} {inner:.1f} 0 {large} 0 {point(inner, start)}Z"
    )


def width(node: Node) -> int:
    """How many shares of the circle a node takes: one for each action that stays, at least one."""
    if node.kind == "action":
        return 1 if node.progress is not None else 0
    return max(1, sum(width(child) for child in node.children))


def draw(tree: Tree) -> str:
    """The whole picture."""
    total = sum(width(axis) for axis in tree.axes) or 1
    unit = 2 * math.pi / total
    parts: list[str] = []
    start = 0.0
    for axis in tree.axes:
        parts += _branch(axis, start, unit)
        start += width(axis) * unit
    percent = tree.percent
    label = f"{percent} %" if percent is not None else gettext("nessun dato")
    size = 46 if percent is not None else 22
    title = escape(gettext("%(plan)s: le azioni e il loro avanzamento") % {"plan": tree.plan.title})
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" role="img" aria-labelledby="t">'
        f'<title id="t">{title}</title>'
        f'<g stroke="{PAPER}" stroke-width="2" stroke-linejoin="round">{"".join(parts)}</g>'
        f'<text x="{CENTRE:.0f}" y="{CENTRE + size / 3:.0f}" font-size="{size}" font-weight="700" fill="{INK}" {_FONT}>'
        f"{escape(label)}</text></svg>"
    )


_FONT = 'text-anchor="middle" font-family="Titillium Web, Segoe UI, Roboto, Helvetica, Arial, sans-serif"'


def _branch(node: Node, start: float, unit: float) -> Iterator[str]:
    end = start + width(node) * unit
    if node.kind == "action":
        if node.progress is not None:
            yield from _leaf(node, start, end)
        return
    ring, fill, ink, room, size = (
        (AXIS, BOSCO, "#ffffff", AXIS_LABEL_FROM, 22) if node.kind == "axis"
        else (OBJECTIVE, QUIET, INK, OBJECTIVE_LABEL_FROM, 15)
    )  # fmt: skip
    yield f'<path d="{sector(*ring, start, end)}" fill="{fill}"><title>{_words(node)}</title></path>'
    if end - start >= room:
        middle = (start + end) / 2
        x, y = point(sum(ring) / 2, middle).split()
        yield (
            f'<text x="{x}" y="{float(y) + size / 3:.1f}" font-size="{size}" font-weight="600" fill="{ink}" '
            f'stroke="none" {_FONT}>{escape(node.code)}</text>'
        )
    for child in node.children:
        yield from _branch(child, start, unit)
        start += width(child) * unit


def _leaf(node: Node, start: float, end: float) -> Iterator[str]:
    inner, outer = ACTION
    if node.percent is None:
        yield (
            f'<path d="{sector(inner, outer, start, end)}" fill="#ffffff" stroke="{LINE}" stroke-width="1" '
            f'stroke-dasharray="5 4"><title>{_words(node)}</title></path>'
        )
        return
    yield f'<path d="{sector(inner, outer, start, end)}" fill="{CIELO}"><title>{_words(node)}</title></path>'
    if node.percent:
        reach = inner + (outer - inner) * node.percent / 100
        fill = TERRA if node.late else BOSCO
        yield f'<path d="{sector(inner, reach, start, end)}" fill="{fill}"/>'


def _words(node: Node) -> str:
    far = gettext("nessun dato") if node.percent is None else f"{node.percent} %"
    return escape(f"{node.code} {node.title}: {far}")
