"""What happens, when and where."""

import datetime
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from portal.blocks.layout import BodyBlocks
from portal.pages.base import ArticlePage, BasePage
from portal.pages.fields import StreamField
from portal.pages.listing import EmptyState, ListingPage
from portal.pages.mixins import AttachmentsMixin, ContactsMixin, PlaceMixin, RelatedPagesMixin, ReviewMixin
from portal.pages.reading import breadcrumbs
from progetti.facts import classification_facts, fact, facts_list, read_at_once
from progetti.models import MeetingPage
from progetti.models.contribution import ContributionsMixin
from progetti.panels import page_tabs
from progetti.records import meeting_entry

from ..enums import EventKind, EventMode, EventState
from ..facts import project_facts
from ..filters import PAST, UPCOMING, EventFilterSet
from ..querysets import EventManager
from ..records import EVENT_COLUMNS, event_entry
from ..words import when_words

STATE_TONES = {EventState.POSTPONED: "warning", EventState.CANCELLED: "danger"}


class EventIndexPage(ListingPage):
    """The agenda: the next events, with the past ones behind a filter."""

    listing_model = "home.EventPage"
    filterset_class = EventFilterSet
    card_template = "pages/home/event_card.html"

    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.EventPage"]
    max_count_per_parent = 1
    template = "pages/listing.html"
    record_columns = EVENT_COLUMNS
    has_calendar = True
    show_in_menus_default = True

    edit_handler = page_tabs(BasePage.content_panels, classification=())

    class Meta:
        verbose_name = _("agenda degli eventi")
        verbose_name_plural = _("agende degli eventi")

    def calendar_items(self, filterset):
        """The agenda as it is has the public meetings of the bodies too; a filtered one is what was asked for."""
        events = super().calendar_items(filterset)
        if filterset.chosen:
            return events
        return [*events, *MeetingPage.objects.for_calendar(self.locale_id)]

    def calendar_entry(self, item, address):
        """Events and meetings, each in its own words."""
        return meeting_entry(item, address) if isinstance(item, MeetingPage) else event_entry(item, address)

    def get_count_text(self, count: int) -> str:
        """How many events there are, in words."""
        return ngettext("%(count)s evento", "%(count)s eventi", count) % {"count": count}

    def get_empty_state(self, request, filterset) -> EmptyState:
        """With nothing ahead, the way to what has been."""
        if filterset.chosen or filterset.form.cleaned_data.get("quando") != UPCOMING:
            return super().get_empty_state(request, filterset)
        return EmptyState(
            title=_now("Nessun evento in programma, per ora"),
            text=_now("Quando fisseremo una data, la troverai qui. Intanto puoi vedere che cosa è già successo."),
            link_text=_now("Guarda gli eventi passati"),
            link_url=f"{request.path}?quando={PAST}",
        )


