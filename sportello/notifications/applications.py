"""What the Sportello writes about an application on its way from sending to acceptance."""

from collections.abc import Callable

from django.utils.translation import gettext_noop

from .builders import for_desk, for_host, for_youth
from .common import DESK, HOST, YOUTH

APPLICATION_NOTICES: dict[str, tuple[str, Callable]] = {
    "application_sent": (
        YOUTH,
        for_youth(
            gettext_noop("La tua candidatura è partita"),
            gettext_noop("Hai inviato la candidatura per «%(offer)s» a %(host)s."),
            gettext_noop("Per ora non devi fare nulla: ti scriviamo appena rispondono. Puoi seguirla dalla tua area."),
            gettext_noop("Hanno quindici giorni per rispondere: se non lo fanno, ti scriviamo noi."),
        ),
    ),
    "application_received": (
        HOST,
        for_host(
            gettext_noop("Una nuova candidatura"),
            gettext_noop("Una persona si è candidata per «%(offer)s»."),
            gettext_noop(
                "Leggi la candidatura e rispondi: offri un posto, chiedi di conoscersi oppure di' di no con un motivo."
            ),
            gettext_noop("Chi si candida conta su una risposta entro una settimana."),
        ),
    ),
    "application_shortlisted": (
        YOUTH,
        for_youth(
            gettext_noop("Ti vogliono conoscere"),
            gettext_noop("%(host)s ha letto la tua candidatura per «%(offer)s» e vuole conoscerti meglio."),
            gettext_noop("Ti proporranno qualche momento per incontrarvi: ti scriviamo, e scegli tu quale."),
            quote=True,
        ),
    ),
    "seat_offered": (
        YOUTH,
        for_youth(
            gettext_noop("C'è un posto per te"),
            gettext_noop("%(host)s ti offre un posto per «%(offer)s», da %(start)s a %(end)s."),
            gettext_noop("Apri la candidatura e scegli se accettare o rifiutare."),
            gettext_noop("Il posto è tuo fino a %(until)s. Dopo torna libero."),
            quote=True,
        ),
    ),
    "application_rejected": (
        YOUTH,
        for_youth(
            gettext_noop("Una risposta alla tua candidatura"),
            gettext_noop("Questa volta non è andata: %(host)s non può accoglierti per «%(offer)s»."),
            gettext_noop("Ci sono altre offerte adatte a te: guardale nella tua area, o parlane con lo Sportello."),
            quote=True,
        ),
    ),
    "seat_rescinded": (
        YOUTH,
        for_youth(
            gettext_noop("Il posto che avevi non c'è più"),
            gettext_noop("%(host)s ha dovuto ritirare il posto per «%(offer)s»."),
            gettext_noop("Ci dispiace. Lo Sportello lo sa e ti aiuta a trovare un'altra strada: scrivici."),
            quote=True,
        ),
    ),
    "seat_rescinded_desk": (
        DESK,
        for_desk(
            gettext_noop("Un posto offerto è stato ritirato"),
            gettext_noop("%(host)s ha ritirato il posto per «%(offer)s» che aveva offerto a %(person)s. Il motivo:"),
            gettext_noop("Senti tutti e due: chi aspettava il posto ha bisogno di una strada nuova."),
            quote=True,
        ),
    ),
    "application_withdrawn": (
        HOST,
        for_host(
            gettext_noop("Una candidatura è stata ritirata"),
            gettext_noop("%(person)s ha ritirato la candidatura per «%(offer)s»."),
            gettext_noop("Non c'è nulla da fare."),
        ),
    ),
    "application_withdrawn_by_desk": (
        HOST,
        for_host(
            gettext_noop("Una candidatura è stata ritirata"),
            gettext_noop("Lo Sportello ha ritirato la candidatura di %(person)s per «%(offer)s», per suo conto."),
            gettext_noop("Non c'è nulla da fare."),
        ),
    ),
    "application_without_consent": (
        HOST,
        for_host(
            gettext_noop("Una candidatura si è chiusa"),
            gettext_noop("La candidatura di %(person)s per «%(offer)s» si è chiusa: manca un consenso che serviva."),
            gettext_noop("Non c'è nulla da fare."),
        ),
    ),
    "seat_without_consent": (
        HOST,
        for_host(
            gettext_noop("Il posto offerto è di nuovo libero"),
            gettext_noop("%(person)s non può accettare il posto per «%(offer)s»: manca un consenso che serviva."),
            gettext_noop("Il posto è libero: va a chi è in lista d'attesa, oppure puoi offrirlo a un'altra persona."),
        ),
    ),
    "seat_declined": (
        HOST,
        for_host(
            gettext_noop("Il posto offerto è di nuovo libero"),
            gettext_noop("%(person)s ha scelto di non accettare il posto per «%(offer)s»."),
            gettext_noop("Il posto è libero: va a chi è in lista d'attesa, oppure puoi offrirlo a un'altra persona."),
        ),
    ),
    "seat_expired": (
        YOUTH,
        for_youth(
            gettext_noop("Il tempo per accettare è finito"),
            gettext_noop(
                "Il posto per «%(offer)s» da %(host)s era riservato per te, ma il tempo per rispondere è finito."
            ),
            gettext_noop("Se ti interessa ancora, scrivi allo Sportello: cercate insieme un'altra strada."),
        ),
    ),
    "seat_expired_host": (
        HOST,
        for_host(
            gettext_noop("Il posto offerto è di nuovo libero"),
            gettext_noop("%(person)s non ha risposto in tempo per «%(offer)s»."),
            gettext_noop("Il posto è libero: va a chi è in lista d'attesa, oppure puoi offrirlo a un'altra persona."),
        ),
    ),
    "application_superseded": (
        HOST,
        for_host(
            gettext_noop("Una candidatura si è chiusa"),
            gettext_noop("%(person)s ha accettato un'altra esperienza negli stessi giorni di «%(offer)s»."),
            gettext_noop("Non c'è nulla da fare: se avevi offerto un posto, ora è di nuovo libero."),
        ),
    ),
    "seat_accepted": (
        YOUTH,
        for_youth(
            gettext_noop("Hai accettato il posto"),
            gettext_noop(
                "Hai accettato «%(offer)s» da %(host)s, da %(start)s a %(end)s. Si comincia a preparare il percorso."
            ),
            gettext_noop("Lo Sportello ti contatta nei prossimi giorni per i documenti. Nella tua area trovi tutto."),
        ),
    ),
    "seat_accepted_host": (
        HOST,
        for_host(
            gettext_noop("Il posto è stato accettato"),
            gettext_noop("%(person)s ha accettato il posto per «%(offer)s», da %(start)s a %(end)s."),
            gettext_noop("Ora trovi il suo indirizzo e-mail nella candidatura. Lo Sportello vi segue per i documenti."),
        ),
    ),
    "seat_accepted_desk": (
        DESK,
        for_desk(
            gettext_noop("Un nuovo percorso da preparare"),
            gettext_noop("%(person)s ha accettato «%(offer)s» da %(host)s, da %(start)s a %(end)s."),
            gettext_noop("Contatta entrambi e prepara i documenti del percorso."),
        ),
    ),
}
