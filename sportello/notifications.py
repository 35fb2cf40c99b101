"""What the Sportello writes to people: what happened, what to do now, by when, whom to ask, one link.

Subjects carry no personal data and no title: they show on locked screens. The texts are drawn in each reader's
language; `templates/emails/sportello/notice.*` only give them their frame.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from portal.pages.words import day_words, moment_words

from .models import Application, Desk, DeskMembership, Host, HostMembership, Offer

YOUTH, HOST, DESK = "youth", "host", "desk"


@dataclass(frozen=True, slots=True)
class Notice:
    """The words of one e-mail."""

    subject: str
    happened: str
    todo: str
    path: str
    label: str
    by_when: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One e-mail for one person, ready for the queue."""

    to: str
    language: str
    context: dict
    reply_to: str


def about_application(application_id: int, notice: str) -> Iterator[Message]:
    """The e-mails of a notice about an application."""
    application = Application.objects.for_detail().get(pk=application_id)
    audience, build = APPLICATION_NOTICES[notice]
    yield from _messages(audience, build, application, application.offer.host, application.desk, application.youth)


def about_offer(offer_id: int, notice: str) -> Iterator[Message]:
    """The e-mails of a notice about an offer."""
    offer = Offer.objects.select_related("host__organisation", "desk").get(pk=offer_id)
    audience, build = OFFER_NOTICES[notice]
    yield from _messages(audience, build, offer, offer.host, offer.desk)


def about_host(host_id: int, notice: str) -> Iterator[Message]:
    """The e-mails of a notice about a host."""
    host = Host.objects.select_related("organisation", "desk").get(pk=host_id)
    audience, build = HOST_NOTICES[notice]
    yield from _messages(audience, build, host, host, host.desk)


def _messages(audience: str, build: Callable, subject, host: Host, desk: Desk, youth=None) -> Iterator[Message]:
    for email, language, name in _readers(audience, host, desk, youth):
        with translation.override(language):
            notice = build(subject)
            context = {
                "subject": notice.subject,
                "heading": notice.subject,
                "name": name,
                "happened": notice.happened,
                "quote": notice.quote,
                "todo": notice.todo,
                "by_when": notice.by_when,
                "url": notice.path,
                "label": notice.label,
                "desk_name": desk.name,
                "desk_email": desk.email,
                "desk_phone": desk.phone,
            }
        yield Message(email, language, context, desk.email)


def _readers(audience: str, host: Host, desk: Desk, youth) -> Iterator[tuple[str, str, str]]:
    if audience == YOUTH:
        yield youth.user.email, youth.language, youth.user.first_name
    elif audience == HOST:
        for member in HostMembership.objects.active().filter(host=host).select_related("user").order_by("pk"):
            yield member.user.email, member.language, member.user.first_name
    else:
        for worker in DeskMembership.objects.working().filter(desk=desk).select_related("user").order_by("pk"):
            yield worker.user.email, settings.LANGUAGE_CODE, worker.user.first_name


def _for_youth(subject: str, happened: str, todo: str, by_when: str = "", quote: bool = False) -> Callable:
    """A notice for the young person: its texts are format strings over the same few names."""

    def build(application: Application) -> Notice:
        values = _values(application)
        return Notice(
            subject=_(subject),
            happened=_(happened) % values,
            todo=_(todo) % values,
            by_when=_(by_when) % values if by_when else "",
            quote=application.reason if quote else "",
            path=reverse("area:youth_application", args=[application.pk]),
            label=_("Apri la candidatura"),
        )

    return build


def _for_host(subject: str, happened: str, todo: str, by_when: str = "") -> Callable:
    """A notice for the host about one of its applications."""

    def build(application: Application) -> Notice:
        values = _values(application)
        return Notice(
            subject=_(subject),
            happened=_(happened) % values,
            todo=_(todo) % values,
            by_when=_(by_when) % values if by_when else "",
            path=reverse("area:host_application", args=[application.pk]),
            label=_("Apri la candidatura"),
        )

    return build


def _for_desk(subject: str, happened: str, todo: str, quote: bool = False) -> Callable:
    """A notice for the desk about an application."""

    def build(application: Application) -> Notice:
        values = _values(application)
        return Notice(
            subject=_(subject),
            happened=_(happened) % values,
            todo=_(todo) % values,
            quote=application.reason if quote else "",
            path=reverse("sportello_application:inspect", args=[application.pk]),
            label=_("Apri la candidatura"),
        )

    return build


