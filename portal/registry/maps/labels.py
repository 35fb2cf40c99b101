"""Puts names on a picture so that none touches another, a chosen place or the frame."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from .geometry import Box, Point, overlap
from .lettering import Style, cap_height, extent, measure, outline
from .scene import Label


@dataclass(slots=True)
class Placer:
    """Remembers what is taken; every accepted name becomes a label."""

    area: Box  # where names may be
    taken: list[Box] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)

    def reserve(self, at: Point, radius: float) -> None:
        """Keep names off a dot."""
        self.taken.append((at[0] - radius, at[1] - radius, at[0] + radius, at[1] + radius))

    def claim(self, box: Box, gap: float) -> bool:
        """Take a box for something else than a name; False when it is not free."""
        wide = (box[0] - gap, box[1] - gap, box[2] + gap, box[3] + gap)
        if any(overlap(wide, other) for other in self.taken):
            return False
        self.taken.append(wide)
        return True

    def _is_free(self, box: Box, gap: float) -> bool:
        left, top, right, bottom = self.area
        if box[0] < left or box[1] < top or box[2] > right or box[3] > bottom:
            return False
        wide = (box[0] - gap, box[1] - gap, box[2] + gap, box[3] + gap)
        return not any(overlap(wide, other) for other in self.taken)

    def name(
        self, text: str, at: Point, offset: float, style: Style, colours: tuple[str, str], gap: float = 2.0
    ) -> bool:
        """Put a name beside a dot, where there is room: right, left, above, below, then the corners."""
        width, rise = measure(text, style), cap_height(style)
        x, y = at
        slant = offset * 0.75
        candidates = (
            (x + offset, y + rise / 2),
            (x - offset - width, y + rise / 2),
            (x - width / 2, y - offset),
            (x - width / 2, y + offset + rise),
            (x + slant, y - slant),
            (x + slant, y + slant + rise),
            (x - slant - width, y - slant),
            (x - slant - width, y + slant + rise),
        )
        return self.first(text, candidates, style, colours, gap)

    def first(
        self, text: str, candidates: Sequence[Point], style: Style, colours: tuple[str, str], gap: float = 2.0
    ) -> bool:
        """Put a text at the first candidate (left end of its baseline) with room; False when there is none."""
        for left, baseline in candidates:
            box = extent(text, style, left, baseline)
            if self._is_free(box, gap):
                self.taken.append(box)
                fill, halo = colours
                contours = outline(text, style, left, baseline)
                self.labels.append(Label(text, contours, fill, halo, style.size * 0.2))
                return True
        return False
