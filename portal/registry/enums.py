"""Kinds of territories and organisations."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class TerritoryKind(models.TextChoices):
    """What a territory of the portal is made of."""

    MUNICIPALITY = "municipality", _("Comune")
    UNION = "union", _("Unione di Comuni")
    DISTRICT = "district", _("Ambito o distretto")
    INNER_AREA = "inner_area", _("Area interna")
    REGION = "region", _("Regione")


class OrganisationKind(models.TextChoices):
    """What an actor of the territory is."""

    MUNICIPALITY = "municipality", _("Comune")
    UNION = "union", _("Unione di Comuni")
    FOUNDATION = "foundation", _("Fondazione")
    COOPERATIVE = "cooperative", _("Cooperativa o impresa sociale")
    SCHOOL = "school", _("Scuola")
    UNIVERSITY = "university", _("Università o centro di ricerca")
    BUSINESS = "business", _("Impresa")
    ASSOCIATION = "association", _("Associazione")
    CONSORTIUM = "consortium", _("Consorzio")
    PUBLIC_BODY = "public_body", _("Ente pubblico")
    INFORMAL_GROUP = "informal_group", _("Gruppo o tavolo")
    OTHER = "other", pgettext_lazy("organisation kind", "Altro")
