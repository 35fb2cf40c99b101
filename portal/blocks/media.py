"""Blocks with pictures, files and videos."""

from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, ListBlock, StructBlock, TextBlock, URLBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageBlock


class FigureBlock(StructBlock):
    """An image with its alternative text, a caption and its credit (taken from the image)."""

    image = ImageBlock(label=_("immagine"))
    caption = CharBlock(label=_("didascalia"), required=False, max_length=255)

    class Meta:
        icon = "image"
        label = _("Immagine")
        template = "blocks/image_block.html"
        # A picture of the library may not exist yet, so the preview draws one of its own.
        preview_template = "blocks/previews/image_block.html"


class VideoBlock(StructBlock):
    """A video that is elsewhere: shown as a link, so that nobody is tracked before choosing to go there."""

    title = CharBlock(label=_("titolo"), max_length=160)
    url = URLBlock(label=_("indirizzo del video"))
    transcript = TextBlock(label=_("trascrizione"), required=False)

    class Meta:
        icon = "media"
        label = _("Video")
        template = "blocks/video_block.html"
        preview_value = {"title": "Un video", "url": "https://example.org/video", "transcript": ""}


class DocumentItemBlock(StructBlock):
    """One file to download; format and size are computed from the file."""

    document = DocumentChooserBlock(label=_("documento"))
    description = CharBlock(label=_("descrizione"), required=False, max_length=255)

    class Meta:
        icon = "doc-full"
        label = _("Documento")


class DocumentsBlock(StructBlock):
    """Files to download under one title."""

    title = CharBlock(label=_("titolo"), required=False, max_length=120)
    items = ListBlock(DocumentItemBlock(), label=_("documenti"))

    class Meta:
        icon = "doc-full"
        label = _("Documenti")
        template = "blocks/documents_block.html"
        preview_template = "blocks/previews/documents_block.html"
