"""Invented calls in every state, with outcomes and who is interested; what is known of the outcomes of the real one."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from functools import partial
from typing import Any

from django.utils import timezone

from bandi.enums import InterestState
from bandi.models import CallAct, CallInterest, CallOutcome, CallPage
from portal.pages.base import BasePage
from portal.registry.models import Organisation

from .pages import classified
from .registry import Registry
from .source import page_key, paragraph, read

Row = Mapping[str, Any]
ISSUER = "Ente inventato per gli esempi"


def load_call_examples(tree: Any, section: BasePage, registry: Registry, projects: Mapping) -> None:
    """Make the examples that are missing; outcomes only where the call has none yet."""
    data = read("calls_examples")
    issuer, _new = Organisation.objects.get_or_create(
        slug="ente-inventato", defaults={"name": ISSUER, "is_example": True}
    )
    for row in data["call"]:
        call = tree.ensure(section, page_key(f"call/{row['slug']}"), partial(_call, row, registry, issuer))
        _outcomes(call, [dict(item) for item in row.get("outcomes", [])])
        _interests(call, row.get("interests", []))
    real: dict[str, list[dict[str, Any]]] = {}
    for item in data["real_outcome"]:
        values = {
            "organisation": registry.organisations[item["organisation"]],
            "project": projects[item["project"]],
            "result": item["result"],
        }
        real.setdefault(item["call"], []).append(values)
    for slug, rows in real.items():
        _outcomes(tree.find(page_key(f"call/{slug}")), rows)


def moment_of(row: Row, name: str) -> datetime | None:
    """A moment so many days from today, at the hour of the row's deadline or at the beginning of the day."""
    if name not in row:
        return None
    hour = time(row.get("deadline_hour", 0)) if name != "opening_in" else time(9)
    day = timezone.localdate() + timedelta(days=row[name])
    return timezone.make_aware(datetime.combine(day, hour))


def day_of(row: Row, name: str):
    return timezone.localdate() + timedelta(days=row[name]) if name in row else None


def _call(row: Row, registry: Registry, issuer: Organisation) -> CallPage:
    owner = f"call/{row['slug']}"
    page = CallPage(
        slug=row["slug"],
        translation_key=page_key(owner),
        title=row["title"],
        subtitle=row["subtitle"],
        short_description=row["short_description"],
        kind=row["kind"],
        source=row["source"],
        issuing_body=issuer,
        organisation=issuer,
        responsible_office=row.get("responsible_office", ""),
        opening=moment_of(row, "opening_in"),
        deadline=moment_of(row, "deadline_in"),
        questions_deadline=moment_of(row, "questions_in"),
        publication_of_outcomes=day_of(row, "outcomes_in"),
        end_of_procedure=day_of(row, "end_in"),
        total_amount=row.get("total_amount"),
        minimum_grant=row.get("minimum_grant"),
        maximum_grant=row.get("maximum_grant"),
        co_funding_share=row.get("co_funding_share"),
        what_it_funds=paragraph(row["what_it_funds"]),
        eligible_costs=paragraph(row.get("eligible_costs", "")),
        requirements=paragraph(row.get("requirements", "")),
        how_to_apply=paragraph(row["how_to_apply"]),
        criteria=[("criterion", {"title": title, "points": points}) for title, points in row.get("criteria", [])],
        faq=[("item", {"title": title, "text": f"<p>{text}</p>"}) for title, text in row.get("faq", [])],
    )
    page.acts = [  # type: ignore[misc]  # modelcluster's relations take a list
        CallAct(
            kind=act["kind"],
            date=day_of(act, "date_in"),
            reason=act["reason"],
            new_deadline=moment_of({**act, "deadline_hour": row.get("deadline_hour", 0)}, "new_deadline_in"),
            sort_order=number,
        )
        for number, act in enumerate(row.get("acts", []))
    ]
    page.recipients = [registry.recipients[name] for name in row["recipients"]]
    return classified(page, row, registry)


def _outcomes(call: CallPage, rows: list[dict[str, Any]]) -> None:
    if CallOutcome.objects.of_source(call).exists():
        return
    for values in rows:
        outcome = CallOutcome(call=call, **values)
        outcome.full_clean()
        outcome.save()


def _interests(call: CallPage, rows: list[Row]) -> None:
    """Organisations that are in; invented ones have no address, so nobody can write to them."""
    if CallInterest.objects.of_call(call).exists():
        return
    now = timezone.now()
    for row in rows:
        CallInterest.objects.create(
            call=call,
            organisation_name=row["organisation_name"],
            brings=row["brings"],
            seeks=row.get("seeks", ""),
            may_be_shown=not row.get("hidden", False),
            state=InterestState.ACCEPTED,
            is_example=True,
            asked_at=now,
            confirmed_at=now,
            decided_at=now,
        )
