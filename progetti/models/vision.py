"""The vision: where the territory wants to be in ten to twenty years."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.blocks import (
    BooleanBlock,
    CharBlock,
    ChoiceBlock,
    DateBlock,
    IntegerBlock,
    StructBlock,
    StructValue,
    TextBlock,
)
from wagtail.fields import RichTextField
from wagtail.search import index

from portal.blocks.layout import BodyBlocks
from portal.blocks.text import PARAGRAPH_FEATURES
from portal.pages.base import ArticlePage
from portal.pages.fields import StreamField
from portal.pages.mixins import AttachmentsMixin, EasyReadMixin, RelatedPagesMixin, ReviewMixin
from portal.pages.querysets import public

from ..enums import AgeBand
from ..facts import approved_with
from ..panels import page_tabs
from .aim import Aim
from .vision_routes import VisionRoutes

MIN_HORIZON, MAX_HORIZON = 10, 20
YEAR_VALIDATORS = [MinValueValidator(1900), MaxValueValidator(2200)]


def this_year() -> int:
    """The year in Italy: from when a new vision, or a new plan, looks ahead."""
    return timezone.localdate().year


def end_of_a_vision() -> int:
    """The last year of a new vision, in the middle of what is allowed."""
    return this_year() + (MIN_HORIZON + MAX_HORIZON) // 2


class VoiceValue(StructValue):
    """A voice, and how its author may be named."""

    @property
    def signature(self) -> str:
        """Name and age as far as the person agreed; of minors the first name only, whatever was typed."""
        name = (self.get("author") or "").strip() if self.get("consent") else ""
        band = self.get("age_band")
        if band == AgeBand.UNDER_18:
            name = name.split(" ")[0]
        return ", ".join(part for part in (name, str(AgeBand(band).label) if band else "") if part)


class ValueBlock(StructBlock):
    """Something the community holds dear, and what it means in practice."""

    name = CharBlock(label=_("nome"), max_length=80)
    text = TextBlock(label=_("che cosa vuol dire"))

    class Meta:
        icon = "pick"
        label = _("Valore")


class ScenarioBlock(StructBlock):
    """One of the futures that the community has looked at."""

    title = CharBlock(label=_("titolo"), max_length=120)
    text = TextBlock(label=_("che cosa succederebbe"))
    wanted = BooleanBlock(label=_("è quello che vogliamo"), required=False)

    class Meta:
        icon = "glasses"
        label = _("Scenario")


class BuildingStepBlock(StructBlock):
    """A meeting or another step by which the vision was built."""

    date = DateBlock(label=_("giorno"), required=False)
    title = CharBlock(label=_("che cosa"), max_length=160)
    people = IntegerBlock(label=_("quante persone"), required=False, min_value=0)

    class Meta:
        icon = "group"
        label = _("Tappa")


class VoiceBlock(StructBlock):
    """What somebody of the community said."""

    quote = TextBlock(label=_("frase"), max_length=400)
    author = CharBlock(
        label=_("chi l'ha detta"),
        max_length=80,
        required=False,
        help_text=_("Solo se è d'accordo; di chi ha meno di 18 anni, solo il nome di battesimo."),
    )
    age_band = ChoiceBlock(choices=AgeBand.choices, label=_("fascia d'età"), required=False)
    consent = BooleanBlock(label=_("è d'accordo a essere nominata"), required=False)

    class Meta:
        icon = "openquote"
        label = _("Voce")
        value_class = VoiceValue


class VisionPage(VisionRoutes, AttachmentsMixin, EasyReadMixin, RelatedPagesMixin, ReviewMixin, ArticlePage):
    """A shared perspective of meaning for the common good over ten to twenty years."""

    # The years that most visions and plans will have: a draft without any could not be saved, not even by itself.
    from_year = models.PositiveSmallIntegerField(_("dall'anno"), default=this_year, validators=YEAR_VALIDATORS)
    to_year = models.PositiveSmallIntegerField(
        _("all'anno"),
        default=end_of_a_vision,
        validators=YEAR_VALIDATORS,
        help_text=_("Da dieci a venti anni dopo il primo."),
    )
    statement = models.TextField(
        _("la visione in poche frasi"), help_text=_("Come la direbbe chi abita il territorio, senza sigle.")
    )
    values = StreamField([("value", ValueBlock())], verbose_name=_("valori"), blank=True)
    provenance = models.TextField(
        _("di chi è questa visione"),
        blank=True,
        help_text=_("Chi l'ha scritta, chi l'ha approvata, e se è ancora una proposta."),
    )
    body = StreamField(BodyBlocks(), verbose_name=_("testo"), blank=True)
    strengths = RichTextField(_("punti di forza"), features=PARAGRAPH_FEATURES, blank=True)
    fragilities = RichTextField(_("fragilità"), features=PARAGRAPH_FEATURES, blank=True)
    scenarios = StreamField([("scenario", ScenarioBlock())], verbose_name=_("scenari"), blank=True)
    building = StreamField(
        [("step", BuildingStepBlock())],
        verbose_name=_("com'è stata costruita"),
        blank=True,
        help_text=_("Incontri e altre tappe, con quante persone hanno partecipato."),
    )
    voices = StreamField([("voice", VoiceBlock())], verbose_name=_("voci della comunità"), blank=True)
    approved_by = models.ForeignKey(
        "progetti.DecisionPage",
        verbose_name=_("approvata con"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("La decisione con cui un organo l'ha approvata."),
    )

    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    template = "pages/progetti/vision_page.html"
    menu_label = pgettext_lazy("menu", "Visione")
    show_in_menus_default = True

    edit_handler = page_tabs(
        [
            *ArticlePage.content_panels,
            FieldPanel("statement"),
            FieldPanel("values"),
            FieldPanel("provenance"),
            FieldPanel("strengths"),
            FieldPanel("fragilities"),
            FieldPanel("scenarios"),
            FieldPanel("body"),
            FieldPanel("building"),
            FieldPanel("voices"),
        ],
        details=[
            MultiFieldPanel([FieldRowPanel([FieldPanel("from_year"), FieldPanel("to_year")])], heading=_("Orizzonte")),
            FieldPanel("approved_by"),
        ],
        more=[
            *AttachmentsMixin.attachments_panels,
            *RelatedPagesMixin.related_panels,
            *EasyReadMixin.easy_read_panels,
            *ReviewMixin.review_panels,
        ],
    )
    search_fields = [*ArticlePage.search_fields, index.SearchField("statement"), index.SearchField("body")]

    class Meta:
        verbose_name = _("visione")
        verbose_name_plural = _("visioni")
        constraints = [
            models.CheckConstraint(
                condition=Q(to_year__gte=F("from_year") + MIN_HORIZON) & Q(to_year__lte=F("from_year") + MAX_HORIZON),
                name="vision_horizon_10_to_20_years",
                violation_error_message=_("Una visione guarda avanti da dieci a venti anni."),
            ),
        ]

    def clean(self):
        super().clean()
        if self.from_year is not None and self.to_year is not None:
            years = self.to_year - self.from_year
            if not MIN_HORIZON <= years <= MAX_HORIZON:
                message = _("Una visione guarda avanti da dieci a venti anni: qui sono %(years)s.") % {"years": years}
                raise ValidationError({"to_year": message})

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["aims"] = Aim.objects.all()
        context["approved"] = approved_with(self.approved_by, request)
        context["people"] = sum(step.value.get("people") or 0 for step in self.building)
        context["plans"] = public(self.plans.live()).order_by("-from_year", "pk")
        return context