def _values(application: Application) -> dict:
    return {
        "offer": application.offer.title,
        "host": application.offer.host.organisation.name,
        "person": application.applicant_name,
        "until": moment_words(application.expires_at) if application.expires_at else "",
        "start": day_words(application.start_date) if application.start_date else "",
        "end": day_words(application.end_date) if application.end_date else "",
    }


APPLICATION_NOTICES: dict[str, tuple[str, Callable]] = {
    "application_sent": (
        YOUTH,
        _for_youth(
            gettext_noop("La tua candidatura è partita"),
            gettext_noop("Hai inviato la candidatura per «%(offer)s» a %(host)s."),
            gettext_noop("Per ora non devi fare nulla: ti scriviamo appena rispondono. Puoi seguirla dalla tua area."),
        ),
    ),
    "application_received": (
        HOST,
        _for_host(
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
        _for_youth(
            gettext_noop("Ti vogliono conoscere"),
            gettext_noop("%(host)s ha letto la tua candidatura per «%(offer)s» e vuole conoscerti meglio."),
            gettext_noop("Non devi fare nulla: lo Sportello ti contatta per fissare un incontro."),
        ),
    ),
    "seat_offered": (
        YOUTH,
        _for_youth(
            gettext_noop("C'è un posto per te"),
            gettext_noop("%(host)s ti offre un posto per «%(offer)s», da %(start)s a %(end)s."),
            gettext_noop("Apri la candidatura e scegli se accettare o rifiutare."),
            gettext_noop("Il posto è tuo fino a %(until)s. Dopo torna libero."),
        ),
    ),
    "application_rejected": (
        YOUTH,
        _for_youth(
            gettext_noop("Una risposta alla tua candidatura"),
            gettext_noop("Questa volta non è andata: %(host)s non può accoglierti per «%(offer)s». Ti scrive:"),
            gettext_noop("Ci sono altre offerte adatte a te: guardale nella tua area, o parlane con lo Sportello."),
            quote=True,
        ),
    ),
    "seat_rescinded": (
        YOUTH,
        _for_youth(
            gettext_noop("Il posto che avevi non c'è più"),
            gettext_noop("%(host)s ha dovuto ritirare il posto per «%(offer)s». Ti scrive:"),
            gettext_noop("Ci dispiace. Lo Sportello lo sa e ti aiuta a trovare un'altra strada: scrivici."),
            quote=True,
        ),
    ),
    "seat_rescinded_desk": (
        DESK,
        _for_desk(
            gettext_noop("Un posto offerto è stato ritirato"),
            gettext_noop("%(host)s ha ritirato il posto per «%(offer)s» che aveva offerto a %(person)s. Il motivo:"),
            gettext_noop("Senti tutti e due: chi aspettava il posto ha bisogno di una strada nuova."),
            quote=True,
        ),
    ),
    "application_withdrawn": (
        HOST,
        _for_host(
            gettext_noop("Una candidatura è stata ritirata"),
            gettext_noop("%(person)s ha ritirato la candidatura per «%(offer)s»."),
            gettext_noop("Non c'è nulla da fare."),
        ),
    ),
    "seat_declined": (
        HOST,
        _for_host(
            gettext_noop("Il posto offerto è di nuovo libero"),
            gettext_noop("%(person)s ha scelto di non accettare il posto per «%(offer)s»."),
            gettext_noop("Il posto è libero: puoi offrirlo a un'altra persona."),
        ),
    ),
    "seat_expired": (
        YOUTH,
        _for_youth(
            gettext_noop("Il tempo per accettare è finito"),
            gettext_noop(
                "Il posto per «%(offer)s» da %(host)s era riservato per te, ma il tempo per rispondere è finito."
            ),
            gettext_noop("Se ti interessa ancora, scrivi allo Sportello: cercate insieme un'altra strada."),
        ),
    ),
    "seat_expired_host": (
        HOST,
        _for_host(
            gettext_noop("Il posto offerto è di nuovo libero"),
            gettext_noop("%(person)s non ha risposto in tempo per «%(offer)s»."),
            gettext_noop("Il posto è libero: puoi offrirlo a un'altra persona."),
        ),
    ),
    "application_superseded": (
        HOST,
        _for_host(
            gettext_noop("Una candidatura si è chiusa"),
            gettext_noop("%(person)s ha accettato un'altra esperienza negli stessi giorni di «%(offer)s»."),
            gettext_noop("Non c'è nulla da fare: se avevi offerto un posto, ora è di nuovo libero."),
        ),
    ),
    "seat_accepted": (
        YOUTH,
        _for_youth(
            gettext_noop("Hai accettato il posto"),
            gettext_noop(
                "Hai accettato «%(offer)s» da %(host)s, da %(start)s a %(end)s. Si comincia a preparare il percorso."
            ),
            gettext_noop("Lo Sportello ti contatta nei prossimi giorni per i documenti. Nella tua area trovi tutto."),
        ),
    ),
    "seat_accepted_host": (
        HOST,
        _for_host(
            gettext_noop("Il posto è stato accettato"),
            gettext_noop("%(person)s ha accettato il posto per «%(offer)s», da %(start)s a %(end)s."),
            gettext_noop("Ora trovi il suo indirizzo e-mail nella candidatura. Lo Sportello vi segue per i documenti."),
        ),
    ),
    "seat_accepted_desk": (
        DESK,
        _for_desk(
            gettext_noop("Un nuovo percorso da preparare"),
            gettext_noop("%(person)s ha accettato «%(offer)s» da %(host)s, da %(start)s a %(end)s."),
            gettext_noop("Contatta entrambi e prepara i documenti del percorso."),
        ),
    ),
}


def _offer_to_moderate(offer: Offer) -> Notice:
    return Notice(
        subject=_("Un'offerta da controllare"),
        happened=_("%(host)s ha inviato «%(offer)s».") % _offer_values(offer),
        todo=_("Leggila, poi pubblicala o rimandala indietro con che cosa correggere."),
        path=reverse("sportello_offer:inspect", args=[offer.pk]),
        label=_("Apri l'offerta"),
    )


def _offer_published(offer: Offer) -> Notice:
    return Notice(
        subject=_("La tua offerta è pubblicata"),
        happened=_("«%(offer)s» è sul portale: da adesso ci si può candidare.") % _offer_values(offer),
        todo=_("Non devi fare nulla: ti scriviamo a ogni candidatura."),
        path=offer.get_absolute_url(),
        label=_("Guarda l'offerta"),
    )


def _offer_returned(offer: Offer) -> Notice:
    return Notice(
        subject=_("La tua offerta è da correggere"),
        happened=_("Lo Sportello ha letto «%(offer)s» e chiede una correzione:") % _offer_values(offer),
        quote=offer.state_reason,
        todo=_("Correggi l'offerta e inviala di nuovo: quello che hai scritto è ancora lì."),
        path=reverse("area:host_offer_edit", args=[offer.pk]),
        label=_("Correggi l'offerta"),
    )


def _offer_values(offer: Offer) -> dict:
    return {"offer": offer.title, "host": offer.host.organisation.name}


OFFER_NOTICES: dict[str, tuple[str, Callable]] = {
    "offer_to_moderate": (DESK, _offer_to_moderate),
    "offer_published": (HOST, _offer_published),
    "offer_returned": (HOST, _offer_returned),
}


def _host_registered(host: Host) -> Notice:
    return Notice(
        subject=_("La registrazione è arrivata"),
        happened=_("Abbiamo ricevuto la registrazione di %(host)s.") % {"host": host.organisation.name},
        todo=_(
            "Lo Sportello la verifica, di solito entro tre giorni lavorativi. Intanto puoi scrivere la prima offerta."
        ),
        path=reverse("area:host_inbox"),
        label=_("Vai alla tua area"),
    )


def _host_to_verify(host: Host) -> Notice:
    return Notice(
        subject=_("Una realtà da verificare"),
        happened=_("%(host)s si è registrata per offrire esperienze.") % {"host": host.organisation.name},
        todo=_("Controlla che sia chi dice di essere, poi verificala."),
        path=reverse("sportello_host:inspect", args=[host.pk]),
        label=_("Apri la realtà"),
    )


def _host_verified(host: Host) -> Notice:
    return Notice(
        subject=_("La tua realtà è verificata"),
        happened=_("Lo Sportello ha verificato %(host)s.") % {"host": host.organisation.name},
        todo=_("Scrivi la prima offerta: bastano cinque minuti. Lo Sportello la legge e la pubblica."),
        path=reverse("area:host_inbox"),
        label=_("Vai alla tua area"),
    )


def _host_suspended(host: Host) -> Notice:
    return Notice(
        subject=_("La tua realtà è sospesa"),
        happened=_("Lo Sportello ha sospeso %(host)s: le offerte non sono più visibili. Il motivo:")
        % {"host": host.organisation.name},
        quote=host.state_reason,
        todo=_("Scrivi allo Sportello: insieme vediamo come ripartire."),
        path=reverse("area:host_inbox"),
        label=_("Vai alla tua area"),
    )


HOST_NOTICES: dict[str, tuple[str, Callable]] = {
    "host_registered": (HOST, _host_registered),
    "host_to_verify": (DESK, _host_to_verify),
    "host_verified": (HOST, _host_verified),
    "host_suspended": (HOST, _host_suspended),
}
