"""What the Sportello writes about young people, who answers for them and what they consent to."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext as _

from ..enums_people import ConsentPurpose
from ..models import Application, Consent
from .common import DESK, HOST, YOUTH, Notice


def _thing(consent: Consent) -> str:
    if consent.application is not None:
        return _("l'esperienza «%(offer)s»") % {"offer": consent.application.offer.title}
    return {
        ConsentPurpose.APPLYING: _("le tue candidature"),
        ConsentPurpose.CV: _("mostrare il tuo curriculum"),
    }.get(ConsentPurpose(consent.purpose), consent.get_purpose_display())


def _youth_path(consent: Consent) -> tuple[str, str]:
    if consent.application is not None:
        return reverse("area:youth_application", args=[consent.application_id]), _("Apri la candidatura")
    return reverse("area:home"), _("Vai alla tua area")


def _consent_granted(consent: Consent) -> Notice:
    path, label = _youth_path(consent)
    if consent.application is not None:
        todo = _("Ora puoi accettare il posto: apri la candidatura e scegli.")
    elif consent.purpose == ConsentPurpose.APPLYING:
        todo = _("Da adesso puoi candidarti. Per ogni esperienza, prima di accettare un posto, chiederemo ancora.")
    else:
        todo = _("Quando ti candidi puoi scegliere se allegarlo.")
    return Notice(
        subject=_("Hai un consenso in più"),
        happened=_("Chi risponde per te ha detto di sì: %(thing)s.") % {"thing": _thing(consent)},
        todo=todo,
        path=path,
        label=label,
    )


def _consent_refused(consent: Consent) -> Notice:
    path, label = _youth_path(consent)
    return Notice(
        subject=_("Una risposta da chi risponde per te"),
        happened=_("Chi risponde per te per ora ha detto di no: %(thing)s.") % {"thing": _thing(consent)},
        todo=_("Parlatene insieme: può cambiare idea quando vuole. Se vi serve una mano, lo Sportello c'è."),
        path=path,
        label=label,
    )


def _consent_revoked(consent: Consent) -> Notice:
    path, label = _youth_path(consent)
    todo = _("Le candidature che ne avevano bisogno si sono chiuse. Parlatene insieme, oppure con lo Sportello.")
    if consent.purpose == ConsentPurpose.CV:
        todo = _("Chi ospita non vede più il tuo curriculum. Le candidature restano aperte.")
    return Notice(
        subject=_("Un consenso è stato ritirato"),
        happened=_("Chi risponde per te ha ritirato il consenso: %(thing)s.") % {"thing": _thing(consent)},
        todo=todo,
        path=path,
        label=label,
    )


def _consent_revoked_desk(consent: Consent) -> Notice:
    return Notice(
        subject=_("Un percorso in corso è senza consenso"),
        happened=_("Chi risponde per un minore ha ritirato il consenso a un'esperienza già cominciata."),
        todo=_("Chiama oggi chi ha ritirato il consenso e chi ospita: il percorso va fermato."),
        path=reverse("sportello_application:inspect", args=[consent.application_id]),
        label=_("Apri la candidatura"),
    )


CONSENT_NOTICES: dict[str, tuple[str, Callable]] = {
    "consent_granted": (YOUTH, _consent_granted),
    "consent_refused": (YOUTH, _consent_refused),
    "consent_revoked": (YOUTH, _consent_revoked),
    "consent_revoked_desk": (DESK, _consent_revoked_desk),
}


def _placement_cancelled_host(application: Application) -> Notice:
    return Notice(
        subject=_("Un percorso non comincia"),
        happened=_("Il percorso di %(person)s per «%(offer)s» è stato annullato prima dell'inizio.")
        % {"person": application.applicant_name, "offer": application.offer.title},
        todo=_("Il posto è di nuovo libero: puoi offrirlo a un'altra persona. Lo Sportello ti racconta com'è andata."),
        path=reverse("area:host_application", args=[application.pk]),
        label=_("Apri la candidatura"),
    )


def _placement_cancelled_desk(application: Application) -> Notice:
    return Notice(
        subject=_("Un percorso annullato prima dell'inizio"),
        happened=_("Il percorso di %(person)s per «%(offer)s» è stato annullato.")
        % {"person": application.applicant_name, "offer": application.offer.title},
        todo=_("Senti chi doveva viverlo e chi doveva ospitarlo, e ferma i documenti."),
        path=reverse("sportello_application:inspect", args=[application.pk]),
        label=_("Apri la candidatura"),
    )


CANCELLED_NOTICES: dict[str, tuple[str, Callable]] = {
    "placement_cancelled_host": (HOST, _placement_cancelled_host),
    "placement_cancelled_desk": (DESK, _placement_cancelled_desk),
}
