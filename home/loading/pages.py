"""From the files of `home/data` to pages that are not saved yet, one builder for each type."""

import json
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from bandi.models import CallPage
from home.models import ContentPage, EventPage, HomePage, NewsPage
from portal.registry.models import Municipality
from progetti.enums import PartnerRole
from progetti.models import Axis, BodyMember, BodyPage, PlanPage, ProjectPage, ProjectPartner, VisionPage

from .registry import Registry
from .source import ContentError, blocks, moment, page_key, paragraph

ROLES = {
    "promotore": PartnerRole.PROMOTER,
    "finanziatore": PartnerRole.FUNDER,
    "committente": PartnerRole.CLIENT,
    "partner": PartnerRole.PARTNER,
    "coordinamento": PartnerRole.COORDINATION,
    "progettazione": PartnerRole.DESIGN,
    "accompagnamento": PartnerRole.ACCOMPANIMENT,
    "supervisione scientifica": PartnerRole.SCIENTIFIC_SUPERVISION,
    "supporto tecnico": PartnerRole.TECHNICAL_SUPPORT,
}
Row = Mapping[str, Any]


def home(row: Row, suffix: str = "") -> HomePage:
    """The home page in Italian, or in the language whose keys end in `suffix` ("_en")."""

    def word(table: Row, name: str) -> str:
        return table.get(f"{name}{suffix}", "")

    return HomePage(
        slug="portale",
        translation_key=page_key("home"),
        title=word(row, "title"),
        short_description=word(row, "short_description"),
        hero_statement=word(row, "hero_statement"),
        hero_intro=word(row, "hero_intro"),
        projects_intro=word(row["projects"], "intro"),
        plan_intro=word(row["plan"], "intro"),
        sportello_heading=word(row["sportello"], "heading"),
        sportello_intro=word(row["sportello"], "intro"),
        seek_text=word(row["sportello"], "seek_text"),
        offer_text=word(row["sportello"], "offer_text"),
    )


def vision_texts(row: Row) -> dict[str, Any]:
    """The words of a vision, in the language of the row."""
    body = [dict(item) for item in row["body"]]
    transitions: list[dict[str, Any]] = [{"type": "heading", "text": row["transitions_heading"]}]
    for item in row["transitions"]:
        transitions.append({"type": "heading", "level": "h3", "text": item["name"]})
        transitions.append({"type": "paragraph", "html": paragraph(item["text"])})
    last_heading = max(number for number, item in enumerate(body) if item["type"] == "heading")
    body[last_heading:last_heading] = transitions
    return {
        "title": row["title"],
        "subtitle": row["subtitle"],
        "short_description": row["short_description"],
        "statement": row["statement"],
        "provenance": row["perspective_note"],
        "values": stream("vision/values", [{"type": "value", **item} for item in row["values"]]),
        "body": stream("vision/body", body),
    }


def vision(row: Row, registry: Registry) -> VisionPage:
    """The vision: the promoter's proposal."""
    return VisionPage(
        slug=row["slug"],
        translation_key=page_key("vision"),
        show_in_menus=True,
        from_year=row["from_year"],
        to_year=row["to_year"],
        organisation=registry.organisations[row["proposed_by"]],
        **vision_texts(row),
    )


def plan(row: Row, registry: Registry, vision_page: VisionPage) -> PlanPage:
    """The plan with its axes, at the address that the menu gives it."""
    page = PlanPage(
        slug="piano",
        translation_key=page_key("plan"),
        show_in_menus=True,
        title=row["title"],
        subtitle=row["subtitle"],
        short_description=row["short_description"],
        from_year=row["from_year"],
        to_year=row["to_year"],
        status=row["status"],
        approved_on=row["approved"],
        description=row["vision"],
        data_note=row["no_data_note"],
        body=stream("plan/body", row["body"]),
    )
    page.axes = [  # type: ignore[misc]  # modelcluster's relations take a list
        Axis(code=axis["code"], title=axis["title"], description=axis["description"], sort_order=number)
        for number, axis in enumerate(row["axes"])
    ]
    return classified(page, row, registry)


def plan_texts(row: Row) -> dict[str, Any]:
    """The words of a plan and of its axes, in the language of the row."""
    return {
        "title": row["title"],
        "subtitle": row["subtitle"],
        "short_description": row["short_description"],
        "description": row["vision"],
        "data_note": row["no_data_note"],
        "body": stream("plan/body", row["body"]),
        "axes": {axis["code"]: {"title": axis["title"], "description": axis["description"]} for axis in row["axes"]},
    }


def project_texts(row: Row) -> dict[str, Any]:
    """The words of a project, in the language of the row."""
    return {
        "title": row["title"],
        "subtitle": row["subtitle"],
        "short_description": row["short_description"],
        "how_to_take_part": paragraph(row["how_to_take_part"]),
        "body": stream(f"project/{row['slug']}/body", row["body"]),
        **{
            name: stream(f"project/{row['slug']}/{name}", [{"type": kind, **item} for item in row[name]])
            for name, kind in (("milestones", "milestone"), ("results", "result"), ("funding", "funding"))
            if name in row
        },
    }


