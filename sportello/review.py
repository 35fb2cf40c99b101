"""Which applications the desk reads before the host does, and why."""

import re

from django.utils import timezone
from django.utils.translation import gettext as _

from sportello.matching import age_on

from . import consents
from .application_enums import REVIEWED_BELOW_AGE, ReviewCause
from .enums import ReportState
from .models import Application, Offer, OfferReport, YouthProfile

# Something like an address of e-mail or of the web, or at least eight digits in a row as in a telephone number.
_CONTACT = re.compile(r"[\w.+-]+@[\w-]+\.\w+|\bhttps?://|\bwww\.|(?:\+?\d[\s./-]?){8,}")


def causes(youth: YouthProfile, offer: Offer, motivation: str) -> list[str]:
    """Return why the desk has to read a candidature first, as values of `ReviewCause`; empty if it has not.

    Publishing already asks for a verified host; that it may change its mind about one is why it is asked again here.
    """
    start = consents.first_day(youth, offer, timezone.localdate())
    found = []
    if age_on(youth.birth_date, start) < REVIEWED_BELOW_AGE:
        found.append(ReviewCause.UNDER_16)
    if offer.host.verified_at is None and not Application.objects.filter(offer__host=offer.host).ever_sent().exists():
        found.append(ReviewCause.NEW_HOST)
    if OfferReport.objects.filter(offer=offer, state=ReportState.OPEN).exists():
        found.append(ReviewCause.REPORTED)
    if _CONTACT.search(motivation):
        found.append(ReviewCause.CONTACTS)
    return [str(cause) for cause in found]


def sentences(application: Application) -> list[str]:
    """The reasons for the desk's reading, in words."""
    words = {
        ReviewCause.UNDER_16: _("All'inizio dell'esperienza non avrà ancora 16 anni."),
        ReviewCause.NEW_HOST: _("È la prima candidatura a una realtà non ancora verificata."),
        ReviewCause.REPORTED: _("L'offerta è stata segnalata, e la segnalazione è ancora aperta."),
        ReviewCause.CONTACTS: _("Nella motivazione sembra esserci un recapito: un'e-mail, un sito o un telefono."),
    }
    return [words[ReviewCause(cause)] for cause in application.review_causes if cause in ReviewCause.values]
