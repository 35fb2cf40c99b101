"""The cards of the public list, drawn once for all that they say.

Twelve cards are drawn for each reader of the busiest page, mostly the same ones. A drawn card is kept in each process
under everything it shows: whatever changes in an offer makes another card, so that nothing has to be thrown away, and
nothing old can be shown. Only what the public reads is in it.
"""

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from portal.registry.maps.addresses import map_url
from portal.registry.maps.framing import VARIANTS

from . import presentation
from .models import Offer

MOST_KEPT = 3_000
"""Cards kept in each process, some 1.5 kB each."""
_kept: dict[tuple, tuple[str, str]] = {}


def drawn_card(offer: Offer, sprite: str, distance: str = "") -> SafeString:
    """Return the card of an offer read with `for_public_list()`.

    Args:
        sprite: the address of the icons.
        distance: how far it is from the reader's place, in words; it is put into the kept card, not kept.
    """
    head, tail = _halves(offer, sprite)
    line = _line(sprite, "it-map-marker", distance) if distance else ""
    return mark_safe(head + line + tail)


def _halves(offer: Offer, sprite: str) -> tuple[str, str]:
    organisation, municipality = offer.host.organisation, offer.municipality
    said = (
        get_language(),
        sprite,
        offer.pk,
        offer.slug,
        offer.title,
        offer.summary,
        offer.kind,
        offer.state,
        offer.remote,
        offer.start_date,
        offer.end_date,
        offer.duration_weeks,
        offer.seats_free,
        organisation.name,
        organisation.is_example,
        municipality.istat_code,
        str(municipality),
    )
    found = _kept.get(said)
    if found is None:
        if len(_kept) >= MOST_KEPT:
            _kept.clear()
        found = _kept[said] = _draw(offer, sprite)
    return found


def _draw(offer: Offer, sprite: str) -> tuple[str, str]:
    """What `components/card.html` draws, up to where the distance goes, and from there on."""
    card = presentation.offer_card(offer)
    place, *rest = card["meta"]
    state = ""
    if card["state"]:
        state = render_to_string("components/state.html", {"state": card["state"]})
    head = format_html(
        '<article class="it-card">\n  <div class="it-card-inner">\n'
        '    <h2 class="it-card-title"><a href="{}">{}</a></h2>\n'
        '    <p class="it-card-kicker"><span>{}</span>{}</p>\n'
        '    <p class="it-card-text">{}</p>\n'
        '    <ul class="it-card-meta">{}',
        card["url"],
        card["title"],
        card["kicker"],
        state,
        card["text"],
        _line(sprite, **place),
    )
    picture = VARIANTS["card"]
    tail = format_html(
        '{}</ul>\n  </div>\n  <div class="it-card-picture"><img class="map-picture map-picture--card" src="{}" alt=""'
        ' width="{}" height="{}" loading="lazy" decoding="async"></div>\n</article>\n',
        mark_safe("".join(_line(sprite, **fact) for fact in rest)),
        map_url("card", offer.map_codes, offer.map_seed),
        str(picture.width),
        str(picture.height),
    )
    return head, tail


def _line(sprite: str, icon: str, text: str) -> str:
    return format_html(
        '<li><svg class="icon icon-sm" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>'
        "<span>{}</span></li>",
        sprite,
        icon,
        text,
    )
