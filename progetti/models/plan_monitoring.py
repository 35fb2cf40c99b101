"""How a plan is followed: how its progress is weighed, how often it is looked at, and its half-yearly reports."""

from datetime import date

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField

from portal.blocks.text import PARAGRAPH_FEATURES

from ..plan_enums import Weighing
from .aim import reads_english
from .vision import YEAR_VALIDATORS

MONTHS = [MinValueValidator(1), MaxValueValidator(24)]


class MonitoringMixin(models.Model):
    """How progress is weighed, and after how long silence on an action is too long."""

    weighing = models.CharField(
        _("come si pesa l'avanzamento"), max_length=10, choices=Weighing, default=Weighing.WEIGHTS
    )
    monitoring_months = models.PositiveSmallIntegerField(
        _("monitoraggio ogni quanti mesi"),
        default=6,
        validators=MONTHS,
        help_text=_("Un'azione aperta di cui nessuno scrive da più tempo appare come «senza notizie»."),
    )

    monitoring_panels = [
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("weighing"), FieldPanel("monitoring_months")])], heading=_("Monitoraggio")
        )
    ]

    class Meta:
        abstract = True


class PlanReport(models.Model):
    """The report on half a year of a plan: the editor's narrative; everything else comes from the plan's own data."""

    plan = models.ForeignKey(
        "progetti.PlanPage", verbose_name=_("piano"), on_delete=models.CASCADE, related_name="reports"
    )
    year = models.PositiveSmallIntegerField(_("anno"), validators=YEAR_VALIDATORS)
    half = models.PositiveSmallIntegerField(
        _("semestre"), choices=[(1, _("Primo semestre")), (2, _("Secondo semestre"))], default=1
    )
    narrative = RichTextField(
        _("il racconto del semestre"),
        features=PARAGRAPH_FEATURES,
        blank=True,
        help_text=_("Che cosa è andato bene, che cosa no, che cosa cambia. I numeri li aggiunge il portale."),
    )
    narrative_en = RichTextField(_("il racconto in inglese"), features=PARAGRAPH_FEATURES, blank=True)
    is_public = models.BooleanField(_("pubblico"), default=False)
    is_example = models.BooleanField(_("esempio inventato"), default=False)

    panels = [
        FieldPanel("plan"),
        FieldRowPanel([FieldPanel("year"), FieldPanel("half")]),
        FieldPanel("narrative"),
        FieldPanel("narrative_en"),
        FieldRowPanel([FieldPanel("is_public"), FieldPanel("is_example")]),
    ]

    class Meta:
        verbose_name = _("rapporto semestrale")
        verbose_name_plural = _("rapporti semestrali")
        ordering = ["-year", "-half", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "year", "half"],
                name="plan_report_once_per_half",
                violation_error_message=_("Di questo semestre c'è già un rapporto."),
            ),
            models.CheckConstraint(condition=Q(half__in=(1, 2)), name="plan_report_half_known"),
        ]

    def __str__(self) -> str:
        return f"{self.plan}: {self.period}"

    @property
    def year_text(self) -> str:
        """The year as text: templates would write it with a thousands separator."""
        return str(self.year)

    @property
    def period(self) -> str:
        """The half year as addresses write it: 2019-1."""
        return f"{self.year}-{self.half}"

    @property
    def first_day(self) -> date:
        """The first day of the half year."""
        return date(self.year, 1 if self.half == 1 else 7, 1)

    @property
    def last_day(self) -> date:
        """The last day of the half year."""
        return date(self.year, 6, 30) if self.half == 1 else date(self.year, 12, 31)

    @property
    def narrative_label(self) -> str:
        """The narrative in the reader's language; in Italian where it is not translated."""
        return (reads_english() and self.narrative_en) or self.narrative
