"""Projects: what is being done, with whom and how far it is."""

from collections.abc import Iterable
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from portal.blocks.layout import BodyBlocks
from portal.blocks.media import FigureBlock
from portal.blocks.text import PARAGRAPH_FEATURES
from portal.pages.base import ArticlePage
from portal.pages.fields import StreamField
from portal.pages.listing import ListingPage
from portal.pages.mixins import (
    AttachmentsMixin,
    ContactsMixin,
    EasyReadMixin,
    PlaceMixin,
    RelatedPagesMixin,
    ReviewMixin,
)
from portal.pages.reading import breadcrumbs
from portal.pages.words import period_words

from .. import project_story
from ..enums import PartnerRole, ProjectStatus
from ..facts import classification_facts, fact, facts_list, read_at_once
from ..filters import ProjectFilterSet
from ..forms import ProjectPageForm
from ..panels import AIMS_PANEL, page_tabs
from ..project_blocks import FundingBlock, MilestoneBlock, ResultBlock, TeamMemberBlock
from ..querysets import ProjectManager
from ..records import PROJECT_COLUMNS
from ..validators import CIG_VALIDATOR, CUP_VALIDATOR
from .aim import AimsMixin
from .contribution import ContributionsMixin

STATUS_TONES = {
    ProjectStatus.IDEA: "neutral",
    ProjectStatus.IN_DESIGN: "info",
    ProjectStatus.UNDER_WAY: "success",
    ProjectStatus.DONE: "neutral",
    ProjectStatus.SUSPENDED: "warning",
}


class ProjectIndexPage(ListingPage):
    """All projects of the territory."""

    listing_model = "progetti.ProjectPage"
    filterset_class = ProjectFilterSet
    card_template = "pages/progetti/project_card.html"
    record_columns = PROJECT_COLUMNS

    parent_page_types = ["home.HomePage"]
    subpage_types = ["progetti.ProjectPage"]
    max_count_per_parent = 1
    template = "pages/listing.html"
    show_in_menus_default = True

    edit_handler = page_tabs(ListingPage.content_panels, classification=())

    class Meta:
        verbose_name = _("elenco dei progetti")
        verbose_name_plural = _("elenchi dei progetti")

    def get_count_text(self, count: int) -> str:
        return ngettext("%(count)s progetto", "%(count)s progetti", count) % {"count": count}


