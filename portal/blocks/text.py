"""Blocks of words: headings, paragraphs, quotes, call-outs."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ChoiceBlock, RichTextBlock, StructBlock, TextBlock

# No raw HTML and no headings inside rich text: headings are blocks, so that their order can be checked.
INLINE_FEATURES = ["bold", "italic", "link", "document-link"]
PARAGRAPH_FEATURES = [*INLINE_FEATURES, "ul", "ol"]


class HeadingBlock(StructBlock):
    """A heading inside the body; the page's title is the only h1."""

    text = CharBlock(label=_("testo"), max_length=120)
    level = ChoiceBlock(label=_("livello"), choices=[("h2", _("Titolo")), ("h3", _("Sottotitolo"))], default="h2")

    class Meta:
        icon = "title"
        label = _("Titolo")
        template = "blocks/heading_block.html"
        form_layout = ["text", "level"]
        preview_value = {"text": "Un titolo dentro la pagina", "level": "h2"}


class ParagraphBlock(RichTextBlock):
    """Running text with bold, italic, links and lists."""

    def __init__(self, **kwargs):
        kwargs.setdefault("features", PARAGRAPH_FEATURES)
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"
        label = _("Testo")
        template = "blocks/paragraph_block.html"
        preview_value = "<p>Un paragrafo di testo, con una parte <b>in evidenza</b>.</p>"


class QuoteBlock(StructBlock):
    """Somebody's words, with who said them."""

    text = TextBlock(label=_("citazione"))
    author = CharBlock(label=_("di chi"), required=False, max_length=120)
    role = CharBlock(label=_("ruolo"), required=False, max_length=160)

    class Meta:
        icon = "openquote"
        label = _("Citazione")
        template = "blocks/quote_block.html"
        preview_value = {
            "text": "Un territorio rinasce quando rinascono i legami.",
            "author": "Una voce",
            "role": "",
        }


class CalloutBlock(StructBlock):
    """Something that must not be missed, or that needs a warning."""

    kind = ChoiceBlock(
        label=_("tipo"),
        choices=[("info", _("Informazione")), ("warning", _("Attenzione")), ("example", _("Esempio"))],
        default="info",
    )
    title = CharBlock(label=_("titolo"), required=False, max_length=120)
    text = RichTextBlock(label=_("testo"), features=PARAGRAPH_FEATURES)

    class Meta:
        icon = "info-circle"
        label = _("Riquadro")
        template = "blocks/callout_block.html"
        preview_value = {"kind": "info", "title": "Da sapere", "text": "<p>Un'informazione utile.</p>"}
