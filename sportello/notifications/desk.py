"""What the desk writes to hosts by its own hand: reminders."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from ..models import Application, Offer
from .builders import for_youth
from .common import HOST, YOUTH, Notice


def _reminds_host(application: Application) -> Notice:
    return Notice(
        subject=_("Una candidatura aspetta la tua risposta"),
        happened=_("Qualche giorno fa una persona si è candidata per «%(offer)s» e aspetta di sapere.")
        % {"offer": application.offer.title},
        todo=_("Bastano due minuti: offri un posto, chiedi di conoscersi oppure di' di no con un motivo."),
        by_when=_("Se ti serve più tempo o un aiuto, rispondi a questa e-mail: ti legge lo Sportello."),
        path=reverse("area:host_application", args=[application.pk]),
        label=_("Apri la candidatura"),
    )


def _reminds_to_reconfirm(offer: Offer) -> Notice:
    return Notice(
        subject=_("La tua offerta vale ancora?"),
        happened=_("Da un po' non ci dici se «%(offer)s» è ancora valida, e per ora non si vede sul portale.")
        % {"offer": offer.title},
        todo=_("Aprila e conferma che vale ancora, oppure chiudila."),
        path=reverse("area:host_offer", args=[offer.pk]),
        label=_("Apri l'offerta"),
    )


DESK_NOTICES: dict[str, tuple[str, Callable]] = {
    "desk_reminds_host": (HOST, _reminds_host),
    "application_withdrawn_for_you": (
        YOUTH,
        for_youth(
            gettext_noop("La tua candidatura è stata ritirata"),
            gettext_noop("Lo Sportello ha ritirato per tuo conto la candidatura per «%(offer)s» da %(host)s."),
            gettext_noop("Se non lo avevi chiesto, rispondi subito a questa e-mail: ti legge lo Sportello."),
        ),
    ),
}
DESK_OFFER_NOTICES: dict[str, tuple[str, Callable]] = {"desk_reminds_to_reconfirm": (HOST, _reminds_to_reconfirm)}
