"""What each factor of the score weighs at a desk: versions, of which the last one holds."""

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from sportello.matching import Weights


class MatchWeights(models.Model):
    """One table of weights of a desk. Written once: a change is a new version, so that every score can be traced."""

    desk = models.ForeignKey(
        "sportello.Desk", verbose_name=_("sportello"), on_delete=models.PROTECT, related_name="match_weights"
    )
    number = models.PositiveSmallIntegerField(_("versione"))
    youth = models.JSONField(_("per chi cerca"))
    host = models.JSONField(_("per chi ospita"))
    note = models.CharField(_("perché"), max_length=255)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("scritta da"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("dal"), auto_now_add=True)

    class Meta:
        verbose_name = _("pesi dell'abbinamento")
        verbose_name_plural = _("pesi dell'abbinamento")
        ordering = ["desk", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["desk", "number"], name="match_weights_version_once"),
            models.CheckConstraint(condition=models.Q(number__gte=1), name="match_weights_from_one"),
            models.CheckConstraint(condition=~models.Q(note=""), name="match_weights_say_why"),
        ]

    def __str__(self) -> str:
        return self.version

    def save(self, *args, **kwargs):
        if self.pk is not None:
            raise TypeError("A table of weights is written once: a change is a new version.")
        self.weights()
        super().save(*args, **kwargs)
        cache.delete(weights_key(self.desk_id))

    @property
    def version(self) -> str:
        """The name under which scores and rounds keep it."""
        return f"{self.desk_id}-{self.number}"

    def weights(self) -> Weights:
        """The table as the matching reads it. Raises ValueError if it does not add up."""
        return Weights.from_document({"version": self.version, "youth": self.youth, "host": self.host})

    def clean(self):
        """Refuse tables that do not add up to a hundred on each side."""
        super().clean()
        try:
            self.weights()
        except ValueError as error:
            raise ValidationError(_("I pesi di ogni parte sommano a 100.")) from error


def weights_key(desk_id: int) -> str:
    """Where the cache keeps the table that a desk uses."""
    return f"sportello:weights:{desk_id}"
