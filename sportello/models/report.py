"""What readers say is wrong with an offer."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import ReportReason, ReportState
from ..querysets_reports import OfferReportQuerySet


class OfferReport(models.Model):
    """One report about one offer, for the desk to look into. Who reports may stay unknown.

    The host never reads who reported, nor the words: it hears from the desk if something has to change.
    """

    offer = models.ForeignKey(
        "sportello.Offer", verbose_name=_("offerta"), on_delete=models.CASCADE, related_name="reports"
    )
    desk = models.ForeignKey("sportello.Desk", verbose_name=_("sportello"), on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("che cosa non va"), max_length=10, choices=ReportReason)
    text = models.TextField(_("nelle parole di chi segnala"), max_length=1000, blank=True)
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("chi segnala"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    state = models.CharField(_("stato"), max_length=10, choices=ReportState, default=ReportState.OPEN)
    outcome = models.TextField(_("che cosa ha fatto lo Sportello"), blank=True)
    closed_at = models.DateTimeField(_("chiusa il"), null=True, blank=True)
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("chiusa da"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    created_at = models.DateTimeField(_("arrivata il"), auto_now_add=True)

    objects = OfferReportQuerySet.as_manager()

    class Meta:
        verbose_name = _("segnalazione")
        verbose_name_plural = _("segnalazioni")
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["desk", "state", "created_at"], name="report_queue")]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=ReportState.values), name="report_state_known"),
            models.CheckConstraint(condition=models.Q(reason__in=ReportReason.values), name="report_reason_known"),
            models.CheckConstraint(
                condition=models.Q(state=ReportState.OPEN, closed_at__isnull=True, closed_by__isnull=True)
                | (
                    ~models.Q(state=ReportState.OPEN)
                    & models.Q(closed_at__isnull=False, closed_by__isnull=False)
                    & ~models.Q(outcome="")
                ),
                name="report_closed_by_somebody_with_an_outcome",
            ),
            models.CheckConstraint(
                condition=~models.Q(reason=ReportReason.OTHER) | ~models.Q(text=""),
                name="report_other_says_what",
                violation_error_message=_("Racconta in due righe che cosa non va."),
            ),
            models.UniqueConstraint(
                fields=["offer", "reporter"],
                condition=models.Q(state=ReportState.OPEN, reporter__isnull=False),
                name="report_one_open_for_each_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offer}: {self.get_reason_display()}"
