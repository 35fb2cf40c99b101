"""The registers of the governance and the examples in them: meetings and decisions, each once."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.apps import apps

from portal.pages.base import BasePage
from portal.registry.models import Municipality
from progetti.models import AgendaItem, BodyPage, DecisionPage, MeetingAttendee, MeetingPage

from .pages import classified, stream
from .registry import Registry
from .source import moment, page_key, read

Row = Mapping[str, Any]


def load_governance(
    tree: Any, governance: BasePage, bodies: Mapping[str, BodyPage], projects: Mapping, registry: Registry
) -> None:
    """Make the registers below the page of the governance, then the meetings and decisions that are missing."""
    data = read("governance")
    registers = {
        row["slug"]: tree.ensure(governance, page_key(f"section/{row['slug']}"), partial(register_page, row))
        for row in data["register"]
    }
    meetings = {
        row["slug"]: tree.ensure(
            registers["sedute"], page_key(f"meeting/{row['slug']}"), partial(_meeting, row, bodies, registry)
        )
        for row in data["meeting"]
    }
    for row in data["decision"]:
        make = partial(_decision, row, bodies, meetings, projects, registry)
        tree.ensure(registers["decisioni"], page_key(f"decision/{row['slug']}"), make)


def register_texts() -> list[tuple[Any, dict[str, str]]]:
    """Key and English words of each register, for the translation."""
    return [
        (
            page_key(f"section/{row['slug']}"),
            {"title": row["title_en"], "short_description": row["short_description_en"]},
        )
        for row in read("governance")["register"]
    ]


def register_page(row: Row) -> BasePage:
    """The page of a register, as a row of the files says it."""
    return apps.get_model(row["page"])(
        slug=row["slug"],
        translation_key=page_key(f"section/{row['slug']}"),
        title=row["title"],
        short_description=row["short_description"],
    )


def _meeting(row: Row, bodies: Mapping[str, BodyPage], registry: Registry) -> MeetingPage:
    page = MeetingPage(
        slug=row["slug"],
        translation_key=page_key(f"meeting/{row['slug']}"),
        title=row["title"],
        short_description=row["short_description"],
        meeting_of=bodies[row["body"]],
        start=moment(row["start"]),
        end=moment(row["end"]),
        place_name=row["place_name"],
        place_municipality=Municipality.objects.get(istat_code=row["municipality"]),
        others_present=row["others_present"],
        organisation=bodies[row["body"]].organisation,
        minutes=stream(f"meeting/{row['slug']}/minutes", row.get("minutes", [])),
    )
    page.agenda = [  # type: ignore[misc]  # modelcluster's relations take a list
        AgendaItem(title=item["title"], outcome=item.get("outcome", ""), sort_order=number)
        for number, item in enumerate(row["agenda"])
    ]
    page.attendees = [  # type: ignore[misc]  # modelcluster's relations take a list
        MeetingAttendee(organisation=registry.organisations[slug], sort_order=number)
        for number, slug in enumerate(row["members"])
    ]
    return classified(page, row, registry)


def _decision(
    row: Row, bodies: Mapping[str, BodyPage], meetings: Mapping[str, MeetingPage], projects: Mapping, registry: Registry
) -> DecisionPage:
    page = DecisionPage(
        slug=row["slug"],
        translation_key=page_key(f"decision/{row['slug']}"),
        title=row["title"],
        short_description=row["short_description"],
        taken_by=bodies[row["body"]],
        meeting=meetings[row["meeting"]],
        number=row["number"],
        date=row["date"],
        outcome=row["outcome"],
        reason=row["reason"],
        responsible=registry.organisations[row["responsible"]],
        due=row["due"],
        carrying_out=row["carrying_out"],
        done_on=row.get("done_on"),
        organisation=bodies[row["body"]].organisation,
        body=stream(f"decision/{row['slug']}/body", row["text"]),
    )
    page.projects = [projects[slug] for slug in row["projects"]]
    return classified(page, row, registry)
