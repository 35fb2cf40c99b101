"""What the Sportello writes to people about their own data."""

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.pages.words import day_words, moment_words

from .common import Notice


def _deletion_asked(user) -> Notice:
    request = user.deletion_requests.filter(undone_at=None, done_at=None).first()
    return Notice(
        subject=_("Hai chiesto di cancellare i tuoi dati"),
        happened=_("Abbiamo ricevuto la tua richiesta. Per qualche giorno non cambia niente."),
        todo=_("Se hai cambiato idea, o non sei stata o stato tu, apri la pagina e premi «Ci ho ripensato»."),
        by_when=_("Cancelliamo dopo %(until)s.") % {"until": moment_words(request.due_at)} if request else "",
        path=reverse("area:own_data"),
        label=_("Vai ai tuoi dati"),
    )


def _deletion_done(user) -> Notice:
    return Notice(
        subject=_("I tuoi dati sono stati cancellati"),
        happened=_("Come avevi chiesto, il tuo account e quello che avevi scritto non ci sono più."),
        todo=_("Non devi fare niente. Se un giorno vuoi tornare, basta un nuovo account."),
        path=reverse("sportello:offers"),
        label=_("Vai allo Sportello"),
    )


def _erased_unused(user) -> Notice:
    return Notice(
        subject=_("Il tuo profilo è stato cancellato"),
        happened=_(
            "Non entravi da due anni e un mese fa ti avevamo avvisato: il tuo account e quello che avevi scritto "
            "non ci sono più."
        ),
        todo=_("Non devi fare niente. Se un giorno vuoi tornare, basta un nuovo account."),
        path=reverse("sportello:offers"),
        label=_("Vai allo Sportello"),
    )


def _retention_warning(user) -> Notice:
    warning = getattr(user, "retention_warning", None)
    return Notice(
        subject=_("Il tuo profilo sta per essere cancellato"),
        happened=_("È da quasi due anni che non entri: non teniamo dati che non servono più."),
        todo=_("Se vuoi tenerlo basta entrare una volta."),
        # Who has come back meanwhile has no warning any more.
        by_when=_("Altrimenti lo cancelliamo %(day)s.") % {"day": day_words(warning.erased_from)} if warning else "",
        path=reverse("area:home"),
        label=_("Entra e tieni il profilo"),
    )


def _birth_date_corrected(user) -> Notice:
    return Notice(
        subject=_("La tua data di nascita è stata corretta"),
        happened=_("Lo Sportello ha corretto la data di nascita nel tuo profilo, e ha scritto perché."),
        todo=_("Controlla che ora sia giusta. Se non lo è, o non lo avevi chiesto, rispondi a questa e-mail."),
        path=reverse("area:own_data"),
        label=_("Vai ai tuoi dati"),
    )


def _consent_asked_again(user) -> Notice:
    return Notice(
        subject=_("Un consenso va dato di nuovo"),
        happened=_("Abbiamo cambiato il testo di un consenso che avevi dato: quello di prima non basta più."),
        todo=_("Leggi il testo nuovo e rispondi, sì o no. Finché non rispondi vale come un «per ora no»."),
        path=reverse("area:home"),
        label=_("Leggi e rispondi"),
    )


ACCOUNT_NOTICES: dict[str, Callable] = {
    "deletion_asked": _deletion_asked,
    "deletion_done": _deletion_done,
    "erased_unused": _erased_unused,
    "retention_warning": _retention_warning,
    "birth_date_corrected": _birth_date_corrected,
    "consent_asked_again": _consent_asked_again,
}
