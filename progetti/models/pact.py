"""Pacts: how a community and its institutions take care of a common good together."""

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from portal.blocks.layout import BodyBlocks
from portal.blocks.text import PARAGRAPH_FEATURES
from portal.pages.base import ArticlePage
from portal.pages.fields import StreamField
from portal.pages.listing import ListingPage
from portal.pages.mixins import AttachmentsMixin, ContactsMixin, EasyReadMixin, RelatedPagesMixin, ReviewMixin
from portal.pages.reading import breadcrumbs

from ..enums import PactKind
from ..facts import classification_facts, fact, facts_list, read_at_once
from ..pact_filters import PactFilterSet
from ..pact_page_querysets import PactManager
from ..pact_panels import PactTextsPanel
from ..panels import AIMS_PANEL, page_tabs
from .aim import AimsMixin
from .contribution import ContributionsMixin
from .pact_routes import PactRoutes
from .pact_terms import ENDS_BEFORE_START, PactTermsMixin
from .pact_version import PactVersion

# What the page says of the pact before its text, in this order.
SECTIONS = ("general_interest", "goals", "activities", "purposes", "support", "monitoring")


class PactIndexPage(ListingPage):
    """All pacts of the territory."""

    listing_model = "progetti.PactPage"
    filterset_class = PactFilterSet
    card_template = "pages/progetti/pact_card.html"

    parent_page_types = ["home.HomePage"]
    subpage_types = ["progetti.PactPage"]
    max_count_per_parent = 1
    template = "pages/listing.html"

    edit_handler = page_tabs(ListingPage.content_panels, classification=())

    class Meta:
        verbose_name = _("elenco dei patti")
        verbose_name_plural = _("elenchi dei patti")

    def get_count_text(self, count: int) -> str:
        return ngettext("%(count)s patto", "%(count)s patti", count) % {"count": count}


class PactPage(
    PactRoutes,
    PactTermsMixin,
    ContributionsMixin,
    AimsMixin,
    ContactsMixin,
    AttachmentsMixin,
    EasyReadMixin,
    RelatedPagesMixin,
    ReviewMixin,
    ArticlePage,
):
    """A pact for a common good."""

    kind = models.CharField(_("tipo"), max_length=20, choices=PactKind, default=PactKind.ORDINARY)
    common_good = models.CharField(
        _("bene comune"),
        max_length=160,
        help_text=_("Di che cosa ci si prende cura: un luogo, un servizio, un legame."),
    )
    general_interest = RichTextField(
        _("perché interessa a tutti"),
        features=PARAGRAPH_FEATURES,
        blank=True,
        help_text=_("L'interesse generale: che cosa ci guadagna anche chi non firma."),
    )
    goals = RichTextField(_("che cosa vogliamo ottenere"), features=PARAGRAPH_FEATURES, blank=True)
    activities = RichTextField(_("che cosa si fa"), features=PARAGRAPH_FEATURES, blank=True)
    purposes = RichTextField(_("a che cosa si impegna chi lo firma"), features=PARAGRAPH_FEATURES, blank=True)
    support = RichTextField(
        _("come viene sostenuto"),
        features=PARAGRAPH_FEATURES,
        blank=True,
        help_text=_("Che cosa mette l'amministrazione o chi promuove: spazi, materiali, formazione, assicurazione."),
    )
    monitoring = RichTextField(
        _("come si verifica"),
        features=PARAGRAPH_FEATURES,
        blank=True,
        help_text=_("Ogni quanto si guarda come va, chi lo fa, dove si racconta."),
    )
    body = StreamField(BodyBlocks(), verbose_name=_("testo"), blank=True)

    objects: ClassVar = PactManager()

    parent_page_types = ["progetti.PactIndexPage"]
    subpage_types: list[str] = []
    template = "pages/progetti/pact_page.html"

    edit_handler = page_tabs(
        [*ArticlePage.content_panels, *(FieldPanel(name) for name in SECTIONS), FieldPanel("body")],
        details=[
            MultiFieldPanel([FieldRowPanel([FieldPanel("kind"), FieldPanel("common_good")])], heading=_("Che patto è")),
            *PactTermsMixin.terms_panels,
            PactTextsPanel(heading=_("Testo e firme")),
            AIMS_PANEL,
        ],
        people=[*ContactsMixin.contacts_panels],
        more=[
            *AttachmentsMixin.attachments_panels,
            *ContributionsMixin.contributions_panels,
            *RelatedPagesMixin.related_panels,
            *EasyReadMixin.easy_read_panels,
            *ReviewMixin.review_panels,
        ],
    )
    search_fields = [*ArticlePage.search_fields, index.SearchField("common_good"), index.SearchField("body")]
    override_translatable_fields = [SynchronizedField("contact_name"), SynchronizedField("contact_phone")]

    class Meta:
        verbose_name = _("patto")
        verbose_name_plural = _("patti")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=PactKind.values), name="pact_kind_known"),
            models.CheckConstraint(
                condition=Q(start__isnull=True) | Q(end__isnull=True) | Q(end__gte=F("start")),
                name="pact_ends_after_start",
                violation_error_message=ENDS_BEFORE_START,
            ),
        ]

    def version_in_force(self, on: date | None = None) -> PactVersion | None:
        """The text in force on a day (today), the same in every language; None without any by then."""
        return PactVersion.objects.of_pact(self).begun(on).first()

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        read_at_once(self, ["organisation"], ["territories", "topics", "aims"])
        list_url = breadcrumbs(request, self)[-1].url
        context["list_url"] = list_url
        context["facts"] = [
            fact(_now("Tipo"), self.get_kind_display()),
            fact(_now("Bene comune"), self.common_good),
            fact(_now("Durata"), self.duration_words),
            fact(_now("Rinnovo"), self.renewal_words),
            *classification_facts(self, list_url),
            facts_list(_now("Finalità"), self.aims.all()),
        ]
        fields = {field.name: field for field in self._meta.concrete_fields}
        context["sections"] = [
            (fields[name].verbose_name, getattr(self, name)) for name in SECTIONS if getattr(self, name)
        ]
        return context
