"""One invented page of each kind with every field filled in, in Italian and in English: what the portal can publish."""

import json
import uuid
from collections.abc import Iterable, Mapping
from functools import partial
from typing import Any

from django.core.files.base import ContentFile
from django.utils.text import slugify

from bandi.models import CallPage
from portal.media.models import CustomDocument
from portal.registry.models import Municipality, Organisation
from progetti.models import (
    AgendaItem,
    Axis,
    BodyMember,
    BodyPage,
    DecisionPage,
    MeetingAttendee,
    MeetingPage,
    PlanPage,
    ProjectPage,
    ProjectPartner,
    VisionPage,
)

from .call_examples import day_of, moment_of
from .pages import classified
from .registry import Registry
from .source import moment, page_key, read

Row = Mapping[str, Any]
_ENGLISH = "_en"
_NAMESPACE = uuid.UUID("5c1b41e4-6e0c-4d8e-9d1e-0d7c2f5b9a11")
# The streams of each page, with the type of their blocks.
_STREAMS: Mapping[str, Mapping[str, str]] = {
    "vision": {
        "values": "value",
        "scenarios": "scenario",
        "building": "step",
        "voices": "voice",
        "easy_read": "paragraph",
    },
    "project": {
        "results": "result",
        "milestones": "milestone",
        "funding": "funding",
        "team": "person",
        "easy_read": "paragraph",
    },
    "body": {},
    "decision": {"text": "callout"},
    "meeting": {"minutes": "callout", "attachments": "section"},
    "approval": {"text": "callout"},
    "plan": {"text": "callout", "easy_read": "paragraph", "attachments": "section"},
    "call": {"criteria": "criterion", "forms": "form", "faq": "item", "attachments": "section"},
}


def load_full_examples(
    tree: Any, sections: Mapping[str, Any], bodies: Mapping[str, BodyPage], home: Any, registry: Registry
) -> None:
    """Make those that are missing, each below its section."""
    data = read("full_examples")
    issuer = Organisation.objects.get(slug="ente-inventato")
    register = tree.find(page_key("section/decisioni"))
    vision = _vision(tree, home, data["vision"])
    project = tree.ensure(sections["progetti"], _key("project"), partial(_project, data["project"], issuer, registry))
    parent = bodies["tavolo-di-cura-chieri"]
    body = tree.ensure(sections["governance"], _key("body"), partial(_body, data["body"], parent, issuer, registry))
    replaced = tree.find(page_key("decision/esempio-sintesi-delle-sedute"))
    make = partial(_decision, data["decision"], body, replaced, project, issuer, registry)
    tree.ensure(register, _key("decision"), make)
    make = partial(_meeting, data["meeting"], body, issuer, registry)
    meeting = tree.ensure(tree.find(page_key("section/sedute")), _key("meeting"), make)
    make = partial(_approval, data["approval"], meeting, issuer, registry)
    approval = tree.ensure(register, _key("approval"), make)
    tree.ensure(home, _key("plan"), partial(_plan, data["plan"], vision, approval, issuer, registry))
    tree.ensure(sections["bandi"], _key("call"), partial(_call, data["call"], project, issuer, registry))


def full_example_texts() -> list[tuple[uuid.UUID, dict[str, Any]]]:
    """Key and English words of each, for the translation."""
    return [(_key(kind), _words(kind, _ENGLISH)) for kind in _STREAMS]


def _key(kind: str) -> uuid.UUID:
    return page_key(f"full-example/{kind}")


