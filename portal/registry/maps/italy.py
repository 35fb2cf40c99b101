"""The whole country for the home page: light enough to be part of the page, with a link on every territory.

The paths are the same for every page and request, so they are made once; only the places change.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from .atlas import atlas
from .framing import Frame
from .geometry import Point, area, bounds, distance, thin
from .projection import project
from .svg import path_data

WIDTH, HEIGHT = 560, 720
_MARGIN = 22
# Kilometres; the picture shows 1.8 km in a unit.
_TOLERANCE_KM = 1.1
_LEAST_ISLAND_KM2 = 24.0
_DOT_GAP = 13.0


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the map, in tenths of a unit as written in the SVG, with the place it stands for."""

    x: str
    y: str
    place: Any


@dataclass(frozen=True, slots=True)
class CountryMap:
    """What the component `map_italy.html` draws: paths in tenths of a unit and the places' spots."""

    view_box: str
    land: str
    provinces: str
    regions: str
    spots: Sequence[Spot]


@lru_cache(maxsize=1)
def _frame() -> Frame:
    left, top, right, bottom = bounds(point for ring in atlas().land for point in ring)
    scale = min((WIDTH - 2 * _MARGIN) / (right - left), (HEIGHT - 2 * _MARGIN) / (bottom - top))
    return Frame((left + right) / 2 - WIDTH / 2 / scale, (top + bottom) / 2 - HEIGHT / 2 / scale, scale, WIDTH, HEIGHT)


@lru_cache(maxsize=1)
def _paths() -> tuple[str, str, str]:
    places, frame = atlas(), _frame()
    # Every stretch of border is thinned alone, with its ends fixed: coast and borders go on meeting.
    land = places.outline(frozenset(places.provinces), _TOLERANCE_KM)
    land = [ring for ring in land if area(ring) > _LEAST_ISLAND_KM2]
    whole = (-1e4, -1e4, 1e4, 1e4)
    arcs = [(thin(arc.points, _TOLERANCE_KM), arc.regions) for arc in places.borders(whole)]
    return (
        path_data(frame.lines(land)),
        path_data(frame.lines(line for line, regions in arcs if regions == 1)),
        path_data(frame.lines(line for line, regions in arcs if regions > 1)),
    )


def country_map(places_on_it: Sequence[Any]) -> CountryMap:
    """The map with a spot for each place (objects with `name, lat, lon, url, label`), in their order.

    Spots that would cover each other are moved apart, so that each can be touched.
    """
    frame = _frame()
    taken: list[Point] = []
    spots = []
    for place in places_on_it:
        x, y = frame.place(project(place.lon, place.lat))
        while any(distance((x, y), other) < _DOT_GAP for other in taken):
            y += 2.0
        taken.append((x, y))
        spots.append(Spot(str(round(x * 10)), str(round(y * 10)), place))
    land, provinces, regions = _paths()
    return CountryMap(f"0 0 {WIDTH * 10} {HEIGHT * 10}", land, provinces, regions, spots)
