"""The addresses of the pictures: everything a picture depends on is in its URL, so that it never changes.

/mappe/v1/card/17/001078_r-lombardia.svg: drawing style, variant, seed, codes in order. A new style of drawing gets a
new VERSION, and with it new addresses. No codes at all are written "italia".
"""

from collections.abc import Iterable

from django.urls import reverse

from .atlas import Atlas, atlas
from .framing import VARIANTS

VERSION = "v1"
MOST_CODES = 60
SEEDS = 256
EVERYWHERE = "italia"
_SEPARATOR = "_"
# The share image is a PNG: social networks show no SVG.
EXTENSIONS = {name: "png" if name == "share" else "svg" for name in VARIANTS}


class UnknownMap(ValueError):
    """An address that no picture has."""


def condense(codes: Iterable[str], places: Atlas) -> list[str]:
    """Known codes in order, at most MOST_CODES: too many municipalities become provinces, then regions."""
    known = sorted({code for code in codes if code in places})
    if len(known) > MOST_CODES:
        known = sorted(
            {places.municipalities[code].province if code in places.municipalities else code for code in known}
        )
    if len(known) > MOST_CODES:
        known = sorted({places.provinces[code].region if code in places.provinces else code for code in known})
    return known


def map_url(variant: str, codes: Iterable[str], seed: int) -> str:
    """The address of the picture of some places; codes that the atlas does not know are left out.

    Raises KeyError for an unknown variant. Seeds are taken modulo 256.
    """
    shown = condense(codes, atlas())
    return reverse(
        "maps:picture",
        kwargs={
            "version": VERSION,
            "variant": variant,
            "seed": seed % SEEDS,
            "codes": _SEPARATOR.join(shown) or EVERYWHERE,
            "extension": EXTENSIONS[variant],
        },
    )


def read_codes(text: str) -> list[str]:
    """The codes written in an address, in order; UnknownMap unless each is known, once, and in order."""
    if text == EVERYWHERE:
        return []
    codes = text.split(_SEPARATOR)
    if codes != condense(codes, atlas()):
        raise UnknownMap(text)
    return codes
