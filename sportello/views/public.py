"""What everybody reads: the offers. No page here depends on who is signed in, and nobody's data appears."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from portal.registry.models import Municipality
from sportello.matching import Point, distance_km

from .. import permissions, presentation
from ..filters import SUITED, OfferFilterSet
from ..job_posting import job_posting
from ..models import Offer
from ..offer_cards import drawn_card
from ..paging import BoundedPaginator

PAGE_SIZE = 12
SPRITE = "vendor/bootstrap-italia-2.18.3/svg/sprites.svg"
MOST_COUNTED = 1_000
"""Further than this nobody turns pages: counting on would cost more than the list itself."""


@require_safe
def offers(request: HttpRequest) -> HttpResponse:
    """The offers on show, with filters in the address; in the order of one's own profile on the page of one's own."""
    if request.GET.get("ordine") == SUITED:
        return _suited(request)
    filterset = OfferFilterSet(request.GET, Offer.objects.on_show(timezone.localdate()), request=request)
    paginator = BoundedPaginator(filterset.qs, filterset.cards, PAGE_SIZE, MOST_COUNTED)
    results = paginator.get_page(request.GET.get("pagina"))
    sprite = static(SPRITE)
    results.object_list = [drawn_card(row, sprite, _how_far(row, filterset.place)) for row in results.object_list]
    count = paginator.count
    query = request.GET.copy()
    query.pop("pagina", None)
    empty_state = None
    if not count:
        empty_state = (
            {
                "title": _("Nessuna esperienza con questi filtri"),
                "text": _("Prova a toglierne uno, ad allargare i chilometri, o a cercare con altre parole."),
                "link_text": _("Togli tutti i filtri"),
                "link_url": request.path,
            }
            if filterset.chosen
            else {
                "title": _("In questo momento non ci sono esperienze pubblicate"),
                "text": _("Ne arrivano spesso di nuove: crea il tuo profilo e trovi subito quelle adatte a te."),
                "link_text": _("Crea il tuo profilo"),
                "link_url": reverse("area:youth_profile"),
            }
        )
    context = {
        "filter": filterset,
        "results": results,
        "count": count,
        "count_text": _count_words(count, paginator.more),
        "active_filters": filterset.active_filters(request),
        "problems": filterset.problems,
        "empty_state": empty_state,
        "card_template": "pages/sportello/offer_drawn.html",
        "feed_url": reverse("sportello:offer_feed") + (f"?{query.urlencode()}" if query else ""),
        "first_page": results.number == 1 and not filterset.chosen,
    }
    return render(request, "pages/sportello/offers.html", context)


def _suited(request: HttpRequest) -> HttpResponse:
    """To the offers in the order of one's own profile; back to this list for who has another part here."""
    user = request.user
    query = request.GET.copy()
    query.pop("ordine")
    if not user.is_authenticated or permissions.profile_of(user) or not permissions.acts_for_others(user):
        return redirect(reverse("area:youth_offers", query=query))
    messages.info(request, _("L'ordine «adatte a me» viene dal profilo di un giovane: con questo account non c'è."))
    return redirect(f"{request.path}?{query.urlencode()}" if query else request.path)


def _count_words(count: int, more: bool) -> str:
    """How many there are, in words."""
    if more:
        return _("Più di %(count)s esperienze: con i filtri trovi prima quelle per te") % {
            "count": number_format(count)
        }
    return ngettext("%(count)s esperienza", "%(count)s esperienze", count) % {"count": count}


def _how_far(offer: Offer, place: Municipality | None) -> str:
    """How far an offer is from the place that the reader wrote, in words; nothing without a place."""
    if place is None:
        return ""
    there = Point(offer.municipality.latitude, offer.municipality.longitude)
    km = round(distance_km(Point(place.latitude, place.longitude), there))
    return _("a %(km)s km da %(place)s") % {"km": km, "place": place.name} if km else place.name


@require_safe
def offer(request: HttpRequest, number: int, slug: str) -> HttpResponse:
    """One offer. An old or mistyped name leads to the right address; what is not on show does not exist."""
    row = get_object_or_404(Offer.objects.on_show(timezone.localdate()).for_detail(), pk=number)
    if slug != row.slug:
        return redirect(row, permanent=True)
    context = {
        "offer": row,
        "organisation": row.host.organisation,
        "kicker": row.get_kind_display(),
        "state": None if row.is_published else presentation.offer_state(row),
        "meta": presentation.offer_meta(row),
        "facts": presentation.offer_facts(row, public=True),
        "job_posting": job_posting(row, request.build_absolute_uri(row.get_absolute_url())),
        "skills": [skill.label for skill in row.skills.all()],
        "goals": [skill.label for skill in row.goals.all()],
        "desk": row.desk,
        "apply_link": reverse("area:youth_apply", args=[row.pk]) if row.is_published else "",
    }
    return render(request, "pages/sportello/offer.html", context)
