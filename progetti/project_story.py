"""What the page of a project says of its steps, its results and its money, from the blocks that editors fill in."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from portal.pages.words import day_words, money_words

from .enums import EUROPEAN_SOURCES, FundingSource, ResultKind


@dataclass(frozen=True, slots=True)
class Money:
    """How a project is paid."""

    rows: list[dict[str, str]]
    total: str
    funded: str
    missing: str
    is_european: bool
    is_pnrr: bool


def timeline(milestones, today: date) -> list[dict[str, str]]:
    """Return the steps in order of their day, as `components/timeline.html` shows them; late ones say so."""
    items = []
    for step in sorted((block.value for block in milestones), key=lambda value: (value["due"], value["title"])):
        reached = step["reached_on"]
        late = not reached and step["due"] < today
        due = day_words(step["due"], weekday=False)
        when = day_words(reached, weekday=False) if reached else _("entro il %(day)s") % {"day": due}
        text = step["note"] or ""
        if late:
            text = _("In ritardo.") if not text else _("In ritardo.") + " " + text
        items.append({"date": when, "title": step["title"], "text": text, "state": "done" if reached else ""})
    return items


def results(blocks) -> dict[str, list[dict[str, str]]]:
    """Return expected and reached results apart, in the order of the editor."""
    found: dict[str, list[dict[str, str]]] = {kind.value: [] for kind in ResultKind}
    for block in blocks:
        found[block.value["kind"]].append({"text": block.value["text"], "number": block.value["number"] or ""})
    return found


def money(blocks, total_cost: Decimal | None) -> Money | None:
    """Return how a project is paid; None when nothing is known. What is not known is not counted as nothing."""
    values: list[Any] = [block.value for block in blocks]
    if not values and total_cost is None:
        return None
    known = [value["amount"] for value in values if value["amount"] is not None]
    funded = sum(known, Decimal(0))
    complete = len(known) == len(values)
    gap = total_cost - funded if total_cost is not None and complete and values else None
    return Money(
        rows=[
            {
                "funder": value["funder"],
                "source": str(FundingSource(value["source"]).label),
                "amount": money_words(value["amount"]) if value["amount"] is not None else "",
                "note": " · ".join(
                    part
                    for part in (_("cofinanziamento") if value["is_own_share"] else "", value["note"] or "")
                    if part
                ),
            }
            for value in values
        ],
        total=money_words(total_cost) if total_cost is not None else "",
        funded=money_words(funded) if known and complete and len(values) > 1 else "",
        missing=money_words(gap) if gap is not None and gap > 0 else "",
        is_european=any(value["source"] in EUROPEAN_SOURCES for value in values),
        is_pnrr=any(value["source"] == FundingSource.PNRR for value in values),
    )


def _joined(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)


def team(blocks) -> list[dict[str, str]]:
    """Return who works on it; a name only of who agreed."""
    return [
        {"name": block.value["name"] if block.value["has_agreed"] else "", "role": block.value["role"]}
        for block in blocks
    ]
