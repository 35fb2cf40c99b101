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


def weights_named(desk_id: int, version: str) -> Weights:
    """Return the table that a score or a round of a desk was made with. One query at most.

    Raises:
        MatchWeights.DoesNotExist: the desk never had that version.
    """
    if version == DEFAULT_WEIGHTS.version:
        return DEFAULT_WEIGHTS
    # A version never changes, so it may be kept as long as the cache likes.
    number = int(version.rpartition("-")[2])
    key = f"{weights_key(desk_id)}:{number}"
    found: Weights | None = cache.get(key)
    if found is None:
        found = MatchWeights.objects.get(desk_id=desk_id, number=number).weights()
        cache.set(key, found)
    return found


def _newest(desk_id: int) -> Weights:
    row = MatchWeights.objects.filter(desk_id=desk_id).order_by("-number").first()
    return row.weights() if row is not None else DEFAULT_WEIGHTS
