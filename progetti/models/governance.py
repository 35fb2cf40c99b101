"""Governance: the bodies that decide, and who sits in them."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from portal.blocks.layout import BodyBlocks
from portal.pages.base import ArticlePage
from portal.pages.fields import StreamField
from portal.pages.listing import ListingPage
from portal.pages.mixins import AttachmentsMixin, ContactsMixin, EasyReadMixin, RelatedPagesMixin, ReviewMixin
from portal.pages.querysets import public
from portal.pages.reading import breadcrumbs

from ..enums import BodyKind
from ..facts import classification_facts, fact, facts_list, read_at_once
from ..filters import BodyFilterSet
from ..panels import AIMS_PANEL, page_tabs
from ..querysets import BodyManager
from .aim import AimsMixin
from .contribution import ContributionsMixin


class GovernanceIndexPage(ListingPage):
    """How the territory decides: its bodies."""

    listing_model = "progetti.BodyPage"
    filterset_class = BodyFilterSet
    card_template = "pages/progetti/body_card.html"

    parent_page_types = ["home.HomePage"]
    subpage_types = ["progetti.BodyPage"]
    max_count_per_parent = 1
    template = "pages/listing.html"
    show_in_menus_default = True

    edit_handler = page_tabs(ListingPage.content_panels, classification=())

    class Meta:
        verbose_name = _("pagina della governance")
        verbose_name_plural = _("pagine della governance")

    def get_count_text(self, count: int) -> str:
        return ngettext("%(count)s organo o tavolo", "%(count)s organi e tavoli", count) % {"count": count}


class BodyPage(
    ContributionsMixin,
    AimsMixin,
    ContactsMixin,
    AttachmentsMixin,
    EasyReadMixin,
    RelatedPagesMixin,
    ReviewMixin,
    ArticlePage,
):
    """A body or table of the governance: what it is for and who sits in it."""

    kind = models.CharField(_("tipo"), max_length=20, choices=BodyKind, default=BodyKind.TABLE)
    purpose = models.TextField(_("a che cosa serve"), help_text=_("In una o due frasi, per chi non lo conosce."))
    parent_body = models.ForeignKey(
        "self",
        verbose_name=_("organo da cui dipende"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="child_bodies",
    )
    body = StreamField(BodyBlocks(), verbose_name=_("testo"), blank=True)

    objects: ClassVar = BodyManager()

    parent_page_types = ["progetti.GovernanceIndexPage"]
    subpage_types: list[str] = []
    template = "pages/progetti/body_page.html"

    edit_handler = page_tabs(
        [*ArticlePage.content_panels, FieldPanel("purpose"), FieldPanel("body")],
        details=[
            MultiFieldPanel(
                [FieldRowPanel([FieldPanel("kind"), FieldPanel("parent_body")])], heading=_("Che organo è")
            ),
            AIMS_PANEL,
        ],
        people=[
            InlinePanel("members", heading=_("Chi ne fa parte"), label=_("Componente")),
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
    search_fields = [*ArticlePage.search_fields, index.SearchField("purpose"), index.SearchField("body")]
    override_translatable_fields = [SynchronizedField("contact_name"), SynchronizedField("contact_phone")]

    class Meta:
        verbose_name = _("organo o tavolo")
        verbose_name_plural = _("organi e tavoli")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=BodyKind.values), name="body_kind_known"),
            models.CheckConstraint(
                condition=Q(parent_body__isnull=True) | ~Q(parent_body=models.F("pk")),
                name="body_not_its_own_parent",
                violation_error_message=_("Un organo non può dipendere da sé stesso."),
            ),
        ]

    def clean(self):
        super().clean()
        seen = {self.pk}
        parent = self.parent_body
        while parent is not None and self.pk is not None:
            if parent.pk in seen:
                raise ValidationError({"parent_body": _("Così l'organo dipenderebbe da sé stesso: scegline un altro.")})
            seen.add(parent.pk)
            parent = parent.parent_body

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        read_at_once(self, ["organisation"], ["territories", "topics", "aims"])
        list_url = breadcrumbs(request, self)[-1].url
        context["list_url"] = list_url
        context["facts"] = [
            fact(_now("Tipo"), self.get_kind_display()),
            *classification_facts(self, list_url),
            facts_list(_now("Finalità"), self.aims.all()),
        ]
        context["members"] = list(self.members.select_related("organisation"))
        children = self.child_bodies.live()  # type: ignore[attr-defined]  # Wagtail's managers are not typed
        context["child_bodies"] = public(children).order_by("title", "pk")
        parent = self.parent_body
        context["parent_body"] = parent if parent is not None and parent.live else None
        return context


class BodyMember(TranslatableMixin, Orderable):
    """Who sits in a body: an organisation or a person, with the role they have there."""

    page = ParentalKey(BodyPage, on_delete=models.CASCADE, related_name="members")
    organisation = models.ForeignKey(
        "registry.Organisation",
        verbose_name=_("organizzazione"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="body_memberships",
    )
    person_name = models.CharField(
        _("persona"),
        max_length=120,
        blank=True,
        help_text=_("Solo se la persona è d'accordo che il suo nome sia pubblico."),
    )
    role = models.CharField(_("ruolo"), max_length=120, blank=True, help_text=_("Per esempio: presidente."))

    panels = [FieldRowPanel([FieldPanel("organisation"), FieldPanel("person_name")]), FieldPanel("role")]
    override_translatable_fields = [SynchronizedField("person_name")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("componente")
        verbose_name_plural = _("componenti")
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | ~Q(person_name=""),
                name="body_member_is_somebody",
                violation_error_message=_("Indica un'organizzazione, una persona o entrambe."),
            ),
        ]

    def __str__(self) -> str:
        return " – ".join(part for part in (self.person_name, str(self.organisation or "")) if part)

    def clean(self):
        super().clean()
        if not self.organisation_id and not self.person_name:
            raise ValidationError({"organisation": _("Indica un'organizzazione, una persona o entrambe.")})