def project(row: Row, registry: Registry) -> ProjectPage:
    """A project with its partners by role."""
    page = ProjectPage(
        slug=row["slug"],
        translation_key=page_key(f"project/{row['slug']}"),
        status=row["status"],
        start=row.get("start"),
        end=row.get("end"),
        **project_texts(row),
    )
    page.partners = [  # type: ignore[misc]  # modelcluster's relations take a list
        ProjectPartner(
            organisation=registry.organisations[partner["organisation"]], role=ROLES[partner["role"]], sort_order=number
        )
        for number, partner in enumerate(row["partners"])
    ]
    return classified(page, row, registry)


def call_texts(row: Row) -> dict[str, Any]:
    """The words of a call, in the language of the row."""
    return {
        "title": row["title"],
        "subtitle": row["subtitle"],
        "short_description": row["short_description"],
        "what_it_funds": paragraph(row["what_it_funds"]),
        "how_to_apply": paragraph(row["how_to_apply"]),
        "body": stream(f"call/{row['slug']}/body", row["body"]),
    }


def call(row: Row, registry: Registry) -> CallPage:
    """A call. A deadline without an hour lasts until the end of its day: the model sees to that."""
    page = CallPage(
        slug=row["slug"],
        translation_key=page_key(f"call/{row['slug']}"),
        kind=row["kind"],
        source=row["source"],
        issuing_body=registry.organisations[row["issuing_body"]],
        opening=moment(row["opening"]),
        deadline=moment(row["deadline"]),
        total_amount=row["total_amount_eur"],
        maximum_grant=row["max_grant_eur"],
        official_url=row.get("official_url", ""),
        **call_texts(row),
    )
    page.recipients = [registry.recipients[name] for name in row["recipients"]]
    return classified(page, {**row, "territories": row["territorial_scope"]}, registry)


def event(row: Row, registry: Registry, projects: Mapping[str, ProjectPage]) -> EventPage:
    """An event with its place, as far as it is known."""
    place = row.get("place", {})
    page = EventPage(
        slug=row["slug"],
        translation_key=page_key(f"event/{row['slug']}"),
        title=row["title"],
        subtitle=row["subtitle"],
        short_description=row["short_description"],
        kind=row.get("kind", "meeting"),
        state=row["state"],
        start=moment(row["start"]),
        end=moment(row["end"]),
        all_day=row["all_day"],
        project=projects.get(row.get("project", "")),
        place_name=", ".join(place[part] for part in ("name", "locality") if part in place),
        body=stream(f"event/{row['slug']}/body", row["body"]),
    )
    if "municipality" in place:
        page.place_municipality = Municipality.objects.get(istat_code=place["municipality"])
    return classified(page, row, registry)


def news(row: Row, registry: Registry, projects: Mapping[str, ProjectPage]) -> NewsPage:
    """A piece of news."""
    page = NewsPage(
        slug=row["slug"],
        translation_key=page_key(f"news/{row['slug']}"),
        title=row["title"],
        short_description=row["short_description"],
        kind=row["kind"],
        date=row["date"],
        project=projects.get(row.get("project", "")),
        body=stream(f"news/{row['slug']}/body", row["body"]),
    )
    return classified(page, row, registry)


def body(row: Row, registry: Registry) -> BodyPage:
    """A body of the governance with the organisations that sit in it."""
    page = BodyPage(
        slug=row["slug"],
        translation_key=page_key(f"body/{row['slug']}"),
        title=row["name"],
        short_description=row["short_description"],
        kind=row["kind"],
        purpose=row["purpose"],
        organisation=registry.organisations[row["organisation"]],
        body=stream(f"body/{row['slug']}/body", row["body"]),
    )
    page.members = [  # type: ignore[misc]  # modelcluster's relations take a list
        BodyMember(organisation=registry.organisations[slug], sort_order=number)
        for number, slug in enumerate(row["members"])
    ]
    return classified(page, row, registry)


def content_texts(row: Row) -> dict[str, Any]:
    """The words of a content page, in the language of the row."""
    return {
        "title": row["title"],
        "short_description": row["short_description"],
        "body": stream(f"page/{row['slug']}/body", row["body"]),
    }


def content(row: Row) -> ContentPage:
    """A page of running text."""
    return ContentPage(
        slug=row["slug"],
        translation_key=page_key(f"page/{row['slug']}"),
        last_review=timezone.localdate(),
        **content_texts(row),
    )


def classified(page: Any, row: Row, registry: Registry) -> Any:
    """The page with the topics, territories and aims that its row names."""
    try:
        page.topics = [registry.topics[slug] for slug in row["topics"]]
        page.territories = registry.territories(row["territories"])
        if "aims" in row:
            page.aims = [registry.aims[order] for order in row["aims"]]
    except KeyError as error:
        raise ContentError(f"{page.slug}: there is no {error}") from error
    return page


def stream(owner: str, items: Any) -> str:
    """The value of a StreamField, as the field stores it."""
    return json.dumps(blocks(owner, items), ensure_ascii=False)
