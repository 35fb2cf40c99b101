"""Who and what the Sportello is about."""

from .application import Application, ApplicationEvent
from .consent import Consent, ConsentText
from .cv import AttachedCv, CurriculumVitae
from .desk import Desk, DeskMembership
from .export_record import ExportRecord
from .guardian import Guardian, GuardianLink
from .host import Host, HostMembership
from .host_invitation import HostInvitation
from .inbox_mark import InboxMark
from .interview import InterviewSlot
from .match_weights import MatchWeights
from .message import ApplicationMessage
from .offer import Offer, Seat
from .own_data import DeletionRequest, MutedTopic, RetentionWarning
from .pact_signature import PactReminder, PactSignature
from .person_log import BirthDateCorrection, CvAccess
from .placement import Placement
from .proposal import Proposal
from .reminder import AnswerReminder
from .report import OfferReport
from .round import MatchRound, RoundBand, RoundChoice, RoundOffer, RoundPair, RoundPerson
from .round_run import RoundEvent, RoundResult, RoundRun, RoundSending
from .rule import ProgrammeRule
from .sector import Sector, Skill
from .support_note import SupportNote, SupportNoteAccess
from .youth import YouthProfile

__all__ = [
    "AnswerReminder",
    "Application",
    "ApplicationEvent",
    "ApplicationMessage",
    "AttachedCv",
    "BirthDateCorrection",
    "Consent",
    "ConsentText",
    "CurriculumVitae",
    "CvAccess",
    "DeletionRequest",
    "Desk",
    "DeskMembership",
    "ExportRecord",
    "Guardian",
    "GuardianLink",
    "Host",
    "HostInvitation",
    "HostMembership",
    "InboxMark",
    "InterviewSlot",
    "MatchRound",
    "MatchWeights",
    "MutedTopic",
    "Offer",
    "OfferReport",
    "PactReminder",
    "PactSignature",
    "Placement",
    "ProgrammeRule",
    "Proposal",
    "RetentionWarning",
    "RoundBand",
    "RoundChoice",
    "RoundEvent",
    "RoundOffer",
    "RoundPair",
    "RoundPerson",
    "RoundResult",
    "RoundRun",
    "RoundSending",
    "Seat",
    "Sector",
    "Skill",
    "SupportNote",
    "SupportNoteAccess",
    "YouthProfile",
]
