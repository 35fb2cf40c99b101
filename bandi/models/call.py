"""Calls: who may apply, for how much, until when, and where each call stands."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from modelcluster.fields import ParentalManyToManyField
from wagtail.fields import RichTextField
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from portal.blocks.layout import BodyBlocks
from portal.blocks.lists import AccordionItemBlock
from portal.blocks.text import PARAGRAPH_FEATURES
from portal.pages.base import ArticlePage
from portal.pages.fields import AmountField, StreamField
from portal.pages.listing import EmptyState, ListingPage
from portal.pages.mixins import (
    AttachmentBlock,
    AttachmentsMixin,
    ContactsMixin,
    EasyReadMixin,
    RelatedPagesMixin,
    ReviewMixin,
)
from portal.pages.reading import breadcrumbs
from portal.pages.words import money_words
from progetti.facts import read_at_once
from progetti.models.contribution import ContributionsMixin
from progetti.panels import page_tabs
from progetti.validators import CIG_VALIDATOR, CUP_VALIDATOR

from ..blocks import CriterionBlock
from ..enums import OPEN_STATES, STATES_WITH_INTERESTS, CallKind, CallSource, CallState
from ..facts import call_facts
from ..filters import ALL_STATES, CallFilterSet
from ..forms import CallPageForm
from ..panels import CALL_FORM
from ..presentation import criteria_of, interests_of, outcomes_of
from ..querysets import CallManager
from ..reading import read_words_of
from ..records import CALL_COLUMNS, deadline_entry
from ..states import CallFacts, call_state, deadline_in_force, rome_day, whole_day
from ..words import STATE_TONES, timing_words
from .call_constraints import CALL_CONSTRAINTS
from .interest import CallInterest
from .outcome import CallOutcome


class CallIndexPage(ListingPage):
    """All calls; by default those that are open, the most urgent first."""

    listing_model = "bandi.CallPage"
    filterset_class = CallFilterSet
    card_template = "pages/bandi/call_card.html"
    record_columns = CALL_COLUMNS
    record_lists = ("topics", "recipients")
    has_calendar = True

    parent_page_types = ["home.HomePage"]
    subpage_types = ["bandi.CallPage"]
    max_count_per_parent = 1
    template = "pages/listing.html"
    show_in_menus_default = True

    edit_handler = page_tabs(ListingPage.content_panels, classification=())

    class Meta:
        verbose_name = _("elenco dei bandi")
        verbose_name_plural = _("elenchi dei bandi")

    def get_count_text(self, count: int) -> str:
        return ngettext("%(count)s bando", "%(count)s bandi", count) % {"count": count}

    def calendar_entry(self, item, address):
        return deadline_entry(item, address)

    def get_empty_state(self, request, filterset):
        if filterset.chosen:
            return super().get_empty_state(request, filterset)
        return EmptyState(
            title=_now("Nessun bando aperto in questo momento"),
            text=_now("Quando se ne apre uno lo trovi qui, con la sua scadenza. Intanto puoi guardare quelli passati."),
            link_text=_now("Vedi tutti i bandi"),
            link_url=f"{request.path}?stato={ALL_STATES}",
        )


class CallPage(
    ContributionsMixin, AttachmentsMixin, ContactsMixin, EasyReadMixin, RelatedPagesMixin, ReviewMixin, ArticlePage
):
    """A call. Its state is computed from its dates and acts by bandi.states and never typed in.

    The territories of the page are the territorial scope as the filters and the map read it; `territorial_scope` says
    in words what they cannot ("Comuni sotto i 5.000 abitanti").
    """

    kind = models.CharField(_("tipo"), max_length=30, choices=CallKind, default=CallKind.GRANTS)
    source = models.CharField(_("di chi è il bando"), max_length=10, choices=CallSource, default=CallSource.REPORTED)
    issuing_body = models.ForeignKey(
        "registry.Organisation",
        verbose_name=_("ente che lo pubblica"),
        null=True,
        on_delete=models.PROTECT,
        related_name="issued_calls",
    )

    responsible_office = models.CharField(
        _("ufficio responsabile"),
        max_length=160,
        blank=True,
        help_text=_("L'ufficio o la persona responsabile del procedimento, come lo scrive il bando."),
    )

    recipients = ParentalManyToManyField(
        "bandi.Recipient", verbose_name=_("a chi è rivolto"), blank=True, related_name="+"
    )
    territorial_scope = models.CharField(
        _("dove vale, in parole"),
        max_length=255,
        blank=True,
        help_text=_("Solo se i territori scelti non bastano: «Comuni sotto i 5.000 abitanti»."),
    )
    requirements = RichTextField(_("requisiti"), features=PARAGRAPH_FEATURES, blank=True)
    what_it_funds = RichTextField(_("che cosa finanzia"), features=PARAGRAPH_FEATURES, blank=True)
    eligible_costs = RichTextField(
        _("spese ammesse"),
        features=PARAGRAPH_FEATURES,
        blank=True,
        help_text=_("Che cosa si può mettere nel preventivo, e che cosa no."),
    )

    total_amount = AmountField(
        _("risorse in tutto"), max_digits=12, decimal_places=2, null=True, blank=True, help_text=_("In euro.")
    )
    minimum_grant = AmountField(
        _("contributo minimo"), max_digits=12, decimal_places=2, null=True, blank=True, help_text=_("In euro.")
    )
    maximum_grant = AmountField(
        _("contributo massimo"), max_digits=12, decimal_places=2, null=True, blank=True, help_text=_("In euro.")
    )
    co_funding_share = AmountField(
        _("cofinanziamento richiesto"),
        max_digits=5,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text=_("Percentuale a carico di chi partecipa, da 0 a 100."),
    )

    opening = models.DateTimeField(
        _("apertura"), null=True, blank=True, help_text=_("Da quando si può partecipare. Vuoto: da subito.")
    )
    deadline = models.DateTimeField(
        _("scadenza"), null=True, blank=True, help_text=_("Ora italiana. Senza ora vale fino alla fine del giorno.")
    )
    questions_deadline = models.DateTimeField(
        _("termine per le domande"),
        null=True,
        blank=True,
        help_text=_("Fino a quando si possono chiedere chiarimenti. Senza ora vale fino alla fine del giorno."),
    )
    until_funds_run_out = models.BooleanField(
        _("fino a esaurimento dei fondi"),
        default=False,
        help_text=_("Se c'è anche una scadenza, vale quella che arriva prima."),
    )
    end_of_procedure = models.DateField(
        _("fine della procedura"),
        null=True,
        blank=True,
        help_text=_("Da quel giorno il bando è chiuso. Vuoto: quando escono gli esiti, o 180 giorni dopo la scadenza."),
    )
    publication_of_outcomes = models.DateField(
        _("pubblicazione degli esiti"),
        null=True,
        blank=True,
        help_text=_("Il giorno in cui escono, o in cui sono attesi."),
    )
    outcomes_note = models.TextField(
        _("com'è finita, in parole"),
        blank=True,
        help_text=_("Se gli esiti non si possono elencare: «Nessuna domanda», «L'elenco è sul sito dell'ente»."),
    )

    gather_interests = models.BooleanField(
        _("chiedi «Chi ci sta?»"),
        default=True,
        help_text=_("Finché il bando non scade, le organizzazioni possono dire che sono interessate e trovarsi."),
    )

    how_to_apply = RichTextField(_("come partecipare"), features=PARAGRAPH_FEATURES, blank=True)
    official_url = models.URLField(
        _("pagina ufficiale"), blank=True, help_text=_("Dove si presenta la candidatura: è il pulsante della pagina.")
    )
    cup = models.CharField("CUP", max_length=15, blank=True, validators=[CUP_VALIDATOR])
    cig = models.CharField("CIG", max_length=10, blank=True, validators=[CIG_VALIDATOR])
    act_number = models.CharField(_("numero dell'atto"), max_length=60, blank=True)
    act_date = models.DateField(_("data dell'atto"), null=True, blank=True)
    criteria = StreamField(
        [("criterion", CriterionBlock())],
        verbose_name=_("criteri di valutazione"),
        blank=True,
        help_text=_("Nell'ordine del bando. Il totale dei punti si calcola da solo."),
    )
    forms = StreamField([("form", AttachmentBlock())], verbose_name=_("modulistica"), blank=True)
    faq = StreamField([("item", AccordionItemBlock())], verbose_name=_("domande frequenti"), blank=True)
    body = StreamField(BodyBlocks(), verbose_name=_("testo"), blank=True)

    objects: ClassVar = CallManager()

    base_form_class = CallPageForm
    parent_page_types = ["bandi.CallIndexPage"]
    subpage_types: list[str] = []
    template = "pages/bandi/call_page.html"

    edit_handler = CALL_FORM
    search_fields = [
        *ArticlePage.search_fields,
        index.SearchField("what_it_funds"),
        index.SearchField("requirements"),
        index.SearchField("eligible_costs"),
        index.SearchField("body"),
        index.FilterField("kind"),
        index.FilterField("deadline"),
    ]
    # What is the same in every language is not offered to translators.
    override_translatable_fields = [
        SynchronizedField("responsible_office"),
        SynchronizedField("cup"),
        SynchronizedField("cig"),
        SynchronizedField("act_number"),
        SynchronizedField("contact_name"),
        SynchronizedField("contact_phone"),
    ]

    class Meta:
        verbose_name = _("bando")
        verbose_name_plural = _("bandi")
        constraints = CALL_CONSTRAINTS

    def clean(self):
        super().clean()
        if self.deadline:
            self.deadline = whole_day(self.deadline)
        if self.questions_deadline:
            self.questions_deadline = whole_day(self.questions_deadline)
        errors = {**self._amount_errors(), **self._date_errors()}
        if errors:
            raise ValidationError(errors)

    def _amount_errors(self) -> dict[str, object]:
        errors: dict[str, object] = {}
        lowest, highest, total = self.minimum_grant, self.maximum_grant, self.total_amount
        if highest is not None and total is not None and highest > total:
            errors["maximum_grant"] = _("Il contributo massimo supera le risorse in tutto.")
        if lowest is not None and total is not None and lowest > total:
            errors["minimum_grant"] = _("Il contributo minimo supera le risorse in tutto.")
        if lowest is not None and highest is not None and lowest > highest:
            errors["minimum_grant"] = _("Il contributo minimo supera il massimo.")
        for name in ("minimum_grant", "maximum_grant", "total_amount"):
            value = getattr(self, name)
            if value is not None and value < 0:
                errors[name] = _("Un importo non può essere negativo.")
        return errors

    def _date_errors(self) -> dict[str, object]:
        errors: dict[str, object] = {}
        if self.opening and self.deadline and self.opening >= self.deadline:
            errors["deadline"] = _("La scadenza viene dopo l'apertura.")
        if self.opening and self.questions_deadline and self.questions_deadline < self.opening:
            errors["questions_deadline"] = _("Le domande non possono finire prima dell'apertura.")
        if self.opening and self.publication_of_outcomes and self.publication_of_outcomes < rome_day(self.opening):
            errors["publication_of_outcomes"] = _("Gli esiti non possono uscire prima dell'apertura.")
        if self.end_of_procedure and self.deadline and self.end_of_procedure < rome_day(self.deadline):
            errors["end_of_procedure"] = _("La procedura non può finire prima della scadenza.")
        return errors

    @property
    def facts(self) -> CallFacts:
        """What bandi.states needs to know of the call; rows that a draft has not finished yet do not count."""
        acts = [act for act in self.acts.all() if act.kind and act.date]
        return CallFacts(
            opening=self.opening,
            deadline=self.deadline,
            until_funds_run_out=self.until_funds_run_out,
            end_of_procedure=self.end_of_procedure,
            publication_of_outcomes=self.publication_of_outcomes,
            acts=[act.facts for act in sorted(acts, key=lambda act: (act.date, act.sort_order or 0))],
        )

    @property
    def state(self) -> CallState:
        """Where the call stands now; lists have read it already (`state_now` of the queryset)."""
        if hasattr(self, "state_now"):
            return CallState(self.state_now)
        return call_state(self.facts, timezone.now())

    @property
    def takes_interests(self) -> bool:
        """Whether organisations may say now that they are interested."""
        return self.gather_interests and self.live and self.state in STATES_WITH_INTERESTS

    @property
    def deadline_in_force(self):
        """The deadline that holds now, after extensions: an aware moment or None."""
        if hasattr(self, "deadline_now"):
            return self.deadline_now
        return deadline_in_force(self.facts, timezone.now())[0]

    @property
    def badge(self) -> dict[str, str]:
        """The state as `components/state.html` shows it."""
        return {"label": str(self.state.label), "tone": STATE_TONES[self.state]}

    @property
    def timing(self) -> str:
        """When it opens, how long is left or when it expired, in words."""
        return timing_words(self.state, self.opening, self.deadline_in_force, self.until_funds_run_out, timezone.now())

    @property
    def meta(self) -> list[dict[str, object]]:
        """Timing, grant and issuing body as cards show them."""
        items = self._timing_and_grant()
        if self.issuing_body is not None:
            items.append({"icon": "it-pa", "text": self.issuing_body.name, "accent": False})
        return items

    def _timing_and_grant(self) -> list[dict[str, object]]:
        items: list[dict[str, object]] = []
        if self.timing:
            items.append({"icon": "it-clock", "text": self.timing, "accent": self.state in OPEN_STATES})
        if self.maximum_grant is not None:
            text = _now("fino a %(amount)s") % {"amount": money_words(self.maximum_grant)}
            items.append({"icon": "it-box", "text": text, "accent": False})
        return items

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        # Read once: state, deadline and timing all look at the acts.
        acts = self.acts.get_object_list()  # type: ignore[attr-defined]  # modelcluster's manager is not typed
        context["acts"] = sorted((act for act in acts if act.date), key=lambda act: (act.date, act.sort_order or 0))
        context["state"] = self.state
        context["can_apply"] = self.state in OPEN_STATES
        context["criteria"] = criteria_of(self.criteria)
        context["outcomes"] = outcomes_of(CallOutcome.objects.public().of_call(self), request)
        context["interests"] = interests_of(CallInterest.objects.to_show(self)) if self.pk else None
        context["takes_interests"] = self.takes_interests
        context["join_url"] = reverse("call_join", args=[self.slug])
        context["outcomes_csv_url"] = reverse("call_outcomes", args=[self.slug])
        read_at_once(self, ["issuing_body", "organisation"], ["territories"])
        read_words_of(self)
        context["header_meta"] = self._timing_and_grant()
        recipients = ", ".join(item.label for item in self.recipients.all())
        if recipients:
            context["header_meta"].append({"icon": "it-user", "text": recipients, "accent": False})
        list_url = breadcrumbs(request, self)[-1].url
        context["list_url"] = list_url
        # Whoever reads about a call that is over looks for others like it, open or not.
        context["facts"] = call_facts(self, f"{list_url}?stato={ALL_STATES}")
        return context
