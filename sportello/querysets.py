"""How the Sportello is read: one method for each listing, tuned for what shows it."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from math import cos, radians
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Count, ExpressionWrapper, F, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from portal.registry.models import Municipality, Territory
from portal.users.models import FORGOTTEN_DOMAIN
from sportello.matching import EARTH_RADIUS_KM, Point, bounding_box

from .application_enums import CLOSED_STATES
from .enums import (
    ACTIVE_STATES,
    CLOSABLE_OFFER_STATES,
    OPEN_STATES,
    RECONFIRM_AFTER_DAYS,
    RECONFIRM_NOTICE_DAYS,
    SEATED_STATES,
    TAKING_TIME_STATES,
    ApplicationState,
    DeskRole,
    HostState,
    OfferState,
    PlacementState,
)
from .querysets_hosts import hosts_off_show

if TYPE_CHECKING:
    from .models import Desk, HostMembership

WORKING_ROLES = (DeskRole.OPERATOR, DeskRole.SUPERVISOR)


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


class DeskQuerySet(models.QuerySet):
    """Reads the desks."""

    def for_municipality(self, municipality: Municipality) -> "Desk | None":
        """Return the desk that looks after a municipality.

        The one whose territory names it; otherwise the one of its region; otherwise the first that opened.
        """
        named = Territory.objects.filter(municipalities=municipality).values("pk")
        region = Territory.objects.filter(region=municipality.region, region__gt="").values("pk")
        nearness = models.Case(
            models.When(territory__in=named, then=0),
            models.When(territory__in=region, then=1),
            default=2,
            output_field=models.IntegerField(),
        )
        desks: models.QuerySet = self.annotate(elsewhere=nearness).order_by("elsewhere", "pk")
        return desks.first()

    def of_desks(self, desk_ids: list[int] | None) -> "DeskQuerySet":
        """These desks; None means all of them, for superusers."""
        return self if desk_ids is None else self.filter(pk__in=desk_ids)

    def for_list(self) -> "DeskQuerySet":
        """For the list of desks: by name, with how many people work there and how many municipalities are theirs."""
        return (
            self.select_related("territory")
            .annotate(
                people=Count("memberships", filter=Q(memberships__is_active=True), distinct=True),
                municipalities=Count("territory__municipalities", distinct=True),
            )
            .order_by("name", "pk")
        )


class DeskMembershipQuerySet(models.QuerySet):
    """Reads who works at the desks."""

    def working(self) -> "DeskMembershipQuerySet":
        """Active operators and supervisors: auditors only look, at pages that do not exist yet."""
        return self.filter(is_active=True, role__in=WORKING_ROLES, user__is_active=True)


class _DeskScoped(models.QuerySet):
    """Rows that carry their desk."""

    def of_desks(self, desk_ids: list[int] | None):
        """Rows of these desks; None means all of them, for superusers."""
        return self if desk_ids is None else self.filter(desk_id__in=desk_ids)


class HostQuerySet(_DeskScoped):
    """Reads the hosts."""

    def for_desk_list(self) -> "HostQuerySet":
        """For the desk's list: who waits for verification first, longest wait on top."""
        waiting = models.Case(models.When(state=HostState.REGISTERED, then=0), default=1)
        return (
            self.select_related("organisation__municipality")
            .annotate(waiting=waiting)
            .order_by("waiting", "created_at", "pk")
        )

    def on_show(self) -> "HostQuerySet":
        """What everybody may read about: hosts that signed the pact, also on a pause."""
        return self.filter(state=HostState.SIGNED)

    def for_public_page(self) -> "HostQuerySet":
        """For a host's own page: two queries."""
        return self.on_show().select_related("organisation__municipality", "desk").prefetch_related("sectors")

    def for_public_list(self) -> "HostQuerySet":
        """For the list of hosts by name, each with how many offers of it take applications: one query."""
        from .models import Offer

        mine = (
            Offer.objects.on_show(timezone.localdate())
            .filter(host=OuterRef("pk"), state=OfferState.PUBLISHED)
            .order_by()
            .values("host")
            .annotate(n=Count("pk"))
            .values("n")
        )
        return (
            self.on_show()
            .select_related("organisation__municipality")
            .annotate(open_offers=Coalesce(Subquery(mine, output_field=models.IntegerField()), 0))
            .order_by("organisation__name", "pk")
        )