class ProjectPage(
    ContributionsMixin,
    AimsMixin,
    ContactsMixin,
    PlaceMixin,
    AttachmentsMixin,
    EasyReadMixin,
    RelatedPagesMixin,
    ReviewMixin,
    ArticlePage,
):
    """A project: what, with whom by role, when, how far it is, and how to take part."""

    acronym = models.CharField(_("sigla"), max_length=40, blank=True)
    status = models.CharField(_("stato"), max_length=20, choices=ProjectStatus, default=ProjectStatus.UNDER_WAY)
    start = models.DateField(_("inizio"), null=True, blank=True)
    expected_end = models.DateField(_("fine prevista"), null=True, blank=True)
    end = models.DateField(
        _("fine effettiva"), null=True, blank=True, help_text=_("Solo quando il progetto è davvero finito.")
    )
    recipients = models.CharField(
        _("a chi si rivolge"),
        max_length=255,
        blank=True,
        help_text=_("Per esempio: ragazze e ragazzi tra 15 e 29 anni."),
    )
    body = StreamField(BodyBlocks(), verbose_name=_("testo"), blank=True)
    activities = RichTextField(
        _("che cosa si fa"), features=PARAGRAPH_FEATURES, blank=True, help_text=_("Le attività, una dopo l'altra.")
    )
    results = StreamField(
        [("result", ResultBlock())],
        verbose_name=_("risultati"),
        blank=True,
        help_text=_("Prima quelli attesi; quando ci sono, quelli raggiunti."),
    )
    milestones = StreamField(
        [("milestone", MilestoneBlock())],
        verbose_name=_("tappe"),
        blank=True,
        help_text=_("In qualunque ordine: la pagina le mette in fila per data."),
    )
    funding = StreamField([("funding", FundingBlock())], verbose_name=_("finanziamenti"), blank=True)
    total_cost = models.DecimalField(
        _("costo totale in euro"),
        max_digits=12,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    cup = models.CharField("CUP", max_length=15, blank=True, validators=[CUP_VALIDATOR])
    cig = models.CharField("CIG", max_length=10, blank=True, validators=[CIG_VALIDATOR])
    team = StreamField([("person", TeamMemberBlock())], verbose_name=_("chi ci lavora"), blank=True)
    gallery = StreamField([("image", FigureBlock())], verbose_name=_("immagini"), blank=True)
    lead = models.ForeignKey(
        "registry.Organisation",
        verbose_name=_("capofila"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="led_projects",
    )
    how_to_take_part = RichTextField(
        _("come partecipare"),
        features=PARAGRAPH_FEATURES,
        blank=True,
        help_text=_("Che cosa può fare chi legge, e a chi deve rivolgersi."),
    )

    objects: ClassVar = ProjectManager()

    base_form_class = ProjectPageForm
    parent_page_types = ["progetti.ProjectIndexPage"]
    subpage_types: list[str] = []
    template = "pages/progetti/project_page.html"

    edit_handler = page_tabs(
        [
            *ArticlePage.content_panels,
            FieldPanel("body"),
            FieldPanel("activities"),
            FieldPanel("results"),
            FieldPanel("how_to_take_part"),
            FieldPanel("gallery"),
        ],
        details=[
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("status"), FieldPanel("acronym")]),
                    FieldRowPanel([FieldPanel("start"), FieldPanel("expected_end"), FieldPanel("end")]),
                ],
                heading=_("Stato e periodo"),
            ),
            FieldPanel("milestones"),
            MultiFieldPanel(
                [
                    FieldPanel("funding"),
                    FieldRowPanel([FieldPanel("total_cost"), FieldPanel("cup"), FieldPanel("cig")]),
                ],
                heading=_("Come si paga"),
            ),
            AIMS_PANEL,
            FieldPanel("recipients"),
            *PlaceMixin.place_panels,
        ],
        people=[
            FieldPanel("lead"),
            InlinePanel("partners", heading=_("Organizzazioni coinvolte"), label=_("Organizzazione")),
            FieldPanel("team"),
            *ContactsMixin.contacts_panels,
        ],
        more=[
            *AttachmentsMixin.attachments_panels,
            *ContributionsMixin.contributions_panels,
            *RelatedPagesMixin.related_panels,
            *EasyReadMixin.easy_read_panels,
            *ReviewMixin.review_panels,
        ],
    )
    search_fields = [
        *ArticlePage.search_fields,
        index.SearchField("acronym"),
        index.SearchField("body"),
        index.SearchField("activities"),
        index.FilterField("status"),
    ]
    # What is the same in every language is not offered to translators.
    override_translatable_fields = [
        SynchronizedField("acronym"),
        SynchronizedField("cup"),
        SynchronizedField("cig"),
        SynchronizedField("contact_name"),
        SynchronizedField("contact_phone"),
        SynchronizedField("place_address"),
    ]

    class Meta:
        verbose_name = _("progetto")
        verbose_name_plural = _("progetti")
        constraints = [
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(start__isnull=True) | Q(end__gte=F("start")),
                name="project_end_not_before_start",
                violation_error_message=_("La fine non può venire prima dell'inizio."),
            ),
            models.CheckConstraint(
                condition=Q(expected_end__isnull=True) | Q(start__isnull=True) | Q(expected_end__gte=F("start")),
                name="project_expected_end_not_before_start",
                violation_error_message=_("La fine prevista non può venire prima dell'inizio."),
            ),
            models.CheckConstraint(condition=Q(status__in=ProjectStatus.values), name="project_status_known"),
            models.CheckConstraint(
                condition=Q(total_cost__isnull=True) | Q(total_cost__gte=0),
                name="project_cost_not_negative",
                violation_error_message=_("Il costo non può essere negativo."),
            ),
        ]

    def clean(self):
        super().clean()
        errors = {}
        if self.start and self.end and self.end < self.start:
            errors["end"] = _("La fine non può venire prima dell'inizio.")
        if self.start and self.expected_end and self.expected_end < self.start:
            errors["expected_end"] = _("La fine prevista non può venire prima dell'inizio.")
        if self.end and self.end > timezone.localdate():
            errors["end"] = _("Questa data è nel futuro: indicala come fine prevista.")
        if errors:
            raise ValidationError(errors)

    @property
    def is_late(self) -> bool:
        """Whether the expected end has passed and nobody has said that the project is over or suspended."""
        if self.expected_end is None or self.end is not None:
            return False
        if self.status in (ProjectStatus.DONE, ProjectStatus.SUSPENDED):
            return False
        return self.expected_end < timezone.localdate()

    @property
    def badge(self) -> dict[str, str]:
        """The status as `components/state.html` shows it."""
        return {"label": self.get_status_display(), "tone": STATUS_TONES[ProjectStatus(self.status)]}

    @property
    def period(self) -> str:
        """From when to when, in words; the expected end where the real one is not known."""
        return period_words(self.start, self.end or self.expected_end)

    @property
    def meta(self) -> list[dict[str, object]]:
        """Period and delay as cards and headers show them."""
        items: list[dict[str, object]] = []
        if self.period:
            items.append({"icon": "it-calendar", "text": self.period, "accent": False})
        if self.is_late:
            items.append({"icon": "it-clock", "text": _now("oltre la fine prevista"), "accent": True})
        return items

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["partners_by_role"] = group_by_role(self.partners.select_related("organisation"))
        read_at_once(self, ["lead", "organisation"], ["territories", "topics", "aims"])
        list_url = breadcrumbs(request, self)[-1].url
        context["list_url"] = list_url
        context["timeline"] = project_story.timeline(self.milestones, timezone.localdate())
        context["results"] = project_story.results(self.results)
        context["money"] = project_story.money(self.funding, self.total_cost)
        context["team"] = project_story.team(self.team)
        context["facts"] = [
            fact(_now("Sigla"), self.acronym),
            fact(_now("Stato"), self.get_status_display()),
            fact(_now("Periodo"), self.period),
            fact(_now("Capofila"), self.lead.name if self.lead else ""),
            fact(_now("A chi si rivolge"), self.recipients),
            fact(_now("CUP"), self.cup),
            fact(_now("CIG"), self.cig),
            fact(_now("Luogo"), ", ".join(part for part in (self.place_name, self.place_address) if part)),
            fact(_now("Come si entra"), self.place_access),
            *classification_facts(self, list_url),
            facts_list(_now("Finalità"), self.aims.all()),
        ]
        return context


