"""The Patto di corresponsabilità as the Sportello needs it: which text a host signs, and how its signature stands.

When a new text comes into force, who has signed the one before goes on for a month: it is told at once, told again a
week before the end, and then its offers leave the public list until it signs. Signing again takes a minute and nothing
else changes; applications already received go on all the while.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from progetti.models import PactVersion
from progetti.pact_reading import corresponsabilita_in_force

from .models import Desk, Host

GRACE_DAYS = 30
LAST_DAYS = 7


def text_in_force(desk: Desk, on: date | None = None) -> PactVersion | None:
    """Return the text that a desk's hosts sign on a day (today): of its territory, otherwise the portal's own."""
    return corresponsabilita_in_force(on, territory_ids=[desk.territory_id])


@dataclass(frozen=True, slots=True)
class Standing:
    """How a host's signature stands: `valid` today, `to_renew` when a newer text waits, and by which day."""

    valid: bool
    to_renew: bool
    renew_by: date | None = None


def standing_of(host: Host, version: PactVersion | None, on: date | None = None) -> Standing:
    """Return how a host's signature stands against the text in force.

    Args:
        host: with its `pact_signature`.
        version: the text in force for it, from `text_in_force`.
    """
    signature = host.pact_signature
    if signature is None or signature.fiscal_code != host.fiscal_code:
        return Standing(valid=False, to_renew=False)
    if version is None or signature.version_id == version.pk:
        # Nothing newer to sign: when a pact is taken off the site, what was signed goes on standing.
        return Standing(valid=True, to_renew=False)
    renew_by = version.in_force_from + timedelta(days=GRACE_DAYS)
    return Standing(valid=(on or timezone.localdate()) <= renew_by, to_renew=True, renew_by=renew_by)
