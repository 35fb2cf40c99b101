"""The experience that follows an accepted application."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import PlacementState


class Placement(models.Model):
    """Created in `preparing` together with the acceptance of an application.

    "No two active placements of one young person overlap" is kept by the action under the lock of the young person's
    row, and by a trigger (`sportello.database_rules`): SQLite has no exclusion constraint.
    """

    application = models.OneToOneField(
        "sportello.Application", verbose_name=_("candidatura"), on_delete=models.PROTECT, related_name="placement"
    )
    youth = models.ForeignKey(
        "sportello.YouthProfile", verbose_name=_("giovane"), on_delete=models.PROTECT, related_name="placements"
    )
    desk = models.ForeignKey(
        "sportello.Desk", verbose_name=_("sportello"), on_delete=models.PROTECT, related_name="placements"
    )
    state = models.CharField(_("stato"), max_length=12, choices=PlacementState, default=PlacementState.PREPARING)
    start_date = models.DateField(_("inizio"))
    end_date = models.DateField(_("fine"))
    created_at = models.DateTimeField(_("creato il"), auto_now_add=True)

    class Meta:
        verbose_name = _("percorso")
        verbose_name_plural = _("percorsi")
        ordering = ["start_date", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=PlacementState.values), name="placement_state_known"),
            models.CheckConstraint(
                condition=models.Q(start_date__lte=models.F("end_date")), name="placement_dates_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
