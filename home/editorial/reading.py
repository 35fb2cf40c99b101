"""What a page says, taken apart for the content checks: passages of text, links, headings, pictures."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any

from django.utils.translation import gettext as _
from wagtail.blocks import BoundBlock, ListBlock, RichTextBlock, StreamBlock, StructBlock, TextBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page
from wagtail.rich_text import RichText

from portal.blocks.lists import LinkBlock
from portal.blocks.text import HeadingBlock

_ENDS_A_SENTENCE = {"p", "li", "br", "ul", "ol"}


@dataclass(frozen=True, slots=True)
class Link:
    """A link as the reader sees it, and where it leads ("page:12" for a page of the portal)."""

    text: str
    target: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture: its alternative text, and whether it is only decoration."""

    name: str
    alt: str
    decorative: bool


@dataclass(slots=True)
class Reading:
    """All that the checks look at, in the order of the page."""

    texts: list[str] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    headings: list[tuple[int, str]] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The running text, a paragraph a line."""
        return "\n".join(text for text in self.texts if text.strip())


class _RichTextReader(HTMLParser):
    """Takes links and paragraphs out of rich text as Wagtail stores it."""

    def __init__(self, reading: Reading) -> None:
        super().__init__(convert_charrefs=True)
        self.reading = reading
        self.words: list[str] = []
        self.link: list[str] | None = None
        self.target = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "a":
            values = dict(attrs)
            self.link = []
            self.target = values.get("href") or f"{values.get('linktype')}:{values.get('id')}"
        elif tag in _ENDS_A_SENTENCE:
            self.end_paragraph()

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self.link is not None:
            self.reading.links.append(Link(" ".join("".join(self.link).split()), self.target))
            self.link = None
        elif tag in _ENDS_A_SENTENCE:
            self.end_paragraph()

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self.link is not None:
            self.link.append(data)

    def end_paragraph(self) -> None:
        """What has been read so far is a paragraph."""
        text = " ".join("".join(self.words).split())
        if text:
            self.reading.texts.append(text)
        self.words = []


def read_page(page: Page) -> Reading:
    """What a page says, as it is in memory: also of a draft."""
    reading = Reading()
    image = getattr(page, "image", None)
    if image is not None:
        alt = page.image_alt or image.description
        reading.pictures.append(Picture(_("in testa alla pagina"), alt, decorative=False))
    for model_field in page._meta.get_fields():
        if isinstance(model_field, RichTextField):
            read_rich_text(getattr(page, model_field.name), reading)
        elif isinstance(model_field, StreamField):
            for child in getattr(page, model_field.name):
                _read_block(child.block, child.value, reading)
    return reading


def read_rich_text(html: str, reading: Reading) -> None:
    """Add what a piece of rich text says."""
    reader = _RichTextReader(reading)
    reader.feed(html or "")
    reader.close()
    reader.end_paragraph()


def _read_block(block: Any, value: Any, reading: Reading) -> None:
    if value is None:
        return
    if isinstance(block, HeadingBlock):
        reading.headings.append((int(value["level"].removeprefix("h")), value["text"].strip()))
    elif isinstance(block, ImageBlock):
        name = _("«%(title)s»") % {"title": value.title}
        reading.pictures.append(Picture(name, value.contextual_alt_text or "", bool(value.decorative)))
    elif isinstance(block, LinkBlock):
        page = value.get("page")
        reading.links.append(Link(value["text"].strip(), value.get("url") or f"page:{page.pk if page else ''}"))
    elif isinstance(block, RichTextBlock):
        read_rich_text(value.source if isinstance(value, RichText) else str(value), reading)
    elif isinstance(block, TextBlock):
        reading.texts.append(str(value))
    else:
        for child in _children(block, value):
            _read_block(child.block, child.value, reading)


def _children(block: Any, value: Any) -> Iterator[BoundBlock]:
    if isinstance(block, StructBlock):
        yield from value.bound_blocks.values()
    elif isinstance(block, ListBlock):
        yield from value.bound_blocks
    elif isinstance(block, StreamBlock):
        yield from value
