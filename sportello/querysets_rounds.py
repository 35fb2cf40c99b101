"""How the rounds are read."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Exists, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce

from .enums_rounds import LIVE_STATES, TOLD_STATES, BandSource, RoundState
from .querysets_desks import DeskScoped

if TYPE_CHECKING:
    from .models import YouthProfile


class AppendOnlyQuerySet(models.QuerySet):
    """Rows that are written once."""

    def update(self, **kwargs):
        raise TypeError("These rows are written once and never changed.")

    def delete(self):
        raise TypeError("These rows are never deleted.")


class MatchRoundQuerySet(DeskScoped):
    """Reads the rounds."""

    def with_counts(self) -> "MatchRoundQuerySet":
        """With `offers_count` and `lists_count` (saved lists)."""
        from .models import RoundOffer, RoundPerson

        return self.annotate(
            offers_count=_count(RoundOffer.objects.filter(round=OuterRef("pk"))),
            lists_count=_count(RoundPerson.objects.filter(round=OuterRef("pk"), saved_at__isnull=False)),
        )

    def for_desk_list(self) -> "MatchRoundQuerySet":
        """For the desk's list: what is under way first, the nearest deadline on top."""
        order = models.Case(
            models.When(state__in=LIVE_STATES, then=0), models.When(state=RoundState.DRAFT, then=1), default=2
        )
        return self.with_counts().annotate(turn=order).order_by("turn", "lists_close_at", "-pk")

    def for_desk_page(self) -> "MatchRoundQuerySet":
        """One round with what its page says of it."""
        rows = self.with_counts().select_related("desk", "run__by", "published_by", "previous", "following")
        return rows.defer("run__input", "run__output")

    def for_youth(self, profile: "YouthProfile") -> "MatchRoundQuerySet":
        """Rounds of a young person's desk that they may see: open to them, or theirs."""
        from .models import RoundPerson, RoundResult

        mine = RoundPerson.objects.filter(round=OuterRef("pk"), youth=profile)
        left = RoundResult.objects.filter(round=OuterRef("previous"), youth=profile, round_offer__isnull=True)
        order = models.Case(models.When(state=RoundState.OPEN, then=0), default=1)
        return (
            self.filter(desk_id=profile.desk_id)
            .annotate(has_part=Exists(mine), left_over=Exists(left))
            .filter(
                Q(has_part=True, state__in=(*LIVE_STATES, *TOLD_STATES, RoundState.CANCELLED))
                | Q(state=RoundState.OPEN, number=1)
                | Q(state=RoundState.OPEN, left_over=True)
            )
            .select_related("desk", "previous", "run")
            .defer("run__input", "run__output")
            .annotate(turn=order)
            .order_by("turn", "-lists_close_at", "-pk")
        )


class RoundOfferQuerySet(models.QuerySet):
    """Reads the offers of rounds."""

    def with_offers(self) -> "RoundOfferQuerySet":
        """Each with its offer as the matching and the cards read it, seats counted: two queries."""
        from .models import Offer

        return self.prefetch_related(Prefetch("offer", Offer.objects.for_matching())).order_by("pk")

    def with_claims(self) -> "RoundOfferQuerySet":
        """With `claims`: how many lists name it."""
        from .models import RoundChoice

        return self.annotate(claims=_count(RoundChoice.objects.filter(round_offer=OuterRef("pk")), "round_offer"))

    def with_band_counts(self) -> "RoundOfferQuerySet":
        """With `drafted`, `banded` and `out`: people still where the draft put them, placed by somebody, left out."""
        from .models import RoundBand

        rows = RoundBand.objects.filter(round_offer=OuterRef("pk"))
        return self.annotate(
            drafted=_count(rows.filter(source=BandSource.DRAFT, band__isnull=False), "round_offer"),
            banded=_count(rows.filter(band__isnull=False).exclude(source=BandSource.DRAFT), "round_offer"),
            out=_count(rows.filter(band__isnull=True), "round_offer"),
        )

    def for_host(self, host) -> "RoundOfferQuerySet":
        """A host's offers in rounds that have begun, the newest round first."""
        return (
            self.filter(offer__host=host)
            .exclude(round__state__in=(RoundState.DRAFT, RoundState.CANCELLED))
            .select_related("round", "offer")
            .with_claims()
            .order_by("-round__lists_close_at", "-round_id", "offer__title", "pk")
        )


class RoundPersonQuerySet(models.QuerySet):
    """Reads the people of rounds."""

    def with_lists(self) -> "RoundPersonQuerySet":
        """With the lines of their lists in order: two queries."""
        from .models import RoundChoice

        return self.prefetch_related(Prefetch("choices", RoundChoice.objects.order_by("rank")))

    def for_desk_list(self) -> "RoundPersonQuerySet":
        """For the desk: who saved a list, by name, with how long it is."""
        return (
            self.select_related("youth__user", "youth__home")
            .annotate(length=Count("choices"))
            .order_by("youth__user__last_name", "youth__user__first_name", "pk")
        )


def _count(rows: models.QuerySet, by: str = "round"):
    counted = rows.order_by().values(by).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted, output_field=models.IntegerField()), 0)