class EventPage(
    ContributionsMixin, AttachmentsMixin, ContactsMixin, PlaceMixin, RelatedPagesMixin, ReviewMixin, ArticlePage
):
    """An event with one date."""

    kind = models.CharField(pgettext_lazy("field", "tipo"), max_length=20, choices=EventKind, default=EventKind.MEETING)
    start = models.DateTimeField(pgettext_lazy("event", "inizio"))
    end = models.DateTimeField(
        pgettext_lazy("event", "fine"), null=True, blank=True, help_text=_("Lascia vuoto se non si sa.")
    )
    all_day = models.BooleanField(
        _("tutto il giorno"), default=False, help_text=_("Le ore non contano: si mostrano solo i giorni.")
    )
    state = models.CharField(
        pgettext_lazy("event", "stato"), max_length=20, choices=EventState, default=EventState.CONFIRMED
    )
    for_whom = models.CharField(
        _("per chi"),
        max_length=160,
        blank=True,
        help_text=_("Per esempio: tutte e tutti, chi ha 15-29 anni."),
    )
    cost = models.CharField(_("costo"), max_length=120, blank=True, help_text=_("Per esempio: gratis, 5 € a persona."))
    mode = models.CharField(_("come si partecipa"), max_length=20, choices=EventMode, default=EventMode.IN_PERSON)
    online_url = models.URLField(_("indirizzo per partecipare on line"), blank=True)
    organised_by = ParentalManyToManyField(
        "registry.Organisation", verbose_name=_("organizzato da"), blank=True, related_name="+"
    )
    project = models.ForeignKey(
        "progetti.ProjectPage",
        verbose_name=_("progetto"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="events",
        help_text=_("L'evento appare anche nella pagina del progetto."),
    )
    body = StreamField(BodyBlocks(), verbose_name=_("testo"), blank=True)

    objects: ClassVar = EventManager()

    parent_page_types = ["home.EventIndexPage"]
    subpage_types: list[str] = []
    template = "pages/home/event_page.html"

    edit_handler = page_tabs(
        [*ArticlePage.content_panels, FieldPanel("body")],
        details=[
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("kind"), FieldPanel("state")]),
                    FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
                    FieldPanel("all_day"),
                ],
                heading=_("Che cos'è e quando"),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("for_whom"), FieldPanel("cost")]),
                    FieldRowPanel([FieldPanel("mode"), FieldPanel("online_url")]),
                ],
                heading=_("Come si partecipa"),
            ),
            *PlaceMixin.place_panels,
            FieldPanel("project"),
        ],
        people=[FieldPanel("organised_by"), *ContactsMixin.contacts_panels],
        more=[
            *AttachmentsMixin.attachments_panels,
            *ContributionsMixin.contributions_panels,
            *RelatedPagesMixin.related_panels,
            *ReviewMixin.review_panels,
        ],
    )
    search_fields = [
        *ArticlePage.search_fields,
        index.SearchField("body"),
        index.SearchField("place_name"),
        index.FilterField("start"),
        index.FilterField("kind"),
    ]
    override_translatable_fields = [
        SynchronizedField("contact_name"),
        SynchronizedField("contact_phone"),
        SynchronizedField("place_address"),
    ]

    class Meta:
        verbose_name = _("evento")
        verbose_name_plural = _("eventi")
        constraints = [
            models.CheckConstraint(
                condition=Q(end__isnull=True) | Q(end__gte=F("start")),
                name="eventpage_ends_after_it_starts",
                violation_error_message=_("Un evento non può finire prima di cominciare."),
            ),
            models.CheckConstraint(condition=Q(kind__in=EventKind.values), name="eventpage_kind_known"),
            models.CheckConstraint(condition=Q(state__in=EventState.values), name="eventpage_state_known"),
            models.CheckConstraint(condition=Q(mode__in=EventMode.values), name="eventpage_mode_known"),
        ]

    def clean(self):
        super().clean()
        if self.start and self.end and self.end < self.start:
            raise ValidationError({"end": _("Un evento non può finire prima di cominciare.")})

    @property
    def first_day(self) -> datetime.date:
        """The day on which it starts, in Europe/Rome."""
        return timezone.localtime(self.start).date()

    @property
    def last_day(self) -> datetime.date:
        """The day on which it ends, in Europe/Rome; the first one when nobody knows the end."""
        return timezone.localtime(self.end).date() if self.end else self.first_day

    @property
    def is_past(self) -> bool:
        """Whether its last day is over."""
        return self.last_day < timezone.localdate()

    @property
    def when(self) -> str:
        """Days and hours in words."""
        return when_words(self.start, self.end, self.all_day)

    @property
    def where(self) -> str:
        """Place and municipality in words; empty when neither is known."""
        municipality = self.place_municipality.name if self.place_municipality else ""
        return ", ".join(part for part in (self.place_name, municipality) if part)

    @property
    def badge(self) -> dict[str, str] | None:
        """The state as `components/state.html` shows it; nothing to say of an event that takes place as announced."""
        if self.state != EventState.CONFIRMED:
            return {"label": self.get_state_display(), "tone": STATE_TONES[EventState(self.state)]}
        if self.is_past:
            return {"label": pgettext("event state", "Già passato"), "tone": "neutral"}
        return None

    @property
    def meta(self) -> list[dict[str, object]]:
        """When, where and how to take part, as cards and headers show them."""
        items = [
            {"icon": "it-calendar", "text": self.when, "accent": False},
            {"icon": "it-map-marker", "text": self.where, "accent": False},
        ]
        if self.mode != EventMode.IN_PERSON:
            items.append({"icon": "it-video", "text": self.get_mode_display(), "accent": False})
        return [item for item in items if item["text"]]

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        read_at_once(self, ["organisation"], ["territories", "topics", "organised_by"])
        list_url = breadcrumbs(request, self)[-1].url
        context["list_url"] = list_url
        context["calendar_url"] = ""
        if self.pk and not self.is_past and self.state != EventState.CANCELLED:
            context["calendar_url"] = reverse("event_calendar", args=[self.slug])
        context["facts"] = [
            fact(_now("Quando"), self.when),
            fact(_now("Dove"), ", ".join(part for part in (self.where, self.place_address) if part)),
            fact(_now("Come si entra"), self.place_access),
            fact(_now("Per chi"), self.for_whom),
            fact(_now("Costo"), self.cost),
            fact(_now("Come si partecipa"), self.get_mode_display()),
            fact(_now("Partecipa on line"), self.online_url, self.online_url),
            facts_list(_now("Organizzato da"), self.organised_by.all()),
            *project_facts(self.project, request),
            *classification_facts(self, list_url),
        ]
        return context
