"""What the Sportello writes to who waits: the waiting list, the answer guarantee, meetings to pick, new messages."""

from collections.abc import Callable

from django.utils.translation import gettext_noop

from .builders import for_desk, for_host, for_youth
from .common import DESK, HOST, YOUTH

WAITING_NOTICES: dict[str, tuple[str, Callable]] = {
    "application_waitlisted": (
        YOUTH,
        for_youth(
            gettext_noop("Sei in lista d'attesa"),
            gettext_noop("Per «%(offer)s» adesso i posti sono tutti presi: %(host)s ti ha messo in lista d'attesa."),
            gettext_noop("Se si libera un posto te lo offriamo subito. Intanto puoi candidarti anche altrove."),
            quote=True,
        ),
    ),
    "application_waitlisted_full": (
        YOUTH,
        for_youth(
            gettext_noop("Sei in lista d'attesa"),
            gettext_noop("Per «%(offer)s» da %(host)s è appena stato accettato l'ultimo posto: sei in lista d'attesa."),
            gettext_noop("Se si libera un posto te lo offriamo subito. Intanto puoi candidarti anche altrove."),
        ),
    ),
    "seat_offered_in_line": (
        YOUTH,
        for_youth(
            gettext_noop("Si è liberato un posto per te"),
            gettext_noop("Eri in lista d'attesa per «%(offer)s»: ora c'è un posto per te, da %(start)s a %(end)s."),
            gettext_noop("Apri la candidatura e scegli se accettare o rifiutare."),
            gettext_noop("Il posto è tuo fino a %(until)s. Dopo torna libero."),
        ),
    ),
    "seat_offered_in_line_host": (
        HOST,
        for_host(
            gettext_noop("Il posto è andato a chi aspettava"),
            gettext_noop("Per «%(offer)s» si è liberato un posto: l'abbiamo offerto a %(person)s, in lista d'attesa."),
            gettext_noop("Non devi fare nulla: ti scriviamo appena risponde."),
        ),
    ),
    "reminder_day_3": (
        HOST,
        for_host(
            gettext_noop("Una candidatura aspetta la tua risposta"),
            gettext_noop("Da qualche giorno %(person)s aspetta una risposta per «%(offer)s»."),
            gettext_noop(
                "Bastano due minuti: offri un posto, chiedi di conoscersi oppure di' di no. "
                "Le risposte sono già scritte, puoi cambiarle."
            ),
            gettext_noop("Chi si candida conta su una risposta entro una settimana."),
        ),
    ),
    "reminder_day_7": (
        HOST,
        for_host(
            gettext_noop("Una candidatura aspetta da una settimana"),
            gettext_noop("%(person)s aspetta da una settimana una risposta per «%(offer)s»."),
            gettext_noop("Anche un no gentile è una risposta: è già scritto, devi solo inviarlo."),
            gettext_noop("Dopo quindici giorni senza risposta la candidatura si chiude da sola."),
        ),
    ),
    "unanswered_desk": (
        DESK,
        for_desk(
            gettext_noop("Una candidatura senza risposta da dieci giorni"),
            gettext_noop("%(person)s aspetta da dieci giorni che %(host)s risponda per «%(offer)s»."),
            gettext_noop("Chiama la realtà: le abbiamo già scritto. Fra cinque giorni la candidatura si chiude."),
        ),
    ),
    "application_unanswered": (
        YOUTH,
        for_youth(
            gettext_noop("Non è arrivata una risposta, e ci dispiace"),
            gettext_noop(
                "In quindici giorni %(host)s non ha risposto alla tua candidatura per «%(offer)s»: la chiudiamo noi, "
                "così non resti in attesa. Non dipende da te né da quello che hai scritto."
            ),
            gettext_noop("Ci sono altre offerte adatte a te: guardale nella tua area, o parlane con lo Sportello."),
        ),
    ),
    "application_unanswered_host": (
        HOST,
        for_host(
            gettext_noop("Una candidatura si è chiusa senza risposta"),
            gettext_noop("Sono passati quindici giorni e %(person)s non ha avuto risposta per «%(offer)s»."),
            gettext_noop(
                "L'abbiamo chiusa con una parola gentile. Se ti interessava ancora, scrivi allo Sportello: "
                "si può riaprire una volta."
            ),
        ),
    ),
    "interview_proposed": (
        YOUTH,
        for_youth(
            gettext_noop("Scegli quando incontrarvi"),
            gettext_noop("%(host)s ti propone qualche momento per conoscervi, per «%(offer)s»."),
            gettext_noop("Apri la candidatura e scegli quello che ti va meglio. Se nessuno va bene, scrivilo lì."),
        ),
    ),
    "new_message": (
        YOUTH,
        for_youth(
            gettext_noop("Hai un nuovo messaggio"),
            gettext_noop("C'è un messaggio per te sulla candidatura per «%(offer)s»."),
            gettext_noop("Leggilo e rispondi dalla tua area: per e-mail non lo mandiamo, così resta fra voi."),
        ),
    ),
    "new_message_host": (
        HOST,
        for_host(
            gettext_noop("Hai un nuovo messaggio"),
            gettext_noop("C'è un messaggio per te su una candidatura per «%(offer)s»."),
            gettext_noop("Leggilo e rispondi dalla tua area: per e-mail non lo mandiamo, così resta fra voi."),
        ),
    ),
}
