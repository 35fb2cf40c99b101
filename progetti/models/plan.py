"""The plan: the strategic project that turns a vision into the steps of the next years."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q, prefetch_related_objects
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from portal.blocks.layout import BodyBlocks
from portal.navigation.menus import sections
from portal.pages.base import ArticlePage
from portal.pages.fields import StreamField
from portal.pages.mixins import AttachmentsMixin, EasyReadMixin, RelatedPagesMixin, ReviewMixin
from portal.pages.words import day_words

from ..enums import PlanStatus
from ..facts import approved_with, fact, facts_list, linked
from ..forms import PlanPageForm
from ..panels import AIMS_PANEL, page_tabs
from ..querysets import PlanManager
from .aim import AimsMixin
from .plan_monitoring import MonitoringMixin
from .plan_nodes import AXIS_CODE, weight_field
from .plan_routes import PlanRoutes
from .vision import YEAR_VALIDATORS, this_year

STATUS_TONES = {
    PlanStatus.DRAFT: "neutral",
    PlanStatus.IN_CONSULTATION: "accent",
    PlanStatus.APPROVED: "info",
    PlanStatus.UNDER_WAY: "success",
    PlanStatus.CLOSED: "neutral",
}


def end_of_a_plan() -> int:
    """The last year of a new plan: five years with the first."""
    return this_year() + 4


class PlanPage(
    PlanRoutes, MonitoringMixin, AimsMixin, AttachmentsMixin, EasyReadMixin, RelatedPagesMixin, ReviewMixin, ArticlePage
):
    """A strategic plan, usually for five years, with its axes."""

    from_year = models.PositiveSmallIntegerField(_("dall'anno"), default=this_year, validators=YEAR_VALIDATORS)
    to_year = models.PositiveSmallIntegerField(
        _("all'anno"),
        default=end_of_a_plan,
        validators=YEAR_VALIDATORS,
        help_text=_("Di solito un piano dura cinque anni."),
    )
    status = models.CharField(_("stato"), max_length=20, choices=PlanStatus, default=PlanStatus.DRAFT)
    vision = models.ForeignKey(
        "progetti.VisionPage",
        verbose_name=_("visione"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="plans",
        help_text=_("La visione che il piano vuole realizzare."),
    )
    approved_on = models.DateField(_("approvato il"), null=True, blank=True)
    approved_by = models.ForeignKey(
        "progetti.DecisionPage",
        verbose_name=_("approvato con"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("La decisione con cui un organo l'ha approvato."),
    )
    description = models.TextField(
        _("che cosa vuole il piano"), blank=True, help_text=_("La direzione del piano in poche frasi.")
    )
    data_note = models.CharField(
        _("che cosa non sappiamo"),
        max_length=255,
        blank=True,
        help_text=_("Detto con franchezza: quali dati mancano. «Nessun dato» non vuol dire zero."),
    )
    full_document = models.ForeignKey(
        "media.CustomDocument",
        verbose_name=_("documento completo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    body = StreamField(BodyBlocks(), verbose_name=_("testo"), blank=True)

    objects: ClassVar = PlanManager()

    base_form_class = PlanPageForm
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    template = "pages/progetti/plan_page.html"
    menu_label = pgettext_lazy("menu", "Piano")
    show_in_menus_default = True

    edit_handler = page_tabs(
        [
            *ArticlePage.content_panels,
            FieldPanel("description"),
            InlinePanel(
                "axes",
                heading=_("Assi"),
                label=_("Asse"),
                help_text=_(
                    "Obiettivi e azioni si scrivono poi nel menu «Piano». Un asse aggiunto a un piano che è già sul "
                    "sito vi compare quando la pagina è pubblicata di nuovo."
                ),
            ),
            FieldPanel("body"),
        ],
        details=[
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("from_year"), FieldPanel("to_year")]),
                    FieldRowPanel([FieldPanel("status"), FieldPanel("approved_on")]),
                    FieldPanel("approved_by"),
                    FieldPanel("vision"),
                ],
                heading=_("Stato e periodo"),
            ),
            *MonitoringMixin.monitoring_panels,
            AIMS_PANEL,
            FieldPanel("full_document"),
            FieldPanel("data_note"),
        ],
        more=[
            *AttachmentsMixin.attachments_panels,
            *RelatedPagesMixin.related_panels,
            *EasyReadMixin.easy_read_panels,
            *ReviewMixin.review_panels,
        ],
    )
    search_fields = [*ArticlePage.search_fields, index.SearchField("description"), index.SearchField("body")]

    class Meta:
        verbose_name = _("piano")
        verbose_name_plural = _("piani")
        constraints = [
            models.CheckConstraint(
                condition=Q(to_year__gte=F("from_year")),
                name="plan_ends_after_start",
                violation_error_message=_("L'ultimo anno non può venire prima del primo."),
            ),
            models.CheckConstraint(condition=Q(status__in=PlanStatus.values), name="plan_status_known"),
        ]

    def clean(self):
        super().clean()
        errors = {}
        if self.from_year is not None and self.to_year is not None and self.to_year < self.from_year:
            errors["to_year"] = _("L'ultimo anno non può venire prima del primo.")
        if self.status in (PlanStatus.DRAFT, PlanStatus.IN_CONSULTATION) and self.approved_on:
            errors["status"] = _("Il piano ha una data di approvazione: non è più in bozza né in consultazione.")
        if errors:
            raise ValidationError(errors)

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        # The map, the facts and the shared picture all ask for them; the budget of queries goes to the tree.
        prefetch_related_objects([self], "territories")
        vision = self.vision
        context["vision"] = vision if vision is not None and vision.live else None
        context["badge"] = {"label": self.get_status_display(), "tone": STATUS_TONES[PlanStatus(self.status)]}
        context["facts"] = [
            fact(_now("Periodo"), f"{self.from_year} – {self.to_year}"),
            fact(_now("Approvato il"), day_words(self.approved_on, weekday=False) if self.approved_on else ""),
            approved_with(self.approved_by, request),
            facts_list(_now("Territori"), linked(self.territories.all(), self._projects_url(request), "territorio")),
            fact(_now("A cura di"), self.organisation.name if self.organisation else ""),
            fact(_now("Come si pesa l'avanzamento"), str(self.get_weighing_display())),
            fact(
                _now("Monitoraggio"),
                ngettext("ogni mese", "ogni %(count)s mesi", self.monitoring_months)
                % {"count": self.monitoring_months},
            ),
        ]
        return context

    def _projects_url(self, request) -> str:
        """The list of projects, to which territories and topics of the plan lead."""
        lists = (item for item in sections(request) if item.cached_content_type.model == "projectindexpage")
        return next((item.get_url(request) or "" for item in lists), "")


class Axis(TranslatableMixin, Orderable):
    """A large direction of a plan. Objectives belong to an axis, actions to an objective."""

    plan = ParentalKey(PlanPage, on_delete=models.CASCADE, related_name="axes", verbose_name=_("piano"))
    code = models.CharField(
        _("codice"),
        max_length=10,
        validators=[RegexValidator(AXIS_CODE, _("Una lettera maiuscola e un numero, per esempio A1."))],
        help_text=_("Per esempio A1. Gli obiettivi dell'asse saranno A1.1, A1.2; le azioni A1.1.1."),
    )
    title = models.CharField(_("titolo"), max_length=160)
    description = models.TextField(_("descrizione"), blank=True)
    weight = weight_field()

    panels = [
        FieldRowPanel([FieldPanel("code"), FieldPanel("title"), FieldPanel("weight")]),
        FieldPanel("description"),
    ]
    override_translatable_fields = [SynchronizedField("code")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("asse")
        verbose_name_plural = _("assi")
        constraints = [
            models.UniqueConstraint(
                fields=["plan", "code"],
                name="axis_code_once_per_plan",
                violation_error_message=_("Un altro asse del piano ha già questo codice."),
            ),
            models.CheckConstraint(condition=Q(weight__gte=1), name="axis_weight_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}"
