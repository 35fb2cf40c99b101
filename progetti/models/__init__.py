"""What the territory wants, decided and does: vision, plan, projects, governance, pacts."""

from .action_story import ActionChange, ActionUpdate
from .aim import Aim
from .contribution import Contribution, ContributionsMixin
from .decision import DecisionIndexPage, DecisionPage
from .following import ProjectFollower
from .governance import BodyMember, BodyPage, GovernanceIndexPage
from .indicator import Indicator, Measurement
from .meeting import AgendaItem, MeetingAttendee, MeetingIndexPage, MeetingPage
from .pact import PactIndexPage, PactPage
from .pact_signing import PactReminder, PactRequest, PactSignatory
from .pact_version import PactVersion
from .plan import Axis, PlanPage
from .plan_monitoring import PlanReport
from .plan_nodes import Action, Objective
from .project import ProjectIndexPage, ProjectPage, ProjectPartner
from .vision import VisionPage

__all__ = [
    "Action",
    "ActionChange",
    "ActionUpdate",
    "AgendaItem",
    "Aim",
    "Axis",
    "BodyMember",
    "BodyPage",
    "Contribution",
    "ContributionsMixin",
    "DecisionIndexPage",
    "DecisionPage",
    "GovernanceIndexPage",
    "Indicator",
    "Measurement",
    "MeetingAttendee",
    "MeetingIndexPage",
    "MeetingPage",
    "Objective",
    "PactIndexPage",
    "PactPage",
    "PactReminder",
    "PactRequest",
    "PactSignatory",
    "PactVersion",
    "PlanPage",
    "PlanReport",
    "ProjectFollower",
    "ProjectIndexPage",
    "ProjectPage",
    "ProjectPartner",
    "VisionPage",
]
