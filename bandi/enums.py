"""Kinds, sources, acts and states of calls."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class CallKind(models.TextChoices):
    """What a call offers or asks for."""

    GRANTS = "grants", _("Contributo a fondo perduto")
    PUBLIC_NOTICE = "public_notice", _("Avviso pubblico")
    EXPRESSION_OF_INTEREST = "expression_of_interest", _("Manifestazione di interesse")
    CO_DESIGN = "co_design", _("Coprogettazione")
    TENDER = "tender", _("Gara")
    COMPETITION = "competition", _("Concorso")
    PRIZE = "prize", _("Premio")


class CallSource(models.TextChoices):
    """Whether the portal's own organisations run the call, or the portal only points at it."""

    OWN = "own", _("Nostro: lo gestiamo noi")
    REPORTED = "reported", _("Segnalato: lo gestisce un altro ente")


class CallActKind(models.TextChoices):
    """What an act does to a call after its publication."""

    EXTENSION = "extension", _("Proroga")
    EARLY_CLOSING = "early_closing", _("Chiusura anticipata")
    SUSPENSION = "suspension", _("Sospensione")
    RESUMPTION = "resumption", _("Ripresa dopo una sospensione")
    REVOCATION = "revocation", _("Revoca")


# Acts that replace the deadline, and therefore must say the new one.
ACTS_ON_DEADLINE = (CallActKind.EXTENSION, CallActKind.EARLY_CLOSING)
# Acts that stop a call or let it go on: the latest of them counts.
ACTS_ON_COURSE = (CallActKind.SUSPENSION, CallActKind.RESUMPTION)


class CallState(models.TextChoices):
    """Where a call stands at one moment; computed by bandi.states, never stored."""

    SCHEDULED = "scheduled", pgettext_lazy("call state", "In arrivo")
    OPEN = "open", pgettext_lazy("call state", "Aperto")
    EXTENDED = "extended", pgettext_lazy("call state", "Prorogato")
    SUSPENDED = "suspended", pgettext_lazy("call state", "Sospeso")
    UNDER_EVALUATION = "under_evaluation", pgettext_lazy("call state", "In valutazione")
    CLOSED = "closed", pgettext_lazy("call state", "Chiuso")
    REVOKED = "revoked", pgettext_lazy("call state", "Revocato")


# In these states an application can be presented.
OPEN_STATES = (CallState.OPEN, CallState.EXTENDED)


class InterestState(models.TextChoices):
    """How far an organisation is that says it is interested in a call."""

    WAITING = "waiting", pgettext_lazy("interest", "Da confermare per e-mail")
    CONFIRMED = "confirmed", pgettext_lazy("interest", "Da controllare")
    ACCEPTED = "accepted", pgettext_lazy("interest", "Accolta")
    REFUSED = "refused", pgettext_lazy("interest", "Rifiutata")
    WITHDRAWN = "withdrawn", pgettext_lazy("interest", "Ritirata")


# In these states of a call organisations may still find company for it.
STATES_WITH_INTERESTS = (CallState.SCHEDULED, CallState.OPEN, CallState.EXTENDED, CallState.SUSPENDED)


class OutcomeResult(models.TextChoices):
    """How an application ended."""

    FUNDED = "funded", pgettext_lazy("call outcome", "Finanziato")
    NOT_FUNDED = "not_funded", pgettext_lazy("call outcome", "Ammesso, non finanziato")
    EXCLUDED = "excluded", pgettext_lazy("call outcome", "Escluso")
