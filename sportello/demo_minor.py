"""An invented minor of 16 and who answers for her, so that consents can be tried from both sides. See `demo`."""

from datetime import date

from django.utils import timezone

from . import week
from .actions import applications, applications_host, consents, guardians, youth
from .enums import StudyPath, YouthStatus
from .enums_people import ConsentPurpose, GuardianRelation
from .errors import ActionError
from .models import Offer, YouthProfile

OFFER = "due-settimane-dietro-il-banco"
MOTIVATION = (
    "Mi piace stare con la gente e i conti mi riescono. Vorrei capire come si fa ad accogliere chi entra, e se è un "
    "lavoro che fa per me."
)


def load_minor(minor, guardian, offers: dict[str, Offer], like: YouthProfile, say) -> int:
    """Give the two accounts their parts: she has a seat offered, which waits for her guardian's yes.

    Args:
        like: whose interests and skills she shares.

    Returns:
        How many profiles were made: none when she has one already.
    """
    if YouthProfile.objects.filter(user=minor).exists():
        return 0
    today = timezone.localdate()
    profile = youth.save_profile(
        minor,
        {
            "first_name": minor.first_name,
            "last_name": minor.last_name,
            "birth_date": date(today.year - 16, 1, 15)
            if (today.month, today.day) > (1, 15)
            else date(today.year - 17, 1, 15),
            "home": like.home,
            "status": YouthStatus.SCHOOL,
            "study_path": StudyPath.TECHNICAL_ECONOMIC,
            "interests": list(like.interests.all()),
            "skills": list(like.skills.all()),
            "availability": week.ALL_WEEK,
            "max_distance_km": 60,
            "matching_consent": True,
            "is_example": True,
        },
    )
    link = guardians.invite(profile, guardian.email, minor)
    guardians.confirm(link, GuardianRelation.PARENT, guardian)
    consents.grant(profile, ConsentPurpose.APPLYING, guardian)
    offer = offers[OFFER]
    try:
        application = applications.apply(profile, offer, MOTIVATION, minor)
        owner = offer.host.memberships.active().select_related("user").order_by("pk")[0].user
        applications_host.offer_seat(application, owner)
    except ActionError as error:
        say(f"  the minor did not apply to {OFFER}: {error}")
    return 1
