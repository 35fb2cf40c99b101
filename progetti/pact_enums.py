"""States of pacts, of who signs them and of who asks to."""

from django.db import models
from django.utils.translation import pgettext_lazy

EXPIRING_WITHIN_DAYS = 60
"""From how many days before its end a pact counts as expiring; the first reminder goes out then."""
REMINDER_DAYS = (EXPIRING_WITHIN_DAYS, 14)
"""How many days before the end of a pact the redazione is reminded."""


class PactState(models.TextChoices):
    """Where a pact stands, computed from its dates and its text; never typed in."""

    PREPARING = "preparing", pgettext_lazy("pact", "In preparazione")
    IN_FORCE = "in_force", pgettext_lazy("pact", "In vigore")
    EXPIRING = "expiring", pgettext_lazy("pact", "In scadenza")
    EXPIRED = "expired", pgettext_lazy("pact", "Scaduto")


IN_FORCE_STATES = (PactState.IN_FORCE, PactState.EXPIRING)


class SignatoryRole(models.TextChoices):
    """What somebody does in a pact, in the order in which pages name the roles."""

    PROMOTER = "promoter", pgettext_lazy("pact", "Promuove il patto")
    CARER = "carer", pgettext_lazy("pact", "Se ne prende cura")
    SUPPORTER = "supporter", pgettext_lazy("pact", "Lo sostiene con mezzi e competenze")
    GUARANTOR = "guarantor", pgettext_lazy("pact", "Accompagna e verifica")


ROLES_TO_ASK_FOR = (SignatoryRole.CARER, SignatoryRole.SUPPORTER)
"""What somebody who joins from the page can choose; the redazione can give every role."""


class RequestState(models.TextChoices):
    """How far a request to join a pact is."""

    WAITING = "waiting", pgettext_lazy("pact request", "Da confermare per e-mail")
    CONFIRMED = "confirmed", pgettext_lazy("pact request", "Da verificare")
    ACCEPTED = "accepted", pgettext_lazy("pact request", "Accolta")
    REFUSED = "refused", pgettext_lazy("pact request", "Non accolta")
    CANCELLED = "cancelled", pgettext_lazy("pact request", "Annullata da chi l'ha scritta")


PENDING = (RequestState.WAITING, RequestState.CONFIRMED)
"""A request that somebody still has to do something about."""

ALLOWED: dict[str, tuple[str, ...]] = {
    RequestState.WAITING: (RequestState.CONFIRMED, RequestState.CANCELLED, RequestState.REFUSED),
    # Back to waiting: the text changed after the confirmation, and has to be read again.
    RequestState.CONFIRMED: (
        RequestState.ACCEPTED,
        RequestState.REFUSED,
        RequestState.CANCELLED,
        RequestState.WAITING,
    ),
    RequestState.ACCEPTED: (),
    RequestState.REFUSED: (),
    RequestState.CANCELLED: (),
}
"""From each state, the states that may follow it."""
