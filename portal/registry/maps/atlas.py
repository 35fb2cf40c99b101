"""The places of Italy: municipalities, provinces, regions and their borders, read once from `registry/data`.

Codes: a municipality is its six-digit ISTAT code ("001078"), a province "p-" and its plate ("p-TO"), a region
"r-" and its slug ("r-lombardia"). Source: ISTAT 2023 through Openpolis, CC BY 4.0 (registry/data/README.md).
"""

import csv
import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any

from .geometry import Box, Point, area, bounds, inside, overlap, round_corners, stitch, thin
from .projection import project

DATA = Path(__file__).resolve().parent.parent / "data"
_CELL_KM = 20.0
_SLIVER_KM2 = 2.0


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality; `at` is a point inside it, projected, in kilometres."""

    code: str
    name: str
    province: str
    region: str
    latitude: float
    longitude: float
    residents: int
    at: Point


@dataclass(frozen=True, slots=True)
class Province:
    """A province (or metropolitan city); `code` is "p-TO", `region` is "r-piemonte"."""

    code: str
    name: str
    region: str


@dataclass(frozen=True, slots=True)
class Region:
    """A region; `code` is "r-lombardia"; `name` is the Italian one of a bilingual pair."""

    code: str
    name: str
    provinces: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Arc:
    """A stretch of border between two junctions, drawn once whoever it divides (one province: coast or abroad)."""

    points: tuple[Point, ...]
    box: Box
    provinces: frozenset[str]
    regions: int


def region_code(name: str) -> str:
    """The code of a region from its ISTAT name: "Valle d'Aosta/Vallée d'Aoste" is "r-valle-daosta"."""
    return "r-" + re.sub(r"\s+", "-", re.sub(r"[^a-z\s-]", "", name.split("/")[0].strip().lower()))


class Atlas:
    """All places by code, with the borders as arcs; made once by `atlas()`."""

    def __init__(self, data: Path = DATA) -> None:
        self.municipalities: dict[str, Municipality] = {}
        self.provinces: dict[str, Province] = {}
        self.regions: dict[str, Region] = {}
        self._cells: dict[tuple[int, int], list[Municipality]] = defaultdict(list)
        self._of_province: dict[str, list[Municipality]] = defaultdict(list)
        shapes = json.loads((data / "province.geojson").read_text(encoding="utf-8"))["features"]
        self._read_provinces(shapes)
        self.arcs = _arcs(shapes, {code: province.region for code, province in self.provinces.items()})
        self._read_municipalities(data / "comuni.csv")
        around = json.loads((data / "neighbours.geojson").read_text(encoding="utf-8"))["features"]
        self.abroad = _rings(around[0])
        self.islets = _rings(around[1])

    def _read_provinces(self, shapes: list[dict[str, Any]]) -> None:
        members: dict[str, list[str]] = defaultdict(list)
        names = {}
        for shape in sorted(shapes, key=lambda shape: shape["properties"]["code"]):
            about = shape["properties"]
            code, region = f"p-{about['code']}", region_code(about["region"])
            self.provinces[code] = Province(code, about["name"].split("/")[0], region)
            members[region].append(code)
            names[region] = about["region"].split("/")[0]
        for region in sorted(members):
            self.regions[region] = Region(region, names[region], tuple(members[region]))

    def _read_municipalities(self, path: Path) -> None:
        with path.open(encoding="utf-8", newline="") as lines:
            for row in csv.DictReader(lines):
                latitude, longitude = float(row["latitude"]), float(row["longitude"])
                province = f"p-{row['province_code']}"
                place = Municipality(
                    code=row["istat_code"],
                    name=unicodedata.normalize("NFC", row["name"]),
                    province=province,
                    region=self.provinces[province].region,
                    latitude=latitude,
                    longitude=longitude,
                    residents=int(row["population"]),
                    at=project(longitude, latitude),
                )
                self.municipalities[place.code] = place
                self._of_province[province].append(place)
                self._cells[int(place.at[0] // _CELL_KM), int(place.at[1] // _CELL_KM)].append(place)

    def __contains__(self, code: str) -> bool:
        return code in self.municipalities or code in self.provinces or code in self.regions

    def name(self, code: str) -> str:
        """The name of a place; KeyError when the code is unknown."""
        for places in (self.municipalities, self.provinces, self.regions):
            if code in places:
                return places[code].name
        raise KeyError(code)

    def provinces_of(self, codes: Iterable[str]) -> frozenset[str]:
        """The province codes that the provinces and regions among the codes stand for."""
        found: set[str] = set()
        for code in codes:
            if code in self.provinces:
                found.add(code)
            elif code in self.regions:
                found.update(self.regions[code].provinces)
        return frozenset(found)

    def within(self, province: str) -> list[Municipality]:
        """The municipalities of a province, in the order of their codes."""
        return self._of_province[province]

    def around(self, box: Box) -> Iterator[Municipality]:
        """The municipalities inside a box in kilometres."""
        left, top, right, bottom = box
        for column in range(int(left // _CELL_KM), int(right // _CELL_KM) + 1):
            for row in range(int(top // _CELL_KM), int(bottom // _CELL_KM) + 1):
                for place in self._cells.get((column, row), ()):
                    if left <= place.at[0] <= right and top <= place.at[1] <= bottom:
                        yield place

    def borders(self, box: Box) -> Iterator[Arc]:
        """The arcs between provinces that touch a box in kilometres."""
        return (arc for arc in self.arcs if len(arc.provinces) > 1 and overlap(arc.box, box))

    def outline(self, provinces: frozenset[str], tolerance: float = 0.0) -> list[list[Point]]:
        """The outer rings of a union of provinces, without the slivers that simplifying the borders left.

        With a tolerance (km) each stretch of border is thinned alone, its ends fixed, so that rings go on meeting.
        """
        sides = (arc.points for arc in self.arcs if len(arc.provinces & provinces) == 1)
        rings = stitch(thin(line, tolerance) if tolerance else line for line in sides)
        return [ring for ring in rings if area(ring) > _SLIVER_KM2]

    @cached_property
    def land(self) -> list[list[Point]]:
        """The rings of the whole country, islets included, and holes where another state lies inside."""
        return self.outline(frozenset(self.provinces)) + self.islets

    def is_on_land(self, place: Municipality) -> bool:
        """Whether the point of a municipality is on the (simplified) land; the smallest islands are not."""
        return inside(place.at, self.land)


def _rings(feature: dict[str, Any]) -> list[list[Point]]:
    """The projected, smoothed rings of a MultiPolygon feature."""
    return [
        round_corners([project(lon, lat) for lon, lat in ring])
        for polygon in feature["geometry"]["coordinates"]
        for ring in polygon
    ]


def _arcs(shapes: list[dict[str, Any]], region_of: dict[str, str]) -> list[Arc]:
    """Cut the provinces' borders at the points where the pair of neighbours changes.

    Shared borders are shared point by point in the source, so equal edges are found by comparing coordinates.
    """
    owners: dict[tuple[Point, Point], set[str]] = defaultdict(set)
    for shape in shapes:
        geometry = shape["geometry"]
        polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
        for ring in (ring for polygon in polygons for ring in polygon):
            for a, b in pairwise(ring):
                edge = (tuple(a), tuple(b)) if a < b else (tuple(b), tuple(a))
                owners[edge].add(f"p-{shape['properties']['code']}")
    links: dict[Point, list[tuple[Point, Point]]] = defaultdict(list)
    for edge in owners:
        links[edge[0]].append(edge)
        links[edge[1]].append(edge)

    def is_junction(point: Point) -> bool:
        edges = links[point]
        return len(edges) != 2 or owners[edges[0]] != owners[edges[1]]

    arcs = []
    used: set[tuple[Point, Point]] = set()
    # Junctions first, so that only islands and enclaves are left to start anywhere on their ring.
    starts = [point for point in links if is_junction(point)]
    for start in [*starts, *links]:
        for edge in links[start]:
            if edge in used:
                continue
            line, here, current = [start], start, edge
            while True:
                used.add(current)
                here = current[1] if current[0] == here else current[0]
                line.append(here)
                following = [e for e in links[here] if e not in used]
                if here == start or is_junction(here) or not following:
                    break
                current = following[0]
            points = tuple(round_corners([project(lon, lat) for lon, lat in line]))
            sides = frozenset(owners[edge])
            arcs.append(Arc(points, bounds(points), sides, len({region_of[code] for code in sides})))
    return arcs


@lru_cache(maxsize=1)
def atlas() -> Atlas:
    """The atlas, read on first use and kept for the life of the process."""
    return Atlas()
