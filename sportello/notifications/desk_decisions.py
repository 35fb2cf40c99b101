"""What the Sportello writes when the desk reads an application first, sends it for somebody, reopens or cancels it."""

from collections.abc import Callable

from django.utils.translation import gettext_noop

from .builders import for_desk, for_host, for_youth
from .common import DESK, HOST, YOUTH

DESK_DECISION_NOTICES: dict[str, tuple[str, Callable]] = {
    "application_in_review": (
        YOUTH,
        for_youth(
            gettext_noop("La tua candidatura è arrivata allo Sportello"),
            gettext_noop("Abbiamo ricevuto la tua candidatura per «%(offer)s»."),
            gettext_noop(
                "Prima di mandarla a chi ospita la legge una persona dello Sportello: è una cura in più. "
                "Ti scriviamo appena parte."
            ),
        ),
    ),
    "application_to_review": (
        DESK,
        for_desk(
            gettext_noop("Una candidatura da leggere"),
            gettext_noop("Una candidatura per «%(offer)s» aspetta lo Sportello prima di arrivare a chi ospita."),
            gettext_noop("Leggila, poi falla partire o rimandala a chi l'ha scritta, dicendo che cosa cambiare."),
        ),
    ),
    "application_passed": (
        YOUTH,
        for_youth(
            gettext_noop("La tua candidatura è partita"),
            gettext_noop("Lo Sportello ha letto la tua candidatura per «%(offer)s» e l'ha mandata a %(host)s."),
            gettext_noop("Per ora non devi fare nulla: ti scriviamo appena rispondono. Puoi seguirla dalla tua area."),
            gettext_noop("Hanno quindici giorni per rispondere: se non lo fanno, ti scriviamo noi."),
        ),
    ),
    "application_returned": (
        YOUTH,
        for_youth(
            gettext_noop("La tua candidatura ha bisogno di un ritocco"),
            gettext_noop("Lo Sportello ha letto la tua candidatura per «%(offer)s» e ti scrive:"),
            gettext_noop("Cambia quello che serve e inviala di nuovo: quello che hai scritto è ancora lì."),
            quote=True,
        ),
    ),
    "application_sent_for_you": (
        YOUTH,
        for_youth(
            gettext_noop("Lo Sportello ha inviato una candidatura per te"),
            gettext_noop("Come d'accordo, lo Sportello ha inviato per te la candidatura per «%(offer)s» a %(host)s."),
            gettext_noop("Leggila nella tua area: se non ti ritrovi, puoi ritirarla quando vuoi."),
        ),
    ),
    "application_reopened": (
        YOUTH,
        for_youth(
            gettext_noop("La tua candidatura è di nuovo aperta"),
            gettext_noop("Lo Sportello ha riaperto la tua candidatura per «%(offer)s»: %(host)s la legge di nuovo."),
            gettext_noop("Per ora non devi fare nulla: ti scriviamo appena rispondono. Puoi seguirla dalla tua area."),
            gettext_noop("Hanno quindici giorni per rispondere: se non lo fanno, ti scriviamo noi."),
        ),
    ),
    "application_reopened_host": (
        HOST,
        for_host(
            gettext_noop("Una candidatura è di nuovo aperta"),
            gettext_noop("Lo Sportello ha riaperto la candidatura di %(person)s per «%(offer)s»."),
            gettext_noop(
                "Leggi la candidatura e rispondi: offri un posto, chiedi di conoscersi oppure di' di no con un motivo."
            ),
            gettext_noop("Chi si candida conta su una risposta entro una settimana."),
        ),
    ),
    "placement_cancelled": (
        YOUTH,
        for_youth(
            gettext_noop("Il percorso è annullato"),
            gettext_noop("Il percorso «%(offer)s» da %(host)s è stato annullato prima di cominciare. Il motivo:"),
            gettext_noop("Ci sono altre offerte adatte a te: guardale nella tua area, o parlane con lo Sportello."),
            quote=True,
        ),
    ),
    "offer_closed": (
        YOUTH,
        for_youth(
            gettext_noop("Una risposta alla tua candidatura"),
            gettext_noop("L'offerta «%(offer)s» di %(host)s si è chiusa, e con lei la tua candidatura."),
            gettext_noop("Ci sono altre offerte adatte a te: guardale nella tua area, o parlane con lo Sportello."),
        ),
    ),
}