class ProjectPartner(TranslatableMixin, Orderable):
    """An organisation in a project, and what it does there."""

    page = ParentalKey(ProjectPage, on_delete=models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(
        "registry.Organisation",
        verbose_name=_("organizzazione"),
        on_delete=models.PROTECT,
        related_name="project_partnerships",
    )
    role = models.CharField(_("ruolo"), max_length=30, choices=PartnerRole, default=PartnerRole.PARTNER)
    contribution = models.CharField(
        _("che cosa porta"),
        max_length=255,
        blank=True,
        help_text=_("Competenze, spazi, persone, denaro: in una frase."),
    )

    panels = [FieldRowPanel([FieldPanel("organisation"), FieldPanel("role")]), FieldPanel("contribution")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("organizzazione coinvolta")
        verbose_name_plural = _("organizzazioni coinvolte")
        constraints = [
            models.UniqueConstraint(
                fields=["page", "organisation", "role"],
                name="project_partner_once_per_role",
                violation_error_message=_("Questa organizzazione ha già questo ruolo nel progetto."),
            ),
            models.CheckConstraint(condition=Q(role__in=PartnerRole.values), name="project_partner_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} ({self.get_role_display()})"


def group_by_role(partners: Iterable[ProjectPartner]) -> list[tuple[str, list[ProjectPartner]]]:
    """Partners grouped by role, in the order of the roles; within a role, in the order given by the editor."""
    groups: dict[str, list[ProjectPartner]] = {role.value: [] for role in PartnerRole}
    for partner in partners:
        groups[partner.role].append(partner)
    return [(str(PartnerRole(role).label), rows) for role, rows in groups.items() if rows]
