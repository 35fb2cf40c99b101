"""What changed between two published versions of a vision, field by field, in words that everybody may read.

Wagtail compares revisions for editors: everything, in HTML that tells additions by colour, names of people included.
Here the texts are taken from the raw data of both versions, as the page would show them, and compared paragraph by
paragraph, then word by word. Left out on purpose are pictures, documents and links, and who said a sentence: people may
take back their consent. A sentence of somebody is itself shown only as long as the page still has it.
"""

import difflib
import json
from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from datetime import date
from typing import Any

from bs4 import BeautifulSoup
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from wagtail import blocks
from wagtail.admin.compare import diff_text
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import RichTextField
from wagtail.fields import StreamField as WagtailStreamField

from portal.blocks.text import QuoteBlock
from portal.pages.querysets import public
from portal.pages.words import day_words
from portal.registry.models import Territory, Topic

from .models import DecisionPage
from .models.vision import BuildingStepBlock, ScenarioBlock, VisionPage, VoiceBlock

Content = Mapping[str, Any]
SAME, ADDED, REMOVED, CHANGED = "same", "added", "removed", "changed"
# In the order of the page.
FIELDS = (
    "title", "subtitle", "short_description", "statement", "values", "strengths", "fragilities", "scenarios", "body",
    "building", "voices", "provenance", "easy_read",
)  # fmt: skip
# Less alike than this, two paragraphs are not one that changed but one that went and one that came.
LIKE = 0.4


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a paragraph: as they were, added, or removed."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of either version, or a number of them that are the same in both."""

    kind: str
    pieces: tuple[Piece, ...] = ()
    same: int = 0


@dataclass(frozen=True, slots=True)
class FieldChange:
    """What changed in one field."""

    label: str
    paragraphs: tuple[Paragraph, ...]


def compare(page: VisionPage, before: Content, after: Content) -> list[FieldChange]:
    """The fields that differ between the contents of two revisions of a page, in the order of the page.

    Args:
        page: the vision as it is now: its readers see the words of people as long as it has them.
        before, after: contents of revisions (`Revision.content`) of that page.
    """
    spoken = frozenset(_words_of_people(page))
    changes = []
    for name in FIELDS:
        old, new = (_paragraphs(name, content, spoken) for content in (before, after))
        if old != new:
            changes.append(FieldChange(_label(name), _differences(old, new)))
    for label, old, new in _facts(before, after):
        if old != new:
            changes.append(FieldChange(label, _differences(old, new)))
    return changes


def _label(name: str) -> str:
    return capfirst(str(VisionPage._meta.get_field(name).verbose_name))  # type: ignore[union-attr]  # no relation


def _paragraphs(name: str, content: Content, spoken: Set[str]) -> list[str]:
    """A field of a revision as paragraphs of plain text; none where that revision did not know the field."""
    field, raw = VisionPage._meta.get_field(name), content.get(name) or ""
    if isinstance(field, WagtailStreamField):
        rows = json.loads(raw) if isinstance(raw, str) and raw else raw or []
        return [text for text in _stream(field.stream_block, rows, spoken) if text]
    if isinstance(field, RichTextField):
        return _of_html(raw)
    return [line for line in str(raw).splitlines() if line.strip()]


def _stream(block: blocks.BaseStreamBlock, rows: list, spoken: Set[str]) -> Iterator[str]:
    for row in rows:
        # A type of block that is no more has no public text either.
        if row.get("type") in block.child_blocks:
            yield from _texts(block.child_blocks[row["type"]], row.get("value"), spoken)


