"""How a closed application ended, in one sentence for whoever reads it, naming who did it and nobody else."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from .application_enums import CLOSED_STATES, EventKind
from .enums import Actor, ApplicationState
from .models import Application, ApplicationEvent

A = ApplicationState
_Words = Callable[[], str]
YOUTH, GUARDIAN, HOST, DESK, SYSTEM = Actor.YOUTH, Actor.GUARDIAN, Actor.HOST, Actor.DESK, Actor.SYSTEM

# By state and who brought it there: what the young person, their guardian and the host read.
_ENDINGS: dict[tuple[str, str], tuple[_Words, _Words, _Words]] = {
    (A.WITHDRAWN, YOUTH): (
        lambda: _("L'hai ritirata tu."),
        lambda: _("L'ha ritirata la persona per cui rispondi."),
        lambda: _("L'ha ritirata chi si era candidato."),
    ),
    (A.WITHDRAWN, GUARDIAN): (
        lambda: _("Si è chiusa perché chi risponde per te ha revocato il consenso. Parlatene insieme."),
        lambda: _("Si è chiusa perché il consenso è stato revocato."),
        lambda: _("Si è chiusa perché manca un consenso che serviva."),
    ),
    (A.WITHDRAWN, DESK): (
        lambda: _("L'ha ritirata lo Sportello per tuo conto. Se non lo avevi chiesto, scrivici."),
        lambda: _("L'ha ritirata lo Sportello, per conto della persona per cui rispondi."),
        lambda: _("L'ha ritirata lo Sportello, per conto di chi si era candidato."),
    ),
    (A.DECLINED, YOUTH): (
        lambda: _("Hai detto di no al posto: è andato a un'altra persona, o è di nuovo libero."),
        lambda: _("La persona per cui rispondi ha detto di no al posto."),
        lambda: _("Chi si era candidato ha scelto di non accettare il posto."),
    ),
    (A.DECLINED, GUARDIAN): (
        lambda: _("Il posto si è liberato perché chi risponde per te ha revocato il consenso. Parlatene insieme."),
        lambda: _("Il posto si è liberato perché il consenso è stato revocato."),
        lambda: _("Il posto si è liberato perché manca un consenso che serviva."),
    ),
    (A.REJECTED, HOST): (
        lambda: _("Questa volta non è andata. Un no non dice quanto vali: prova con un'altra esperienza."),
        lambda: _("Chi ospita ha risposto di no."),
        lambda: _("Hai risposto di no."),
    ),
    (A.REJECTED, SYSTEM): (
        lambda: _("L'offerta si è chiusa prima di una risposta: non dipende da te."),
        lambda: _("L'offerta si è chiusa prima di una risposta."),
        lambda: _("Si è chiusa insieme all'offerta."),
    ),
    (A.RESCINDED, HOST): (
        lambda: _("Chi ospita ha dovuto togliere il posto. Lo Sportello lo sa e ti aiuta a trovare altro."),
        lambda: _("Chi ospita ha dovuto togliere il posto. Lo Sportello lo sa."),
        lambda: _("Hai tolto il posto che avevi offerto. Lo Sportello lo sa."),
    ),
    (A.SUPERSEDED, SYSTEM): (
        lambda: _("Si è chiusa da sola: hai accettato un'altra esperienza negli stessi giorni."),
        lambda: _("Si è chiusa da sola: ha accettato un'altra esperienza negli stessi giorni."),
        lambda: _("Si è chiusa da sola: chi si era candidato ha accettato un'altra esperienza negli stessi giorni."),
    ),
    (A.CANCELLED, DESK): (
        lambda: _("Lo Sportello ha annullato il percorso prima dell'inizio: sotto leggi perché."),
        lambda: _("Lo Sportello ha annullato il percorso prima dell'inizio."),
        lambda: _("Lo Sportello ha annullato il percorso prima dell'inizio. Il posto è di nuovo libero."),
    ),
    (A.CANCELLED, GUARDIAN): (
        lambda: _("Il percorso è annullato perché chi risponde per te ha revocato il consenso."),
        lambda: _("Il percorso è annullato perché il consenso è stato revocato."),
        lambda: _("Il percorso è annullato prima dell'inizio: manca un consenso che serviva."),
    ),
    (A.CANCELLED, SYSTEM): (
        lambda: _("Il percorso è stato annullato prima dell'inizio."),
        lambda: _("Il percorso è stato annullato prima dell'inizio."),
        lambda: _("Il percorso è stato annullato prima dell'inizio. Il posto è di nuovo libero."),
    ),
}
_SEAT_EXPIRED: tuple[_Words, _Words, _Words] = (
    lambda: _("Il tempo per accettare il posto è finito. Se ti interessa ancora, scrivi allo Sportello."),
    lambda: _("Il tempo per accettare il posto è finito."),
    lambda: _("Nessuno ha accettato il posto in tempo: è di nuovo libero."),
)
_NO_ANSWER: tuple[_Words, _Words, _Words] = (
    lambda: _("In quindici giorni non hanno risposto: l'abbiamo chiusa noi, non dipende da te. Prova con un'altra."),
    lambda: _("In quindici giorni chi ospita non ha risposto: l'ha chiusa il portale."),
    lambda: _("In quindici giorni non hai risposto: si è chiusa da sola."),
)
_SIDES = {"youth": 0, "guardian": 1, "host": 2}


def how_it_ended(application: Application, side: str) -> str:
    """Say how an application read with its events ended; empty while it is open.

    Args:
        side: "youth", "guardian" or "host". Why a consent is missing is not the host's concern.
    """
    last = last_change(application)
    if application.state not in CLOSED_STATES or last is None:
        return ""
    if last.to_state == A.EXPIRED:
        found = _SEAT_EXPIRED if last.from_state == A.OFFERED else _NO_ANSWER
    else:
        found = _ENDINGS[last.to_state, last.actor]
    return found[_SIDES[side]]()


def last_change(application: Application) -> ApplicationEvent | None:
    """Return the last change of state among the events that were read with it."""
    changes = [event for event in application.events.all() if event.kind == EventKind.STATE]
    return changes[-1] if changes else None
