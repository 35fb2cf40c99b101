"""Which weights a desk scores with."""

from django.core.cache import cache

from sportello.matching import DEFAULT_WEIGHTS, Weights

from .models import MatchWeights
from .models.match_weights import weights_key

KEPT_SECONDS = 60
"""Another process may score for a minute with the table before: each score keeps the version it was made with."""


def weights_of(desk_id: int) -> Weights:
    """Return the newest weights of a desk, the portal's own if it has none. One query at most."""
    return cache.get_or_set(weights_key(desk_id), lambda: _newest(desk_id), KEPT_SECONDS) or DEFAULT_WEIGHTS


def _newest(desk_id: int) -> Weights:
    row = MatchWeights.objects.filter(desk_id=desk_id).order_by("-number").first()
    return row.weights() if row is not None else DEFAULT_WEIGHTS
