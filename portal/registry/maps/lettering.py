"""Lettering drawn as outlines: a picture shown by `<img>` can load no font, and print must match the screen.

`registry/data/lettering.json` holds the glyphs of the portal's own typefaces: for each the advance width and its
contours, a contour being its first point followed by lines [x, y] and quadratic curves [cx, cy, x, y].
"""

import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from .atlas import DATA
from .geometry import Box, Point

# A segment is a line to a point, or a quadratic curve through a control point.
Segment = tuple[float, ...]
Contour = tuple[Point, list[Segment]]


@dataclass(frozen=True, slots=True)
class Style:
    """How a label looks: typeface, size in picture units, extra space between letters (share of the size)."""

    face: str
    size: float
    tracking: float = 0.0


@lru_cache(maxsize=1)
def _faces() -> dict[str, dict[str, Any]]:
    faces: dict[str, dict[str, Any]] = json.loads((DATA / "lettering.json").read_text(encoding="utf-8"))
    return faces


def measure(text: str, style: Style) -> float:
    """Width of a text in picture units."""
    face = _faces()[style.face]
    glyphs = face["glyphs"]
    advance = sum(glyphs[letter][0] for letter in text)
    return style.size * (advance / face["upm"] + style.tracking * max(0, len(text) - 1))


def cap_height(style: Style) -> float:
    """Height of a capital in picture units."""
    face = _faces()[style.face]
    return style.size * face["cap"] / face["upm"]


def outline(text: str, style: Style, left: float, baseline: float) -> list[Contour]:
    """The contours of a text whose first letter starts at `left` on `baseline`."""
    face = _faces()[style.face]
    glyphs, scale = face["glyphs"], style.size / face["upm"]
    contours: list[Contour] = []
    pen, baseline = left, round(baseline, 1)
    for letter in text:
        advance, shapes = glyphs[letter]
        # Letters stand on whole tenths, so that the same letter is written the same everywhere and compresses well.
        origin = round(pen, 1)
        for shape in shapes:
            start = (origin + shape[0][0] * scale, baseline - shape[0][1] * scale)
            segments = [
                tuple(baseline - value * scale if i % 2 else origin + value * scale for i, value in enumerate(segment))
                for segment in shape[1:]
            ]
            contours.append((start, segments))
        pen += advance * scale + style.tracking * style.size
    return contours


def extent(text: str, style: Style, left: float, baseline: float) -> Box:
    """The box a text fills, descenders included."""
    return left, baseline - style.size * 0.74, left + measure(text, style), baseline + style.size * 0.2
