"""The cards of the public list, drawn once for all that they say.

Twelve cards are drawn for each reader of the busiest page, mostly the same ones. A drawn card is kept in each process
under everything it shows: whatever changes in an offer makes another card, so that nothing has to be thrown away, and
nothing old can be shown. Only what the public reads is in it.
"""

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language

from . import presentation
from .models import Offer

MOST_KEPT = 3_000
"""Cards kept in each process, some 1.5 kB each."""
_HERE = "\0"
"""Where the distance goes; no database lets this character into a title."""
_kept: dict[tuple, tuple[str, str]] = {}


def drawn_card(offer: Offer, sprite: str, distance: str = "") -> SafeString:
    """Return the card of an offer read with `for_public_list()`.

    Args:
        sprite: the address of the icons.
        distance: how far it is from the reader's place, in words; it is put into the kept card, not kept.
    """
    head, tail = _halves(offer, sprite)
    if not distance:
        return mark_safe(head + tail)
    line = (
        '<li><svg class="icon icon-sm" aria-hidden="true" focusable="false"><use href="{}#it-map-marker"></use></svg>'
        "<span>{}</span></li>"
    )
    return mark_safe(head + format_html(line, sprite, distance) + tail)


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
        item = {**presentation.offer_card(offer), "here": _HERE}
        html = render_to_string("pages/sportello/offer_card.html", {"item": item, "sprite": sprite})
        head, _mark, tail = html.partition(_HERE)
        found = _kept[said] = head, tail
    return found
