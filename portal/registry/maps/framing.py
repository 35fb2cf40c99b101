"""Where a picture looks: which part of Italy a frame shows for a set of places, within taste and by the seed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random

from .atlas import Atlas
from .geometry import Box, Point, bounds

# Fewer municipalities than this in a frame say too little about where it is (Lampedusa): the frame widens.
_ENOUGH_NEIGHBOURS = 10
# Where a lonely place may stand in its widened frame.
_CORNERS = [(0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0)]
# The seed looks closer or from farther away: the first number is for places near each other, that leave the frame
# free, the second for places that fill it.
_ZOOMS = ((0.72, 1.0), (0.9, 1.1), (1.08, 1.2), (1.3, 1.32), (1.55, 1.48))


@dataclass(frozen=True, slots=True)
class Variant:
    """A kind of picture: its size, the part where the places must be (shares of the size), its lettering."""

    name: str
    width: int
    height: int
    slot: Box
    least_km: float
    place_size: float
    quiet_size: float
    places: int
    quiet: int
    dots: int
    grid: tuple[int, int]
    # Names and the locator keep this far from top and bottom and between these shares of the width, so that a crop
    # to 16:9 or 4:3 (or of a header to a phone) cuts none, and a header's title has its left to itself.
    margin: float
    names: tuple[float, float]

    @property
    def unit(self) -> float:
        """Line widths and dots grow with the lettering: 1 on a card."""
        return self.quiet_size / 12.0


VARIANTS = {
    variant.name: variant
    for variant in (
        Variant("card", 480, 320, (0.16, 0.18, 0.84, 0.82), 74, 16, 12, 6, 4, 130, (60, 42), 29, (0.06, 0.94)),
        Variant("header", 1440, 480, (0.5, 0.19, 0.8, 0.81), 86, 23, 16, 10, 6, 190, (90, 36), 76, (0.46, 0.83)),
        Variant("share", 1200, 630, (0.16, 0.16, 0.84, 0.76), 84, 34, 25, 10, 5, 220, (66, 38), 24, (0.02, 0.98)),
    )
}


@dataclass(frozen=True, slots=True)
class Frame:
    """A window on the plane: kilometres of its top left corner and picture units per kilometre."""

    left: float
    top: float
    scale: float
    width: int
    height: int

    def place(self, point: Point) -> Point:
        """A projected point in picture units."""
        return (point[0] - self.left) * self.scale, (point[1] - self.top) * self.scale

    def lines(self, lines: Iterable[Sequence[Point]]) -> list[list[Point]]:
        """Projected lines in picture units."""
        left, top, scale = self.left, self.top, self.scale
        return [[((x - left) * scale, (y - top) * scale) for x, y in line] for line in lines]

    def box(self, margin: float = 0.0) -> Box:
        """The window in kilometres, with a margin given in picture units."""
        extra = margin / self.scale
        return (
            self.left - extra,
            self.top - extra,
            self.left + self.width / self.scale + extra,
            self.top + self.height / self.scale + extra,
        )


def choose_frame(atlas: Atlas, points: Sequence[Point], variant: Variant, rng: Random) -> Frame:
    """The window that holds all the points inside the variant's slot, zoomed and shifted by the seed."""
    left, top, right, bottom = bounds(points)
    slot = tuple(share * size for share, size in zip(variant.slot, (variant.width, variant.height) * 2, strict=True))
    slot_width, slot_height = slot[2] - slot[0], slot[3] - slot[1]
    close_zoom, wide_zoom = rng.choice(_ZOOMS)
    shifts = [(rng.uniform(0.1, 0.9), rng.uniform(0.1, 0.9)) for _ in range(5)]
    closest = variant.height / variant.least_km / close_zoom
    fitting = min(slot_width / max(right - left, 1e-6), slot_height / max(bottom - top, 1e-6))
    scale = min(closest, fitting / wide_zoom)
    while True:
        room = slot_width - (right - left) * scale, slot_height - (bottom - top) * scale
        frames = [
            Frame(
                left - (slot[0] + room[0] * across) / scale,
                top - (slot[1] + room[1] * down) / scale,
                scale,
                variant.width,
                variant.height,
            )
            for across, down in shifts
        ]
        peopled = [sum(1 for _ in atlas.around(frame.box())) for frame in frames]
        best = max(range(len(frames)), key=lambda i: peopled[i])
        # The first frame is as good as any, unless it shows much less of Italy than another.
        chosen = 0 if peopled[0] > 0.6 * peopled[best] else best
        if peopled[chosen] >= _ENOUGH_NEIGHBOURS:
            return frames[chosen]
        scale *= 0.8
        shifts = _CORNERS


def country_frame(atlas: Atlas, variant: Variant, rng: Random) -> Frame:
    """The window for a picture of no place in particular: Italy, whole unless the picture is too wide for it."""
    left, top, right, bottom = bounds(point for ring in atlas.land for point in ring)
    across, down = right - left, bottom - top
    if variant.width > 2 * variant.height:  # a band across the country, between the Alps and the gulf of Naples
        scale = variant.height / (down * rng.uniform(0.5, 0.62))
        return Frame(
            left + across / 2 - variant.width * rng.uniform(0.6, 0.66) / scale,
            top + (down - variant.height / scale) * rng.uniform(0.05, 0.35),
            scale,
            variant.width,
            variant.height,
        )
    scale = variant.height / (down * rng.uniform(1.03, 1.16))
    return Frame(
        left + across / 2 - variant.width * rng.uniform(0.42, 0.58) / scale,
        top + down / 2 - variant.height * rng.uniform(0.485, 0.515) / scale,
        scale,
        variant.width,
        variant.height,
    )
