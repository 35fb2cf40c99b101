"""Projects, plans, bodies and pacts for tests."""

import itertools
from datetime import timedelta

from django.utils import timezone

from progetti.enums import PartnerRole
from progetti.models import (
    Aim,
    Axis,
    BodyMember,
    BodyPage,
    DecisionIndexPage,
    DecisionPage,
    GovernanceIndexPage,
    MeetingIndexPage,
    MeetingPage,
    PactIndexPage,
    PactPage,
    PlanPage,
    ProjectIndexPage,
    ProjectPage,
    ProjectPartner,
    VisionPage,
)

from .pages import add_page, home_page
from .registry import OrganisationFactory, TerritoryFactory, TopicFactory

_numbers = itertools.count(1)


def _words(kind: str, fields: dict) -> dict:
    number = next(_numbers)
    return {
        "title": f"{kind} {number}",
        "slug": f"{kind.lower()}-{number}",
        "short_description": f"Che cosa fa {kind.lower()} {number}.",
        **fields,
    }


def _below_home(model, slug: str, title: str):
    found = model.objects.filter(locale__language_code="it").first()
    return found or add_page(home_page(), model(title=title, slug=slug, short_description=f"{title} del territorio."))


def project_index() -> ProjectIndexPage:
    """The list of projects."""
    return _below_home(ProjectIndexPage, "progetti", "Progetti")


def governance_index() -> GovernanceIndexPage:
    """The list of bodies."""
    return _below_home(GovernanceIndexPage, "governance", "Governance")


def pact_index() -> PactIndexPage:
    """The list of pacts."""
    return _below_home(PactIndexPage, "patti", "Patti")


def aim(order: int = 1) -> Aim:
    """One of the aims."""
    return Aim.objects.get_or_create(
        order=order,
        defaults={
            "slug": f"finalita-{order}",
            "name": f"Finalità {order}",
            "name_en": f"Aim {order}",
            "text": "Che cosa vuol dire.",
            "text_en": "What it means.",
        },
    )[0]


def project(**fields) -> ProjectPage:
    """A published project with nothing beyond what is required."""
    return add_page(project_index(), ProjectPage(**_words("Progetto", fields)))


def full_project(partners: int = 3, **fields) -> ProjectPage:
    """A published project with territory, topic, aim, lead and partners."""
    page = project(lead=OrganisationFactory(), organisation=OrganisationFactory(), **fields)
    page.territories = [TerritoryFactory()]
    page.topics = [TopicFactory()]
    page.aims = [aim()]
    roles = itertools.cycle(PartnerRole.values)
    page.partners = [
        ProjectPartner(organisation=OrganisationFactory(), role=role, sort_order=number)
        for number, role in zip(range(partners), roles, strict=False)
    ]
    page.save()
    return ProjectPage.objects.get(pk=page.pk)


def vision(**fields) -> VisionPage:
    """A published vision."""
    values = {"from_year": 2026, "to_year": 2041, "statement": "Dove vogliamo essere.", **fields}
    return add_page(home_page(), VisionPage(**_words("Visione", values)))


def plan(axes: int = 2, **fields) -> PlanPage:
    """A published plan with its axes."""
    page = PlanPage(**_words("Piano", {"from_year": 2026, "to_year": 2030, **fields}))
    page.axes = [Axis(code=f"A{number}", title=f"Asse {number}", sort_order=number) for number in range(1, axes + 1)]
    return add_page(home_page(), page)


def body(members: int = 0, **fields) -> BodyPage:
    """A published body with some member organisations."""
    page = BodyPage(**_words("Tavolo", {"purpose": "Decidere insieme.", **fields}))
    page.members = [BodyMember(organisation=OrganisationFactory(), sort_order=number) for number in range(members)]
    return add_page(governance_index(), page)


def pact(**fields) -> PactPage:
    """A published pact."""
    return add_page(pact_index(), PactPage(**_words("Patto", {"common_good": "Il bosco", **fields})))


def meeting_index() -> MeetingIndexPage:
    """The list of meetings."""
    found = MeetingIndexPage.objects.filter(locale__language_code="it").first()
    page = MeetingIndexPage(title="Sedute", slug="sedute", short_description="Le sedute del territorio.")
    return found or add_page(governance_index(), page)


def decision_index() -> DecisionIndexPage:
    """The register of decisions."""
    found = DecisionIndexPage.objects.filter(locale__language_code="it").first()
    page = DecisionIndexPage(title="Decisioni", slug="decisioni", short_description="Il registro del territorio.")
    return found or add_page(governance_index(), page)


def meeting(**fields) -> MeetingPage:
    """A published, public meeting of last week."""
    values = {"start": timezone.now() - timedelta(days=7), **fields}
    if "meeting_of" not in values:
        values["meeting_of"] = body()
    return add_page(meeting_index(), MeetingPage(**_words("Seduta", values)))


def decision(**fields) -> DecisionPage:
    """A published decision of last month, approved and still to carry out."""
    values = {"date": timezone.localdate() - timedelta(days=30), **fields}
    if "taken_by" not in values:
        values["taken_by"] = body()
    return add_page(decision_index(), DecisionPage(**_words("Decisione", values)))
