"""Meetings, messages and what waits, as the pages of an application show them."""

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.pages.words import hour_words, moment_words

from .actions.applications_messages import may_write
from .application_enums import InterviewState
from .enums import Actor, ApplicationState
from .models import Application, ApplicationMessage, InterviewSlot

S = ApplicationState


def interviews(application: Application) -> dict:
    """The meeting that is fixed, if any, and the times to pick from. One query.

    Returns:
        picked: a row or None; proposed: rows still ahead; upcoming: whether the fixed one is still to come.
    """
    rows = list(InterviewSlot.objects.filter(application=application).standing())
    picked = next((row for row in rows if row.state == InterviewState.PICKED), None)
    now = timezone.now()
    return {
        "picked": _slot(picked) if picked else None,
        "upcoming": picked is not None and picked.starts_at > now,
        "proposed": [_slot(row) for row in rows if row.state == InterviewState.PROPOSED and row.starts_at > now],
    }


def _slot(slot: InterviewSlot) -> dict:
    return {"pk": slot.pk, "when": slot_words(slot), "place": slot.place}


def slot_words(slot: InterviewSlot) -> str:
    """«martedì 3 marzo 2027, ore 15.30 – 16»."""
    words = _("%(start)s – %(end)s") % {"start": moment_words(slot.starts_at), "end": hour_words(slot.ends_at)}
    return words.replace(" – ", "\N{NO-BREAK SPACE}–\N{NO-BREAK SPACE}")


def conversation(application: Application, side: str) -> list[dict]:
    """All messages, oldest first, with who wrote them as one side would say. One query."""
    names = writers(application, side)
    messages = ApplicationMessage.objects.filter(application=application).order_by("at", "pk")
    return [
        {
            "who": names[message.side],
            "mine": message.side == side,
            "when": moment_words(message.at),
            "text": message.text,
            "is_new": side != Actor.DESK and message.side != side and not _seen(message, side),
        }
        for message in messages
    ]


def writers(application: Application, side: str) -> dict[str, str]:
    """How each side is called by the reader's."""
    youth = application.applicant_name or application.youth.user.get_full_name()
    names = {
        Actor.YOUTH: youth,
        Actor.HOST: application.offer.host.organisation.name,
        Actor.DESK: str(application.desk),
    }
    if side != Actor.DESK:
        names[Actor(side)] = pgettext("writer", "Tu")
    return {str(key): name for key, name in names.items()}


def _seen(message: ApplicationMessage, side: str) -> bool:
    return bool(message.seen_by_youth_at if side == Actor.YOUTH else message.seen_by_host_at)


def message_facts(application: Application, side: str) -> dict:
    """How many messages there are and how many are new to a side, for the link to the conversation. One query."""
    seen = "seen_by_youth_at" if side == Actor.YOUTH else "seen_by_host_at"
    marks = list(ApplicationMessage.objects.filter(application=application).values_list(seen, flat=True))
    return {
        "count": len(marks),
        "new": sum(mark is None for mark in marks),
        "may_write": may_write(application, side),
    }