class YouthProfileQuerySet(_DeskScoped):
    """Reads the young people."""

    def with_lists(self) -> "YouthProfileQuerySet":
        """With the rows of its lists, for the form and the desk: four queries."""
        return self.for_matching().prefetch_related("interests", "skills", "goals")

    def for_matching(self) -> "YouthProfileQuerySet":
        """With everything that completeness and the scoring read: one query."""
        return self.select_related("user", "home", "desk")

    def for_desk_list(self) -> "YouthProfileQuerySet":
        """For the desk's list: newest first, without who was forgotten; how many applications are open."""
        # Through the index of the few accounts that are off: see `User`.
        forgotten = get_user_model().objects.filter(is_active=False, email__endswith=f"@{FORGOTTEN_DOMAIN}")
        return (
            self.select_related("user", "home")
            .exclude(user__in=forgotten)
            .annotate(open_count=Count("applications", filter=Q(applications__state__in=OPEN_STATES)))
            .order_by("-created_at", "-pk")
        )


class SeatQuerySet(models.QuerySet):
    """Reads the places of offers."""

    def free(self) -> "SeatQuerySet":
        """Places that nobody has been offered nor has accepted, lowest number first."""
        return self.exclude(applications__state__in=SEATED_STATES).order_by("n")


class OfferQuerySet(_DeskScoped):
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


def _times_to_pick() -> models.Exists:
    from .models import InterviewSlot

    return models.Exists(InterviewSlot.objects.filter(application=OuterRef("pk")).to_pick())


def _meets_at() -> Subquery:
    from .models import InterviewSlot

    return Subquery(InterviewSlot.objects.filter(application=OuterRef("pk")).picked().values("starts_at")[:1])


