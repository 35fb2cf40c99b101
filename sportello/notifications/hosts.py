"""What the Sportello writes about a host."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext as _

from ..models import Host
from .common import DESK, HOST, Notice


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
