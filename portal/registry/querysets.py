"""How the registry is read."""

from django.db import models
from django.db.models import Q


class MunicipalityQuerySet(models.QuerySet):
    """Reads the Italian municipalities."""

    def search(self, words: str) -> "MunicipalityQuerySet":
        """Municipalities whose name starts with the words, then those that contain them; at most what is sliced."""
        words = words.strip()
        if not words:
            return self.none()
        starts = Q(name__istartswith=words)
        return (
            self.filter(starts | Q(name__icontains=words))
            .annotate(starts=models.Case(models.When(starts, then=0), default=1))
            .order_by("starts", "-population", "pk")
        )


class TerritoryQuerySet(models.QuerySet):
    """Reads the territories that the portal serves."""

    def in_order(self) -> "TerritoryQuerySet":
        """By name, for lists and filters."""
        return self.order_by("name", "pk")
