"""Applications further on: meetings proposed and fixed."""

from datetime import datetime, timedelta

from django.utils import timezone

from sportello.actions import applications_host, applications_interviews
from sportello.models import Application, Host, InterviewSlot, YouthProfile
from tests.factories.sportello import make_application, make_offer, owner_of


def in_days(days: int, hour: int = 15) -> datetime:
    """That hour of a day to come, in Italy."""
    day = timezone.localtime() + timedelta(days=days)
    return day.replace(hour=hour, minute=0, second=0, microsecond=0)


def make_shortlisted(offer=None, youth: YouthProfile | None = None) -> Application:
    """An application whose young person the host wants to know."""
    application = make_application(offer, youth)
    return applications_host.shortlist(application, owner_of(application.offer.host))


def propose(application: Application, *days: int) -> list[InterviewSlot]:
    """Times proposed for a shortlisted application, in so many days each."""
    owner = owner_of(application.offer.host)
    return applications_interviews.propose(application, [in_days(n) for n in days or (3, 4)], 30, "In bottega", owner)


def make_interviews(host: Host, youth: YouthProfile) -> dict[str, object]:
    """One application with a time to pick, another with a meeting fixed."""
    proposed = make_shortlisted(make_offer(host=host), youth)
    fixed = make_shortlisted(make_offer(host=host), youth)
    slots = propose(proposed, 5)
    meeting = applications_interviews.pick(propose(fixed, 6)[0], youth.user)
    return {"shortlisted": proposed, "proposed_time": slots[0], "meeting": meeting}
