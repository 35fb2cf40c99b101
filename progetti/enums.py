"""Kinds, states and roles of what the territory wants, decided and does."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class ProjectStatus(models.TextChoices):
    """How far a project is."""

    IDEA = "idea", pgettext_lazy("project status", "Idea")
    IN_DESIGN = "in_design", pgettext_lazy("project status", "In progettazione")
    UNDER_WAY = "under_way", pgettext_lazy("project status", "In corso")
    DONE = "done", pgettext_lazy("project status", "Concluso")
    SUSPENDED = "suspended", pgettext_lazy("project status", "Sospeso")


class PartnerRole(models.TextChoices):
    """What an organisation does in a project, in the order in which pages name the roles."""

    PROMOTER = "promoter", _("Promotore")
    FUNDER = "funder", _("Finanziatore")
    CLIENT = "client", _("Committente")
    PARTNER = "partner", pgettext_lazy("partner role", "Partner")
    COORDINATION = "coordination", _("Coordinamento")
    DESIGN = "design", _("Progettazione")
    ACCOMPANIMENT = "accompaniment", _("Accompagnamento")
    SCIENTIFIC_SUPERVISION = "scientific_supervision", _("Supervisione scientifica")
    TECHNICAL_SUPPORT = "technical_support", _("Supporto tecnico")


class PlanStatus(models.TextChoices):
    """Where a plan stands."""

    DRAFT = "draft", pgettext_lazy("plan status", "In bozza")
    IN_CONSULTATION = "in_consultation", pgettext_lazy("plan status", "In consultazione")
    APPROVED = "approved", pgettext_lazy("plan status", "Approvato")
    UNDER_WAY = "under_way", pgettext_lazy("plan status", "In corso")
    CLOSED = "closed", pgettext_lazy("plan status", "Concluso")


class BodyKind(models.TextChoices):
    """What a body of the governance is."""

    ASSEMBLY = "assembly", _("Assemblea")
    STEERING_GROUP = "steering_group", _("Cabina di regia o tavolo di coordinamento")
    TABLE = "table", _("Tavolo tematico")
    WORKING_GROUP = "working_group", _("Gruppo di lavoro")
    YOUTH_COUNCIL = "youth_council", _("Consulta giovanile")


class PactKind(models.TextChoices):
    """What a pact is: the first three are the usual kinds of collaboration pacts for the common good."""

    ORDINARY = "ordinary", _("Patto ordinario")
    COMPLEX = "complex", _("Patto complesso")
    GENERATIVE = "generative", _("Patto generativo")
    CORRESPONSABILITA = "corresponsabilita", _("Patto di corresponsabilità")


class AgeBand(models.TextChoices):
    """How old a person is, as they say it themselves; the first three are the under-35s."""

    UNDER_18 = "under_18", _("Meno di 18 anni")
    FROM_18 = "18_24", _("18-24 anni")
    FROM_25 = "25_34", _("25-34 anni")
    FROM_35 = "35_49", _("35-49 anni")
    FROM_50 = "50_64", _("50-64 anni")
    FROM_65 = "65_up", _("65 anni e più")


YOUNG_BANDS = (AgeBand.UNDER_18, AgeBand.FROM_18, AgeBand.FROM_25)
"""The under-35s."""


class DecisionOutcome(models.TextChoices):
    """How a body decided."""

    APPROVED = "approved", pgettext_lazy("decision", "Approvata")
    REJECTED = "rejected", pgettext_lazy("decision", "Respinta")
    POSTPONED = "postponed", pgettext_lazy("decision", "Rinviata")


class CarryingOut(models.TextChoices):
    """How far an approved decision is carried out."""

    TO_START = "to_start", pgettext_lazy("decision", "Da avviare")
    UNDER_WAY = "under_way", pgettext_lazy("decision", "In corso")
    DONE = "done", pgettext_lazy("decision", "Attuata")
    DROPPED = "dropped", pgettext_lazy("decision", "Abbandonata")


STILL_TO_CARRY_OUT = (CarryingOut.TO_START, CarryingOut.UNDER_WAY)


class ResultKind(models.TextChoices):
    """Whether a result of a project is hoped for or there."""

    EXPECTED = "expected", pgettext_lazy("result", "Atteso")
    REACHED = "reached", pgettext_lazy("result", "Raggiunto")


class FundingSource(models.TextChoices):
    """Whose money it is; some of it has to be named with its emblem."""

    PNRR = "pnrr", _("PNRR – NextGenerationEU")
    EU = "eu", _("Fondi europei")
    STATE = "state", _("Stato")
    REGION = "region", _("Regione")
    LOCAL = "local", _("Comune, unione o altro ente locale")
    FOUNDATION = "foundation", _("Fondazione")
    PRIVATE = "private", _("Impresa o privati")
    OTHER = "other", _("Altro")


# Regulation (EU) 2021/241, article 34, and (EU) 2021/1060, article 50: statement and emblem of the Union.
EUROPEAN_SOURCES = (FundingSource.PNRR, FundingSource.EU)
