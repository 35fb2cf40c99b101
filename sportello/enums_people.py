"""The closed lists about young people, who answers for them and what they consent to."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.users.ages import MINIMUM_AGE

from .enums import Actor

DIGITAL_CONSENT_AGE = MINIMUM_AGE
"""From this age one may have an account and say yes to an online service by oneself: see `portal.users.ages`."""

INVITATION_DAYS = 14
"""How long the link of an invitation to a guardian opens its page."""

MAX_GUARDIANS = 3
"""How many people may answer for one young person at the same time."""


class GuardianRelation(models.TextChoices):
    """What makes somebody answer for a young person."""

    PARENT = "parent", _("Genitore")
    TUTOR = "tutor", pgettext_lazy("guardian", "Tutore o tutrice")
    FOSTER = "foster", _("Affidatario o affidataria")


class ConsentPurpose(models.TextChoices):
    """What a consent is for. Each one is asked, given and taken back apart from the others."""

    MATCHING = "matching", _("Proporre esperienze adatte")
    APPLYING = "applying", _("Candidarsi")
    CV = "cv", _("Mostrare il curriculum")
    EXPERIENCE = "experience", _("Fare questa esperienza")


GIVEN_BY: dict[str, str] = {
    ConsentPurpose.MATCHING: Actor.YOUTH,
    ConsentPurpose.APPLYING: Actor.GUARDIAN,
    ConsentPurpose.CV: Actor.GUARDIAN,
    ConsentPurpose.EXPERIENCE: Actor.GUARDIAN,
}
"""Who says yes to what: the young person from 14 on, or who answers for them while they are under age."""

GENERAL_PURPOSES = (ConsentPurpose.APPLYING, ConsentPurpose.CV)
"""What a guardian is asked once; the experience is asked each time, with its place, days and hours."""