def _words(kind: str, suffix: str = "") -> dict[str, Any]:
    """The words of a page that are translated, in the language whose keys end in the suffix, and its streams."""
    row = read("full_examples")[kind]
    words: dict[str, Any] = {
        name.removesuffix(_ENGLISH): row[name.removesuffix(_ENGLISH) + suffix]
        for name in row
        if name.endswith(_ENGLISH)
    }
    for name, block in _STREAMS[kind].items():
        field = "body" if name == "text" else name
        words[field] = _stream(f"{kind}/{name}", block, row[name], suffix)
    if suffix and kind == "body":
        words["members.role"] = [member[f"role{suffix}"] for member in row["members"]]
    if suffix and kind == "project":
        words["partners.contribution"] = [row[f"partner{suffix}"]]
    if suffix and kind == "meeting":
        for name in ("title", "outcome"):
            words[f"agenda.{name}"] = [item[f"{name}{suffix}"] for item in row["agenda"]]
    if suffix and kind == "plan":
        words["axes"] = {
            axis["code"]: {name: axis[f"{name}{suffix}"] for name in ("title", "description")} for axis in row["axes"]
        }
    words.pop("partner", None)
    return words


def _stream(owner: str, kind: str, rows: Iterable[Row], suffix: str) -> str:
    """The value of a StreamField as the field stores it; ids are the same in every language."""
    values = []
    for number, row in enumerate(rows):
        value: Any = {
            name: row.get(f"{name}{suffix}", value) for name, value in row.items() if not name.endswith(_ENGLISH)
        }
        if kind == "paragraph":
            value = value["text"]
        elif kind == "callout":
            value["kind"] = "example"
        elif kind == "section":
            value["items"] = [
                {"type": "item", "value": item, "id": _id(f"{owner}/{number}/{place}")}
                for place, item in enumerate(value["items"])
            ]
        values.append({"type": kind, "value": value, "id": _id(f"{owner}/{number}")})
    return json.dumps(values, ensure_ascii=False, default=str)


def _id(name: str) -> str:
    return str(uuid.uuid5(_NAMESPACE, name))


def _plain(kind: str, row: Row, *names: str) -> dict[str, Any]:
    """The fields that are the same in every language."""
    return {name: row[name] for name in names} | {"slug": row["slug"], "translation_key": _key(kind)}


def _vision(tree: Any, home: Any, row: Row) -> VisionPage:
    """The vision, published twice, so that there is something to compare."""
    made = tree.made

    def first() -> VisionPage:
        words = _words("vision") | {"statement": row["first_statement"], "update_notes": row["first_notes"]}
        plain = _plain("vision", row, "from_year", "to_year", "last_review", "next_review")
        return VisionPage(show_in_menus=False, **plain, **words)

    page = tree.ensure(home, _key("vision"), first)
    if tree.made > made:
        page.statement, page.update_notes = row["statement"], row["update_notes"]
        page.save_revision().publish()
    return page


def _project(row: Row, issuer: Organisation, registry: Registry) -> ProjectPage:
    names = (
        "acronym",
        "status",
        "start",
        "expected_end",
        "end",
        "total_cost",
        "cup",
        "cig",
        "contact_name",
        "contact_email",
        "contact_phone",
        "place_name",
        "place_address",
    )
    page = ProjectPage(
        lead=issuer,
        organisation=issuer,
        place_municipality=Municipality.objects.get(istat_code=row["place_municipality"]),
        **_plain("project", row, *names),
        **_words("project"),
    )
    page.partners = [  # type: ignore[misc]  # modelcluster's relations take a list
        ProjectPartner(organisation=issuer, role="partner", contribution=row["partner"])
    ]
    return classified(page, row, registry)


def _body(row: Row, parent: BodyPage, issuer: Organisation, registry: Registry) -> BodyPage:
    plain = _plain("body", row, "kind", "set_up_on", "contact_email")
    page = BodyPage(parent_body=parent, organisation=issuer, **plain, **_words("body"))
    page.members = [  # type: ignore[misc]  # modelcluster's relations take a list
        BodyMember(sort_order=number, **{name: value for name, value in member.items() if name != "role_en"})
        for number, member in enumerate(row["members"])
    ]
    return classified(page, row, registry)


def _decision(
    row: Row, body: BodyPage, replaced: Any, project: ProjectPage, issuer: Organisation, registry: Registry
) -> DecisionPage:
    page = DecisionPage(
        taken_by=body,
        replaces=replaced,
        responsible=issuer,
        organisation=issuer,
        **_plain("decision", row, "number", "date", "outcome", "due", "carrying_out"),
        **_words("decision"),
    )
    page.projects = [project]
    return classified(page, row, registry)


