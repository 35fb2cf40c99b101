"""A candidature and everything that happened to it."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.users.models import NAMELESS

from ..application_enums import EventKind
from ..enums import ACTIVE_STATES, REASONED_STATES, SEATED_STATES, Actor, ApplicationState
from ..querysets_applications import ApplicationEventQuerySet, ApplicationQuerySet


class Application(models.Model):
    """A young person's candidature to an offer, with the data that it shares with the host.

    The action only hands out seats of the locked offer; a trigger keeps it so (`sportello.database_rules`).
    """

    youth = models.ForeignKey(
        "sportello.YouthProfile", verbose_name=_("giovane"), on_delete=models.PROTECT, related_name="applications"
    )
    offer = models.ForeignKey(
        "sportello.Offer", verbose_name=_("offerta"), on_delete=models.PROTECT, related_name="applications"
    )
    desk = models.ForeignKey(
        "sportello.Desk", verbose_name=_("sportello"), on_delete=models.PROTECT, related_name="applications"
    )
    seat = models.ForeignKey(
        "sportello.Seat",
        verbose_name=_("posto"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="applications",
    )
    sender = models.CharField(_("inviata da"), max_length=8, choices=Actor, default=Actor.YOUTH)
    state = models.CharField(_("stato"), max_length=12, choices=ApplicationState, default=ApplicationState.DRAFT)
    reason = models.TextField(_("motivo"), blank=True)
    reason_shared = models.BooleanField(_("il motivo si mostra a chi si è candidato"), default=False)
    message = models.TextField(_("risposta"), blank=True)
    review_causes = models.JSONField(_("perché la legge lo Sportello"), default=list, blank=True)
    motivation = models.TextField(_("motivazione"), max_length=3000, blank=True)
    shared = models.JSONField(_("dati condivisi con la realtà ospitante"), default=dict)
    score = models.PositiveSmallIntegerField(_("punteggio all'invio"), null=True, blank=True)
    breakdown = models.JSONField(_("ragioni del punteggio"), default=dict)
    submitted_at = models.DateTimeField(_("inviata il"), null=True, blank=True)
    read_at = models.DateTimeField(_("letta dalla realtà ospitante il"), null=True, blank=True)
    waiting_from = models.DateTimeField(_("aspetta la realtà ospitante dal"), null=True, blank=True)
    waitlisted_at = models.DateTimeField(_("in lista d'attesa dal"), null=True, blank=True)
    reopened_at = models.DateTimeField(_("riaperta il"), null=True, blank=True)
    expires_at = models.DateTimeField(_("posto tenuto fino al"), null=True, blank=True)
    start_date = models.DateField(_("dal"), null=True, blank=True)
    end_date = models.DateField(_("al"), null=True, blank=True)
    created_at = models.DateTimeField(_("creata il"), auto_now_add=True)
    updated_at = models.DateTimeField(_("aggiornata il"), auto_now=True)

    objects = ApplicationQuerySet.as_manager()

    # What the lists add to each row: whose turn it is, what is new, whether times wait to be picked, the meeting.
    turn: int
    new_messages: int
    times_to_pick: bool
    meets_at: datetime | None

    class Meta:
        verbose_name = _("candidatura")
        verbose_name_plural = _("candidature")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["offer", "state"], name="application_by_offer"),
            models.Index(fields=["state", "expires_at"], name="application_by_expiry"),
            models.Index(fields=["state", "waiting_from"], name="application_by_wait"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=ApplicationState.values), name="application_state_known"
            ),
            models.UniqueConstraint(
                fields=["youth", "offer"],
                condition=models.Q(state__in=ACTIVE_STATES),
                name="application_one_active",
                violation_error_message=_("C'è già una candidatura a questa offerta."),
            ),
            models.UniqueConstraint(
                fields=["seat"], condition=models.Q(state__in=SEATED_STATES), name="application_seat_given_once"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=SEATED_STATES, seat__isnull=False)
                | (~models.Q(state__in=SEATED_STATES) & models.Q(seat__isnull=True)),
                name="application_seat_iff_offered_or_accepted",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=SEATED_STATES)
                | models.Q(start_date__isnull=False, end_date__isnull=False, start_date__lte=models.F("end_date")),
                name="application_dates_when_seated",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=REASONED_STATES) | ~models.Q(reason=""),
                name="application_reason_when_refused",
            ),
            models.CheckConstraint(
                condition=models.Q(state=ApplicationState.OFFERED, expires_at__isnull=False)
                | (~models.Q(state=ApplicationState.OFFERED) & models.Q(expires_at__isnull=True)),
                name="application_expiry_iff_offered",
            ),
            models.CheckConstraint(
                condition=models.Q(state=ApplicationState.WAITLISTED, waitlisted_at__isnull=False)
                | (~models.Q(state=ApplicationState.WAITLISTED) & models.Q(waitlisted_at__isnull=True)),
                name="application_place_in_line_iff_waitlisted",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def days_waiting(self, now: datetime) -> int:
        """For how many days the host has owed an answer; days change at midnight in Italy."""
        since = self.waiting_from or self.submitted_at or self.created_at
        return (timezone.localdate(now) - timezone.localdate(since)).days

    def place_in_line(self) -> int:
        """Which place it has in its offer's waiting list, from 1 on. One query."""
        line = list(Application.objects.filter(offer_id=self.offer_id).in_line().values_list("pk", flat=True))
        return line.index(self.pk) + 1 if self.pk in line else 0

    @property
    def applicant_name(self) -> str:
        """The name that the young person shares with the host; words in its place when it is no longer kept."""
        if self.is_forgotten:
            return str(NAMELESS)
        return self.shared.get("name", "")

    @property
    def is_forgotten(self) -> bool:
        """Whether it was sent once, and what was shared with it is no longer kept."""
        return self.submitted_at is not None and not self.shared


class ApplicationEvent(models.Model):
    """One thing that happened to an application: written once, never changed nor deleted."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="events")
    kind = models.CharField(_("che cosa"), max_length=20, choices=EventKind, default=EventKind.STATE)
    from_state = models.CharField(_("da"), max_length=12, choices=ApplicationState, blank=True)
    to_state = models.CharField(_("a"), max_length=12, choices=ApplicationState)
    actor = models.CharField(_("per conto di"), max_length=8, choices=Actor)
    # The person may be forgotten; that something happened, and on whose behalf, may not.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.TextField(_("motivo"), blank=True)
    reason_shared = models.BooleanField(_("il motivo si mostra a chi si è candidato"), default=False)
    message = models.TextField(_("risposta"), blank=True)
    at = models.DateTimeField(_("quando"), auto_now_add=True)

    objects = ApplicationEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("fatto")
        verbose_name_plural = _("fatti")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(to_state__in=ApplicationState.values), name="event_state_known"),
            models.CheckConstraint(condition=models.Q(actor__in=Actor.values), name="event_actor_known"),
            models.CheckConstraint(condition=models.Q(kind__in=EventKind.values), name="event_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.from_state} -> {self.to_state}"

    def save(self, *args, **kwargs):
        if self.pk is not None:
            raise TypeError("An event is written once and never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("An event is never deleted.")
