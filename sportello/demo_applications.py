"""The demo's applications further on: a draft, one that the desk reads first, times to pick, messages, a waiting list.

As in `sportello.demo`, everything goes through the actions, nobody is written to, and running it again adds nothing.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from django.utils import timezone

from .actions import (
    applications,
    applications_guarantee,
    applications_host,
    applications_interviews,
    applications_messages,
)
from .enums import ApplicationState
from .errors import ActionError
from .models import Application, ApplicationMessage, InterviewSlot, Offer, YouthProfile

S = ApplicationState

FURTHER = (
    ("", "una-settimana-in-studio", "draft"),
    ("", "sabati-nell-orto", "in_review"),
    ("", "due-settimane-di-pagine-accessibili", "times"),
    ("", "falegnameria-dal-disegno-allo-sgabello", "messages"),
    ("luca-immaginati", "falegnameria-dal-disegno-allo-sgabello", "times"),
    # Its one seat goes to Elena, so that Sofia, who is there already, waits in line.
    ("sofia-inventati", "falegnameria-dal-disegno-allo-sgabello", "shortlisted"),
    ("elena-saggini", "falegnameria-dal-disegno-allo-sgabello", "offered"),
    ("sofia-inventati", "falegnameria-dal-disegno-allo-sgabello", "waitlisted"),
    ("luca-immaginati", "sabati-nell-orto", "meeting"),
    ("yusuf-campioni", "una-settimana-in-studio", "unanswered"),
)
"""The empty name is the demo's own account of a young person."""


def go_further(
    people: Mapping[str, YouthProfile],
    offers: Mapping[str, Offer],
    motivations: Mapping[str, str],
    say: Callable[[str], object],
) -> int:
    """Bring each of `FURTHER` where it belongs; return how many were brought there now."""
    made = 0
    for person, slug, outcome in FURTHER:
        youth, offer = people[person], Offer.objects.select_related("host").get(pk=offers[slug].pk)
        try:
            made += _bring(youth, offer, motivations[person], outcome)
        except ActionError as error:
            say(f"  {person or 'demo account'}, {slug}, {outcome}: {error}")
    return made


def _bring(youth: YouthProfile, offer: Offer, motivation: str, outcome: str) -> int:
    row = Application.objects.filter(youth=youth, offer=offer).select_related("offer__host", "youth__user").first()
    owner = offer.host.memberships.active().select_related("user").order_by("pk")[0].user
    if outcome == "draft":
        if row is None:
            applications.save_draft(youth, offer, "Mi piacerebbe vedere come si passa da un'idea", youth.user)
        return int(row is None)
    if outcome == "in_review":
        if row is None:
            applications.apply(youth, offer, f"{motivation} Se serve: 0100 000000 (inventato).", youth.user)
        return int(row is None)
    if row is None:
        row = applications.apply(youth, offer, motivation, youth.user)
    if outcome == "messages":
        return _talk(row, owner)
    if outcome == "unanswered":
        return _if(row.state == S.SUBMITTED, applications_guarantee.expire, row, timezone.now() + timedelta(days=16))
    if outcome == "offered":
        return _if(row.state == S.SUBMITTED, applications_host.offer_seat, row, owner)
    if row.state == S.SUBMITTED:
        row = applications_host.shortlist(row, owner)
    elif outcome == "shortlisted":
        return 0
    if outcome == "shortlisted":
        return 1
    if outcome == "waitlisted":
        return _if(row.state == S.SHORTLISTED, applications_host.waitlist, row, owner)
    if row.state != S.SHORTLISTED or InterviewSlot.objects.filter(application=row).exists():
        return 0
    place = ", ".join(part for part in (offer.address, str(offer.municipality)) if part)
    slots = applications_interviews.propose(row, [_in_days(4, 15), _in_days(6, 10)], 30, place, owner)
    if outcome == "meeting":
        applications_interviews.pick(slots[0], youth.user)
    return 1


def _if(condition: bool, verb: Callable, *args) -> int:
    if condition:
        verb(*args)
    return int(condition)


def _talk(row: Application, owner) -> int:
    if ApplicationMessage.objects.filter(application=row).exists():
        return 0
    applications_messages.write(row, row.youth.user, "Buongiorno! Si arriva in autobus? Io parto dalla stazione.")
    applications_messages.write(row, owner, "Sì: la fermata è a cento metri. L'ultimo per tornare passa alle 19.10.")
    return 1


def _in_days(days: int, hour: int) -> datetime:
    day = timezone.localtime() + timedelta(days=days)
    return day.replace(hour=hour, minute=0, second=0, microsecond=0)
