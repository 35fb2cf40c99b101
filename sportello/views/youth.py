"""The offers that suit a young person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext

from .. import presentation, scoring
from ..filters import SUITED, SuitedOfferFilterSet
from ..models import Offer
from ..presentation_people import guardian_step
from .common import area_page, youth_of, youth_only

LIST_SIZE = 20
IMPOSSIBLE_SHOWN = 10


@youth_only
def offers(request: HttpRequest) -> HttpResponse:
    """Offers that suit the person, best first, each with its reasons; and why the others do not.

    The filters are those of the public list, which has the other orders too.
    """
    query = request.GET.copy()
    if query.get("ordine", SUITED) != SUITED:
        return redirect(reverse("sportello:offers", query=query))
    query.pop("ordine", None)
    profile, today = youth_of(request), timezone.localdate()
    filterset = SuitedOfferFilterSet(request.GET, Offer.objects.on_show(today), request=request)
    wanted = filterset.qs if filterset.chosen else None
    found = scoring.suggestions(profile, today, LIST_SIZE, IMPOSSIBLE_SHOWN, wanted=wanted)
    rows = [
        {
            "offer": row.offer,
            "kicker": presentation.offer_kicker(row.offer),
            "meta": presentation.offer_meta(row.offer),
            "score": row.score,
            "factors": row.factors,
            "host_factors": row.host_factors,
            "sides": scoring.sides(row.pair) if row.pair else "",
            "penalty": row.penalty,
            "hints": row.hints,
            "application": row.offer.applied,
        }
        for row in found.possible
    ]
    count = len(rows) + found.more
    context = {
        "profile": profile,
        "agreed": profile.matching_consent_at is not None,
        "guardian_step": guardian_step(profile),
        "missing": [item.label for item in profile.missing],
        "filter": filterset,
        "active_filters": filterset.active_filters(request),
        "problems": filterset.problems,
        "count_text": ngettext("%(count)s esperienza possibile per te", "%(count)s esperienze possibili per te", count)
        % {"count": count},
        "rows": rows,
        "more": found.more,
        "all_url": reverse("sportello:offers", query=query),
        "impossible": [
            {"offer": row.offer, "kicker": presentation.offer_kicker(row.offer), "reason": row.reason}
            for row in found.impossible
        ],
    }
    return area_page(request, "youth_offers", context)
