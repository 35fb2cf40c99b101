"""Who and what the Sportello is about."""

from .application import Application, ApplicationEvent
from .consent import Consent, ConsentText
from .desk import Desk, DeskMembership
from .guardian import Guardian, GuardianLink
from .host import Host, HostMembership
from .inbox_mark import InboxMark
from .offer import Offer, Seat
from .placement import Placement
from .report import OfferReport
from .rule import ProgrammeRule
from .sector import Sector, Skill
from .youth import YouthProfile

__all__ = [
    "Application",
    "ApplicationEvent",
    "Consent",
    "ConsentText",
    "Desk",
    "DeskMembership",
    "Guardian",
    "GuardianLink",
    "Host",
    "HostMembership",
    "InboxMark",
    "Offer",
    "OfferReport",
    "Placement",
    "ProgrammeRule",
    "Seat",
    "Sector",
    "Skill",
    "YouthProfile",
]
