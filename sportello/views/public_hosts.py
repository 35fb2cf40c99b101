"""What everybody reads about the hosts: who they are, what they offer, how reliably they answer. Nobody's data."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from .. import presentation
from ..models import Host, Offer
from ..reliability import reliability_of
from ..structured import json_ld

PAGE_SIZE = 24
SHOWN_OFFERS = 24


@require_safe
def hosts(request: HttpRequest) -> HttpResponse:
    """The hosts that have signed the pact, by name."""
    page = Paginator(Host.objects.for_public_list(), PAGE_SIZE).get_page(request.GET.get("pagina"))
    count = page.paginator.count
    page.object_list = [
        {
            "host": row,
            "name": row.organisation.name,
            "url": row.get_absolute_url(),
            "text": row.organisation.description,
            "place": str(row.organisation.municipality or ""),
            "example": row.organisation.is_example,
            "offers": ngettext("%(n)s esperienza aperta", "%(n)s esperienze aperte", row.open_offers)
            % {"n": row.open_offers}
            if row.open_offers
            else "",
        }
        for row in page.object_list
    ]
    context = {
        "results": page,
        "count_text": ngettext("%(count)s realtà", "%(count)s realtà", count) % {"count": count},
        "count": count,
    }
    return render(request, "pages/sportello/hosts.html", context)


@require_safe
def host(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    """One host. An old or mistyped name leads to the right address; what has not signed does not exist."""
    row = get_object_or_404(Host.objects.for_public_page(), pk=number)
    if slug != row.slug:
        return redirect(row, permanent=True)
    organisation = row.organisation
    offers = [] if row.is_paused else list(_open_offers(row))
    reliability = reliability_of(row)
    context = {
        "host": row,
        "organisation": organisation,
        "kicker": organisation.get_kind_display(),
        "meta": [{"icon": "it-map-marker", "text": str(organisation.municipality)}]
        if organisation.municipality
        else [],
        "map_page": row if organisation.municipality else None,
        "sectors": [sector.label for sector in row.sectors.all()],
        "offers": [presentation.offer_card(offer) for offer in offers],
        "reliability": reliability.sentence if reliability else "",
        "desk": row.desk,
        "structured": json_ld(_structured(request, row)),
    }
    return render(request, "pages/sportello/host.html", context)


def _open_offers(row: Host):
    offers = Offer.objects.on_show(timezone.localdate()).filter(host=row)
    return offers.for_cards().newest_first()[:SHOWN_OFFERS]


def _structured(request: HttpRequest, row: Host) -> dict:
    """The host as JSON-LD (schema.org Organization): what the page says, never who works there."""
    organisation = row.organisation
    data: dict = {
        "@context": "https://schema.org",
        "@type": "Organization",
        "name": organisation.name,
        "url": request.build_absolute_uri(row.get_absolute_url()),
    }
    if organisation.description:
        data["description"] = organisation.description
    if row.logo:
        data["logo"] = request.build_absolute_uri(row.logo.url)
    if organisation.url:
        data["sameAs"] = [organisation.url]
    if organisation.municipality:
        data["address"] = {
            "@type": "PostalAddress",
            "addressLocality": organisation.municipality.name,
            "addressRegion": organisation.municipality.province_code,
            "addressCountry": "IT",
        }
    return data
