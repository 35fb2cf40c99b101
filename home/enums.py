"""Kinds and states of news and events."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class NewsKind(models.TextChoices):
    """What a piece of news is."""

    NEWS = "news", pgettext_lazy("news kind", "Notizia")
    PRESS_RELEASE = "press_release", _("Comunicato stampa")
    NOTICE = "notice", pgettext_lazy("news kind", "Avviso")
    STORY = "story", pgettext_lazy("news kind", "Storia")


class EventKind(models.TextChoices):
    """What an event is."""

    MEETING = "meeting", pgettext_lazy("event kind", "Incontro pubblico")
    ASSEMBLY = "assembly", pgettext_lazy("event kind", "Assemblea")
    WORKSHOP = "workshop", pgettext_lazy("event kind", "Laboratorio o tavolo di lavoro")
    TRAINING = "training", pgettext_lazy("event kind", "Formazione")
    PRESENTATION = "presentation", pgettext_lazy("event kind", "Presentazione o convegno")
    CELEBRATION = "celebration", pgettext_lazy("event kind", "Festa o spettacolo")


class EventState(models.TextChoices):
    """Whether an event takes place as announced."""

    CONFIRMED = "confirmed", pgettext_lazy("event state", "Confermato")
    POSTPONED = "postponed", pgettext_lazy("event state", "Rinviato")
    CANCELLED = "cancelled", pgettext_lazy("event state", "Annullato")


class EventMode(models.TextChoices):
    """How people take part in an event."""

    IN_PERSON = "in_person", _("In presenza")
    ONLINE = "online", pgettext_lazy("event mode", "On line")
    BOTH = "both", _("In presenza e on line")
