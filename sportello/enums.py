"""The closed lists of the Sportello: who acts, in which state a thing is, which kinds there are."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Actor(models.TextChoices):
    """On whose behalf something is done; written on every event."""

    YOUTH = "youth", pgettext_lazy("actor", "Giovane")
    GUARDIAN = "guardian", pgettext_lazy("actor", "Genitore o tutore")
    HOST = "host", _("Realtà ospitante")
    DESK = "desk", _("Sportello")
    SYSTEM = "system", pgettext_lazy("actor", "Automatico")


class DeskRole(models.TextChoices):
    """What somebody does at a desk. Auditors only look; for now nothing is shown to them."""

    OPERATOR = "operator", _("Operatore")
    SUPERVISOR = "supervisor", _("Supervisore")
    AUDITOR = "auditor", _("Revisore")


class HostRole(models.TextChoices):
    """What somebody does for a host."""

    OWNER = "owner", pgettext_lazy("host role", "Titolare")
    RECRUITER = "recruiter", pgettext_lazy("host role", "Selezione")
    TUTOR = "tutor", pgettext_lazy("host role", "Tutor")


class InvitationState(models.TextChoices):
    """What became of an invitation; one that nobody answered in time stays pending and can be sent again."""

    PENDING = "pending", pgettext_lazy("invitation", "In attesa")
    ACCEPTED = "accepted", pgettext_lazy("invitation", "Accettato")
    CANCELLED = "cancelled", pgettext_lazy("invitation", "Annullato")


class PactReminderKind(models.TextChoices):
    """What a host has been told about a new text of the pact."""

    NEW_TEXT = "new_text", _("Nuovo testo da firmare")
    LAST_DAYS = "last_days", _("Ultimi giorni per firmare")


class HostState(models.TextChoices):
    """How far a host is: only one that signed the Patto di corresponsabilità is before the public."""

    REGISTERED = "registered", _("In attesa di verifica")
    VERIFIED = "verified", pgettext_lazy("host", "Verificata")
    SIGNED = "signed", _("Patto firmato")
    SUSPENDED = "suspended", pgettext_lazy("host", "Sospesa")


class OfferState(models.TextChoices):
    """Where an offer is between the host's first words and its end."""

    DRAFT = "draft", pgettext_lazy("offer", "Bozza")
    IN_REVIEW = "in_review", _("In controllo allo Sportello")
    RETURNED = "returned", _("Da correggere")
    REFUSED = "refused", pgettext_lazy("offer", "Non pubblicabile")
    PUBLISHED = "published", pgettext_lazy("offer", "Pubblicata")
    PAUSED = "paused", pgettext_lazy("offer", "In pausa")
    FULL = "full", _("Posti esauriti")
    STALE = "stale", _("Da riconfermare")
    SUSPENDED = "suspended", pgettext_lazy("offer", "Sospesa")
    CLOSED = "closed", pgettext_lazy("offer", "Chiusa")


MODERATED_OFFER_STATES = (OfferState.PUBLISHED, OfferState.PAUSED, OfferState.FULL, OfferState.STALE)
"""States that an offer reaches only after somebody of the desk has read it."""

CLOSABLE_OFFER_STATES = (*MODERATED_OFFER_STATES, OfferState.SUSPENDED)

EDITABLE_OFFER_STATES = (OfferState.DRAFT, OfferState.RETURNED)


class ApplicationState(models.TextChoices):
    """Where a candidature is."""

    DRAFT = "draft", pgettext_lazy("application", "Bozza")
    IN_REVIEW = "in_review", _("In controllo allo Sportello")
    SUBMITTED = "submitted", pgettext_lazy("application", "Inviata")
    SHORTLISTED = "shortlisted", _("Preselezionata")
    WAITLISTED = "waitlisted", _("In lista d'attesa")
    OFFERED = "offered", _("Posto offerto")
    ACCEPTED = "accepted", pgettext_lazy("application", "Accettata")
    REJECTED = "rejected", _("Non selezionata")
    DECLINED = "declined", _("Posto rifiutato")
    WITHDRAWN = "withdrawn", pgettext_lazy("application", "Ritirata")
    EXPIRED = "expired", pgettext_lazy("application", "Scaduta")
    RESCINDED = "rescinded", _("Posto revocato")
    SUPERSEDED = "superseded", _("Chiusa per un'altra esperienza")
    CANCELLED = "cancelled", pgettext_lazy("application", "Annullata")


SEATED_STATES = (ApplicationState.OFFERED, ApplicationState.ACCEPTED)
"""An application has a seat if and only if it is in one of these."""

OPEN_STATES = (
    ApplicationState.IN_REVIEW,
    ApplicationState.SUBMITTED,
    ApplicationState.SHORTLISTED,
    ApplicationState.WAITLISTED,
    ApplicationState.OFFERED,
)
"""Somebody still has to answer: these count towards the limit of open applications."""

ACTIVE_STATES = (ApplicationState.DRAFT, *OPEN_STATES, ApplicationState.ACCEPTED)
"""One of these at most for each young person and offer."""

REASONED_STATES = (ApplicationState.REJECTED, ApplicationState.RESCINDED)

