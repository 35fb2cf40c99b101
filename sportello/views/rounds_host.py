"""A host in a round: the bands of each of its offers, then who was given to them."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .. import rounds_bands
from ..actions.round_bands import set_bands, why_no_bands
from ..actions.rounds import lists_are_over
from ..enums_rounds import TOLD_STATES, BandSource, RoundState
from ..errors import ActionError
from ..forms.rounds import BandsForm
from ..models import RoundOffer, RoundResult
from .common import area_page, host_of, host_only


@host_only
def index(request: HttpRequest) -> HttpResponse:
    """The host's offers in rounds, the newest round first."""
    rows = list(RoundOffer.objects.for_host(host_of(request)).with_band_counts())
    return area_page(request, "host_rounds", {"rows": [_row(row) for row in rows]})


def _row(row: RoundOffer) -> dict:
    to_do = not why_no_bands(row.round, BandSource.HOST) and row.drafted > 0  # type: ignore[attr-defined]  # an annotation
    facts = {"row": row, "round": row.round, "offer": row.offer}
    return facts | {"to_do": to_do, "lists_over": lists_are_over(row.round)}


@host_only
def bands(request: HttpRequest, pk: int) -> HttpResponse:
    """One offer: who chose it, in bands, with the reasons; after publication, who was given to it."""
    row = get_object_or_404(RoundOffer.objects.for_host(host_of(request)), pk=pk)
    context = {"row": row, "round": row.round, "offer": row.offer}
    if row.round.state in TOLD_STATES:
        results = RoundResult.objects.filter(round_offer=row).select_related("youth__user").order_by("pk")
        return area_page(request, "host_round_result", context | {"results": rounds_bands.results(results)})
    if row.round.state == RoundState.OPEN:
        return area_page(request, "host_round_wait", context | {"lists_over": lists_are_over(row.round)})
    people = rounds_bands.people_of(row)
    form = BandsForm(
        request.POST if request.method == "POST" else None, rows=[(line.label, line.band) for line in people]
    )
    why_not = why_no_bands(row.round, BandSource.HOST)
    if request.method == "POST" and why_not:
        messages.error(request, why_not)
        return redirect("area:host_round", pk=row.pk)
    if request.method == "POST" and form.is_valid():
        try:
            moved = set_bands(row, form.bands(), request.user)
        except ActionError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, saved_words(moved))
        return redirect("area:host_round", pk=row.pk)
    context |= {
        "form": form,
        "groups": rounds_bands.groups(people, form),
        # Why they cannot may say their age, or what they told nobody else: that is for the desk.
        "impossible": sum(line.band.is_obstacle for line in people),
        "why_not": why_not,
        "drafted": any(line.band.source == BandSource.DRAFT and not line.band.is_obstacle for line in people),
        "seats": row.offer.seats_count,
    }
    return area_page(request, "host_round_bands", context)


def saved_words(moved: int) -> str:
    """What to tell who has saved bands."""
    if not moved:
        return _("Salvato: le fasce restano come erano.")
    return ngettext(
        "Salvato: %(n)s persona ha cambiato fascia.", "Salvato: %(n)s persone hanno cambiato fascia.", moved
    ) % {"n": moved}
