"""Pieces that page types are made of. Each is a whole slice: fields, panels and search fields together."""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.forms import CheckboxSelectMultiple
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.blocks import CharBlock, DateBlock, ListBlock, PageChooserBlock, StructBlock, URLBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.search import index

from .fields import StreamField


class PictureMixin(models.Model):
    """A photo for header, cards and share image; without one, the page's map is drawn instead."""

    image = models.ForeignKey(
        "media.CustomImage",
        verbose_name=_("immagine"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Se non c'è, la pagina mostra la mappa dei suoi territori."),
    )
    image_alt = models.CharField(
        _("testo alternativo"),
        max_length=255,
        blank=True,
        help_text=_("Che cosa si vede, per chi non può vederla. Vuoto se l'immagine è solo decorativa."),
    )

    picture_panels = [MultiFieldPanel([FieldPanel("image"), FieldPanel("image_alt")], heading=_("Immagine"))]

    class Meta:
        abstract = True


class ClassificationMixin(models.Model):
    """What the page is about, where, and who answers for it."""

    topics = ParentalManyToManyField("registry.Topic", verbose_name=_("argomenti"), blank=True, related_name="+")
    territories = ParentalManyToManyField(
        "registry.Territory", verbose_name=_("territori"), blank=True, related_name="+"
    )
    organisation = models.ForeignKey(
        "registry.Organisation",
        verbose_name=_("a cura di"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
        help_text=_("L'organizzazione che risponde di questa pagina."),
    )

    classification_panels = [
        MultiFieldPanel(
            [
                # Boxes: in a list of several choices a click without the control key loses all the others.
                FieldPanel("topics", widget=CheckboxSelectMultiple),
                FieldPanel("territories", widget=CheckboxSelectMultiple),
                FieldPanel("organisation"),
            ],
            heading=_("Di che cosa parla"),
        )
    ]
    classification_search_fields = [
        index.RelatedFields("topics", [index.SearchField("name")]),
        index.RelatedFields("territories", [index.SearchField("name")]),
    ]

    class Meta:
        abstract = True

    @property
    def map_codes(self) -> list[str]:
        """Codes of the municipalities and regions that the page's map shows, without repetition."""
        return sorted({code for territory in self.territories.all() for code in territory.map_codes})


class RelatedPagesMixin(models.Model):
    """Other pages worth reading after this one."""

    related_pages = StreamField(
        [("page", PageChooserBlock(label=_("pagina")))], verbose_name=_("pagine collegate"), blank=True
    )

    related_panels = [FieldPanel("related_pages")]

    class Meta:
        abstract = True


class ReviewMixin(models.Model):
    """What changed, when somebody last checked the page, and when the next check is due."""

    update_notes = models.TextField(
        _("note di aggiornamento"),
        blank=True,
        help_text=_("Che cosa è cambiato e perché, in una o due frasi."),
    )
    last_review = models.DateField(_("ultima revisione"), null=True, blank=True)
    next_review = models.DateField(_("prossima revisione"), null=True, blank=True)

    review_panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("last_review"), FieldPanel("next_review")]),
                FieldPanel("update_notes"),
            ],
            heading=_("Revisione"),
        )
    ]

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        if self.last_review and self.next_review and self.next_review <= self.last_review:
            raise ValidationError({"next_review": _("La prossima revisione viene dopo l'ultima.")})


class EasyReadMixin(models.Model):
    """The page in easy-to-read language, for who reads with effort."""

    easy_read = StreamField(
        [("paragraph", CharBlock(label=_("frase breve"), max_length=400))],
        verbose_name=_("versione facile da leggere"),
        blank=True,
        help_text=_("Frasi brevi, una idea per frase, parole comuni."),
    )

    easy_read_panels = [FieldPanel("easy_read")]

    class Meta:
        abstract = True


class ContactsMixin(models.Model):
    """Who to ask."""

    contact_name = models.CharField(_("a chi rivolgersi"), max_length=160, blank=True)
    contact_phone = models.CharField(_("telefono"), max_length=40, blank=True)
    contact_email = models.EmailField(_("e-mail"), blank=True)
    contact_pec = models.EmailField(_("PEC"), blank=True)
    contact_url = models.URLField(_("sito web"), blank=True)

    contacts_panels = [
        MultiFieldPanel(
            [
                FieldPanel("contact_name"),
                FieldRowPanel([FieldPanel("contact_phone"), FieldPanel("contact_email")]),
                FieldRowPanel([FieldPanel("contact_pec"), FieldPanel("contact_url")]),
            ],
            heading=_("Contatti"),
        )
    ]

    class Meta:
        abstract = True

    @property
    def has_contacts(self) -> bool:
        """Whether there is anybody to ask."""
        return any((self.contact_name, self.contact_phone, self.contact_email, self.contact_pec, self.contact_url))


class PlaceMixin(models.Model):
    """Where it is, and how to get in."""

    place_name = models.CharField(_("luogo"), max_length=160, blank=True)
    place_address = models.CharField(_("indirizzo"), max_length=255, blank=True)
    place_municipality = models.ForeignKey(
        "registry.Municipality",
        verbose_name=_("comune"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    place_latitude = models.FloatField(
        _("latitudine"), null=True, blank=True, validators=[MinValueValidator(-90), MaxValueValidator(90)]
    )
    place_longitude = models.FloatField(
        _("longitudine"), null=True, blank=True, validators=[MinValueValidator(-180), MaxValueValidator(180)]
    )
    place_access = models.CharField(
        _("come si entra"),
        max_length=255,
        blank=True,
        help_text=_("Ingressi senza gradini, mezzi, parcheggi."),
    )

    place_panels = [
        MultiFieldPanel(
            [
                FieldPanel("place_name"),
                FieldPanel("place_address"),
                FieldPanel("place_municipality"),
                FieldRowPanel([FieldPanel("place_latitude"), FieldPanel("place_longitude")]),
                FieldPanel("place_access"),
            ],
            heading=_("Luogo"),
        )
    ]

    class Meta:
        abstract = True


class AttachmentBlock(StructBlock):
    """A document of the portal or a link to one elsewhere; format and size are computed."""

    title = CharBlock(label=_("titolo"), max_length=160)
    document = DocumentChooserBlock(label=_("documento"), required=False)
    url = URLBlock(label=_("indirizzo esterno"), required=False)
    description = CharBlock(label=_("descrizione"), required=False, max_length=255)
    date = DateBlock(label=_("data"), required=False)

    class Meta:
        icon = "doc-full"
        label = _("Allegato")


class AttachmentSectionBlock(StructBlock):
    """Attachments under one title."""

    title = CharBlock(label=_("titolo della sezione"), max_length=120)
    items = ListBlock(AttachmentBlock(), label=_("allegati"))

    class Meta:
        icon = "folder-open-1"
        label = _("Sezione")
        template = "blocks/attachment_section_block.html"


class AttachmentsMixin(models.Model):
    """Documents and links in titled sections."""

    attachments = StreamField([("section", AttachmentSectionBlock())], verbose_name=_("allegati"), blank=True)

    attachments_panels = [FieldPanel("attachments")]

    class Meta:
        abstract = True
