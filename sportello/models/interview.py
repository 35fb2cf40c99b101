"""A time at which a host and a young person could meet, and the one they meet at."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..application_enums import INTERVIEW_MINUTES, InterviewState
from ..querysets_applications import InterviewSlotQuerySet


class InterviewSlot(models.Model):
    """One proposed time. The young person picks one of an application's; a host cannot be at two meetings at once.

    That two meetings of one host do not overlap is kept by the action under the host's lock; the database keeps the
    same start from being given twice. `uid` and `sequence` are those of the calendar entry (RFC 5545).
    """

    application = models.ForeignKey(
        "sportello.Application", verbose_name=_("candidatura"), on_delete=models.PROTECT, related_name="interviews"
    )
    host = models.ForeignKey(
        "sportello.Host", verbose_name=_("realtà ospitante"), on_delete=models.PROTECT, related_name="interviews"
    )
    starts_at = models.DateTimeField(_("quando"))
    minutes = models.PositiveSmallIntegerField(
        _("durata in minuti"),
        default=30,
        validators=[MinValueValidator(INTERVIEW_MINUTES[0]), MaxValueValidator(INTERVIEW_MINUTES[1])],
    )
    place = models.CharField(_("dove"), max_length=200)
    state = models.CharField(_("stato"), max_length=10, choices=InterviewState, default=InterviewState.PROPOSED)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveSmallIntegerField(default=0, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("proposto il"), auto_now_add=True)

    objects = InterviewSlotQuerySet.as_manager()

    class Meta:
        verbose_name = _("incontro")
        verbose_name_plural = _("incontri")
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["host", "state", "starts_at"], name="interview_by_host")]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=InterviewState.values), name="interview_state_known"),
            models.CheckConstraint(
                condition=models.Q(minutes__gte=INTERVIEW_MINUTES[0], minutes__lte=INTERVIEW_MINUTES[1]),
                name="interview_minutes_within_limits",
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=models.Q(state=InterviewState.PICKED),
                name="interview_one_picked",
            ),
            models.UniqueConstraint(
                fields=["host", "starts_at"],
                condition=models.Q(state=InterviewState.PICKED),
                name="interview_host_once_at_a_time",
            ),
            models.UniqueConstraint(
                fields=["application", "starts_at"],
                condition=~models.Q(state=InterviewState.CANCELLED),
                name="interview_proposed_once",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def ends_at(self) -> datetime:
        """When it is over."""
        return self.starts_at + timedelta(minutes=self.minutes)
