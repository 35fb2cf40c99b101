"""Names of municipalities for who is typing one: public data of the registry, the same for everybody."""

from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from portal.registry.models import Municipality

MOST = 8
SHORTEST, LONGEST = 2, 60


@require_safe
@cache_control(public=True, max_age=24 * 60 * 60)
def names(request: HttpRequest) -> JsonResponse:
    """Return `{"names": ["Chieri (TO)", …]}`: those that begin with `q`, then those that contain it. One query."""
    words = request.GET.get("q", "").split("(")[0].strip()[:LONGEST].replace("\0", "")
    rows = Municipality.objects.search(words)[:MOST] if len(words) >= SHORTEST else []
    return JsonResponse({"names": [str(row) for row in rows]})
