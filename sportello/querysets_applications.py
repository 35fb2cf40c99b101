"""How the applications are read, what happened to them, and the messages and meetings about them."""

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, OuterRef, Prefetch, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from .application_enums import CLOSED_STATES, InterviewState
from .enums import ACTIVE_STATES, OPEN_STATES, TAKING_TIME_STATES, Actor, ApplicationState, PlacementState
from .querysets_desks import DeskScoped

if TYPE_CHECKING:
    from .models import HostMembership

_SEEN = {Actor.YOUTH: "seen_by_youth_at", Actor.HOST: "seen_by_host_at"}


def _times_to_pick() -> models.Exists:
    from .models import InterviewSlot

    return models.Exists(InterviewSlot.objects.filter(application=OuterRef("pk")).to_pick())


def _meets_at() -> Subquery:
    from .models import InterviewSlot

    return Subquery(InterviewSlot.objects.filter(application=OuterRef("pk")).picked().values("starts_at")[:1])


class ApplicationQuerySet(DeskScoped):
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


class InterviewSlotQuerySet(models.QuerySet):
    """Reads the times proposed and picked."""

    def standing(self) -> "InterviewSlotQuerySet":
        """Proposed or picked, in order of time."""
        return self.exclude(state=InterviewState.CANCELLED).order_by("starts_at", "pk")

    def to_pick(self) -> "InterviewSlotQuerySet":
        """Times that can still be picked."""
        return self.filter(state=InterviewState.PROPOSED, starts_at__gt=timezone.now()).order_by("starts_at", "pk")

    def picked(self) -> "InterviewSlotQuerySet":
        """The meetings that are fixed."""
        return self.filter(state=InterviewState.PICKED).order_by("starts_at", "pk")


class MessageQuerySet(models.QuerySet):
    """Reads what people write to each other."""

    def unseen_by(self, side: str) -> "MessageQuerySet":
        """Messages that one side has still to see; what it wrote itself it has seen."""
        return self.filter(**{f"{_SEEN[Actor(side)]}__isnull": True})

    def mark_seen(self, side: str) -> int:
        """Mark what one side now sees; return how many were new to it."""
        return self.unseen_by(side).update(**{_SEEN[Actor(side)]: timezone.now()})