def _document(title: str) -> CustomDocument:
    """A text that says what it is: no document of the examples exists outside the portal."""
    text = f"{title}: documento inventato, per mostrare dove si scarica.\n"
    return CustomDocument.objects.create(title=title, file=ContentFile(text.encode(), name=f"{slugify(title)}.txt"))


def _meeting(row: Row, body: BodyPage, issuer: Organisation, registry: Registry) -> MeetingPage:
    plain = _plain("meeting", row, "is_public", "online_url", "others_present", "place_name", "place_address")
    page = MeetingPage(
        meeting_of=body,
        organisation=issuer,
        start=moment(row["start"]),
        end=moment(row["end"]),
        place_municipality=Municipality.objects.get(istat_code=row["place_municipality"]),
        minutes_document=_document(row["document"]),
        related_pages=[("page", body)],
        **plain,
        **_words("meeting"),
    )
    page.agenda = [  # type: ignore[misc]  # modelcluster's relations take a list
        AgendaItem(
            title=item["title"],
            outcome=item["outcome"],
            document=_document(item["document"]) if "document" in item else None,
            sort_order=number,
        )
        for number, item in enumerate(row["agenda"])
    ]
    page.attendees = [  # type: ignore[misc]  # as above
        MeetingAttendee(sort_order=number, **person) for number, person in enumerate(row["attendees"])
    ] + [MeetingAttendee(sort_order=len(row["attendees"]), organisation=issuer)]
    return classified(page, row, registry)


def _approval(row: Row, meeting: MeetingPage, issuer: Organisation, registry: Registry) -> DecisionPage:
    page = DecisionPage(
        taken_by=meeting.meeting_of,
        meeting=meeting,
        responsible=issuer,
        organisation=issuer,
        **_plain("approval", row, "number", "date", "outcome", "due", "carrying_out"),
        **_words("approval"),
    )
    return classified(page, row, registry)


def _plan(row: Row, vision: VisionPage, approval: DecisionPage, issuer: Organisation, registry: Registry) -> PlanPage:
    """The plan and its axes; what is below them is made with that of the real plan."""
    names = (
        "from_year", "to_year", "status", "approved_on", "weighing", "monitoring_months", "last_review", "next_review",
    )  # fmt: skip
    page = PlanPage(
        show_in_menus=False,
        vision=vision,
        approved_by=approval,
        organisation=issuer,
        full_document=_document(row["document"]),
        related_pages=[("page", vision)],
        **_plain("plan", row, *names),
        **_words("plan"),
    )
    page.axes = [  # type: ignore[misc]  # modelcluster's relations take a list
        Axis(sort_order=number, **{name: axis[name] for name in ("code", "title", "description", "weight")})
        for number, axis in enumerate(row["axes"])
    ]
    return classified(page, row, registry)


def _call(row: Row, project: ProjectPage, issuer: Organisation, registry: Registry) -> CallPage:
    names = (
        "kind", "source", "total_amount", "minimum_grant", "maximum_grant", "co_funding_share", "official_url", "cup",
        "cig", "act_number", "contact_name", "contact_email", "contact_pec", "responsible_office",
    )  # fmt: skip
    page = CallPage(
        issuing_body=issuer,
        organisation=issuer,
        opening=moment_of(row, "opening_in"),
        questions_deadline=moment_of(row, "questions_in"),
        deadline=moment_of(row, "deadline_in"),
        publication_of_outcomes=day_of(row, "outcomes_in"),
        end_of_procedure=day_of(row, "end_in"),
        act_date=day_of(row, "act_in"),
        related_pages=[("page", project)],
        **_plain("call", row, *names),
        **_words("call"),
    )
    page.recipients = [registry.recipients[name] for name in row["recipients"]]
    return classified(page, row, registry)
