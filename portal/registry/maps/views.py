"""Serves the pictures. They depend on nothing but their address, so they may be kept for ever by whoever asks."""

from functools import lru_cache

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from .addresses import EXTENSIONS, VERSION, UnknownMap, read_codes
from .atlas import atlas
from .compose import draw
from .png import to_png
from .svg import to_svg

_FOR_EVER = "public, max-age=31536000, immutable"


@lru_cache(maxsize=512)
def _svg(variant: str, places: tuple[str, ...], seed: int) -> bytes:
    """A drawn picture, kept because drawing costs as much as several pages; about 25 kB each."""
    return to_svg(draw(atlas(), variant, places, seed)).encode()


@lru_cache(maxsize=32)
def _png(variant: str, places: tuple[str, ...], seed: int) -> bytes:
    """A share image; up to 175 kB and half a second each."""
    return to_png(draw(atlas(), variant, places, seed))


@require_safe
def picture(request: HttpRequest, version: str, variant: str, seed: int, codes: str, extension: str) -> HttpResponse:
    """One picture; 404 for an address that `map_url` would not give."""
    if version != VERSION or EXTENSIONS.get(variant) != extension:
        raise Http404
    try:
        places = read_codes(codes)
    except UnknownMap as error:
        raise Http404 from error
    if extension == "png":
        response = HttpResponse(_png(variant, tuple(places), seed), content_type="image/png")
    else:
        response = HttpResponse(_svg(variant, tuple(places), seed), content_type="image/svg+xml; charset=utf-8")
    response["Cache-Control"] = _FOR_EVER
    return response
