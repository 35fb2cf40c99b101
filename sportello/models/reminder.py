"""What the answer guarantee has sent, so that nothing is sent twice however often it runs."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..application_enums import DESK_DAY, REMINDER_DAYS

STEPS = (*REMINDER_DAYS, DESK_DAY)


class AnswerReminder(models.Model):
    """One step done for one stretch of waiting; `sent` is false if a later step came due at the same time."""

    application = models.ForeignKey(
        "sportello.Application", verbose_name=_("candidatura"), on_delete=models.PROTECT, related_name="reminders"
    )
    waiting_from = models.DateTimeField(_("aspetta dal"))
    day = models.PositiveSmallIntegerField(_("giorno"))
    sent = models.BooleanField(_("spedito"), default=True)
    at = models.DateTimeField(_("quando"), auto_now_add=True)

    class Meta:
        verbose_name = _("sollecito")
        verbose_name_plural = _("solleciti")
        ordering = ["at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["application", "waiting_from", "day"], name="reminder_sent_once"),
            models.CheckConstraint(condition=models.Q(day__in=STEPS), name="reminder_day_known"),
        ]

    def __str__(self) -> str:
        return f"#{self.application_id}, {self.day}"
