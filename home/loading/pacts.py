"""The pacts: their pages, the versions of their texts, and examples of who signs them. Each once."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from portal.pages.base import BasePage
from progetti.actions.pacts import publish_version
from progetti.models import PactPage, PactSignatory
from progetti.models.pact import SECTIONS

from .pages import classified, stream
from .registry import Registry
from .source import page_key, read

Row = Mapping[str, Any]
_ENGLISH = "_en"
_WORDS = ("title", "short_description", "common_good", "renewal", *SECTIONS)


def load_pacts(tree: Any, section: BasePage, registry: Registry) -> None:
    """Make the pacts that are missing, with their texts and signatures; what is there stays as the editors left it."""
    for row in read("pacts")["pact"]:
        page = tree.ensure(section, page_key(f"pact/{row['slug']}"), partial(_page, row, registry))
        if not page.versions.exists():
            _load_texts(page, row)


def pact_texts() -> list[tuple[Any, dict[str, Any]]]:
    """Key and English words of each pact, for the translation."""
    return [(page_key(f"pact/{row['slug']}"), _words(row, _ENGLISH)) for row in read("pacts")["pact"]]


def _words(row: Row, suffix: str = "") -> dict[str, Any]:
    """The words of a page, in the language whose keys end in the suffix."""
    blocks = [
        {name: item.get(f"{name}{suffix}", value) for name, value in item.items() if not name.endswith(_ENGLISH)}
        for item in row["body"]
    ]
    body = stream(f"pact/{row['slug']}/body", blocks)
    return {name: row.get(f"{name}{suffix}", "") for name in _WORDS} | {"body": body}


def _page(row: Row, registry: Registry) -> PactPage:
    page = PactPage(
        slug=row["slug"],
        translation_key=page_key(f"pact/{row['slug']}"),
        kind=row["kind"],
        start=row.get("start"),
        end=row.get("end"),
        renewable=row["renewable"],
        open_to_signatories=row["open_to_signatories"],
        organisation=registry.organisations[row["organisation"]],
        contact_email="info@example.org",
        **_words(row),
    )
    return classified(page, row, registry)


def _load_texts(page: PactPage, row: Row) -> None:
    for version in row["version"]:
        publish_version(page, by=None, **version)
    last = page.version_in_force()
    for signatory in row.get("signatory", []):
        # Invented, like everything in it: verified so that the page shows it, marked so that nobody believes it.
        made = PactSignatory(version=last, is_example=True, verified_on=signatory["signed_on"], **signatory)
        made.full_clean()
        made.save()
