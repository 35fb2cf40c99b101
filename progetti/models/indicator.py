"""Indicators of a plan or of a project, and what has been measured."""

import re
from calendar import monthrange
from datetime import date
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.search import index

from ..indicator_state import indicator_state, target_makes_sense
from ..plan_enums import Direction, Frequency, IndicatorState
from ..plan_querysets import IndicatorQuerySet
from .aim import reads_english
from .node_link import NODE_FIELDS, NodeLink, one_node
from .vision import YEAR_VALIDATORS

PERIOD = re.compile(r"^([0-9]{4})(?:-(?:S([12])|T([1-4])|(0[1-9]|1[0-2])))?\Z")


def period_end(period: str) -> date:
    """The last day of a period: a year (2019), a half (2019-S1), a quarter (2019-T3) or a month (2019-05).

    Raises:
        ValueError: the text is none of these.
    """
    found = PERIOD.match(period)
    if found is None:
        raise ValueError(f"not a period: {period!r}")
    year, half, quarter, month = found.groups()
    last = int(half) * 6 if half else int(quarter) * 3 if quarter else int(month) if month else 12
    return date(int(year), last, monthrange(int(year), last)[1])


class Indicator(NodeLink, index.Indexed, ClusterableModel):
    """Something that is measured to know whether the plan, or a project, changes what it wants to change."""

    plan = models.ForeignKey(
        "progetti.PlanPage",
        verbose_name=_("piano"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.CASCADE,
        related_name="indicators",
    )
    project = models.ForeignKey(
        "progetti.ProjectPage",
        verbose_name=_("progetto"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="indicators",
        help_text=_("Se misura un progetto."),
    )
    territory = models.ForeignKey(
        "registry.Territory",
        verbose_name=_("territorio"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("Se è misurato in un solo territorio: lo stesso codice in più territori li mette a confronto."),
    )
    code = models.CharField(
        _("codice"),
        max_length=20,
        validators=[RegexValidator(r"^[A-Za-z0-9][A-Za-z0-9-]*\Z", _("Lettere, numeri e trattini."))],
        help_text=_("Per esempio I1."),
    )
    title = models.CharField(_("nome"), max_length=200)
    title_en = models.CharField(_("nome in inglese"), max_length=200, blank=True)
    definition = models.TextField(_("definizione"), blank=True, help_text=_("Che cosa si conta, e che cosa no."))
    definition_en = models.TextField(_("definizione in inglese"), blank=True)
    unit = models.CharField(_("unità di misura"), max_length=60, help_text=_("Per esempio: %, euro, persone."))
    unit_en = models.CharField(_("unità di misura in inglese"), max_length=60, blank=True)
    direction = models.CharField(_("direzione"), max_length=10, choices=Direction, default=Direction.UP)
    baseline = models.DecimalField(_("valore di partenza"), max_digits=16, decimal_places=3, null=True, blank=True)
    baseline_year = models.PositiveSmallIntegerField(
        _("anno di partenza"), null=True, blank=True, validators=YEAR_VALIDATORS
    )
    target = models.DecimalField(_("valore atteso"), max_digits=16, decimal_places=3, null=True, blank=True)
    target_year = models.PositiveSmallIntegerField(
        _("anno del valore atteso"), null=True, blank=True, validators=YEAR_VALIDATORS
    )
    source = models.CharField(_("fonte"), max_length=255, blank=True)
    method = models.TextField(_("come si misura"), blank=True)
    frequency = models.CharField(_("ogni quanto"), max_length=20, choices=Frequency, default=Frequency.YEARLY)
    is_example = models.BooleanField(
        _("esempio inventato"),
        default=False,
        help_text=_("Non è un fatto: serve a mostrare come funziona il portale. Chi legge lo vede scritto."),
    )

    objects = IndicatorQuerySet.as_manager()

    search_fields = [
        index.SearchField("code"),
        index.SearchField("title"),
        index.AutocompleteField("code"),
        index.AutocompleteField("title"),
    ]

    class Meta:
        verbose_name = _("indicatore")
        verbose_name_plural = _("indicatori")
        ordering = ["code", "pk"]
        constraints = [
            models.UniqueConstraint(
                # By field name, not by column: only so is the rule checked before the database does.
                Coalesce("plan", Value(0), output_field=models.BigIntegerField()),
                Coalesce("project", Value(0), output_field=models.BigIntegerField()),
                "code",
                Coalesce("territory", Value(0), output_field=models.BigIntegerField()),
                name="indicator_code_once_per_place",
                violation_error_message=_("C'è già un indicatore con questo codice, per lo stesso territorio."),
            ),
            models.CheckConstraint(
                condition=one_node(required=False),
                name="indicator_of_at_most_one_node",
                violation_error_message=_("Indica un solo punto del piano: un asse, un obiettivo o un'azione."),
            ),
            models.CheckConstraint(
                condition=Q(project__isnull=False)
                | Q(axis__isnull=False)
                | Q(objective__isnull=False)
                | Q(action__isnull=False),
                name="indicator_measures_something",
                violation_error_message=_("Indica che cosa misura: un punto del piano o un progetto."),
            ),
            models.CheckConstraint(condition=Q(direction__in=Direction.values), name="indicator_direction_known"),
            models.CheckConstraint(condition=Q(frequency__in=Frequency.values), name="indicator_frequency_known"),
        ]

    def __str__(self) -> str:
        place = f" ({self.territory})" if self.territory_id else ""
        return f"{self.code} {self.title}{place}"

    @property
    def label(self) -> str:
        """The name in the reader's language; in Italian where it is not translated."""
        return (reads_english() and self.title_en) or self.title

    @property
    def text_label(self) -> str:
        """The definition in the reader's language; in Italian where it is not translated."""
        return (reads_english() and self.definition_en) or self.definition

    @property
    def unit_label(self) -> str:
        """The unit in the reader's language; in Italian where it is not translated."""
        return (reads_english() and self.unit_en) or self.unit

    @cached_property
    def series(self) -> list["Measurement"]:
        """The measurements, oldest first; prefetch `measurements` to read many indicators at once."""
        return sorted(self.measurements.all(), key=lambda item: (item.ends_on, item.period))

    @property
    def latest(self) -> "Measurement | None":
        """The last measurement; read with the indicator when it comes from `with_latest`."""
        if "last_period" in self.__dict__:
            period, value = self.__dict__["last_period"], self.__dict__["last_value"]
            return Measurement(period=period, value=value) if period else None
        return self.series[-1] if self.series else None

    @property
    def state(self) -> IndicatorState:
        """How far it is, as `indicator_state` says."""
        return indicator_state(self.direction, self.baseline, self.target, self.latest.value if self.latest else None)

    def clean(self):
        super().clean()
        errors = {}
        chosen = [name for name in NODE_FIELDS if getattr(self, f"{name}_id")]
        if len(chosen) > 1:
            errors[chosen[1]] = _("Indica un solo punto del piano: un asse, un obiettivo o un'azione.")
        if not chosen and not self.project_id:
            errors["project"] = _("Indica che cosa misura: un punto del piano o un progetto.")
        if not target_makes_sense(self.direction, self.baseline, self.target):
            errors["target"] = _("Il valore atteso non va nella direzione indicata, rispetto al valore di partenza.")
        if self.baseline_year and self.target_year and self.target_year < self.baseline_year:
            errors["target_year"] = _("L'anno del valore atteso viene dopo quello di partenza.")
        if errors:
            raise ValidationError(errors)
        self.plan_id = self.node.plan_id if self.node else None

    def save(self, *args, **kwargs):
        self.plan_id = self.node.plan_id if self.node else None
        super().save(*args, **kwargs)


class Measurement(models.Model):
    """One value of an indicator."""

    indicator = ParentalKey(
        Indicator, verbose_name=_("indicatore"), on_delete=models.CASCADE, related_name="measurements"
    )
    period = models.CharField(
        _("periodo"),
        max_length=7,
        validators=[
            RegexValidator(
                PERIOD, _("Un anno (2019), un semestre (2019-S1), un trimestre (2019-T3) o un mese (2019-05).")
            )
        ],
        help_text=_("Per esempio 2019, 2019-S1, 2019-T3 o 2019-05."),
    )
    ends_on = models.DateField(editable=False)
    value = models.DecimalField(_("valore"), max_digits=16, decimal_places=3)
    note = models.CharField(_("nota"), max_length=255, blank=True)
    provisional = models.BooleanField(_("provvisorio"), default=False)

    panels = [
        FieldRowPanel([FieldPanel("period"), FieldPanel("value"), FieldPanel("provisional")]),
        FieldPanel("note"),
    ]

    class Meta:
        verbose_name = _("misura")
        verbose_name_plural = _("misure")
        ordering = ["ends_on", "period", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "period"],
                name="measurement_once_per_period",
                violation_error_message=_("Per questo periodo c'è già una misura."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period}: {self.value.normalize():f}"

    def save(self, *args, **kwargs):
        self.value = Decimal(self.value)
        self.ends_on = period_end(self.period)
        super().save(*args, **kwargs)

    def clean(self):
        super().clean()
        if self.period and PERIOD.match(self.period):
            self.ends_on = period_end(self.period)
            if self.ends_on.year > timezone.localdate().year:
                raise ValidationError({"period": _("Questo periodo è nel futuro.")})
