"""Serves the pictures. They depend on nothing but their address, so they may be kept for ever by whoever asks."""

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from .addresses import EXTENSIONS, VERSION, UnknownMap, read_codes
from .atlas import atlas
from .compose import draw
from .png import to_png
from .svg import to_svg

_FOR_EVER = "public, max-age=31536000, immutable"


@require_safe
def picture(request: HttpRequest, version: str, variant: str, seed: int, codes: str, extension: str) -> HttpResponse:
    """One picture; 404 for an address that `map_url` would not give."""
    if version != VERSION or EXTENSIONS.get(variant) != extension:
        raise Http404
    try:
        places = read_codes(codes)
    except UnknownMap as error:
        raise Http404 from error
    scene = draw(atlas(), variant, places, seed)
    if extension == "png":
        response = HttpResponse(to_png(scene), content_type="image/png")
    else:
        response = HttpResponse(to_svg(scene), content_type="image/svg+xml; charset=utf-8")
    response["Cache-Control"] = _FOR_EVER
    return response
