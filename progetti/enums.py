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
