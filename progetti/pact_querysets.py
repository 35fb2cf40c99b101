"""How the texts of pacts and their signatories are read."""

from datetime import date, datetime, timedelta
from typing import Self

from django.db import models
from django.db.models import Case, IntegerField, OuterRef, Q, Subquery, Value, When
from django.utils import timezone

from .pact_enums import RequestState, SignatoryRole

UNCONFIRMED_KEPT = timedelta(days=30)
"""For how long a request that nobody confirmed is kept."""
OVER_KEPT = timedelta(days=365)
"""For how long a request that was refused or cancelled is kept, and a person's signature that was withdrawn."""


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
        newest = type(self)(self.model).begun(on).filter(pact=OuterRef("pact")).order_by("-number")
        return self.filter(pk=Subquery(newest.values("pk")[:1]))

    def of_kind(self, kind: str) -> Self:
        """The texts of the published pacts of a kind (`PactKind`)."""
        return self.filter(pact__kind=kind, pact__live=True)


class SignatoryQuerySet(models.QuerySet):
    """Reads who signed pacts."""

    def of_pact(self, pact) -> Self:
        """Who signed a pact, any version of it; the same for its page in every language."""
        return self.filter(version__pact__translation_key=pact.translation_key)

    def standing(self) -> Self:
        """Signatures that were verified and not withdrawn: those that count and that pages show."""
        return self.filter(verified_on__isnull=False, withdrawn_on__isnull=True)

    def for_page(self, pact) -> Self:
        """Standing signatures of a pact for its page and its PDF: by role as the roles are declared, then by day."""
        roles = [When(role=role, then=Value(place)) for place, role in enumerate(SignatoryRole.values)]
        return (
            self.of_pact(pact)
            .standing()
            .select_related("organisation", "version")
            .annotate(role_order=Case(*roles, output_field=IntegerField()))
            .order_by("role_order", "signed_on", "pk")
        )


class PactRequestQuerySet(models.QuerySet):
    """Reads the requests to join pacts."""

    def to_verify(self) -> Self:
        """Confirmed by their e-mail, waiting for the redazione; who waits longest first."""
        return self.filter(state=RequestState.CONFIRMED).order_by("confirmed_at", "pk")

    def forgettable(self, now: datetime) -> Self:
        """Requests that are kept no longer: never confirmed, or over without a signature."""
        return self.filter(
            Q(state=RequestState.WAITING, asked_at__lt=now - UNCONFIRMED_KEPT)
            | Q(state__in=(RequestState.REFUSED, RequestState.CANCELLED), decided_at__lt=now - OVER_KEPT)
        )
