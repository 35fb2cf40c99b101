"""Decisions of the bodies, from the vote to what came of it."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import BooleanField, ExpressionWrapper, F, Q
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from portal.blocks.layout import BodyBlocks
from portal.pages.base import ArticlePage
from portal.pages.fields import StreamField
from portal.pages.listing import ListingPage
from portal.pages.mixins import AttachmentsMixin, EasyReadMixin, RelatedPagesMixin, ReviewMixin
from portal.pages.querysets import public
from portal.pages.reading import breadcrumbs
from portal.pages.words import day_words

from ..enums import STILL_TO_CARRY_OUT, CarryingOut, DecisionOutcome
from ..facts import classification_facts, fact, read_at_once
from ..governance_filters import DecisionFilterSet
from ..governance_querysets import DecisionManager
from ..panels import page_tabs
from ..querysets import LONG_TEXTS
from ..records import DECISION_COLUMNS
from .contribution import ContributionsMixin
from .project import ProjectPage

OUTCOME_TONES = {
    DecisionOutcome.APPROVED: "success",
    DecisionOutcome.REJECTED: "danger",
    DecisionOutcome.POSTPONED: "warning",
}
CARRYING_OUT_TONES = {
    CarryingOut.TO_START: "neutral",
    CarryingOut.UNDER_WAY: "info",
    CarryingOut.DONE: "success",
    CarryingOut.DROPPED: "warning",
}


class DecisionIndexPage(ListingPage):
    """The register of decisions."""

    listing_model = "progetti.DecisionPage"
    filterset_class = DecisionFilterSet
    card_template = "pages/progetti/decision_card.html"
    page_size = 20
    record_columns = DECISION_COLUMNS
    feed_date = "date"

    parent_page_types = ["progetti.GovernanceIndexPage"]
    subpage_types = ["progetti.DecisionPage"]
    max_count_per_parent = 1
    template = "pages/listing.html"

    edit_handler = page_tabs(ListingPage.content_panels, classification=())

    class Meta:
        verbose_name = _("registro delle decisioni")
        verbose_name_plural = _("registri delle decisioni")

    def get_count_text(self, count: int) -> str:
        return ngettext("%(count)s decisione", "%(count)s decisioni", count) % {"count": count}


class DecisionPage(ContributionsMixin, AttachmentsMixin, EasyReadMixin, RelatedPagesMixin, ReviewMixin, ArticlePage):
    """A decision: of whom, how it ended, who answers for it, by when, and what followed.

    The title is the subject. The actions of the plan that follow are its contributions.
    """

    taken_by = models.ForeignKey(
        "progetti.BodyPage",
        verbose_name=_("organo"),
        null=True,
        on_delete=models.PROTECT,
        related_name="decisions",
    )
    meeting = models.ForeignKey(
        "progetti.MeetingPage",
        verbose_name=_("seduta"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="decisions",
    )
    number = models.CharField(
        _("numero"), max_length=20, blank=True, help_text=_("Come nel registro dell'organo: ogni anno ricomincia.")
    )
    date = models.DateField(pgettext_lazy("decision", "data"), default=timezone.localdate)
    outcome = models.CharField(
        pgettext_lazy("decision", "esito"), max_length=12, choices=DecisionOutcome, default=DecisionOutcome.APPROVED
    )
    reason = models.TextField(_("perché"), blank=True, help_text=_("Le ragioni in poche frasi, anche dei contrari."))
    body = StreamField(BodyBlocks(), verbose_name=_("testo"), blank=True)
    responsible = models.ForeignKey(
        "registry.Organisation",
        verbose_name=_("chi la porta avanti"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    due = models.DateField(_("entro quando"), null=True, blank=True)
    carrying_out = models.CharField(_("attuazione"), max_length=12, choices=CarryingOut, default=CarryingOut.TO_START)
    done_on = models.DateField(_("attuata il"), null=True, blank=True)
    projects = ParentalManyToManyField(
        "progetti.ProjectPage",
        verbose_name=_("progetti che ne nascono"),
        blank=True,
        related_name="decisions",
    )
    replaces = models.ForeignKey(
        "self",
        verbose_name=_("sostituisce"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="replaced_by",
        help_text=_("La decisione di prima, che da qui in poi non vale più."),
    )

    objects: ClassVar = DecisionManager()

    # A copy is another decision: it has a number of its own.
    exclude_fields_in_copy = ["number"]
    parent_page_types = ["progetti.DecisionIndexPage"]
    subpage_types: list[str] = []
    template = "pages/progetti/decision_page.html"

    edit_handler = page_tabs(
        [*ArticlePage.content_panels, FieldPanel("reason"), FieldPanel("body")],
        details=[
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("taken_by"), FieldPanel("meeting")]),
                    FieldRowPanel([FieldPanel("number"), FieldPanel("date"), FieldPanel("outcome")]),
                    FieldPanel("replaces"),
                ],
                heading=_("Chi, quando, come è finita"),
            ),
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("responsible"), FieldPanel("due")]),
                    FieldRowPanel([FieldPanel("carrying_out"), FieldPanel("done_on")]),
                    FieldPanel("projects"),
                ],
                heading=_("Che cosa ne segue"),
            ),
        ],
        more=[
            *AttachmentsMixin.attachments_panels,
            *ContributionsMixin.contributions_panels,
            *RelatedPagesMixin.related_panels,
            *EasyReadMixin.easy_read_panels,
            *ReviewMixin.review_panels,
        ],
    )
    search_fields = [*ArticlePage.search_fields, index.SearchField("reason"), index.SearchField("body")]
    override_translatable_fields = [SynchronizedField("number")]

    class Meta:
        verbose_name = _("decisione")
        verbose_name_plural = _("decisioni")
        constraints = [
            models.CheckConstraint(condition=Q(outcome__in=DecisionOutcome.values), name="decision_outcome_known"),
            models.CheckConstraint(
                condition=Q(carrying_out__in=CarryingOut.values), name="decision_carrying_out_known"
            ),
            models.CheckConstraint(
                condition=Q(due__isnull=True) | Q(due__gte=F("date")),
                name="decision_due_after_it_was_taken",
                violation_error_message=_("Il termine non può venire prima della decisione."),
            ),
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | Q(carrying_out=CarryingOut.DONE, done_on__gte=F("date")),
                name="decision_done_on_only_when_done",
                violation_error_message=_("Il giorno dell'attuazione viene dopo la decisione, e solo se è attuata."),
            ),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True) | ~Q(replaces=F("pk")),
                name="decision_does_not_replace_itself",
                violation_error_message=_("Una decisione non può sostituire sé stessa."),
            ),
        ]

    def clean(self):
        super().clean()
        errors = {}
        # A draft may be without its body, so it is no rule here; the form asks for it before anybody reads the page.
        if self.taken_by_id and self.number and self.date and self._number_taken():
            errors["number"] = _("L'organo ha già una decisione con questo numero nello stesso anno.")
        if self.due and self.date and self.due < self.date:
            errors["due"] = _("Il termine non può venire prima della decisione.")
        if self.done_on and self.carrying_out != CarryingOut.DONE:
            errors["done_on"] = _("C'è un giorno di attuazione: allora l'attuazione è «Attuata».")
        elif self.done_on and self.date and self.done_on < self.date:
            errors["done_on"] = _("Non può essere stata attuata prima di essere presa.")
        if self.meeting_id and self.taken_by_id and self.meeting and self.meeting.meeting_of_id != self.taken_by_id:
            errors["meeting"] = _("Questa seduta è di un altro organo.")
        if errors:
            raise ValidationError(errors)

    def _number_taken(self) -> bool:
        """Whether another decision of the body has the number in that year.

        A translation has the number of its original, and its language is in another table: no constraint can say it.
        """
        same = DecisionPage.objects.filter(
            taken_by_id=self.taken_by_id, number=self.number, date__year=self.date.year
        ).exclude(pk=self.pk)
        return same.exclude(translation_key=self.translation_key).exists()

    @property
    def is_late(self) -> bool:
        """Whether it was approved, its day has passed, and nobody has carried it out or dropped it."""
        return (
            self.outcome == DecisionOutcome.APPROVED
            and self.carrying_out in STILL_TO_CARRY_OUT
            and self.due is not None
            and self.due < timezone.localdate()
        )

    @property
    def badge(self) -> dict[str, str]:
        """Outcome, and once approved how far it is carried out, as `components/state.html` shows it."""
        if self.outcome != DecisionOutcome.APPROVED:
            return {"label": self.get_outcome_display(), "tone": OUTCOME_TONES[DecisionOutcome(self.outcome)]}
        if self.is_late:
            return {"label": _now("Approvata, in ritardo"), "tone": "danger"}
        words = _now("Approvata, %(state)s") % {"state": self.get_carrying_out_display().lower()}
        return {"label": words, "tone": CARRYING_OUT_TONES[CarryingOut(self.carrying_out)]}

    @property
    def meta(self) -> list[dict[str, object]]:
        """Day and deadline as cards and headers show them."""
        items: list[dict[str, object]] = [
            {"icon": "it-calendar", "text": day_words(self.date, weekday=False), "accent": False}
        ]
        if self.due and self.outcome == DecisionOutcome.APPROVED and self.carrying_out in STILL_TO_CARRY_OUT:
            words = _now("entro %(day)s") % {"day": day_words(self.due, weekday=False)}
            items.append({"icon": "it-clock", "text": words, "accent": self.is_late})
        return items

    @property
    def label(self) -> str:
        """«Decisione 12 del 2026», or without a number only that it is one."""
        if not self.number:
            return _now("Decisione")
        return _now("Decisione %(number)s del %(year)s") % {"number": self.number, "year": self.date.year}

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        read_at_once(self, ["organisation", "responsible"], ["territories", "topics"])
        list_url = breadcrumbs(request, self)[-1].url
        context["list_url"] = list_url
        around = self._around()
        named = {page.pk: page for page in around}
        context["replaced_by"] = [page for page in around if page.replaces_this]
        context["projects"] = self._projects(around)
        context["facts"] = [
            self._link(_now("Organo"), named.get(self.taken_by_id), request),
            self._link(_now("Seduta"), named.get(self.meeting_id), request),
            fact(_now("Data della decisione"), day_words(self.date, weekday=False)),
            fact(_now("Esito"), self.get_outcome_display()),
            fact(_now("Chi la porta avanti"), self.responsible.name if self.responsible else ""),
            fact(_now("Entro"), day_words(self.due, weekday=False) if self.due else ""),
            fact(_now("Attuata il"), day_words(self.done_on, weekday=False) if self.done_on else ""),
            self._link(_now("Sostituisce"), named.get(self.replaces_id), request),
            *classification_facts(self, list_url),
        ]
        return context

    @staticmethod
    def _link(label: str, page: Page | None, request):
        """A page that everybody may open, as a fact; nothing while it is a draft."""
        return fact(label, page.title if page else "", (page.get_url(request) or "") if page else "")

    def _around(self) -> list[Page]:
        """The body, the meeting, the decision replaced, those that replace this, the projects: one query."""
        keys = ProjectPage.objects.filter(decisions__translation_key=self.translation_key).values("translation_key")
        later = Q(decisionpage__replaces_id=self.pk) if self.pk else Q(pk__in=[])
        ids = [pk for pk in (self.taken_by_id, self.meeting_id, self.replaces_id) if pk]
        wanted = Q(pk__in=ids) | later | Q(translation_key__in=keys)
        texts = [f"projectpage__{name}" for name in (*LONG_TEXTS, "how_to_take_part")]
        pages = public(Page.objects.live().filter(wanted)).select_related("projectpage").defer(*texts)
        return list(pages.annotate(replaces_this=ExpressionWrapper(later, BooleanField())).order_by("title", "pk"))

    def _projects(self, around: list[Page]) -> list[ProjectPage]:
        """The projects that followed, in the language of the page where translated."""
        found: dict = {}
        for page in around:
            if hasattr(page, "projectpage") and (page.translation_key not in found or page.locale_id == self.locale_id):
                found[page.translation_key] = page.projectpage
        return list(found.values())
