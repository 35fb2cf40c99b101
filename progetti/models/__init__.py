"""What the territory wants, decided and does: vision, plan, projects, governance, pacts."""

from .aim import Aim
from .governance import BodyMember, BodyPage, GovernanceIndexPage
from .pact import PactIndexPage, PactPage
from .plan import Axis, PlanPage
from .project import ProjectIndexPage, ProjectPage, ProjectPartner
from .vision import VisionPage

__all__ = [
    "Aim",
    "Axis",
    "BodyMember",
    "BodyPage",
    "GovernanceIndexPage",
    "PactIndexPage",
    "PactPage",
    "PlanPage",
    "ProjectIndexPage",
    "ProjectPage",
    "ProjectPartner",
    "VisionPage",
]
