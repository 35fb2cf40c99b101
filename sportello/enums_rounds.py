"""The closed lists of the rounds."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class RoundState(models.TextChoices):
    """Where a round is, from the desk's first idea to its end."""

    DRAFT = "draft", pgettext_lazy("round", "In preparazione")
    OPEN = "open", _("Liste aperte")
    BANDS = "bands", _("Fasce delle realtà")
    READY = "ready", _("Pronta")
    RUN = "run", _("Eseguita, da pubblicare")
    PUBLISHED = "published", pgettext_lazy("round", "Pubblicata")
    CLOSED = "closed", pgettext_lazy("round", "Chiusa")
    CANCELLED = "cancelled", pgettext_lazy("round", "Annullata")


SEEDED_STATES = (
    RoundState.OPEN,
    RoundState.BANDS,
    RoundState.READY,
    RoundState.RUN,
    RoundState.PUBLISHED,
    RoundState.CLOSED,
)
"""From the opening on the seed of the lottery is public, and stays."""

RUN_STATES = (RoundState.RUN, RoundState.PUBLISHED, RoundState.CLOSED)
"""There is a run that counts."""

TOLD_STATES = (RoundState.PUBLISHED, RoundState.CLOSED)
"""People read their results."""

LIVE_STATES = (RoundState.OPEN, RoundState.BANDS, RoundState.READY, RoundState.RUN)
"""Something is still going to happen to the lists."""

BANDED_STATES = (RoundState.BANDS, RoundState.READY, RoundState.RUN, RoundState.PUBLISHED, RoundState.CLOSED)
"""The lists are closed and the bands are there."""


class PairKind(models.TextChoices):
    """What the desk says of a pair before the run."""

    PIN = "pin", _("Già concordato")
    BAN = "ban", _("Escluso")


class BandSource(models.TextChoices):
    """Who put somebody into a band."""

    DRAFT = "draft", _("Bozza dai punteggi")
    HOST = "host", _("Realtà ospitante")
    DESK = "desk", _("Sportello")


class RunKind(models.TextChoices):
    """A dry run changes nothing and can never be published."""

    DRY = "dry", pgettext_lazy("run", "Prova")
    FINAL = "final", pgettext_lazy("run", "Definitiva")


LIST_LENGTH = 10
"""Offers that a young person may rank (`sportello.matching.lists.LIST_LENGTH`)."""

BANDS_COUNT = 4
"""Bands of a host, best first; who is in none is out."""

BAND_LABELS = {1: _("Prima scelta"), 2: _("Molto bene"), 3: _("Va bene"), 4: _("Se serve")}

PSEUDONYM_BYTES = 6
