"""What happened to an action: the updates that people write, and every change of its state."""

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from portal.pages.words import ROME

from ..plan_enums import ActionStatus
from ..plan_querysets import ActionChangeQuerySet


class ActionUpdate(models.Model):
    """News on an action, with the evidence for it."""

    action = ParentalKey("progetti.Action", verbose_name=_("azione"), on_delete=models.CASCADE, related_name="updates")
    date = models.DateField(_("data dell'aggiornamento"), default=timezone.localdate)
    text = models.TextField(_("che cosa è successo"))
    evidence_url = models.URLField(_("prova: indirizzo web"), blank=True)
    evidence_document = models.ForeignKey(
        "media.CustomDocument",
        verbose_name=_("prova: documento"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )

    panels = [
        FieldPanel("date"),
        FieldPanel("text"),
        FieldRowPanel([FieldPanel("evidence_url"), FieldPanel("evidence_document")]),
    ]

    class Meta:
        verbose_name = _("aggiornamento")
        verbose_name_plural = _("aggiornamenti")
        ordering = ["-date", "-pk"]

    def __str__(self) -> str:
        return f"{self.date:%d/%m/%Y} {self.text[:60]}"

    def clean(self):
        super().clean()
        if self.date and self.date > timezone.localdate():
            raise ValidationError(
                {"date": _("Questa data è nel futuro: un aggiornamento racconta ciò che è successo.")}
            )


class ActionChange(models.Model):
    """One change of status or progress of an action. Rows are only ever added, by `progetti.actions.plan`."""

    action = models.ForeignKey(
        "progetti.Action", verbose_name=_("azione"), on_delete=models.CASCADE, related_name="changes"
    )
    at = models.DateTimeField(_("quando"), default=timezone.now)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("chi"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    from_status = models.CharField(_("da stato"), max_length=20, choices=ActionStatus, blank=True)
    to_status = models.CharField(_("a stato"), max_length=20, choices=ActionStatus)
    from_progress = models.PositiveSmallIntegerField(_("da avanzamento"), null=True, blank=True)
    to_progress = models.PositiveSmallIntegerField(_("ad avanzamento"), null=True, blank=True)

    objects = ActionChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("cambiamento")
        verbose_name_plural = _("cambiamenti")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["action", "at"], name="action_change_by_time")]
        constraints = [
            models.CheckConstraint(condition=Q(to_status__in=ActionStatus.values), name="action_change_status_known"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%d/%m/%Y} {self.from_status or '–'} → {self.to_status}"

    def save(self, *args, **kwargs):
        if self.pk is not None:
            raise TypeError("the history of an action is only ever added to")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("the history of an action is only ever added to")

    @property
    def day(self) -> date:
        """The day of the change in Europe/Rome."""
        return self.at.astimezone(ROME).date()

    @property
    def before_words(self) -> str:
        """«In corso, 40 %»; empty for the first row of an action."""
        return state_words(self.from_status, self.from_progress)

    @property
    def after_words(self) -> str:
        """«Conclusa»."""
        return state_words(self.to_status, self.to_progress)


def state_words(status: str, progress: int | None) -> str:
    """A state in words, with its progress where there is one to say; empty without a state."""
    if not status:
        return ""
    label = str(ActionStatus(status).label)
    return label if progress is None or status == ActionStatus.DONE else f"{label}, {progress}\N{NO-BREAK SPACE}%"
