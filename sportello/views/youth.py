"""The offers that suit a young person."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from .. import presentation, scoring
from .common import area_page, youth_of, youth_only

LIST_SIZE = 20
IMPOSSIBLE_SHOWN = 10


@youth_only
def offers(request: HttpRequest) -> HttpResponse:
    """Offers that suit the person, best first, each with its reasons; and why the others do not."""
    profile = youth_of(request)
    found = scoring.suggestions(profile, timezone.localdate(), LIST_SIZE, IMPOSSIBLE_SHOWN)
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
    context = {
        "profile": profile,
        "missing": [item.label for item in profile.missing],
        "rows": rows,
        "more": found.more,
        "impossible": [
            {"offer": row.offer, "kicker": presentation.offer_kicker(row.offer), "reason": row.reason}
            for row in found.impossible
        ],
    }
    return area_page(request, "youth_offers", context)
