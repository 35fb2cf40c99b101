"""The projection of all our maps: a Lambert conformal conic made for Italy.

Standard parallels 38° and 46° N, origin 42° N 12.5° E, on a sphere of the Earth's mean radius. Over Italy the
scale is true within 0.5 %, shapes of coasts and provinces are those people know from printed atlases.
Formulas: J. P. Snyder, Map Projections: A Working Manual (USGS Professional Paper 1395), pages 106-107.
"""

from math import cos, log, pi, radians, sin, tan

EARTH_RADIUS_KM = 6371.0088
_SOUTH, _NORTH = radians(38.0), radians(46.0)
_LAT_0, _LON_0 = radians(42.0), radians(12.5)


def _t(lat: float) -> float:
    return tan(pi / 4 + lat / 2)


_N = log(cos(_SOUTH) / cos(_NORTH)) / log(_t(_NORTH) / _t(_SOUTH))
_F = EARTH_RADIUS_KM * cos(_SOUTH) * _t(_SOUTH) ** _N / _N
_RHO_0 = _F / _t(_LAT_0) ** _N


def project(lon: float, lat: float) -> tuple[float, float]:
    """Kilometres east and *south* of the origin (y grows downwards, as on a screen) of a point in degrees."""
    rho = _F / _t(radians(lat)) ** _N
    theta = _N * (radians(lon) - _LON_0)
    return rho * sin(theta), rho * cos(theta) - _RHO_0
