"""The host's offers: the list, and one of them with what can be done."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect

from .. import presentation, wizard
from ..actions.offer_life import WITH_SEATS, stale_on
from ..enums import Actor, OfferState
from ..models import Offer
from ..transitions import OFFER, find
from .common import area_page, host_of, host_readers, member_of


@host_readers
def offers(request: HttpRequest) -> HttpResponse:
    """All of the host's offers."""
    rows = [
        {
            "offer": row,
            "state": presentation.offer_state(row),
            # Until they are asked for, place and dates of a draft are only suggestions.
            "meta": [] if row.steps_left else presentation.offer_meta(row),
            "steps_left": len(wizard.steps_left(row)),
        }
        for row in Offer.objects.seen_by(member_of(request)).for_host_list()
    ]
    context = {"rows": rows, "host": host_of(request), "works": member_of(request).works}
    return area_page(request, "host_offers", context)


def _may(request: HttpRequest, offer: Offer, target: str) -> bool:
    row = find(OFFER, offer.state, target)
    return member_of(request).works and row is not None and Actor.HOST in row.actors


@host_readers
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    """One offer as the public will read it, its state, and what can be done."""
    row = get_object_or_404(Offer.objects.for_detail().seen_by(member_of(request)), pk=pk)
    works = member_of(request).works
    if works and row.is_editable:
        return redirect("area:host_offer_edit", pk=row.pk)
    context = {
        "offer": row,
        "host": host_of(request),
        "state": presentation.offer_state(row),
        "facts": presentation.offer_facts(row),
        "meta": presentation.offer_meta(row),
        "can_pause": _may(request, row, OfferState.PAUSED),
        "works": works,
        "can_resume": works and row.state == OfferState.PAUSED,
        "can_confirm": works and (row.state == OfferState.STALE or row.confirmation_asked_at is not None),
        "can_close": _may(request, row, OfferState.CLOSED),
        "can_change_seats": works and row.state in WITH_SEATS,
        "stale_on": stale_on(row) if works and row.state == OfferState.PUBLISHED else None,
        "is_public": row.is_on_show,
    }
    return area_page(request, "host_offer", context)
