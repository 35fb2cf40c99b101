"""What has been consented to, and what still has to be before somebody may apply or accept.

Two ages count, each on its own day. From 14 on a young person says yes by themselves to the use of their data (see
`enums_people.DIGITAL_CONSENT_AGE`). Whoever will be under 18 on the first day of an experience also needs the yes of
who answers for them: once to apply at all, and each time for the experience itself, with its days.
"""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sportello.matching import age_on

from . import calendar
from .enums import ADULT_AGE
from .enums_people import ConsentPurpose
from .errors import GuardRefused
from .models import Application, Consent, Offer, YouthProfile

P = ConsentPurpose


@dataclass(frozen=True, slots=True)
class Missing:
    """A consent that does not stand: what it would be for, and what to tell the young person."""

    purpose: str
    sentence: str | Promise


_SENTENCES: dict[str, Promise] = {
    P.MATCHING: _("Manca il tuo consenso: lo trovi nel profilo, all'ultimo passo."),
    P.APPLYING: _(
        "All'inizio dell'esperienza avrai meno di 18 anni: prima deve dire di sì chi risponde per te. "
        "Invitalo dalla pagina «Genitori e tutori»."
    ),
    P.EXPERIENCE: _(
        "All'inizio dell'esperienza avrai meno di 18 anni: per accettare serve il sì di chi risponde per te a questa "
        "esperienza. Lo trova nella sua area."
    ),
}


def has_standing(youth: YouthProfile, purpose: str, application: Application | None = None) -> bool:
    """Whether a yes to this purpose stands and its words still hold, in general or for one application. One query."""
    return Consent.objects.counting().about(purpose, application).filter(youth=youth).exists()


def standing(youth: YouthProfile) -> dict[str, Consent]:
    """Return the general yeses that stand, by purpose. One query."""
    rows = Consent.objects.counting().filter(youth=youth, application=None).select_related("text")
    return {row.purpose: row for row in rows}


def standing_of_many(youth_ids, purpose: str) -> set[int]:
    """Return those of many young people whose general yes to a purpose stands: for rounds and lists. One query."""
    rows = Consent.objects.counting().filter(youth_id__in=youth_ids, purpose=purpose, application=None)
    return set(rows.values_list("youth_id", flat=True))


def is_minor(youth: YouthProfile, day: date) -> bool:
    """Whether somebody is under 18 on a day."""
    return age_on(youth.birth_date, day) < ADULT_AGE


def first_day(youth: YouthProfile, offer: Offer, today: date) -> date:
    """Return the earliest first day that this offer could have for this person: their age is that of this day."""
    start, _end = calendar.earliest_days(offer, today, youth.available_from)
    return start


def missing(youth: YouthProfile, start: date, application: Application | None = None) -> list[Missing]:
    """Return the consents that do not stand, of those that a young person needs for an experience from a first day on.

    Args:
        application: once there is one with a seat, the yes to that very experience is asked for too; it counts only
            for the days that it was given for.
    """
    lacking = []
    if not youth.matching_consent_at:
        lacking.append(P.MATCHING)
    if is_minor(youth, start):
        if not has_standing(youth, P.APPLYING):
            lacking.append(P.APPLYING)
        if application is not None and not experience_consent(application):
            lacking.append(P.EXPERIENCE)
    return [Missing(purpose, _SENTENCES[purpose]) for purpose in lacking]


def experience_consent(application: Application) -> Consent | None:
    """Return the standing yes to an application's experience on its days; None if there is none. One query."""
    for consent in Consent.objects.counting().about(P.EXPERIENCE, application):
        if consent.evidence.get("days") == days_of(application):
            return consent
    return None


def days_of(application: Application) -> list[str]:
    """The settled days of an application as evidence keeps them."""
    return [day.isoformat() for day in (application.start_date, application.end_date) if day]


def require_to_apply(youth: YouthProfile, offer: Offer) -> None:
    """Refuse a candidature for which a consent is missing.

    Raises:
        GuardRefused: `consent_` and the purpose.
    """
    _require(missing(youth, first_day(youth, offer, timezone.localdate())))


def require_to_accept(application: Application, start: date) -> None:
    """Refuse the acceptance of a seat for which a guardian's consent is missing.

    Whether the young person still agrees is what they are saying by accepting.

    Raises:
        GuardRefused: `consent_` and the purpose.
    """
    lacking = missing(application.youth, start, application)
    _require([item for item in lacking if item.purpose != P.MATCHING])


def _require(lacking: list[Missing]) -> None:
    if lacking:
        raise GuardRefused(lacking[0].sentence, f"consent_{lacking[0].purpose}")
