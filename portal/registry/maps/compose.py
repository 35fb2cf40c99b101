"""Composes the picture of a set of places: the one function that decides how a map of the portal looks."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log
from random import Random

from .atlas import Atlas, Municipality
from .contours import distance_field, isolines, swell
from .framing import VARIANTS, Frame, Variant, choose_frame, country_frame
from .geometry import Point, area, bounds, clip_line, clip_ring, distance, inside, round_corners, thin
from .labels import Placer
from .lettering import Style, measure
from .palette import BOSCO, CIELO, INK, PAPER, TERRA, WHITE, mix
from .projection import project
from .scene import Dots, Layer, Lines, Paint, Scene, Veil

# The seas by points well inside them (name, longitude, latitude): open water takes the name of the nearest one.
_SEAS = (
    ("Mar Ligure", 8.8, 43.8),
    ("Mar Ligure", 9.6, 43.6),
    ("Mar Tirreno", 10.6, 42.1),
    ("Mar Tirreno", 11.6, 41.2),
    ("Mar Tirreno", 12.8, 40.3),
    ("Mar Tirreno", 14.4, 39.4),
    ("Mar Tirreno", 10.6, 40.2),
    ("Mare Adriatico", 12.9, 45.0),
    ("Mare Adriatico", 13.8, 43.9),
    ("Mare Adriatico", 15.0, 42.8),
    ("Mare Adriatico", 17.0, 41.7),
    ("Mare Adriatico", 18.6, 40.6),
    ("Mar Ionio", 17.4, 39.4),
    ("Mar Ionio", 16.3, 37.6),
    ("Mare di Sardegna", 7.6, 40.2),
    ("Canale di Sicilia", 12.6, 36.9),
    ("Canale di Sicilia", 12.2, 35.8),
)
_SEA_NAME_REACH_KM = 110.0
_DOT_STEPS = ((2_000, 0.8), (8_000, 1.15), (30_000, 1.6), (120_000, 2.3), (400_000, 3.2))


@dataclass(frozen=True, slots=True)
class Mood:
    """The colours of one kind of printed sheet."""

    land: str
    sea: str
    abroad: str


# Sheets of the same atlas: land is always the lighter, the sea always in the sky's green, other states grey.
_MOODS = (
    Mood(PAPER, CIELO, mix(PAPER, INK, 0.065)),
    Mood(WHITE, mix(CIELO, BOSCO, 0.08), mix(PAPER, INK, 0.055)),
    Mood(mix(PAPER, CIELO, 0.34), mix(CIELO, BOSCO, 0.14), mix(PAPER, INK, 0.09)),
)


@dataclass(frozen=True, slots=True)
class Manner:
    """How the relief around the places is drawn: how many lines, tint of a step, strength and dash of a line."""

    rings: tuple[int, ...]
    tint: float
    line: float
    dash: float = 0.0
    outermost_only: bool = False


_MANNERS = (
    Manner(rings=(4, 5, 6), tint=0.1, line=0.5),  # steps with their lines, as on a hiking map
    Manner(rings=(6, 7), tint=0.12, line=0.75, outermost_only=True),  # fine lines on one tint
    Manner(rings=(3, 4), tint=0.15, line=0.0),  # washes of watercolour
    Manner(rings=(5, 6), tint=0.075, line=0.75, dash=2.2),  # dashed lines on light steps
)


def draw(atlas: Atlas, variant_name: str, codes: Sequence[str], seed: int) -> Scene:
    """The picture of the places with the given codes; no code at all is the whole country.

    The same arguments always give the same scene. Raises KeyError for an unknown variant or code.
    """
    variant = VARIANTS[variant_name]
    codes = sorted(set(codes))
    title = ", ".join(atlas.name(code) for code in codes) or "Italia"
    # The frame and the ornament depend on the seed and the places, not on the variant: card and header of a page match.
    rng = Random(f"{seed}|{'|'.join(codes)}")  # noqa: S311  an ornament, not a secret
    places = sorted(
        (atlas.municipalities[code] for code in codes if code in atlas.municipalities),
        key=lambda place: (-place.residents, place.code),
    )
    provinces = atlas.provinces_of(codes)
    outline = atlas.outline(provinces) if provinces else []
    points = [place.at for place in places] + [point for ring in outline for point in ring]
    frame = choose_frame(atlas, points, variant, rng) if points else country_frame(atlas, variant, rng)
    return _Drawing(atlas, variant, frame, rng, places, provinces, outline, title).scene


class _Drawing:
    """Builds the layers of one scene from back to front."""

    def __init__(
        self,
        atlas: Atlas,
        variant: Variant,
        frame: Frame,
        rng: Random,
        places: list[Municipality],
        provinces: frozenset[str],
        outline: list[list[Point]],
        title: str,
    ) -> None:
        self.atlas, self.variant, self.frame, self.rng = atlas, variant, frame, rng
        self.places, self.outline, self.provinces = places, outline, provinces
        self.unit = variant.unit
        # The less a unit is worth in kilometres, the more detail of a border is seen.
        self.fineness = 0.5 if frame.scale > 1.6 * variant.unit else 1.0
        self.mood = rng.choice(_MOODS)
        self.scene = Scene(variant.width, variant.height, self.mood.sea, title)
        self.neighbours = sorted(
            (place for place in atlas.around(frame.box()) if place not in places),
            key=lambda place: (-place.residents, place.code),
        )
        self.layers: list[Layer] = self.scene.layers
        self._ground()
        self._graticule()
        self._relief()
        self._borders()
        self._settlements()
        if variant.name == "header":
            self.layers.append(Veil(PAPER, 0.88, variant.width * 0.6))
        self._chosen()
        self._names()

    def _clip(self, rings: Lines) -> list[list[Point]]:
        """Rings in kilometres, cut just outside the frame, in picture units."""
        box = self.frame.box(30 * self.unit)
        cut = (clip_ring(ring, box) for ring in rings)
        closed = self.frame.lines([*ring, ring[0]] for ring in cut if len(ring) > 2)
        return [thin(ring, self.fineness) for ring in closed if area(ring) > 2 * self.fineness]

    def _lines(self, lines: Lines, coarseness: float = 1.0) -> list[list[Point]]:
        """Lines in kilometres, in picture units, with no more detail than the picture can show."""
        return [thin(line, self.fineness * coarseness) for line in self.frame.lines(lines)]

    def _ground(self) -> None:
        mood, unit = self.mood, self.unit
        islets = [_ring_around(place.at, 1.5) for place in self.places if not self.atlas.is_on_land(place)]
        self.scene.shapes["land"] = self._clip([*self.atlas.land, *islets])
        self.scene.shapes["abroad"] = self._clip(self.atlas.abroad)
        for reach, share in ((34, 0.035), (22, 0.075), (12, 0.125), (5, 0.19)):
            colour = mix(mood.sea, BOSCO, share * 0.62)
            for shape in ("abroad", "land"):
                self.layers.append(Paint(shape=shape, stroke=colour, width=reach * unit))
        edge = mix(mood.sea, BOSCO, 0.42)
        # The other states come from another source: a broad edge of their own colour closes the gaps along the border.
        gap = max(2.2 * self.frame.scale, 1.0)
        self.layers.append(Paint(shape="abroad", fill=mood.abroad, stroke=mood.abroad, width=gap))
        self.layers.append(Paint(shape="land", fill=mood.land, stroke=edge, width=0.9 * unit))

    def _graticule(self) -> None:
        across = self.variant.width / self.frame.scale
        step = 0.5 if across < 330 else 1.0 if across < 800 else 2.0
        lines = []
        for i in range(int(4 / step), int(22 / step)):
            lines.append([project(i * step, lat / 2) for lat in range(66, 100)])
        for i in range(int(33 / step), int(50 / step)):
            lines.append([project(lon / 2, i * step) for lon in range(8, 44)])
        box = self.frame.box(10)
        runs = [run for line in lines for run in clip_line(line, box)]
        self.layers.append(Paint(self._lines(runs), stroke=BOSCO, width=0.6 * self.unit, opacity=0.13))

    def _relief(self) -> None:
        """Isolines around the places (or, for provinces and regions, around their main towns)."""
        frame, variant, unit = self.frame, self.variant, self.unit
        centres = [frame.place(place.at) for place in self.places]
        clip = "land"
        if self.outline:
            self.scene.shapes["chosen"] = self._clip(self.outline)
            self.layers.append(Paint(shape="chosen", fill=mix(self.mood.land, BOSCO, 0.13)))
            towns = [place for place in self.neighbours if place.province in self.provinces]
            centres += [frame.place(place.at) for place in self.rng.sample(towns[:18], min(7, len(towns)))]
            clip = "chosen" if not self.places else "land"
        if not centres:
            return
        # Well beyond the frame: where the lines are closed along the box, they are cut.
        beyond = 40.0 * unit
        box = (-beyond, -beyond, variant.width + beyond, variant.height + beyond)
        warp = swell(self.rng, variant.height * self.rng.uniform(0.55, 0.95))
        field = distance_field(centres, box, *variant.grid, blend=variant.height * 0.06, warp=warp)
        reach = variant.height * self.rng.uniform(0.36, 0.6) / (1 + 0.22 * log(len(centres)))
        manner = self.rng.choice(_MANNERS)
        rings = self.rng.choice(manner.rings)
        for i in reversed(range(rings)):
            level = reach * ((i + 0.8) / (rings - 0.2)) ** 1.3
            lines = [_soften(line) for line in isolines(field, box, level)]
            if not lines:
                continue
            strength = (1 - i / rings) * (1 if len(centres) < 8 else 0.7)
            if manner.tint and (i == rings - 1 or not manner.outermost_only):
                opacity = round(manner.tint * (0.55 + 0.5 * strength), 3)
                self.layers.append(Paint(lines, fill=BOSCO, opacity=opacity, clip=clip))
            if manner.line:
                self.layers.append(
                    Paint(
                        lines,
                        stroke=BOSCO,
                        width=0.8 * unit,
                        dash=(manner.dash * unit, manner.dash * unit) if manner.dash else None,
                        opacity=round(manner.line * (0.32 + 0.68 * strength), 2),
                        clip="chosen" if clip == "chosen" else "",
                    )
                )

    def _borders(self) -> None:
        box = self.frame.box(10)
        within: list[list[Point]] = []
        between: list[list[Point]] = []
        for arc in self.atlas.borders(box):
            (between if arc.regions > 1 else within).extend(clip_line(arc.points, box))
        unit = self.unit
        self.layers.append(
            Paint(self._lines(within, 1.4), stroke=BOSCO, width=0.8 * unit, opacity=0.42, dash=(3.2 * unit, 2.4 * unit))
        )
        self.layers.append(Paint(self._lines(between), stroke=BOSCO, width=1.1 * unit, opacity=0.6))
        if self.outline:
            self.layers.append(Paint(shape="chosen", stroke=BOSCO, width=2.0 * unit))

    def _settlements(self) -> None:
        circles = []
        for place in self.neighbours[: self.variant.dots]:
            radius = next((r for limit, r in _DOT_STEPS if place.residents < limit), 4.4)
            circles.append((*self.frame.place(place.at), radius * self.unit))
        self.layers.append(Dots(circles, mix(self.mood.land, BOSCO, 0.55)))

    def _chosen(self) -> None:
        radius = (5.2 if len(self.places) < 12 else 4.0) * self.unit
        circles = [(*self.frame.place(place.at), radius) for place in self.places]
        if circles:
            self.layers.append(Dots(circles, TERRA, PAPER, 1.8 * self.unit))

    def _names(self) -> None:
        variant, unit = self.variant, self.unit
        left, right = (share * variant.width for share in variant.names)
        placer = Placer((left, variant.margin, right, variant.height - variant.margin))
        for place in self.places:
            placer.reserve(self.frame.place(place.at), 6 * unit)
        bold = Style("semibold", variant.place_size)
        smaller = Style("semibold", variant.place_size * 0.8)
        for place in self.places:
            at = self.frame.place(place.at)
            # A long name that has no room: its Italian half; a page's only one: smaller.
            tries = [(place.name, bold), (place.name.split("/")[0], bold)]
            for text, style in tries if len(self.places) > 1 else [*tries, (place.name, smaller)]:
                if len(placer.labels) < variant.places and placer.name(text, at, 11 * unit, style, (INK, PAPER)):
                    break
        if self.places or self.outline:
            self._locator(placer)
        self._sea_names(placer)
        quiet = Style("regular", variant.quiet_size)
        colours = (mix(INK, self.mood.land, 0.25), self.mood.land)
        # The more places a page has, the fewer others are named.
        named, most = 0, max(2, variant.quiet - len(self.places) // 4)
        for place in self.neighbours[: 4 * most]:
            if named < most:
                at = self.frame.place(place.at)
                named += placer.name(place.name, at, 5.5 * unit, quiet, colours, gap=9 * unit)
        self.layers.extend(placer.labels)

    def _locator(self, placer: Placer) -> None:
        """A small Italy in a free corner that says where the picture is, unless the picture shows much of it."""
        left, top, right, bottom = bounds(point for ring in self.atlas.land for point in ring)
        frame, variant, unit = self.frame, self.variant, self.unit
        if frame.height / frame.scale > 0.2 * (bottom - top):
            return
        scale = 58 * unit / (bottom - top)
        width, height, edge = (right - left) * scale, (bottom - top) * scale, variant.margin
        corners = [
            (x, y) for x in (placer.area[2] - width, placer.area[0]) for y in (variant.height - edge - height, edge)
        ]
        free = (c for c in corners if placer.claim((*c, c[0] + width, c[1] + height), 8 * unit))
        corner = next(free, None)
        if corner is None:
            return
        small = Frame(left - corner[0] / scale, top - corner[1] / scale, scale, variant.width, variant.height)
        rings = [thin(ring, 0.5 * unit) for ring in small.lines(self.atlas.land)]
        shape = [ring for ring in rings if area(ring) > 1.5 * unit**2]
        self.layers.append(Paint(shape, fill=mix(self.mood.sea, BOSCO, 0.45), stroke=self.mood.land, width=unit))
        middle = (frame.left + frame.width / 2 / frame.scale, frame.top + frame.height / 2 / frame.scale)
        spots: list[Point] = []
        for point in [place.at for place in self.places] or [middle]:
            at = small.place(point)
            if all(distance(at, other) > 3 * unit for other in spots):
                spots.append(at)
        self.layers.append(Dots([(x, y, 2.6 * unit) for x, y in spots], TERRA, PAPER, 0.9 * unit))

    def _sea_names(self, placer: Placer) -> None:
        """The name of each sea, at most once, where there is open water for it."""
        variant = self.variant
        style = Style("serif-italic", variant.quiet_size * 1.2, 0.08)
        colours = (mix(self.mood.sea, BOSCO, 0.62), self.mood.sea)
        land = [*self.scene.shapes["land"], *self.scene.shapes["abroad"]]
        spots = [(i / 12, j / 10) for i in range(2, 11) for j in range(2, 10)]
        self.rng.shuffle(spots)
        named: set[str] = set()
        for across, down in spots:
            x, y = across * variant.width, down * variant.height
            away, name = min((distance((x, y), self.frame.place(project(lon, lat))), name) for name, lon, lat in _SEAS)
            if name in named or away > _SEA_NAME_REACH_KM * self.frame.scale:
                continue
            half, size = measure(name, style) / 2 + 6 * self.unit, style.size
            probes = [(x + half * i / 5, y - rise) for i in range(-5, 6) for rise in (0, size)]
            if not any(inside(probe, land) for probe in probes) and placer.first(
                name, [(x - half + 6 * self.unit, y)], style, colours, gap=6 * self.unit
            ):
                named.add(name)


def _soften(ring: list[Point]) -> list[Point]:
    """Every second crossing is enough for a smooth isoline."""
    return round_corners(ring if len(ring) < 18 else [*ring[:-1:2], ring[0]])


def _ring_around(centre: Point, radius: float) -> list[Point]:
    """A small round islet for a place whose island is too small for the borders' source."""
    shape = ((1, 0), (0.72, 0.64), (0, 0.9), (-0.75, 0.7), (-1.05, 0), (-0.7, -0.66), (0, -1), (0.66, -0.72), (1, 0))
    return [(centre[0] + radius * dx, centre[1] + radius * dy) for dx, dy in shape]
