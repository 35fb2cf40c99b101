"""What the Sportello writes about young people, who answers for them and what they consent to."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.pages.words import day_words, moment_words

from ..enums_people import ConsentPurpose
from ..models import Application, Consent, GuardianLink
from .common import DESK, GUARDIAN, HOST, YOUTH, Notice


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
        subject=_("È arrivato un sì"),
        happened=_("Chi risponde per te ha detto di sì. Riguarda %(thing)s.") % {"thing": _thing(consent)},
        todo=todo,
        path=path,
        label=label,
    )


def _consent_refused(consent: Consent) -> Notice:
    path, label = _youth_path(consent)
    return Notice(
        subject=_("Una risposta da chi risponde per te"),
        happened=_("Chi risponde per te per ora ha detto di no. Riguarda %(thing)s.") % {"thing": _thing(consent)},
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
        happened=_("Chi risponde per te ha ritirato un consenso. Riguarda %(thing)s.") % {"thing": _thing(consent)},
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


def _seat_offered_guardian(application: Application) -> Notice:
    return Notice(
        subject=_("Un'esperienza aspetta la tua risposta"),
        happened=_("%(host)s offre un posto a %(person)s per «%(offer)s», da %(start)s a %(end)s.")
        % {
            "host": application.offer.host.organisation.name,
            "person": application.youth.first_name,
            "offer": application.offer.title,
            "start": day_words(application.start_date) if application.start_date else "",
            "end": day_words(application.end_date) if application.end_date else "",
        },
        todo=_(
            "Leggi che cosa si fa, dove, quando e con chi, parlatene insieme e rispondi: senza il tuo sì non parte."
        ),
        by_when=_("Il posto è tenuto fino a %(until)s.") % {"until": moment_words(application.expires_at)}
        if application.expires_at
        else "",
        path=reverse("area:guardian_application", args=[application.pk]),
        label=_("Leggi e rispondi"),
    )


GUARDIAN_NOTICES: dict[str, tuple[str, Callable]] = {"seat_offered_guardian": (GUARDIAN, _seat_offered_guardian)}
"""About an application, for who answers for its young person."""


def guardian_invited(link: GuardianLink, path: str) -> Notice:
    """The invitation: the only notice whose link opens without an account."""
    return Notice(
        subject=_("Serve la tua risposta per una persona minorenne"),
        happened=_(
            "%(person)s vorrebbe fare un'esperienza con lo Sportello Talenti, che mette in contatto giovani e realtà "
            "del territorio. Ha meno di 18 anni: per questo serve chi ne ha la responsabilità."
        )
        % {"person": link.youth.first_name or _("Una persona giovane")},
        todo=_("Apri la pagina: leggi di che cosa si tratta e rispondi. Se non ti riguarda, da lì puoi dirlo."),
        by_when=_("Il link vale fino a %(until)s.") % {"until": moment_words(link.key_expires_at)}
        if link.key_expires_at
        else "",
        path=path,
        label=_("Leggi e rispondi"),
    )


def _to_guardians_page(subject: str, happened: str, todo: str) -> Notice:
    return Notice(
        subject=subject,
        happened=happened,
        todo=todo,
        path=reverse("area:youth_guardians"),
        label=_("Apri la pagina"),
    )


def _guardian_confirmed(link: GuardianLink) -> Notice:
    return _to_guardians_page(
        _("Chi risponde per te c'è"),
        _("La persona che hai invitato ha confermato."),
        _("Adesso legge le domande e risponde. Ti scriviamo a ogni risposta; intanto puoi completare il profilo."),
    )


def _guardian_turned_down(link: GuardianLink) -> Notice:
    return _to_guardians_page(
        _("L'invito non è andato a buon fine"),
        _("La persona che hai invitato dice di non rispondere per te."),
        _("Controlla l'indirizzo e invita la persona giusta. Se ti serve una mano, scrivi allo Sportello."),
    )


def _guardian_stepped_back(link: GuardianLink) -> Notice:
    return _to_guardians_page(
        _("Una persona non risponde più per te"),
        _("Una delle persone che rispondevano per te non lo fa più."),
        _("Guarda chi resta. Se non c'è nessuno, invita un'altra persona: fino ad allora non ci si può candidare."),
    )


LINK_NOTICES: dict[str, Callable] = {
    "guardian_confirmed": _guardian_confirmed,
    "guardian_turned_down": _guardian_turned_down,
    "guardian_stepped_back": _guardian_stepped_back,
}
"""About a guardian, for the young person."""
