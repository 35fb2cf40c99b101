"""How the pages of pacts are read: with the state that their dates and their text give them."""

from datetime import date, timedelta

from django.db.models import Case, CharField, Count, Exists, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.models import PageManager

from portal.pages.querysets import ListingQuerySet

from .pact_enums import EXPIRING_WITHIN_DAYS, PactState
from .querysets import LONG_TEXTS

SECTION_TEXTS = ("general_interest", "goals", "activities", "purposes", "support", "monitoring")


class PactQuerySet(ListingQuerySet):
    """Reads pacts."""

    def with_state(self, today: date | None = None) -> "PactQuerySet":
        """Each pact with `state_now` (`PactState`), as `models.pact_terms.state_on` computes it for one."""
        from .models import PactVersion

        day = today or timezone.localdate()
        texts = PactVersion.objects.begun(day).filter(pact__translation_key=OuterRef("translation_key"))
        last = day + timedelta(days=EXPIRING_WITHIN_DAYS)
        return self.annotate(
            has_text=Exists(texts),
            state_now=Case(
                When(end__lt=day, then=Value(PactState.EXPIRED.value)),
                When(Q(has_text=False) | Q(start__gt=day), then=Value(PactState.PREPARING.value)),
                When(end__lte=last, then=Value(PactState.EXPIRING.value)),
                default=Value(PactState.IN_FORCE.value),
                output_field=CharField(),
            ),
        )

    def with_signature_count(self) -> "PactQuerySet":
        """Each pact with `signature_count`: how many signatures stand."""
        from .models import PactSignatory

        standing = PactSignatory.objects.standing().filter(version__pact__translation_key=OuterRef("translation_key"))
        counted = standing.order_by().values("version__pact__translation_key").annotate(total=Count("pk"))
        return self.annotate(signature_count=Coalesce(Subquery(counted.values("total")), 0))

    def for_cards(self) -> "PactQuerySet":
        """Live, public pacts for the list of pacts, with state and signatures and without their long texts."""
        return (
            super()
            .for_cards()
            .with_state()
            .with_signature_count()
            .defer(*LONG_TEXTS, *SECTION_TEXTS, "update_notes", "renewal")
        )

    def ending(self, first: date, last: date) -> "PactQuerySet":
        """Live pacts in the main language that end between two days, both included; nearest first."""
        return self.live().filter(locale__language_code="it", end__range=(first, last)).order_by("end", "pk")


PactManager = PageManager.from_queryset(PactQuerySet)
