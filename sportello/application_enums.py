"""Closed lists and numbers about applications: what the desk reads first, meetings, reminders, who writes."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .enums import Actor, ApplicationState, PlacementState


class ReviewCause(models.TextChoices):
    """Why the desk reads an application before the host does."""

    UNDER_16 = "under_16", _("Meno di 16 anni all'inizio")
    NEW_HOST = "new_host", _("Realtà non ancora verificata")
    REPORTED = "reported", _("Offerta segnalata")
    CONTACTS = "contacts", _("Recapiti nella motivazione")


class InterviewState(models.TextChoices):
    """A time at which host and young person could meet."""

    PROPOSED = "proposed", pgettext_lazy("interview", "Proposto")
    PICKED = "picked", pgettext_lazy("interview", "Fissato")
    CANCELLED = "cancelled", pgettext_lazy("interview", "Annullato")


class EventKind(models.TextChoices):
    """What a line of an application's log is about."""

    STATE = "state", pgettext_lazy("event", "Stato")
    INTERVIEW_PROPOSED = "interview_proposed", _("Incontro proposto")
    INTERVIEW_PICKED = "interview_picked", _("Incontro fissato")
    INTERVIEW_CANCELLED = "interview_cancelled", _("Incontro annullato")


TO_ANSWER_STATES = (ApplicationState.SUBMITTED, ApplicationState.SHORTLISTED)
"""The host owes an answer: the answer guarantee counts the days."""

CONVERSATION_STATES = (
    ApplicationState.SUBMITTED,
    ApplicationState.SHORTLISTED,
    ApplicationState.WAITLISTED,
    ApplicationState.OFFERED,
    ApplicationState.ACCEPTED,
)
"""Young person and host may write to each other."""

CLOSED_STATES = (
    ApplicationState.REJECTED,
    ApplicationState.DECLINED,
    ApplicationState.WITHDRAWN,
    ApplicationState.EXPIRED,
    ApplicationState.RESCINDED,
    ApplicationState.SUPERSEDED,
    ApplicationState.CANCELLED,
)
"""The end, unless the desk reopens it once."""

NOT_STARTED_STATES = (PlacementState.PREPARING, PlacementState.SIGNING, PlacementState.READY)
"""Placements that can still be cancelled."""

WRITERS = (Actor.YOUTH, Actor.HOST, Actor.DESK)
"""On whose behalf a message may be written."""

REVIEWED_BELOW_AGE = 16
MAX_INTERVIEW_TIMES = 5
INTERVIEW_MINUTES = (15, 240)

REMINDER_DAYS = (3, 7)
"""Days of waiting after which the host is reminded."""
DESK_DAY = 10
"""Days of waiting after which the desk is told."""
ANSWER_DAYS = 15
"""Days of waiting after which an application is closed with courtesy: everybody gets an answer."""
