"""How messages and meetings about applications are read."""

from django.db import models
from django.utils import timezone

from .application_enums import InterviewState
from .enums import Actor

_SEEN = {Actor.YOUTH: "seen_by_youth_at", Actor.HOST: "seen_by_host_at"}


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
