"""Governance: the bodies that decide, and who sits in them."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from portal.blocks.layout import BodyBlocks
from portal.blocks.text import PARAGRAPH_FEATURES
from portal.pages.base import ArticlePage
from portal.pages.fields import StreamField
from portal.pages.listing import ListingPage
from portal.pages.mixins import AttachmentsMixin, ContactsMixin, EasyReadMixin, RelatedPagesMixin, ReviewMixin
from portal.pages.querysets import public
from portal.pages.reading import breadcrumbs
from portal.pages.words import day_words

from ..enums import AgeBand, BodyKind
from ..facts import classification_facts, fact, facts_list, read_at_once
from ..filters import BodyFilterSet
from ..governance_querysets import around_body
from ..governance_reading import chart, present_and_past, young_share
from ..panels import AIMS_PANEL, page_tabs
from ..querysets import LONG_TEXTS, BodyManager
from .aim import AimsMixin
from .contribution import ContributionsMixin

# Meetings and decisions on the page of a body; the registers have them all.
SHOWN = 5
# What the organisation chart leaves unread.
TEXTS = [f"bodypage__{name}" for name in (*LONG_TEXTS, "rules", "purpose")]


class GovernanceIndexPage(ListingPage):
    """How the territory decides: its bodies."""

    listing_model = "progetti.BodyPage"
    filterset_class = BodyFilterSet
    card_template = "pages/progetti/body_card.html"

    parent_page_types = ["home.HomePage"]
    subpage_types = ["progetti.BodyPage", "progetti.MeetingIndexPage", "progetti.DecisionIndexPage"]
    max_count_per_parent = 1
    template = "pages/progetti/governance_index_page.html"
    show_in_menus_default = True

    edit_handler = page_tabs(ListingPage.content_panels, classification=())

    class Meta:
        verbose_name = _("pagina della governance")
        verbose_name_plural = _("pagine della governance")

    def get_count_text(self, count: int) -> str:
        return ngettext("%(count)s organo o tavolo", "%(count)s organi e tavoli", count) % {"count": count}

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        # One query for the bodies and for the registers beside them.
        below = list(public(self.get_children().live()).select_related("bodypage").defer(*TEXTS).order_by("title"))
        bodies = [page.bodypage for page in below if hasattr(page, "bodypage")]
        context["chart"] = chart(body for body in bodies if body.ended_on is None)
        context["has_tree"] = any(node.children for node in context["chart"])
        context["registers"] = [page for page in below if not hasattr(page, "bodypage")]
        return context


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
    rules = RichTextField(
        _("come funziona"),
        features=PARAGRAPH_FEATURES,
        blank=True,
        help_text=_("Chi lo convoca, come decide, ogni quanto si riunisce. Il regolamento va fra gli allegati."),
    )
    set_up_by = models.CharField(
        _("istituito da"), max_length=255, blank=True, help_text=_("L'atto o chi lo ha voluto.")
    )
    set_up_on = models.DateField(_("istituito il"), null=True, blank=True)
    ended_on = models.DateField(_("sciolto il"), null=True, blank=True)

    objects: ClassVar = BodyManager()

    parent_page_types = ["progetti.GovernanceIndexPage"]
    subpage_types: list[str] = []
    template = "pages/progetti/body_page.html"

    edit_handler = page_tabs(
        [*ArticlePage.content_panels, FieldPanel("purpose"), FieldPanel("rules"), FieldPanel("body")],
        details=[
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("kind"), FieldPanel("parent_body")]),
                    FieldPanel("set_up_by"),
                    FieldRowPanel([FieldPanel("set_up_on"), FieldPanel("ended_on")]),
                ],
                heading=_("Che organo è"),
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
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(set_up_on__isnull=True) | Q(ended_on__gte=models.F("set_up_on")),
                name="body_ends_after_it_was_set_up",
                violation_error_message=_("Non può essere stato sciolto prima di essere istituito."),
            ),
        ]

    def clean(self):
        super().clean()
        if self.set_up_on and self.ended_on and self.ended_on < self.set_up_on:
            raise ValidationError({"ended_on": _("Non può essere stato sciolto prima di essere istituito.")})
        seen = {self.pk}
        parent = self.parent_body
        while parent is not None and self.pk is not None:
            if parent.pk in seen:
                raise ValidationError({"parent_body": _("Così l'organo dipenderebbe da sé stesso: scegline un altro.")})
            seen.add(parent.pk)
            parent = parent.parent_body

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        members = list(self.members.all())
        read_at_once(self, ["organisation"], ["territories", "topics", "aims"], among=members)
        list_url = breadcrumbs(request, self)[-1].url
        context["list_url"] = list_url
        context["facts"] = [
            fact(_now("Tipo"), self.get_kind_display()),
            fact(_now("Istituito da"), self.set_up_by),
            fact(_now("Dal"), day_words(self.set_up_on, weekday=False) if self.set_up_on else ""),
            fact(_now("Sciolto il"), day_words(self.ended_on, weekday=False) if self.ended_on else ""),
            *classification_facts(self, list_url),
            facts_list(_now("Finalità"), self.aims.all()),
        ]
        context["members"], context["past_members"] = present_and_past(members, timezone.localdate())
        context["young"] = young_share(context["members"])
        self._put_around(context, request)
        parent = self.parent_body
        context["parent_body"] = parent if parent is not None and parent.live else None
        return context

    def _put_around(self, context, request) -> None:
        """What depends on the body and what it did: child_bodies, meetings, decisions, figures, register_url."""
        rows = list(around_body(self, timezone.localdate(), SHOWN))
        for name, child in (("child_bodies", "bodypage"), ("meetings", "meetingpage"), ("decisions", "decisionpage")):
            context[name] = [getattr(row, child) for row in rows if hasattr(row, child)]
        if context["decisions"]:
            context["figures"] = {name: getattr(rows[0], name) for name in ("taken", "done", "late")}
            # The register is above its decisions.
            register = (context["decisions"][0].get_url(request) or "").rstrip("/").rpartition("/")[0]
            context["register_url"] = f"{register}/?organo={self.slug}"


class BodyMember(TranslatableMixin, Orderable):
    """An appointment: an organisation or a person who sits in a body, with their role, from when to when."""

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
    )
    consent = models.BooleanField(
        _("è d'accordo che il suo nome sia pubblico"), default=False, help_text=_("Senza, si conta e non si nomina.")
    )
    age_band = models.CharField(
        _("fascia d'età"),
        max_length=10,
        choices=AgeBand,
        blank=True,
        help_text=_("Solo se la persona è d'accordo: serve a dire quanti sono gli under 35, mai di chi si tratta."),
    )
    role = models.CharField(_("ruolo"), max_length=120, blank=True, help_text=_("Per esempio: presidente."))
    since = models.DateField(pgettext_lazy("appointment", "dal"), null=True, blank=True)
    until = models.DateField(pgettext_lazy("appointment", "al"), null=True, blank=True)

    panels = [
        FieldRowPanel([FieldPanel("organisation"), FieldPanel("person_name"), FieldPanel("consent")]),
        FieldRowPanel([FieldPanel("role"), FieldPanel("since"), FieldPanel("until"), FieldPanel("age_band")]),
    ]
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
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=models.F("since")),
                name="body_member_until_after_since",
                violation_error_message=_("L'incarico non può finire prima di cominciare."),
            ),
            models.CheckConstraint(condition=Q(age_band__in=["", *AgeBand.values]), name="body_member_age_band_known"),
        ]

    def __str__(self) -> str:
        return self.public_name or _now("una persona")

    @property
    def public_name(self) -> str:
        """How the page names who sits there; empty where it may not."""
        person = self.person_name if self.consent else ""
        return ", ".join(part for part in (person, self.organisation.name if self.organisation else "") if part)

    def clean(self):
        super().clean()
        if self.since and self.until and self.until < self.since:
            raise ValidationError({"until": _("L'incarico non può finire prima di cominciare.")})
        if not self.organisation_id and not self.person_name:
            raise ValidationError({"organisation": _("Indica un'organizzazione, una persona o entrambe.")})
