"""What is new: news, press releases, notices, stories."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.models import Orderable, TranslatableMixin
from wagtail.search import index

from portal.blocks.layout import BodyBlocks
from portal.pages.base import ArticlePage, BasePage
from portal.pages.fields import StreamField
from portal.pages.listing import ListingPage
from portal.pages.mixins import AttachmentsMixin, ContactsMixin, RelatedPagesMixin, ReviewMixin
from portal.pages.reading import breadcrumbs
from portal.pages.words import day_words
from progetti.facts import classification_facts, read_at_once
from progetti.models.contribution import ContributionsMixin
from progetti.panels import page_tabs

from ..enums import NewsKind
from ..facts import project_facts
from ..filters import NewsFilterSet
from ..querysets import NewsManager
from ..records import NEWS_COLUMNS


class NewsIndexPage(ListingPage):
    """The list of the news, newest first."""

    listing_model = "home.NewsPage"
    filterset_class = NewsFilterSet
    card_template = "pages/home/news_card.html"

    parent_page_types = ["home.HomePage"]
    subpage_types = ["home.NewsPage"]
    max_count_per_parent = 1
    template = "pages/listing.html"
    record_columns = NEWS_COLUMNS
    feed_date = "date"
    show_in_menus_default = True

    edit_handler = page_tabs(BasePage.content_panels, classification=())

    class Meta:
        verbose_name = _("elenco delle notizie")
        verbose_name_plural = _("elenchi delle notizie")

    def get_count_text(self, count: int) -> str:
        """How many pieces of news there are, in words."""
        return ngettext("%(count)s notizia", "%(count)s notizie", count) % {"count": count}


class NewsPage(ContributionsMixin, AttachmentsMixin, ContactsMixin, RelatedPagesMixin, ReviewMixin, ArticlePage):
    """One piece of news."""

    kind = models.CharField(pgettext_lazy("field", "tipo"), max_length=20, choices=NewsKind, default=NewsKind.NEWS)
    date = models.DateField(
        pgettext_lazy("field", "giorno"),
        default=timezone.localdate,
        help_text=_("Il giorno che i lettori vedono accanto al titolo."),
    )
    expiry = models.DateField(
        _("vale fino al"),
        null=True,
        blank=True,
        help_text=_("Per gli avvisi: dopo questo giorno la pagina resta, ma dice di non valere più."),
    )
    project = models.ForeignKey(
        "progetti.ProjectPage",
        verbose_name=_("progetto"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="news",
        help_text=_("La notizia appare anche nella pagina del progetto."),
    )
    body = StreamField(BodyBlocks(), verbose_name=_("testo"), blank=True)

    objects: ClassVar = NewsManager()

    parent_page_types = ["home.NewsIndexPage"]
    subpage_types: list[str] = []
    template = "pages/home/news_page.html"

    edit_handler = page_tabs(
        [*ArticlePage.content_panels, FieldPanel("body")],
        details=[
            MultiFieldPanel(
                [FieldPanel("kind"), FieldRowPanel([FieldPanel("date"), FieldPanel("expiry")])],
                heading=_("Che cos'è e quando"),
            ),
            FieldPanel("project"),
        ],
        people=[InlinePanel("people", label=_("persona")), *ContactsMixin.contacts_panels],
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
        index.FilterField("kind"),
        index.FilterField("date"),
    ]

    class Meta:
        verbose_name = _("notizia")
        verbose_name_plural = _("notizie")
        constraints = [
            models.CheckConstraint(
                condition=Q(expiry__isnull=True) | Q(expiry__gte=F("date")),
                name="news_expires_after_its_date",
                violation_error_message=_("Una notizia non scade prima del suo giorno."),
            ),
            models.CheckConstraint(condition=Q(kind__in=NewsKind.values), name="news_kind_known"),
        ]

    @property
    def is_expired(self) -> bool:
        """Whether its last day of validity is over."""
        return self.expiry is not None and self.expiry < timezone.localdate()

    @property
    def badge(self) -> dict[str, str] | None:
        """As `components/state.html` shows it: only that it is no longer valid."""
        return {"label": pgettext("news state", "Non più valido"), "tone": "neutral"} if self.is_expired else None

    @property
    def meta(self) -> list[dict[str, object]]:
        """The day, and until when it is valid, as cards and headers show them."""
        items: list[dict[str, object]] = [{"icon": "it-calendar", "text": day_words(self.date), "accent": False}]
        if self.expiry and not self.is_expired:
            text = _now("vale fino a %(day)s") % {"day": day_words(self.expiry)}
            items.append({"icon": "it-clock", "text": text, "accent": True})
        return items

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        read_at_once(self, ["organisation"], ["territories", "topics"])
        list_url = breadcrumbs(request, self)[-1].url
        context["list_url"] = list_url
        context["facts"] = [
            *project_facts(self.project, request),
            *classification_facts(self, list_url),
        ]
        context["has_facts"] = any(item["value"] or item["entries"] for item in context["facts"])
        return context


class NewsPerson(TranslatableMixin, Orderable):
    """Somebody who appears or speaks in a piece of news."""

    page = ParentalKey(NewsPage, on_delete=models.CASCADE, related_name="people")
    name = models.CharField(_("nome e cognome"), max_length=120)
    role = models.CharField(_("ruolo"), max_length=160, blank=True)

    panels = [FieldRowPanel([FieldPanel("name"), FieldPanel("role")])]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = _("persona")
        verbose_name_plural = _("persone")

    def __str__(self) -> str:
        return self.name
