"""Template tags that put the portal's maps on a page."""

from collections.abc import Iterable
from typing import Any, Protocol

from django import template

from portal.registry.maps.addresses import map_url
from portal.registry.maps.framing import VARIANTS
from portal.registry.maps.italy import country_map

register = template.Library()


class Mapped(Protocol):
    """What `map_picture` needs of a page."""

    map_codes: Iterable[str]
    map_seed: int


class Place(Protocol):
    """A territory on the country's map: where it is, what it is called, where its link leads."""

    name: str
    lat: float
    lon: float
    url: str
    label: str


@register.simple_tag
def map_address(page: Mapped, variant: str = "card") -> str:
    """The path of a page's picture, for `og:image` and the like."""
    return map_url(variant, page.map_codes, page.map_seed)


@register.inclusion_tag("components/map_picture.html")
def map_picture(page: Mapped, variant: str = "card", alt: str = "", eager: bool = False) -> dict[str, Any]:
    """The picture of a page's places. Decorative unless `alt` says otherwise; `eager` for what is seen first."""
    kind = VARIANTS[variant]
    return {
        "address": map_url(variant, page.map_codes, page.map_seed),
        "variant": variant,
        # As text: the page's language would write 1440 as "1.440".
        "width": str(kind.width),
        "height": str(kind.height),
        "alt": alt,
        "eager": eager,
    }


@register.inclusion_tag("components/map_italy.html")
def italy_map(places: Iterable[Place]) -> dict[str, Any]:
    """The whole country with the given places alight, each a link, and the list that says the same."""
    return {"map": country_map(list(places))}
