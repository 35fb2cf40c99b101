"""Meetings of the bodies: when, about what, who came, what was written down."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from portal.blocks.layout import BodyBlocks
from portal.pages.base import ArticlePage
from portal.pages.fields import StreamField
from portal.pages.listing import ListingPage
from portal.pages.mixins import AttachmentsMixin, PlaceMixin, RelatedPagesMixin, ReviewMixin
from portal.pages.reading import breadcrumbs
from portal.pages.words import moment_words

from ..facts import fact, facts_list, linked, read_at_once
from ..governance_filters import MeetingFilterSet
from ..governance_querysets import MeetingManager, around_meeting
from ..panels import page_tabs
from ..records import MEETING_COLUMNS, meeting_entry
from .contribution import ContributionsMixin


class MeetingIndexPage(ListingPage):
    """All meetings of the bodies: those ahead first, then the past ones."""

    listing_model = "progetti.MeetingPage"
    filterset_class = MeetingFilterSet
    card_template = "pages/progetti/meeting_card.html"
    record_columns = MEETING_COLUMNS
    has_calendar = True

    parent_page_types = ["progetti.GovernanceIndexPage"]
    subpage_types = ["progetti.MeetingPage"]
    max_count_per_parent = 1
    template = "pages/listing.html"

    edit_handler = page_tabs(ListingPage.content_panels, classification=())

    class Meta:
        verbose_name = _("elenco delle sedute")
        verbose_name_plural = _("elenchi delle sedute")

    def calendar_entry(self, item, address):
        return meeting_entry(item, address)

    def get_count_text(self, count: int) -> str:
        return ngettext("%(count)s seduta", "%(count)s sedute", count) % {"count": count}


class MeetingPage(ContributionsMixin, PlaceMixin, AttachmentsMixin, RelatedPagesMixin, ReviewMixin, ArticlePage):
    """A meeting of a body.

    One that is not public shows that it took place and what it decided: agenda, people and minutes stay inside, and
    none of them is in the search index.
    """

    meeting_of = models.ForeignKey(
        "progetti.BodyPage",
        verbose_name=_("organo"),
        null=True,
        on_delete=models.PROTECT,
        related_name="meetings",
    )
    start = models.DateTimeField(pgettext_lazy("meeting", "inizio"))
    end = models.DateTimeField(pgettext_lazy("meeting", "fine"), null=True, blank=True)
    is_public = models.BooleanField(
        _("seduta pubblica"),
        default=True,
        help_text=_(
            "Se no, la pagina dice solo che si è tenuta e che cosa ha deciso: ordine del giorno, presenti e verbale "
            "restano interni."
        ),
    )
    online_url = models.URLField(_("indirizzo per seguirla on line"), blank=True)
    minutes = StreamField(BodyBlocks(), verbose_name=_("verbale"), blank=True)
    minutes_document = models.ForeignKey(
        "media.CustomDocument",
        verbose_name=_("documento del verbale"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    others_present = models.PositiveSmallIntegerField(
        _("altre persone presenti"),
        default=0,
        help_text=_("Quante, oltre a quelle nominate: chi non vuole il proprio nome in pubblico si conta e basta."),
    )

    objects: ClassVar = MeetingManager()

    parent_page_types = ["progetti.MeetingIndexPage"]
    subpage_types: list[str] = []
    template = "pages/progetti/meeting_page.html"

    edit_handler = page_tabs(
        [
            *ArticlePage.content_panels,
            InlinePanel("agenda", heading=_("Ordine del giorno"), label=_("Punto")),
            FieldPanel("minutes"),
            FieldPanel("minutes_document"),
        ],
        details=[
            MultiFieldPanel(
                [
                    FieldPanel("meeting_of"),
                    FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
                    FieldPanel("is_public"),
                    FieldPanel("online_url"),
                ],
                heading=_("Di chi è e quando"),
            ),
            *PlaceMixin.place_panels,
        ],
        people=[
            InlinePanel("attendees", heading=_("Chi c'era"), label=_("Presente")),
            FieldPanel("others_present"),
        ],
        more=[
            *AttachmentsMixin.attachments_panels,
            *ContributionsMixin.contributions_panels,
            *RelatedPagesMixin.related_panels,
            *ReviewMixin.review_panels,
        ],
    )
    override_translatable_fields = [SynchronizedField("place_address")]

    class Meta:
        verbose_name = _("seduta")
        verbose_name_plural = _("sedute")
        constraints = [
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gte=F("start")),
                name="meeting_ends_after_it_starts",
                violation_error_message=_("Una seduta non può finire prima di cominciare."),
            ),
        ]

    def clean(self):
        super().clean()
        errors = {}
        if self.start and self.end and self.end < self.start:
            errors["end"] = _("Una seduta non può finire prima di cominciare.")
        if errors:
            raise ValidationError(errors)

    @property
    def is_past(self) -> bool:
        """Whether its day is over."""
        return timezone.localtime(self.end or self.start).date() < timezone.localdate()

    @property
    def has_minutes(self) -> bool:
        """Whether somebody has written down how it went."""
        return bool(self.minutes) or self.minutes_document_id is not None

    @property
    def where(self) -> str:
        """Place and municipality in words; empty when neither is known."""
        municipality = self.place_municipality.name if self.place_municipality else ""
        return ", ".join(part for part in (self.place_name, municipality) if part)

    @property
    def badge(self) -> dict[str, str] | None:
        """What `components/state.html` says of it."""
        if not self.is_public:
            return {"label": _now("Seduta riservata"), "tone": "neutral"}
        return None if self.is_past else {"label": _now("Aperta a chi vuole assistere"), "tone": "info"}

    @property
    def meta(self) -> list[dict[str, object]]:
        """When and where, as cards and headers show them."""
        items = [
            {"icon": "it-calendar", "text": moment_words(self.start), "accent": False},
            {"icon": "it-map-marker", "text": self.where, "accent": False},
        ]
        return [item for item in items if item["text"]]

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        attendees = list(self.attendees.all()) if self.is_public else []
        read_at_once(self, [], ["territories"], among=attendees)
        list_url = breadcrumbs(request, self)[-1].url
        around = list(around_meeting(self))
        body = next((page for page in around if page.pk == self.meeting_of_id), None)
        context["list_url"] = list_url
        context["facts"] = [
            fact(_now("Organo"), body.title if body else "", (body.get_url(request) or "") if body else ""),
            fact(_now("Quando"), moment_words(self.start)),
            fact(_now("Dove"), ", ".join(part for part in (self.where, self.place_address) if part)),
            fact(_now("Come si entra"), self.place_access if self.is_public else ""),
            fact(_now("Seguila on line"), *([self.online_url] * 2 if self.is_public else [""])),
            facts_list(_now("Territori"), linked(self.territories.all(), list_url, "territorio")),
            fact(_now("A cura di"), self.organisation.name if self.organisation else ""),
        ]
        context["agenda"] = list(self.agenda.select_related("document")) if self.is_public else []
        context["attendees"] = self._names(attendees)
        context["decisions"] = [page.decisionpage for page in around if hasattr(page, "decisionpage")]
        context["calendar_url"] = ""
        if self.pk and self.is_public and not self.is_past:
            context["calendar_url"] = reverse("meeting_calendar", args=[self.slug])
        return context

    def _names(self, attendees: list["MeetingAttendee"]) -> list[str]:
        """Names of who agreed to be named, then how many more there were; of a closed meeting, nothing."""
        named = [row.public_name for row in attendees if row.public_name]
        others = self.others_present + len(attendees) - len(named) if self.is_public else 0
        if others:
            named.append(ngettext("%(count)s altra persona", "%(count)s altre persone", others) % {"count": others})
        return named


class AgendaItem(TranslatableMixin, Orderable):
    """One point of the agenda: its number is its place."""

    page = ParentalKey(MeetingPage, on_delete=models.CASCADE, related_name="agenda")
    title = models.CharField(_("di che cosa si parla"), max_length=255)
    document = models.ForeignKey(
        "media.CustomDocument",
        verbose_name=_("documento"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    outcome = models.CharField(
        _("com'è andata"),
        max_length=255,
        blank=True,
        help_text=_("Dopo la seduta, in una frase. Le decisioni hanno una pagina propria."),
    )

    panels = [FieldPanel("title"), FieldRowPanel([FieldPanel("outcome"), FieldPanel("document")])]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("punto all'ordine del giorno")
        verbose_name_plural = _("punti all'ordine del giorno")

    def __str__(self) -> str:
        return self.title


class MeetingAttendee(TranslatableMixin, Orderable):
    """Who came: an organisation, or a person who agreed to be named."""

    page = ParentalKey(MeetingPage, on_delete=models.CASCADE, related_name="attendees")
    organisation = models.ForeignKey(
        "registry.Organisation",
        verbose_name=_("organizzazione"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    person_name = models.CharField(_("persona"), max_length=120, blank=True)
    consent = models.BooleanField(
        _("è d'accordo che il suo nome sia pubblico"), default=False, help_text=_("Senza, si conta e non si nomina.")
    )

    panels = [FieldRowPanel([FieldPanel("organisation"), FieldPanel("person_name"), FieldPanel("consent")])]
    override_translatable_fields = [SynchronizedField("person_name")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("presente")
        verbose_name_plural = _("presenti")
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | ~Q(person_name=""),
                name="attendee_is_somebody",
                violation_error_message=_("Indica un'organizzazione, una persona o entrambe."),
            ),
        ]

    def __str__(self) -> str:
        return self.public_name or _now("una persona")

    @property
    def public_name(self) -> str:
        """How the page names who came; empty where it may not."""
        person = self.person_name if self.consent else ""
        organisation = self.organisation.name if self.organisation else ""
        return ", ".join(part for part in (person, organisation) if part)
