"""How the offers and their places are read: one method for each listing, tuned for what shows it."""

from datetime import date, datetime, timedelta
from math import cos, radians
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, ExpressionWrapper, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce, Greatest
from django.db.models.lookups import IsNull
from django.utils import timezone

from sportello.matching import EARTH_RADIUS_KM, Point, bounding_box

from .enums import (
    CLOSABLE_OFFER_STATES,
    OPEN_STATES,
    RECONFIRM_AFTER_DAYS,
    RECONFIRM_NOTICE_DAYS,
    SEATED_STATES,
    OfferState,
)
from .querysets_desks import DeskScoped
from .querysets_hosts import hosts_off_show

if TYPE_CHECKING:
    from .models import HostMembership

CARD_RELATIONS = ("host__organisation", "sector", "municipality")
PUBLIC_CARD = (
    "title",
    "slug",
    "summary",
    "kind",
    "state",
    "remote",
    "start_date",
    "end_date",
    "duration_weeks",
    "seats_count",
    "host__organisation__name",
    "host__organisation__is_example",
    "municipality__istat_code",
    "municipality__name",
    "municipality__province_code",
    "municipality__latitude",
    "municipality__longitude",
)
"""The columns that a card of the public list shows."""


class SeatQuerySet(models.QuerySet):
    """Reads the places of offers."""

    def free(self) -> "SeatQuerySet":
        """Places that nobody has been offered nor has accepted, lowest number first."""
        return self.exclude(applications__state__in=SEATED_STATES).order_by("n")


