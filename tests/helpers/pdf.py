"""What a PDF says, as a PDF reader reads it."""

from __future__ import annotations

from collections.abc import Iterator

import pypdf


def pdf_text(reader: pypdf.PdfReader) -> str:
    """All words of a document, with single spaces."""
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def pdf_tags(reader: pypdf.PdfReader) -> set[str]:
    """The tags of its structure: `/H1`, `/P`, `/Table`…"""
    return set(_walk(reader.trailer["/Root"]["/StructTreeRoot"]))


def _walk(node) -> Iterator[str]:
    node = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(node, list):
        for child in node:
            yield from _walk(child)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node["/S"]
        if "/K" in node:
            yield from _walk(node["/K"])
