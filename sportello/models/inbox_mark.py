"""What an operator has said about something that waits: «I take care of it», «not before Monday»."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..desk.kinds import WaitingKind


class InboxMark(models.Model):
    """One for each thing that waits. When it waits anew, an older mark no longer counts: see `desk.inbox`."""

    desk = models.ForeignKey("sportello.Desk", on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(_("che cosa aspetta"), max_length=12, choices=WaitingKind)
    row = models.PositiveBigIntegerField(_("numero"))
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("se ne occupa"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
    )
    put_off_until = models.DateField(_("rimandata al"), null=True, blank=True)
    at = models.DateTimeField(_("quando"), auto_now=True)

    class Meta:
        verbose_name = _("segno sulla posta in arrivo")
        verbose_name_plural = _("segni sulla posta in arrivo")
        ordering = ["kind", "row"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "row"], name="inbox_mark_one_each"),
            models.CheckConstraint(condition=models.Q(kind__in=WaitingKind.values), name="inbox_mark_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}/{self.row}"
