"""What an axis of a plan is made of: objectives, and the actions that reach them.

Axes are written in the page of the plan and translated with it. Objectives and actions are rows of their own, so that
250 of them stay usable: they hang on the axes of the plan in the source language, and one row serves both languages.
"""

import re
from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.models import ClusterableModel
from wagtail.search import index

from ..plan_enums import ActionStatus
from ..plan_querysets import ActionQuerySet, ObjectiveQuerySet
from .aim import reads_english

AXIS_CODE = r"^[A-Z][0-9]{1,2}\Z"
OBJECTIVE_CODE = r"^[A-Z][0-9]{1,2}\.[0-9]{1,2}\Z"
ACTION_CODE = r"^[A-Z][0-9]{1,2}\.[0-9]{1,2}\.[0-9]{1,3}\Z"
MAX_WEIGHT = 1000
WEIGHT_VALIDATORS = [MinValueValidator(1), MaxValueValidator(MAX_WEIGHT)]
WEIGHT_HELP = _("Quanto conta rispetto agli altri dello stesso livello: il doppio pesa il doppio.")


def order_key(code: str) -> str:
    """The code written so that it sorts as people count: A1.10 after A1.9."""
    return re.sub(r"[0-9]+", lambda number: number[0].zfill(3), code)


def weight_field() -> models.PositiveSmallIntegerField:
    """The weight of an axis, objective or action among its siblings."""
    return models.PositiveSmallIntegerField(_("peso"), default=1, validators=WEIGHT_VALIDATORS, help_text=WEIGHT_HELP)


class PlanNode(index.Indexed, models.Model):
    """What objectives and actions share: code, words in both languages, weight; abstract."""

    code: models.CharField
    order_key = models.CharField(max_length=40, editable=False)
    title = models.CharField(_("titolo"), max_length=200)
    title_en = models.CharField(_("titolo in inglese"), max_length=200, blank=True)
    description = models.TextField(_("descrizione"), blank=True)
    description_en = models.TextField(_("descrizione in inglese"), blank=True)
    weight = weight_field()
    is_example = models.BooleanField(
        _("esempio inventato"),
        default=False,
        help_text=_("Non è un fatto: serve a mostrare come funziona il portale. Chi legge lo vede scritto."),
    )

    search_fields = [
        index.SearchField("code"),
        index.SearchField("title"),
        index.SearchField("title_en"),
        index.AutocompleteField("code"),
        index.AutocompleteField("title"),
        index.FilterField("plan_id"),
    ]

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.code} {self.title}"

    def save(self, *args, **kwargs):
        self.order_key = order_key(self.code)
        super().save(*args, **kwargs)

    @property
    def label(self) -> str:
        """The title in the reader's language; in Italian where it is not translated."""
        return (reads_english() and self.title_en) or self.title

    @property
    def text_label(self) -> str:
        """The description in the reader's language; in Italian where it is not translated."""
        return (reads_english() and self.description_en) or self.description

    @property
    def is_untranslated(self) -> bool:
        """Whether the reader of the English pages gets the Italian title."""
        return reads_english() and not self.title_en

    def check_code(self, parent_code: str | None) -> None:
        """Refuse a code that does not start with the parent's, or that another node of the plan has.

        Raises:
            ValidationError: on the field `code`.
        """
        if parent_code is not None and not self.code.startswith(f"{parent_code}."):
            raise ValidationError(
                {"code": _("Il codice comincia con quello di chi lo contiene: %(code)s.…") % {"code": parent_code}}
            )
        # Each kind of node has its own field for the plan.
        same = Q(plan_id=self.plan_id, code=self.code)
        others = type(self)._default_manager.filter(same).exclude(pk=self.pk)
        if self.plan_id and others.exists():
            raise ValidationError({"code": _("Nel piano c'è già «%(code)s».") % {"code": self.code}})


class Objective(PlanNode):
    """What an axis of the plan wants to reach."""

    plan = models.ForeignKey(
        "progetti.PlanPage",
        verbose_name=_("piano"),
        on_delete=models.CASCADE,
        related_name="objectives",
        editable=False,
    )
    # RESTRICT, not PROTECT: the objectives go with a plan that is deleted whole.
    axis = models.ForeignKey(
        "progetti.Axis", verbose_name=_("asse"), on_delete=models.RESTRICT, related_name="objectives"
    )
    code = models.CharField(
        _("codice"),
        max_length=20,
        validators=[RegexValidator(OBJECTIVE_CODE, _("Il codice dell'asse, un punto e un numero: per esempio A1.2."))],
        help_text=_("Per esempio A1.2, se l'asse è A1."),
    )
    expected_result = models.TextField(_("risultato atteso"), blank=True)
    expected_result_en = models.TextField(_("risultato atteso in inglese"), blank=True)

    objects = ObjectiveQuerySet.as_manager()

    class Meta:
        verbose_name = _("obiettivo")
        verbose_name_plural = _("obiettivi")
        ordering = ["plan", "order_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "code"],
                name="objective_code_once_per_plan",
                violation_error_message=_("Nel piano c'è già un obiettivo con questo codice."),
            ),
            models.CheckConstraint(condition=Q(weight__gte=1), name="objective_weight_positive"),
        ]

    def save(self, *args, **kwargs):
        self.plan_id = self.axis.plan_id
        super().save(*args, **kwargs)

    @property
    def expected_result_label(self) -> str:
        """The expected result in the reader's language; in Italian where it is not translated."""
        return (reads_english() and self.expected_result_en) or self.expected_result

    def clean(self):
        super().clean()
        if self.axis_id:
            self.plan_id = self.axis.plan_id
        self.check_code(self.axis.code if self.axis_id else None)


