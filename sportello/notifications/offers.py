"""What the Sportello writes about an offer."""

from collections.abc import Callable
from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.pages.words import day_words

from ..enums import RECONFIRM_NOTICE_DAYS
from ..models import Offer
from .common import DESK, HOST, Notice


def _offer_to_moderate(offer: Offer) -> Notice:
    return Notice(
        subject=_("Un'offerta da controllare"),
        happened=_("%(host)s ha inviato «%(offer)s».") % _offer_values(offer),
        todo=_("Leggila, poi pubblicala o rimandala indietro con che cosa correggere."),
        path=reverse("sportello_offer:inspect", args=[offer.pk]),
        label=_("Apri l'offerta"),
    )


def _offer_reported(offer: Offer) -> Notice:
    return Notice(
        subject=_("Un'offerta segnalata"),
        happened=_("Qualcuno ha segnalato «%(offer)s» di %(host)s.") % _offer_values(offer),
        todo=_("Guarda che cosa non va; se serve, sospendi l'offerta e scrivi a chi l'ha pubblicata."),
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


def _offer_refused(offer: Offer) -> Notice:
    return Notice(
        subject=_("La tua offerta non può essere pubblicata"),
        happened=_("Lo Sportello ha letto «%(offer)s» e non può pubblicarla:") % _offer_values(offer),
        quote=offer.state_reason,
        todo=_("Se pensi a un'altra esperienza, scrivila: lo Sportello ti aiuta volentieri."),
        path=reverse("area:host_offer", args=[offer.pk]),
        label=_("Apri l'offerta"),
    )


def _offer_suspended(offer: Offer) -> Notice:
    return Notice(
        subject=_("La tua offerta è sospesa"),
        happened=_("Lo Sportello ha tolto «%(offer)s» dal portale. Il motivo:") % _offer_values(offer),
        quote=offer.state_reason,
        todo=_("Scrivi allo Sportello: insieme vediamo come rimetterla. Le candidature che hai restano."),
        path=reverse("area:host_offer", args=[offer.pk]),
        label=_("Apri l'offerta"),
    )


def _offer_reinstated(offer: Offer) -> Notice:
    return Notice(
        subject=_("La tua offerta è di nuovo sul portale"),
        happened=_("Lo Sportello ha riammesso «%(offer)s».") % _offer_values(offer),
        todo=_("Non devi fare nulla: ti scriviamo a ogni candidatura."),
        path=reverse("area:host_offer", args=[offer.pk]),
        label=_("Apri l'offerta"),
    )


def _offer_to_reconfirm(offer: Offer) -> Notice:
    last_day = day_words(timezone.localdate() + timedelta(days=RECONFIRM_NOTICE_DAYS))
    return Notice(
        subject=_("La tua offerta è ancora valida?"),
        happened=_("«%(offer)s» è sul portale da quasi tre mesi.") % _offer_values(offer),
        todo=_("Se vale ancora, riconfermala: basta un clic. Se non vale più, chiudila dalla stessa pagina."),
        by_when=_("Hai tempo fino a %(day)s: poi esce dall'elenco, ma la rimetti quando vuoi.") % {"day": last_day},
        path=reverse("area:host_offer_confirm", args=[offer.pk]),
        label=_("Riconferma l'offerta"),
    )


def _offer_stale(offer: Offer) -> Notice:
    return Notice(
        subject=_("La tua offerta non è più nell'elenco"),
        happened=_("«%(offer)s» è uscita dall'elenco perché nessuno l'ha riconfermata.") % _offer_values(offer),
        todo=_("Se vale ancora, rimettila con un clic. Le candidature che hai ricevuto restano."),
        path=reverse("area:host_offer_confirm", args=[offer.pk]),
        label=_("Rimetti l'offerta nell'elenco"),
    )


def _offer_values(offer: Offer) -> dict:
    return {"offer": offer.title, "host": offer.host.organisation.name}


OFFER_NOTICES: dict[str, tuple[str, Callable]] = {
    "offer_to_moderate": (DESK, _offer_to_moderate),
    "offer_reported": (DESK, _offer_reported),
    "offer_published": (HOST, _offer_published),
    "offer_returned": (HOST, _offer_returned),
    "offer_refused": (HOST, _offer_refused),
    "offer_suspended": (HOST, _offer_suspended),
    "offer_reinstated": (HOST, _offer_reinstated),
    "offer_to_reconfirm": (HOST, _offer_to_reconfirm),
    "offer_stale": (HOST, _offer_stale),
}