class ApplicationQuerySet(_DeskScoped):
    """Reads the applications."""

    def for_youth(self, youth) -> "ApplicationQuerySet":
        """A young person's own: what waits for their answer first, then what is open, then the rest."""
        order = models.Case(
            models.When(state=ApplicationState.OFFERED, then=0),
            models.When(state=ApplicationState.ACCEPTED, then=1),
            models.When(state__in=(*OPEN_STATES, ApplicationState.DRAFT), then=2),
            default=3,
        )
        return (
            self.filter(youth=youth)
            # A draft that was thrown away is nobody's business any more.
            .exclude(state=ApplicationState.WITHDRAWN, submitted_at__isnull=True)
            .select_related("offer__host__organisation", "offer__municipality", "offer__sector")
            .with_new_messages("seen_by_youth_at")
            .annotate(turn=order, times_to_pick=_times_to_pick(), meets_at=_meets_at())
            .order_by("turn", "expires_at", "-submitted_at", "-pk")
        )

    def active(self) -> "ApplicationQuerySet":
        """Neither closed nor cancelled: at most one for each young person and offer."""
        return self.filter(state__in=ACTIVE_STATES)

    def ever_sent(self) -> "ApplicationQuerySet":
        """At the desk or at the host, now or once: neither drafts nor what closed before it reached a host."""
        return self.exclude(state=ApplicationState.DRAFT).exclude(state__in=CLOSED_STATES, submitted_at__isnull=True)

    def lived(self) -> "ApplicationQuerySet":
        """What became an experience, or is about to: neither called off before its first day nor never begun."""
        return self.filter(placement__isnull=False).exclude(
            placement__state__in=(PlacementState.CANCELLED, PlacementState.NO_SHOW)
        )

    def standing(self, states: Iterable[str] = OPEN_STATES) -> "ApplicationQuerySet":
        """What is in one of these open states, or became an experience that takes time."""
        accepted = Q(state=ApplicationState.ACCEPTED, placement__state__in=TAKING_TIME_STATES)
        return self.filter(Q(state__in=states) | accepted)

    def in_line(self) -> "ApplicationQuerySet":
        """The waiting list, longest wait first."""
        return self.filter(state=ApplicationState.WAITLISTED).order_by("waitlisted_at", "pk")

    def with_new_messages(self, seen: str) -> "ApplicationQuerySet":
        """With `new_messages`, how many a side has not seen; `seen` is the field of that side's mark."""
        from .models import ApplicationMessage

        mine = ApplicationMessage.objects.filter(application=OuterRef("pk"), **{f"{seen}__isnull": True})
        count = mine.order_by().values("application").annotate(n=Count("pk")).values("n")
        return self.annotate(new_messages=Coalesce(Subquery(count, output_field=models.IntegerField()), 0))

    def for_hosts(self, host_ids) -> "ApplicationQuerySet":
        """What hosts may read: sent to their offers, and past the desk's own check."""
        return (
            self.filter(offer__host_id__in=host_ids)
            .exclude(state__in=(ApplicationState.DRAFT, ApplicationState.IN_REVIEW))
            .exclude(state__in=CLOSED_STATES, submitted_at__isnull=True)
        )

    def seen_by(self, membership: "HostMembership") -> "ApplicationQuerySet":
        """What one of a host's people may read: all that it received, or what came to the offers a tutor follows."""
        rows = self.for_hosts([membership.host_id])
        return rows if membership.works else rows.filter(offer__followers=membership)

    def for_inbox(self, host) -> "ApplicationQuerySet":
        """A host's inbox: what waits for its answer first, longest wait on top, then what waits for others."""
        order = models.Case(
            models.When(state__in=(ApplicationState.SUBMITTED, ApplicationState.SHORTLISTED), then=0),
            models.When(state__in=(ApplicationState.OFFERED, ApplicationState.WAITLISTED), then=1),
            models.When(state=ApplicationState.ACCEPTED, then=2),
            default=3,
        )
        return (
            self.for_hosts([host.pk])
            .select_related("offer")
            .with_new_messages("seen_by_host_at")
            .annotate(turn=order, meets_at=_meets_at(), times_to_pick=_times_to_pick())
            .annotate(waited=Coalesce("waiting_from", "submitted_at", "created_at"))
            .order_by("turn", "waited", "pk")
        )

    def for_detail(self) -> "ApplicationQuerySet":
        """One application with its timeline and what it is about: two queries."""
        return self.select_related(
            "youth__user", "offer__host__organisation", "offer__municipality", "offer__sector", "desk", "placement"
        ).with_events()

    def with_events(self) -> "ApplicationQuerySet":
        """With what happened to each, oldest first: one query more."""
        from .models import ApplicationEvent

        events = ApplicationEvent.objects.select_related("user").order_by("at", "pk")
        return self.prefetch_related(Prefetch("events", events))

    def for_desk_list(self) -> "ApplicationQuerySet":
        """For the desk's list: open ones first, longest untouched on top."""
        order = models.Case(models.When(state__in=OPEN_STATES, then=0), default=1)
        return (
            self.select_related("youth__user", "offer__host__organisation")
            .annotate(turn=order)
            .order_by("turn", "updated_at", "pk")
        )

    def long_waiting(self, now, days: int) -> "ApplicationQuerySet":
        """What has waited for its host for so many days at least (or a little less), longest first.

        The first cut is by hours, for the index; the days are counted at midnight by `Application.days_waiting`.
        """
        since = Coalesce("waiting_from", "submitted_at", "created_at")
        return (
            self.filter(state__in=(ApplicationState.SUBMITTED, ApplicationState.SHORTLISTED))
            .annotate(since=since)
            .filter(since__lte=now - timedelta(days=days - 1))
            .select_related("youth", "offer")
            .order_by("since", "pk")
        )

    def seat_time_over(self, now) -> "ApplicationQuerySet":
        """Offered seats that nobody answered in time."""
        return self.filter(state=ApplicationState.OFFERED, expires_at__lte=now).order_by("expires_at", "pk")


class ApplicationEventQuerySet(models.QuerySet):
    """Reads what happened; what happened cannot be changed."""

    def update(self, **kwargs):
        raise TypeError("Events are written once and never changed.")

    def delete(self):
        raise TypeError("Events are never deleted.")
