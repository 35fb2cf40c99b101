"""Blocks that list things: figures, accordion, links, tables, a call to action."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import (
    CharBlock,
    ListBlock,
    PageChooserBlock,
    RichTextBlock,
    StructBlock,
    StructBlockValidationError,
    URLBlock,
)
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from .text import PARAGRAPH_FEATURES


class LinkBlock(StructBlock):
    """A link to a page of the portal or to an address elsewhere: one of the two."""

    text = CharBlock(label=_("testo del link"), max_length=120)
    page = PageChooserBlock(label=_("pagina"), required=False)
    url = URLBlock(label=_("indirizzo esterno"), required=False)

    class Meta:
        icon = "link"
        label = _("Link")

    def clean(self, value):
        result = super().clean(value)
        if bool(result.get("page")) == bool(result.get("url")):
            message = ValidationError(_("Indica una pagina oppure un indirizzo esterno: uno dei due."))
            raise StructBlockValidationError(block_errors={"page": message})
        return result


class LinksBlock(StructBlock):
    """A short list of links under one title."""

    title = CharBlock(label=_("titolo"), required=False, max_length=120)
    items = ListBlock(LinkBlock(), label=_("link"))

    class Meta:
        icon = "link"
        label = _("Elenco di link")
        template = "blocks/links_block.html"
        preview_value = {
            "title": "Per saperne di più",
            "items": [
                {"text": "Il sito della Regione", "page": None, "url": "https://example.org/regione"},
                {"text": "La guida per i Comuni", "page": None, "url": "https://example.org/guida"},
            ],
        }


class CallToActionBlock(StructBlock):
    """The one thing the reader should do next."""

    text = CharBlock(label=_("frase"), required=False, max_length=160)
    link = LinkBlock(label=_("link"))

    class Meta:
        icon = "pick"
        label = _("Invito all'azione")
        template = "blocks/call_to_action_block.html"
        preview_value = {
            "text": "Il tavolo è aperto a chi vuole dare una mano.",
            "link": {"text": "Scrivi al tavolo", "page": None, "url": "https://example.org/tavolo"},
        }


class AccordionItemBlock(StructBlock):
    """One question with its answer."""

    title = CharBlock(label=_("titolo"), max_length=160)
    text = RichTextBlock(label=_("testo"), features=PARAGRAPH_FEATURES)


class AccordionBlock(StructBlock):
    """Questions and answers that open one at a time."""

    items = ListBlock(AccordionItemBlock(), label=_("voci"))

    class Meta:
        icon = "list-ul"
        label = _("Domande e risposte")
        template = "blocks/accordion_block.html"
        preview_value = {
            "items": [
                {"title": "Chi può partecipare?", "text": "<p>Tutte e tutti, senza iscriversi prima.</p>"},
                {"title": "Quanto costa?", "text": "<p>Niente.</p>"},
            ]
        }


class FigureItemBlock(StructBlock):
    """One number and what it counts."""

    number = CharBlock(label=_("numero"), max_length=24)
    label = CharBlock(label=_("che cosa conta"), max_length=120)


class FiguresBlock(StructBlock):
    """A few numbers that say how large the thing is."""

    items = ListBlock(FigureItemBlock(), label=_("numeri"), max_num=6)

    class Meta:
        icon = "decimal"
        label = _("Numeri")
        template = "blocks/figures_block.html"
        preview_value = {"items": [{"number": "22", "label": "Comuni"}, {"number": "4", "label": "assi del piano"}]}


class TableBlock(TypedTableBlock):
    """A small table of words and numbers."""

    def __init__(self, **kwargs):
        super().__init__([("text", CharBlock(label=_("testo"), required=False))], **kwargs)

    class Meta:
        icon = "table"
        label = _("Tabella")
        template = "blocks/table_block.html"
        preview_value = {
            "columns": [{"type": "text", "heading": "Anno"}, {"type": "text", "heading": "Residenti"}],
            "rows": [{"values": ["2016", "4.120"]}, {"values": ["2026", "4.315"]}],
            "caption": "Quanti siamo",
        }
