"""What happened to an application, in the words of who reads it: young person, host or desk."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from portal.pages.words import moment_words

from .application_enums import EventKind
from .enums import OPEN_STATES, Actor, ApplicationState
from .models import Application, ApplicationEvent

A = ApplicationState
Words = Callable[[], str]

_STATES: dict[str, dict[str, Words]] = {
    A.DRAFT: {
        "youth": lambda: _("Lo Sportello chiede un ritocco"),
        "host": lambda: "",
    },
    A.IN_REVIEW: {
        "youth": lambda: _("Lo Sportello la sta leggendo"),
        "host": lambda: "",
    },
    A.SUBMITTED: {
        "youth": lambda: _("Candidatura inviata"),
        "host": lambda: _("Candidatura ricevuta"),
    },
    A.SHORTLISTED: {
        "youth": lambda: _("Ti vogliono conoscere"),
        "host": lambda: _("Hai chiesto di conoscersi"),
    },
    A.WAITLISTED: {
        "youth": lambda: _("Sei in lista d'attesa"),
        "host": lambda: _("In lista d'attesa"),
    },
    A.OFFERED: {
        "youth": lambda: _("Ti hanno offerto un posto"),
        "host": lambda: _("Hai offerto un posto"),
    },
    A.ACCEPTED: {
        "youth": lambda: _("Hai accettato il posto"),
        "host": lambda: _("Posto accettato"),
    },
    A.REJECTED: {
        "youth": lambda: _("Questa volta non è andata"),
        "host": lambda: _("Hai risposto di no"),
    },
    A.DECLINED: {
        "youth": lambda: _("Hai rifiutato il posto"),
        "host": lambda: _("Posto rifiutato"),
    },
    A.WITHDRAWN: {
        "youth": lambda: _("Hai ritirato la candidatura"),
        "host": lambda: _("Candidatura ritirata"),
    },
    A.EXPIRED: {
        "youth": lambda: _("Il tempo per rispondere è finito"),
        "host": lambda: _("Nessuna risposta in tempo: il posto è di nuovo libero"),
    },
    A.RESCINDED: {
        "youth": lambda: _("Il posto è stato ritirato"),
        "host": lambda: _("Hai ritirato il posto"),
    },
    A.SUPERSEDED: {
        "youth": lambda: _("Chiusa: hai accettato un'altra esperienza negli stessi giorni"),
        "host": lambda: _("Chiusa: la persona ha accettato un'altra esperienza negli stessi giorni"),
    },
    A.CANCELLED: {
        "youth": lambda: _("Percorso annullato"),
        "host": lambda: _("Percorso annullato"),
    },
}

_INTERVIEWS: dict[str, dict[str, Words]] = {
    EventKind.INTERVIEW_PROPOSED: {
        "youth": lambda: _("Ti hanno proposto quando incontrarvi"),
        "host": lambda: _("Hai proposto quando incontrarvi"),
    },
    EventKind.INTERVIEW_PICKED: {
        "youth": lambda: _("Hai scelto quando incontrarvi"),
        "host": lambda: _("L'incontro è fissato"),
    },
    EventKind.INTERVIEW_CANCELLED: {
        "youth": lambda: _("L'incontro è annullato"),
        "host": lambda: _("L'incontro è annullato"),
    },
}


def timeline(application: Application, side: str) -> list[dict]:
    """What happened, oldest first, for `components/timeline.html`, in the words of the reader's side.

    Args:
        side: "youth", "host" or "desk"; the desk also reads on whose behalf and by whom, and what came before sending.
    """
    items = []
    for event in application.events.all():
        title = event_words(event, side)
        if title:
            items.append(
                {"date": moment_words(event.at), "title": title, "text": _event_text(event, side), "state": "done"}
            )
    if items and application.state in OPEN_STATES:
        items[-1]["state"] = "now"
    return items


def event_words(event: ApplicationEvent, side: str) -> str:
    """What one event says to one side; empty if it is not for that side."""
    if side == "desk":
        return _for_desk(event)
    if event.kind != EventKind.STATE:
        return _INTERVIEWS[event.kind][side]()
    special = _special(event, side)
    return _STATES[event.to_state][side]() if special is None else special


def _special(event: ApplicationEvent, side: str) -> str | None:
    """The words of a change that depend on where it comes from or who made it; None if they do not."""
    source, target, youth = event.from_state, event.to_state, side == "youth"
    if target == A.DRAFT and not source:
        return ""
    if target == A.WITHDRAWN and source in (A.DRAFT, A.IN_REVIEW) and not youth:
        return ""
    if event.actor == Actor.GUARDIAN:
        if youth:
            return _("Chiusa: chi risponde per te ha ritirato il consenso")
        return _("Chiusa: manca un consenso che serviva")
    if target == A.SUBMITTED and source == A.IN_REVIEW:
        return _("Lo Sportello l'ha letta e l'ha inviata") if youth else None
    if target == A.SUBMITTED and source == A.DRAFT and event.actor == Actor.DESK:
        return _("Lo Sportello l'ha inviata per te") if youth else _("Candidatura ricevuta dallo Sportello")
    if target == A.SUBMITTED and source not in (A.DRAFT, A.IN_REVIEW):
        return _("Lo Sportello l'ha riaperta")
    if target == A.WITHDRAWN and source == A.DRAFT:
        return _("Lo Sportello ha tolto la bozza") if event.actor == Actor.DESK else _("Bozza buttata")
    if target == A.WITHDRAWN and event.actor == Actor.DESK:
        return _("Lo Sportello l'ha ritirata per te") if youth else _("Lo Sportello l'ha ritirata per suo conto")
    if target == A.CANCELLED and event.actor == Actor.DESK:
        return _("Lo Sportello ha annullato il percorso")
    if target == A.EXPIRED and source != A.OFFERED:
        return _("Chiusa: in quindici giorni non è arrivata una risposta")
    if target == A.OFFERED and source == A.WAITLISTED:
        return _("Si è liberato un posto: è per te") if youth else _("Si è liberato un posto: offerto a chi aspettava")
    if target == A.OFFERED and event.actor == Actor.DESK:
        return _("Lo Sportello ti ha offerto un posto") if youth else _("Lo Sportello ha offerto un posto")
    if target == A.REJECTED and event.actor == Actor.SYSTEM:
        return _("Chiusa insieme all'offerta")
    return None


def _for_desk(event: ApplicationEvent) -> str:
    if event.kind != EventKind.STATE:
        return str(event.get_kind_display())
    if not event.from_state:
        return _("Bozza cominciata")
    return str(event.get_to_state_display())


def _event_text(event: ApplicationEvent, side: str) -> str:
    """The words of a change: the message for everybody, the reason for the young person only if it is shared."""
    reason = event.reason if side != "youth" or event.reason_shared else ""
    text = " ".join(part for part in (event.message, reason) if part)
    if side != "desk":
        return text
    who = str(event.get_actor_display())
    if event.user:
        who = f"{who}: {event.user}"
    return f"{who}. {text}" if text else who