MAX_OPEN_APPLICATIONS = 5
SEAT_HELD_DAYS = 7
MIN_SEATS, MAX_SEATS = 1, 50
ADULT_AGE = 18


class PlacementState(models.TextChoices):
    """The experience after acceptance; for now every placement is being prepared."""

    PREPARING = "preparing", _("In preparazione")
    SIGNING = "signing", _("Alla firma")
    READY = "ready", _("Pronto a partire")
    ACTIVE = "active", pgettext_lazy("placement", "In corso")
    SUSPENDED = "suspended", pgettext_lazy("placement", "Sospeso")
    ENDED = "ended", pgettext_lazy("placement", "Concluso")
    EVALUATED = "evaluated", pgettext_lazy("placement", "Valutato")
    CLOSED = "closed", pgettext_lazy("placement", "Chiuso")
    CANCELLED = "cancelled", pgettext_lazy("placement", "Annullato")
    INTERRUPTED = "interrupted", pgettext_lazy("placement", "Interrotto")
    NO_SHOW = "no_show", _("Mai iniziato")


TAKING_TIME_STATES = (
    PlacementState.PREPARING,
    PlacementState.SIGNING,
    PlacementState.READY,
    PlacementState.ACTIVE,
    PlacementState.SUSPENDED,
)
"""Placements that keep their days for themselves: two of one young person may not overlap."""


class OfferKind(models.TextChoices):
    """Kinds of experience; their rules come from the desk's programme rules."""

    PCTO = "pcto", _("Formazione scuola-lavoro (PCTO)")
    TRAINEESHIP = "traineeship", _("Tirocinio extracurriculare")
    SUMMER = "summer", _("Tirocinio estivo")
    APPRENTICESHIP = "apprenticeship", _("Apprendistato di primo livello")
    SHORT = "short", _("Esperienza breve")
    VOLUNTEERING = "volunteering", _("Volontariato")


class RuleSigner(models.TextChoices):
    """Who signs the papers of an experience."""

    YOUTH = "youth", pgettext_lazy("signer", "Chi la vive")
    GUARDIAN = "guardian", _("Un genitore o chi ne fa le veci, se minorenne")
    HOST = "host", pgettext_lazy("signer", "Chi ospita")
    SCHOOL = "school", pgettext_lazy("signer", "La scuola")
    PROMOTER = "promoter", _("L'ente promotore")


class YouthStatus(models.TextChoices):
    """What a young person does now; programme rules name these."""

    SCHOOL = "school", _("Frequento le superiori")
    UNIVERSITY = "university", _("Frequento l'università o un ITS")
    SEEKING = "seeking", _("Cerco lavoro")
    WORKING = "working", _("Lavoro")
    NEITHER = "neither", _("In questo momento né studio né lavoro")


class StudyPath(models.TextChoices):
    """The field of the studies done or under way."""

    NONE = "none", _("Licenza media o nessun indirizzo")
    LYCEUM = "lyceum", _("Liceo")
    TECHNICAL_ECONOMIC = "technical_economic", _("Tecnico economico o turistico")
    TECHNICAL_TECHNOLOGICAL = "technical_technological", _("Tecnico tecnologico")
    VOCATIONAL = "vocational", _("Professionale o qualifica")
    HUMANITIES = "humanities", _("Università: umanistico, sociale o artistico")
    SCIENCE = "science", _("Università o ITS: scientifico o tecnico")
    ECONOMICS = "economics", _("Università: economico o giuridico")
    HEALTH = "health", _("Università: sanitario")


class TravelMeans(models.TextChoices):
    """How a young person moves around."""

    FOOT = "foot", _("A piedi")
    BICYCLE = "bicycle", _("In bicicletta")
    TRANSIT = "transit", _("Con i mezzi pubblici")
    CAR = "car", _("In auto o in moto")
    LIFT = "lift", _("Mi accompagna qualcuno")


class SkillKind(models.TextChoices):
    """Skills and languages share one controlled list."""

    SKILL = "skill", _("Competenza")
    LANGUAGE = "language", _("Lingua")


class ReportReason(models.TextChoices):
    """What somebody finds wrong with a published offer."""

    UNTRUE = "untrue", _("Non è quello che dice di essere")
    UNSAFE = "unsafe", _("Può essere pericolosa o non adatta ai minorenni")
    UNFAIR = "unfair", _("Discrimina o tratta male le persone")
    MONEY = "money", _("Chiede soldi o dati che non dovrebbe chiedere")
    OVER = "over", _("Non c'è più, o nessuno risponde")
    OTHER = "other", pgettext_lazy("report", "Altro")


class ReportState(models.TextChoices):
    """Whether the desk has looked into a report, and what it found."""

    OPEN = "open", pgettext_lazy("report", "Da guardare")
    UPHELD = "upheld", pgettext_lazy("report", "Fondata")
    DISMISSED = "dismissed", pgettext_lazy("report", "Non fondata")


RECONFIRM_AFTER_DAYS = 90
"""A published offer that nobody reconfirms for so long leaves the list."""
RECONFIRM_NOTICE_DAYS = 7
"""Its host is asked so many days before, and always has them all."""