class OfferQuerySet(DeskScoped):
    """Reads the offers."""

    def on_show(self, today: date) -> "OfferQuerySet":
        """What everybody may read: published, or full, by a host that signed and is not on a pause, not over yet.

        The few hosts that are not on show are left out, rather than all the others looked up for each offer.
        """
        from .models import Host

        shown = self.filter(state__in=(OfferState.PUBLISHED, OfferState.FULL), end_date__gte=today)
        return shown.exclude(host__in=Host.objects.filter(hosts_off_show(today)).values("pk"))

    def over(self, today: date) -> "OfferQuerySet":
        """What is still out although its last day has passed."""
        return self.filter(state__in=CLOSABLE_OFFER_STATES, end_date__lt=today).order_by("pk")

    def _last_confirmed_before(self, moment: datetime) -> "OfferQuerySet":
        return (
            self.filter(state=OfferState.PUBLISHED)
            .annotate(stands_since=Coalesce("confirmed_at", "published_at"))
            .filter(stands_since__lte=moment)
        )

    def to_reconfirm(self, now: datetime) -> "OfferQuerySet":
        """Published offers whose host is to be asked whether they still stand, and has not been."""
        due = now - timedelta(days=RECONFIRM_AFTER_DAYS - RECONFIRM_NOTICE_DAYS)
        return self._last_confirmed_before(due).filter(confirmation_asked_at__isnull=True).order_by("pk")

    def not_reconfirmed(self, now: datetime) -> "OfferQuerySet":
        """Published offers whose host was asked in time, and has not said that they still stand."""
        rows = self._last_confirmed_before(now - timedelta(days=RECONFIRM_AFTER_DAYS))
        return rows.filter(confirmation_asked_at__lte=now - timedelta(days=RECONFIRM_NOTICE_DAYS)).order_by("pk")

    def seen_by(self, membership: "HostMembership") -> "OfferQuerySet":
        """Offers of a host that one of its people sees: all of them, or the ones a tutor follows."""
        rows = self.filter(host_id=membership.host_id)
        return rows if membership.works else rows.filter(followers=membership)

    def with_counts(self) -> "OfferQuerySet":
        """With `seats_taken`, `seats_free` and `open_count` (applications waiting for somebody)."""
        from .models import Application

        mine = Application.objects.filter(offer=OuterRef("pk")).order_by().values("offer")
        taken = mine.filter(state__in=SEATED_STATES).annotate(n=Count("pk")).values("n")
        waiting = mine.filter(state__in=OPEN_STATES).annotate(n=Count("pk")).values("n")
        integer = models.IntegerField()
        return self.annotate(
            seats_taken=Coalesce(Subquery(taken, output_field=integer), 0),
            open_count=Coalesce(Subquery(waiting, output_field=integer), 0),
        ).annotate(seats_free=F("seats_count") - F("seats_taken"))

    def newest_first(self) -> "OfferQuerySet":
        """In the order of publication."""
        return self.order_by("-published_at", "-pk")

    def for_cards(self) -> "OfferQuerySet":
        """For lists of cards; the order is the caller's."""
        return self.select_related(*CARD_RELATIONS).with_counts()

    def for_matching(self) -> "OfferQuerySet":
        """With everything that the rules and the scoring read; the order is the caller's."""
        return self.for_cards().with_hosted()

    def with_hosted(self) -> "OfferQuerySet":
        """With `hosted`: how many experiences of its kind its host has, whichever days of its period one takes.

        What leaves some days free does not count, nor does a seat that is only offered: who reads that a host has as
        many people as it may is not told so of days on which it has not. The days that are chosen are looked at when
        the seat is given (`rules.cap_reached`).
        """
        from .models import Application

        today = models.Value(timezone.localdate(), models.DateField())
        first_day = Greatest(OuterRef("start_date"), today)
        # An offer that lasts as long as its period has no other days; a shorter one may go before or after.
        no_others = Q(IsNull(OuterRef("duration_weeks"), True), start_date__lte=OuterRef("end_date"))
        throughout = Q(start_date__lte=first_day, end_date__gte=OuterRef("end_date"))
        theirs = Application.objects.filter(offer__host=OuterRef("host"), offer__kind=OuterRef("kind")).standing(())
        hosted = theirs.filter((no_others & Q(end_date__gte=first_day)) | throughout).order_by()
        count = hosted.values("offer__host").annotate(n=Count("pk")).values("n")
        return self.annotate(hosted=Coalesce(Subquery(count, output_field=models.IntegerField()), 0))

    def for_public_list(self) -> "OfferQuerySet":
        """For the public list of cards: what they show and nothing else; the order is the caller's."""
        from .models import Application

        mine = Application.objects.filter(offer=OuterRef("pk"), state__in=SEATED_STATES).order_by().values("offer")
        taken = Subquery(mine.annotate(n=Count("pk")).values("n"), output_field=models.IntegerField())
        return (
            self.select_related("host__organisation", "municipality")
            .only(*PUBLIC_CARD)
            .annotate(seats_free=F("seats_count") - Coalesce(taken, 0))
        )

    def for_detail(self) -> "OfferQuerySet":
        """For an offer's own page."""
        return (
            self.select_related("host__organisation", "sector", "municipality", "desk")
            .prefetch_related("skills", "goals")
            .with_counts()
        )

    def with_distance(self, place: Point) -> "OfferQuerySet":
        """With `distance`, a measure that grows with how far an offer is from a place: for the order only.

        Square degrees of latitude on a flat map round the place: one in a thousand off at 100 km, and only sums and
        products, which every database has.
        """
        narrowing = cos(radians(place.latitude))
        north = F("municipality__latitude") - place.latitude
        east = (F("municipality__longitude") - place.longitude) * narrowing
        return self.annotate(distance=ExpressionWrapper(north * north + east * east, output_field=models.FloatField()))

    def near(self, place: Point, km: float) -> "OfferQuerySet":
        """Offers within so many kilometres of a place, after `with_distance`."""
        south, west, north, east = bounding_box(place, km)
        degrees = km / (radians(1) * EARTH_RADIUS_KM)
        # The box is what an index can find; the circle inside it is measured.
        return self.filter(
            municipality__latitude__range=(south, north),
            municipality__longitude__range=(west, east),
            distance__lte=degrees * degrees,
        )

    def for_host_list(self) -> "OfferQuerySet":
        """A host's own offers, what it can work on first."""
        ended = models.Case(models.When(state=OfferState.CLOSED, then=1), default=0)
        return (
            self.select_related("sector", "municipality")
            .with_counts()
            .annotate(ended=ended)
            .order_by("ended", "-created_at", "-pk")
        )

    def for_desk_list(self) -> "OfferQuerySet":
        """For the desk's list: what waits for moderation first, longest wait on top."""
        waiting = models.Case(models.When(state=OfferState.IN_REVIEW, then=0), default=1)
        return (
            self.select_related("host__organisation", "sector", "municipality")
            .with_counts()
            .annotate(waiting=waiting)
            .order_by("waiting", "submitted_at", "-pk")
        )