def _texts(block: blocks.Block, raw: Any, spoken: Set[str]) -> Iterator[str]:
    """The words that a block shows, from its raw value; choices, files, links and pictures have none."""
    if raw is None:
        return
    if isinstance(block, VoiceBlock):
        yield _said(raw.get("quote", ""), spoken)
    elif isinstance(block, QuoteBlock):
        yield _said(raw.get("text", ""), spoken)
    elif isinstance(block, BuildingStepBlock):
        yield _step(raw)
    elif isinstance(block, ScenarioBlock):
        wanted = f" ({gettext('è quello che vogliamo')})" if raw.get("wanted") else ""
        yield f"{raw.get('title', '')}{wanted}"
        yield from str(raw.get("text") or "").splitlines()
    elif isinstance(block, blocks.BaseStructBlock):
        for name, child in block.child_blocks.items():
            yield from _texts(child, raw.get(name), spoken)
    elif isinstance(block, blocks.ListBlock):
        for row in raw:
            is_item = isinstance(row, dict) and row.get("type") == "item"
            yield from _texts(block.child_block, row["value"] if is_item else row, spoken)
    elif isinstance(block, TypedTableBlock):
        yield str(raw.get("caption") or "")
        yield " | ".join(str(column.get("heading") or "") for column in raw.get("columns", ()))
        for row in raw.get("rows", ()):
            yield " | ".join(str(cell) for cell in row.get("values", ()))
    elif isinstance(block, blocks.RichTextBlock):
        yield from _of_html(raw)
    elif isinstance(block, blocks.CharBlock | blocks.TextBlock):
        yield from str(raw).splitlines()


def _said(words: str, spoken: Set[str]) -> str:
    """Somebody's words, or what stands for them once the page has them no more."""
    return f"«{words}»" if words in spoken else gettext("La frase di una persona, che oggi la pagina non mostra più.")


def _words_of_people(page: VisionPage) -> Iterator[str]:
    for voice in page.voices:
        yield voice.value.get("quote", "")
    for block in page.body:
        if isinstance(block.block, QuoteBlock):
            yield block.value.get("text", "")


def _step(raw: Mapping[str, Any]) -> str:
    people = raw.get("people")
    parts = [
        day_words(date.fromisoformat(raw["date"]), weekday=False) if raw.get("date") else "",
        str(raw.get("title") or ""),
        ngettext("%(people)s persona", "%(people)s persone", people) % {"people": people} if people else "",
    ]
    return ", ".join(part for part in parts if part)


def _of_html(html: str) -> list[str]:
    """Rich text as paragraphs: those of its paragraphs, headings and list items."""
    soup = BeautifulSoup(html or "", "html.parser")
    found = [" ".join(tag.get_text().split()) for tag in soup.find_all(["p", "li", "h2", "h3", "h4"])]
    return [text for text in (found or [" ".join(soup.get_text().split())]) if text]


def _facts(before: Content, after: Content) -> Iterator[tuple[str, list[str], list[str]]]:
    """The horizon, the decision, topics and territories, by name: what they chose of things that are public."""
    horizons = [[f"{content.get('from_year')} – {content.get('to_year')}"] for content in (before, after)]
    yield gettext("Orizzonte"), horizons[0], horizons[1]
    for label, name, things in (
        (gettext("Approvata con"), "approved_by", public(DecisionPage.objects.live()).only("title")),
        (gettext("Argomenti"), "topics", Topic.objects.all()),
        (gettext("Territori"), "territories", Territory.objects.all()),
    ):
        chosen = [_keys(content.get(name)) for content in (before, after)]
        if chosen[0] == chosen[1]:
            continue
        found = things.in_bulk([*chosen[0], *chosen[1]])
        names = [[str(found[key]) for key in keys if key in found] for keys in chosen]
        yield label, names[0], names[1]


def _keys(raw: Any) -> list[int]:
    if raw is None:
        return []
    return sorted(raw) if isinstance(raw, list) else [raw]


def _differences(old: list[str], new: list[str]) -> tuple[Paragraph, ...]:
    found: list[Paragraph] = []
    for kind, first, last, start, end in difflib.SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Paragraph(SAME, same=last - first))
            continue
        went, came = old[first:last], new[start:end]
        paired = min(len(went), len(came))
        for one, other in zip(went[:paired], came[:paired], strict=True):
            found.extend(_paired(one, other))
        found += [Paragraph(REMOVED, (Piece(REMOVED, text),)) for text in went[paired:]]
        found += [Paragraph(ADDED, (Piece(ADDED, text),)) for text in came[paired:]]
    return tuple(found)


def _paired(one: str, other: str) -> Iterator[Paragraph]:
    """One paragraph in place of another: word by word if they are alike, else the whole of each."""
    if difflib.SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio() < LIKE:
        yield Paragraph(REMOVED, (Piece(REMOVED, one),))
        yield Paragraph(ADDED, (Piece(ADDED, other),))
        return
    kinds = {"equal": SAME, "addition": ADDED, "deletion": REMOVED}
    yield Paragraph(CHANGED, tuple(Piece(kinds[kind], text) for kind, text in diff_text(one, other).changes))
