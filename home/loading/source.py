"""Reading `home/data`: what the files say, the keys of the pages made from them, and rich text in blocks."""

import datetime
import tomllib
import uuid
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.html import escape

DATA = Path(__file__).resolve().parent.parent / "data"
_NAMESPACE = uuid.UUID("5b0f7c1e-6f0a-5d3b-9a52-8f1d2c7e4a10")


class ContentError(ValueError):
    """A file of `home/data` says something that cannot be loaded; the message names the file and the thing."""


def read(name: str) -> dict[str, Any]:
    """The content of one file of `home/data`, by its name without ending."""
    with (DATA / f"{name}.toml").open("rb") as file:
        return tomllib.load(file)


def page_key(name: str) -> uuid.UUID:
    """The translation key of a loaded page: the same on every machine, so that its map is the same too."""
    return uuid.uuid5(_NAMESPACE, f"page/{name}")


def moment(day: datetime.date | datetime.datetime) -> datetime.datetime:
    """A day or a naive local time of the files as a moment in Europe/Rome."""
    if not isinstance(day, datetime.datetime):
        day = datetime.datetime.combine(day, datetime.time.min)
    return timezone.make_aware(day) if timezone.is_naive(day) else day


def paragraph(text: str) -> str:
    """Plain text as the source of a rich text field."""
    return f"<p>{escape(text)}</p>" if text else ""


def blocks(owner: str, items: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Blocks of a file as the raw data of a StreamField.

    Ids follow from the owner and the place of each block, so that a text and its translation, which have the same
    blocks in the same order, have the same ids: that is how the translation finds the text.
    """
    return [_block(f"{owner}/{number}", item) for number, item in enumerate(items)]


def _block(owner: str, item: Mapping[str, Any]) -> dict[str, Any]:
    kind = item["type"]
    if kind not in _VALUES:
        raise ContentError(f"{owner}: there is no block of type «{kind}»")
    return {"type": kind, "value": _VALUES[kind](owner, item), "id": str(uuid.uuid5(_NAMESPACE, owner))}


def _rows(owner: str, rows: Iterable[Any]) -> list[dict[str, Any]]:
    return [
        {"type": "item", "value": row, "id": str(uuid.uuid5(_NAMESPACE, f"{owner}/item/{number}"))}
        for number, row in enumerate(rows)
    ]


_VALUES = {
    "heading": lambda owner, item: {"text": item["text"], "level": item.get("level", "h2")},
    "paragraph": lambda owner, item: item["html"].strip(),
    "callout": lambda owner, item: {
        "kind": item.get("kind", "info"),
        "title": item.get("title", ""),
        "text": item["text"],
    },
    "quote": lambda owner, item: {
        "text": item["text"],
        "author": item.get("author", ""),
        "role": item.get("role", ""),
    },
    "figures": lambda owner, item: {"items": _rows(owner, [dict(row) for row in item["items"]])},
    "accordion": lambda owner, item: {"items": _rows(owner, [dict(row) for row in item["items"]])},
    "value": lambda owner, item: {"name": item["name"], "text": item["text"]},
    "milestone": lambda owner, item: {
        "title": item["title"],
        "due": item["due"].isoformat(),
        "reached_on": item["reached_on"].isoformat() if "reached_on" in item else None,
        "note": item.get("note", ""),
    },
    "result": lambda owner, item: {"kind": item["kind"], "text": item["text"], "number": item.get("number", "")},
    "funding": lambda owner, item: {
        "funder": item["funder"],
        "source": item["source"],
        "amount": None,
        "is_own_share": False,
        "note": item.get("note", ""),
    },
}