class Action(PlanNode, ClusterableModel):
    """A step that reaches an objective: who does it, by when, how far it is."""

    plan = models.ForeignKey(
        "progetti.PlanPage", verbose_name=_("piano"), on_delete=models.CASCADE, related_name="actions", editable=False
    )
    objective = models.ForeignKey(
        Objective, verbose_name=_("obiettivo"), on_delete=models.RESTRICT, related_name="actions"
    )
    code = models.CharField(
        _("codice"),
        max_length=20,
        validators=[
            RegexValidator(ACTION_CODE, _("Il codice dell'obiettivo, un punto e un numero: per esempio A1.2.3."))
        ],
        help_text=_("Per esempio A1.2.3, se l'obiettivo è A1.2."),
    )
    status = models.CharField(_("stato"), max_length=20, choices=ActionStatus, default=ActionStatus.TO_START)
    progress = models.PositiveSmallIntegerField(
        _("avanzamento"),
        null=True,
        blank=True,
        validators=[MaxValueValidator(100)],
        help_text=_("Da 0 a 100. Vuoto vuol dire che nessuno l'ha misurato: non è zero."),
    )
    responsible_body = models.ForeignKey(
        "progetti.BodyPage",
        verbose_name=_("organo responsabile"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="plan_actions",
    )
    responsible = models.ForeignKey(
        "registry.Organisation",
        verbose_name=_("organizzazione responsabile"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="plan_actions",
    )
    start = models.DateField(_("inizio"), null=True, blank=True)
    end = models.DateField(_("fine prevista"), null=True, blank=True)
    resources_amount = models.DecimalField(
        _("risorse"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
        help_text=_("In euro."),
    )
    resources_source = models.CharField(_("da dove vengono"), max_length=200, blank=True)

    objects = ActionQuerySet.as_manager()

    class Meta:
        verbose_name = _("azione")
        verbose_name_plural = _("azioni")
        ordering = ["plan", "order_key", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "code"],
                name="action_code_once_per_plan",
                violation_error_message=_("Nel piano c'è già un'azione con questo codice."),
            ),
            models.CheckConstraint(condition=Q(weight__gte=1), name="action_weight_positive"),
            models.CheckConstraint(condition=Q(status__in=ActionStatus.values), name="action_status_known"),
            models.CheckConstraint(
                condition=Q(progress__isnull=True) | Q(progress__lte=100),
                name="action_progress_at_most_100",
                violation_error_message=_("L'avanzamento va da 0 a 100."),
            ),
            models.CheckConstraint(
                condition=~Q(status=ActionStatus.DONE) | Q(progress=100, progress__isnull=False),
                name="action_done_is_at_100",
                violation_error_message=_("Un'azione conclusa è al 100 %."),
            ),
            models.CheckConstraint(
                condition=~Q(status=ActionStatus.TO_START) | Q(progress__isnull=True) | Q(progress=0),
                name="action_to_start_has_no_progress",
                violation_error_message=_("Un'azione da avviare non può avere un avanzamento."),
            ),
            models.CheckConstraint(
                condition=Q(start__isnull=True) | Q(end__isnull=True) | Q(end__gte=F("start")),
                name="action_end_not_before_start",
                violation_error_message=_("La fine non può venire prima dell'inizio."),
            ),
            models.CheckConstraint(
                condition=Q(resources_amount__isnull=True) | Q(resources_amount__gte=0),
                name="action_resources_not_negative",
            ),
        ]

    def save(self, *args, **kwargs):
        self.plan_id = self.objective.plan_id
        super().save(*args, **kwargs)

    def clean(self):
        super().clean()
        errors: dict[str, object] = {}
        if self.objective_id:
            self.plan_id = self.objective.plan_id
        if self.status == ActionStatus.DONE and self.progress is None:
            self.progress = 100
        if self.status == ActionStatus.DONE and self.progress != 100:
            errors["progress"] = _("Un'azione conclusa è al 100 %.")
        if self.status == ActionStatus.TO_START and self.progress:
            errors["progress"] = _("Un'azione da avviare non può avere un avanzamento.")
        if self.start and self.end and self.end < self.start:
            errors["end"] = _("La fine non può venire prima dell'inizio.")
        try:
            self.check_code(self.objective.code if self.objective_id else None)
        except ValidationError as error:
            errors.update(error.message_dict)
        if errors:
            raise ValidationError(errors)
