"""How the texts of pacts and their signatories are read."""

from datetime import date
from typing import Self

from django.db import models
from django.db.models import OuterRef, Subquery
from django.utils import timezone


class PactVersionQuerySet(models.QuerySet):
    """Reads the versions of the texts of pacts."""

    def of_pact(self, pact) -> Self:
        """The versions of a pact, newest first; the same for its page in every language."""
        return self.filter(pact__translation_key=pact.translation_key).order_by("-number")

    def begun(self, on: date | None = None) -> Self:
        """Those that have been in force up to a day (today): they never change again."""
        return self.filter(in_force_from__lte=on or timezone.localdate())

    def in_force(self, on: date | None = None) -> Self:
        """The text in force on a day (today): one for each pact, none for a pact without any by then."""
        newest = self.model.objects.begun(on).filter(pact=OuterRef("pact")).order_by("-number")
        return self.filter(pk=Subquery(newest.values("pk")[:1]))

    def of_kind(self, kind: str) -> Self:
        """The texts of the published pacts of a kind (`PactKind`)."""
        return self.filter(pact__kind=kind, pact__live=True)
