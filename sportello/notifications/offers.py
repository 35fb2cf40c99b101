"""What the Sportello writes about an offer."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext as _

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


def _offer_values(offer: Offer) -> dict:
    return {"offer": offer.title, "host": offer.host.organisation.name}


OFFER_NOTICES: dict[str, tuple[str, Callable]] = {
    "offer_to_moderate": (DESK, _offer_to_moderate),
    "offer_reported": (DESK, _offer_reported),
    "offer_published": (HOST, _offer_published),
    "offer_returned": (HOST, _offer_returned),
}
