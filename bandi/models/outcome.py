"""How the applications to a call ended: who got how much, for which project.

Outcomes are rows of their own, not part of the page's drafts: they come from an official act, as they are, and an old
draft that is published later must not take them back. A page in another language shows those of its original.
"""

from decimal import Decimal
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import Case, F, OuterRef, Q, Subquery, When
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.pages.fields import AmountField
from portal.pages.querysets import public
from progetti.models import ProjectPage

from ..enums import OutcomeResult


class OutcomeQuerySet(models.QuerySet):
    """Reads outcomes."""

    def of_call(self, call) -> "OutcomeQuerySet":
        """The outcomes of a call, whatever the language it is read in, in the order of the ranking.

        Each with `project_path` and `project_name` of the project's page that the reader can open, in the language of
        the call where it is translated.
        """
        pages = public(ProjectPage.objects.live().filter(translation_key=OuterRef("project__translation_key")))
        pages = pages.order_by(Case(When(locale_id=call.locale_id, then=0), default=1), "pk")
        return (
            self.of_source(call)
            .select_related("organisation")
            .annotate(project_path=Subquery(pages.values("url_path")[:1]))
            .annotate(project_name=Subquery(pages.values("title")[:1]))
            .order_by(F("rank").asc(nulls_last=True), F("score").desc(nulls_last=True), "pk")
        )

    def of_source(self, call) -> "OutcomeQuerySet":
        """The outcomes of a call, whatever the language of the page given, as rows to change."""
        return self.filter(call__translation_key=call.translation_key)

    def public(self) -> "OutcomeQuerySet":
        """Those that somebody who may publish the call has let out."""
        return self.filter(is_public=True)

    def waiting(self) -> "OutcomeQuerySet":
        """Those that wait for somebody who may publish the call."""
        return self.filter(is_public=False)

    def funding(self, project) -> "OutcomeQuerySet":
        """The public outcomes that fund a project, whatever the language it is read in, latest call first.

        Each with `call_path` and `call_name` of the call's page that the reader can open, in the language of the
        project where it is translated; those of calls that nobody can open are left out.
        """
        calls: Any = self.model._meta.get_field("call").related_model
        pages = public(calls.objects.live().filter(translation_key=OuterRef("call__translation_key")))
        pages = pages.order_by(Case(When(locale_id=project.locale_id, then=0), default=1), "pk")
        return (
            self.public()
            .filter(project__translation_key=project.translation_key, result=OutcomeResult.FUNDED)
            .annotate(call_path=Subquery(pages.values("url_path")[:1]), call_name=Subquery(pages.values("title")[:1]))
            .filter(call_path__isnull=False)
            .order_by("-call__deadline", "pk")
        )


class CallOutcome(models.Model):
    """One application to a call and how it ended.

    The name of an individual is shown to nobody outside the redazione unless `name_is_public` says that it may be:
    Italian law keeps back who got help for reasons of health or hardship (legislative decree 33/2013, article 26,
    paragraph 4), and the portal keeps back everybody by default.
    """

    call = models.ForeignKey(
        "bandi.CallPage", verbose_name=_("bando"), on_delete=models.CASCADE, related_name="outcomes"
    )
    organisation = models.ForeignKey(
        "registry.Organisation",
        verbose_name=_("organizzazione"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="call_outcomes",
        help_text=_("Se è già nel portale; altrimenti scrivi il nome qui sotto."),
    )
    name = models.CharField(pgettext_lazy("beneficiary", "nome"), max_length=200, blank=True)
    is_individual = models.BooleanField(_("è una persona fisica"), default=False)
    name_is_public = models.BooleanField(
        _("il nome può essere pubblicato"),
        default=False,
        help_text=_("Solo per le persone: senza questo segno il nome non esce dalla redazione."),
    )
    project_title = models.CharField(
        _("progetto presentato"), max_length=255, blank=True, help_text=_("Senza nomi di persone.")
    )
    project = models.ForeignKey(
        "progetti.ProjectPage",
        verbose_name=_("pagina del progetto"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Se il progetto è nel portale: le due pagine si collegano."),
    )
    result = models.CharField(pgettext_lazy("call outcome", "esito"), max_length=12, choices=OutcomeResult)
    amount = AmountField(
        _("importo"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
        help_text=_("In euro, solo se finanziato."),
    )
    score = AmountField(
        _("punteggio"),
        max_digits=7,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0))],
    )
    rank = models.PositiveIntegerField(
        _("posizione in graduatoria"), null=True, blank=True, validators=[MinValueValidator(1)]
    )

    is_public = models.BooleanField(
        _("nella pagina del bando"),
        default=True,
        editable=False,
        help_text=_("Chi non può pubblicare il bando scrive esiti che aspettano."),
    )

    objects: ClassVar = OutcomeQuerySet.as_manager()

    class Meta:
        verbose_name = _("esito")
        verbose_name_plural = _("esiti")
        constraints = [
            models.CheckConstraint(condition=Q(result__in=OutcomeResult.values), name="call_outcome_result_known"),
            models.CheckConstraint(
                condition=Q(organisation__isnull=True) | Q(is_individual=False),
                name="call_outcome_person_is_no_organisation",
                violation_error_message=_("Una persona fisica non è un'organizzazione: scegli una delle due."),
            ),
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | ~Q(name="") | Q(is_individual=True),
                name="call_outcome_says_who",
                violation_error_message=_("Scegli l'organizzazione o scrivi il nome."),
            ),
            models.CheckConstraint(
                condition=Q(name_is_public=False) | Q(is_individual=True),
                name="call_outcome_permission_for_persons_only",
                violation_error_message=_("Il permesso riguarda solo le persone fisiche."),
            ),
            models.CheckConstraint(
                condition=Q(amount__isnull=True) | Q(amount__gte=0, result=OutcomeResult.FUNDED),
                name="call_outcome_amount_if_funded",
                violation_error_message=_("L'importo si indica solo se la domanda è finanziata, e non è negativo."),
            ),
            models.CheckConstraint(
                condition=(Q(score__isnull=True) | Q(score__gte=0)) & (Q(rank__isnull=True) | Q(rank__gte=1)),
                name="call_outcome_score_and_rank_positive",
                violation_error_message=_("Punteggio e posizione non possono essere negativi."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shown_name} ({self.get_result_display()})"

    @property
    def name_is_hidden(self) -> bool:
        """Whether the name must not leave the redazione."""
        return self.is_individual and not self.name_is_public

    @property
    def shown_name(self) -> str:
        """Who applied, as everybody may read it."""
        if self.name_is_hidden:
            return _now("Una persona fisica")
        if self.organisation is not None:
            return self.organisation.name
        return self.name or _now("Una persona fisica")

    @property
    def full_name(self) -> str:
        """Who applied, for the redazione only: names that nobody else may read are in it."""
        return self.organisation.name if self.organisation else self.name or _now("Una persona fisica")

    def clean(self):
        super().clean()
        errors = {}
        if self.is_individual and self.organisation_id:
            errors["is_individual"] = _("Hai scelto anche un'organizzazione: una persona fisica non lo è.")
        if not self.is_individual and not self.organisation_id and not self.name:
            errors["name"] = _("Scegli l'organizzazione o scrivi il nome.")
        if self.name_is_public and not self.is_individual:
            errors["name_is_public"] = _("Serve solo per le persone fisiche: togli il segno.")
        if self.amount is not None and self.result != OutcomeResult.FUNDED:
            errors["amount"] = _("L'importo si indica solo se la domanda è finanziata.")
        if errors:
            raise ValidationError(errors)
