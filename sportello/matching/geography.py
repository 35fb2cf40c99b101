"""Distances on the globe, good to half a percent: enough to say who can get where."""

import math

from .facts import Point

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the Earth (IUGG)."""

Vector = tuple[float, float, float]


def unit_vector(point: Point) -> Vector:
    """Return the point as a vector of length one from the centre of the Earth."""
    latitude, longitude = math.radians(point.latitude), math.radians(point.longitude)
    return (
        math.cos(latitude) * math.cos(longitude),
        math.cos(latitude) * math.sin(longitude),
        math.sin(latitude),
    )


def vector_distance_km(a: Vector, b: Vector) -> float:
    """Return the great-circle distance in km of two unit vectors.

    It goes by the chord, which is as precise for two neighbouring villages as for two far-away cities (the
    textbook arc cosine of the dot product is not).
    """
    x, y, z = a[0] - b[0], a[1] - b[1], a[2] - b[2]
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(x * x + y * y + z * z) / 2))


def distance_km(a: Point, b: Point) -> float:
    """Return the great-circle distance of two points in km."""
    return vector_distance_km(unit_vector(a), unit_vector(b))


def bounding_box(centre: Point, radius_km: float) -> tuple[float, float, float, float]:
    """Return south, west, north, east in degrees of a box that holds every point within the radius.

    It is for a database that has no geometry: filter by the box first, measure what is left. Near a pole or
    across the date line the box takes in all longitudes.
    """
    angle = radius_km / EARTH_RADIUS_KM
    reach = math.degrees(angle)
    south, north = centre.latitude - reach, centre.latitude + reach
    if south <= -90 or north >= 90:
        return max(south, -90.0), -180.0, min(north, 90.0), 180.0
    # The widest longitude of a circle on a sphere lies nearer the pole than its centre.
    width = math.degrees(math.asin(math.sin(angle) / math.cos(math.radians(centre.latitude))))
    west, east = centre.longitude - width, centre.longitude + width
    if west < -180 or east > 180:
        return south, -180.0, north, 180.0
    return south, west, north, east
