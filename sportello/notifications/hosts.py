"""What the Sportello writes about a host."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.pages.words import day_words, moment_words

from ..models import Host
from ..pacts import standing_of, text_in_force
from .common import DESK, HOST, OWNERS, Notice


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
        todo=_(
            "Ora leggi e firma il Patto di corresponsabilità: bastano cinque minuti. Dopo la firma lo Sportello può "
            "pubblicare le tue offerte."
        ),
        path=reverse("area:host_pact"),
        label=_("Leggi e firma il patto"),
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


def _host_to_verify_again(host: Host) -> Notice:
    return Notice(
        subject=_("Una realtà da verificare di nuovo"),
        happened=_("%(host)s ha cambiato partita IVA o codice fiscale: le sue offerte non si vedono più.")
        % {"host": host.organisation.name},
        todo=_("Controlla che sia chi dice di essere, poi verificala. Firmerà di nuovo il patto."),
        path=reverse("sportello_host:inspect", args=[host.pk]),
        label=_("Apri la realtà"),
    )


def _host_back(host: Host) -> Notice:
    return Notice(
        subject=_("La tua realtà è di nuovo attiva"),
        happened=_("Lo Sportello ha riaperto %(host)s: le tue offerte pubblicate si vedono di nuovo.")
        % {"host": host.organisation.name},
        todo=_("Non devi fare nulla: guarda se c'è qualche candidatura che aspetta."),
        path=reverse("area:host_inbox"),
        label=_("Vai alla tua area"),
    )


def _host_signed(host: Host) -> Notice:
    signature = host.pact_signature
    return Notice(
        subject=_("Il patto è firmato"),
        happened=_("%(who)s ha firmato il Patto di corresponsabilità per %(host)s: versione %(number)s, %(when)s.")
        % {
            "who": signature.signer_name if signature else "",
            "host": host.organisation.name,
            "number": signature.version.number if signature else "",
            "when": moment_words(signature.at) if signature else "",
        },
        todo=_("Puoi scaricare il documento con la firma quando vuoi. Ora lo Sportello può pubblicare le tue offerte."),
        path=reverse("area:host_pact"),
        label=_("Guarda il patto firmato"),
    )


def _renew_by(host: Host) -> str:
    """Until when, in a sentence; empty for who has signed between the change of the text and this letter."""
    standing = standing_of(host, text_in_force(host.desk))
    return _("Hai tempo fino a %(until)s.") % {"until": day_words(standing.renew_by)} if standing.renew_by else ""


def _host_pact_new_text(host: Host) -> Notice:
    return Notice(
        subject=_("C'è un nuovo testo del patto"),
        happened=_("È entrato in vigore un nuovo testo del Patto di corresponsabilità, che %(host)s aveva già firmato.")
        % {"host": host.organisation.name},
        todo=_("Leggi che cosa cambia e firma: nel frattempo resta tutto com'è."),
        by_when=_renew_by(host),
        path=reverse("area:host_pact"),
        label=_("Leggi e firma il patto"),
    )


def _host_pact_last_days(host: Host) -> Notice:
    return Notice(
        subject=_("Ultimi giorni per firmare il nuovo patto"),
        happened=_("%(host)s non ha ancora firmato il nuovo testo del Patto di corresponsabilità.")
        % {"host": host.organisation.name},
        todo=_("Leggilo e firmalo: senza la firma le tue offerte non si vedranno più."),
        by_when=_renew_by(host),
        path=reverse("area:host_pact"),
        label=_("Leggi e firma il patto"),
    )


def _host_pact_lapsed(host: Host) -> Notice:
    return Notice(
        subject=_("Le tue offerte aspettano la firma del patto"),
        happened=_("Il tempo per firmare il nuovo patto è finito: per ora le offerte di %(host)s non si vedono.")
        % {"host": host.organisation.name},
        todo=_("Appena lo firmi tornano visibili. Le candidature già arrivate restano, e aspettano una risposta."),
        path=reverse("area:host_pact"),
        label=_("Leggi e firma il patto"),
    )


def _host_member_joined(host: Host) -> Notice:
    return Notice(
        subject=_("Un invito è stato accettato"),
        happened=_("Una persona che avevi invitato ora agisce per %(host)s.") % {"host": host.organisation.name},
        todo=_("Guarda chi fa parte della tua realtà e che cosa può fare."),
        path=reverse("area:host_members"),
        label=_("Guarda le persone"),
    )


def _host_member_gone(host: Host) -> Notice:
    return Notice(
        subject=_("Una persona non fa più parte della tua realtà"),
        happened=_("Da adesso una persona non agisce più per %(host)s.") % {"host": host.organisation.name},
        todo=_("Guarda chi resta: se seguiva delle offerte come tutor, affidale a qualcun altro."),
        path=reverse("area:host_members"),
        label=_("Guarda le persone"),
    )


HOST_NOTICES: dict[str, tuple[str, Callable]] = {
    "host_registered": (HOST, _host_registered),
    "host_to_verify": (DESK, _host_to_verify),
    "host_verified": (HOST, _host_verified),
    "host_suspended": (HOST, _host_suspended),
    "host_back": (HOST, _host_back),
    "host_signed": (HOST, _host_signed),
    "host_pact_new_text": (OWNERS, _host_pact_new_text),
    "host_pact_last_days": (OWNERS, _host_pact_last_days),
    "host_pact_lapsed": (HOST, _host_pact_lapsed),
    "host_to_verify_again": (DESK, _host_to_verify_again),
    "host_member_joined": (OWNERS, _host_member_joined),
    "host_member_left": (OWNERS, _host_member_gone),
}
