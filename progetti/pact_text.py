"""The text of a pact as data: its paragraphs, and the canonical form that everybody can hash again."""

import hashlib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from html.parser import HTMLParser
from typing import Literal

# What a text may be made of: nothing that changes its meaning when it is read as plain text, so no links.
TEXT_FEATURES = ["h3", "bold", "italic", "ul", "ol"]

Kind = Literal["heading", "paragraph", "bullets", "numbers"]
_HEADINGS = {"h2", "h3", "h4"}
_LISTS: dict[str, Kind] = {"ul": "bullets", "ol": "numbers"}


@dataclass(slots=True)
class TextBlock:
    """A heading or a paragraph (one item), or a list (its items), as plain text."""

    kind: Kind
    items: list[str] = field(default_factory=list)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[TextBlock] = []
        self._words: list[str] = []
        self._list: Kind | None = None
        self._kind: Kind = "paragraph"

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self._words.append(" ")
        elif tag in _LISTS:
            self._close()
            self._list = _LISTS[tag]
            self.found.append(TextBlock(self._list))
        elif tag in _HEADINGS or tag in ("p", "li"):
            self._close()
            self._kind = "heading" if tag in _HEADINGS else "paragraph"

    def handle_endtag(self, tag: str) -> None:
        if tag in _LISTS:
            self._close()
            self._list = None
        elif tag in _HEADINGS or tag in ("p", "li"):
            self._close()
            self._kind = "paragraph"

    def handle_data(self, data: str) -> None:
        self._words.append(data)

    def close(self) -> None:
        super().close()
        self._close()

    def _close(self) -> None:
        text = " ".join("".join(self._words).split())
        self._words = []
        if not text:
            return
        if self._list is not None:
            self.found[-1].items.append(text)
        else:
            self.found.append(TextBlock(self._kind, [text]))


def text_blocks(html: str) -> list[TextBlock]:
    """A rich text as headings, paragraphs and lists of plain text; empty ones are left out."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return [block for block in reader.found if block.items]


def canonical_text(title: str, number: int, in_force_from: date, text: str) -> str:
    """The text of a version of a pact as everybody can write it again, whatever the markup around it.

    Title, number and first day in force come first, so that the same words put in force twice are two texts. Spaces
    count once, characters are in Unicode's composed form, lines end in a line feed.

    Args:
        title: of the version.
        number: of the version, from 1.
        in_force_from: the first day in force.
        text: rich text as the editor keeps it.
    """
    head = f"{' '.join(title.split())}\nVersione {number}, in vigore dal {in_force_from.isoformat()}"
    return unicodedata.normalize("NFC", "\n\n".join([head, *_paragraphs(text)]) + "\n")


def fingerprint(canonical: str) -> str:
    """The SHA-256 of a canonical text in UTF-8, as 64 hexadecimal digits: what `sha256sum` says of it as a file."""
    return hashlib.sha256(canonical.encode()).hexdigest()


def _paragraphs(text: str) -> Iterator[str]:
    for block in text_blocks(text):
        if block.kind == "heading":
            yield f"## {block.items[0]}"
        elif block.kind == "paragraph":
            yield block.items[0]
        elif block.kind == "bullets":
            yield "\n".join(f"- {item}" for item in block.items)
        else:
            yield "\n".join(f"{number}. {item}" for number, item in enumerate(block.items, 1))
