"""The closed lists of what the desk proposes."""

from django.db import models
from django.utils.translation import pgettext_lazy


class ProposalState(models.TextChoices):
    """What became of a match that the desk proposed to a young person."""

    SENT = "sent", pgettext_lazy("proposal", "In attesa")
    ACCEPTED = "accepted", pgettext_lazy("proposal", "Accettata: si è candidata o candidato")
    DECLINED = "declined", pgettext_lazy("proposal", "Non interessa")
    TAKEN_BACK = "taken_back", pgettext_lazy("proposal", "Ritirata dallo Sportello")


MAX_OPEN_PROPOSALS = 5
"""Proposals that may wait for one young person at a time: as many as the candidatures they may have open."""
