"""The e-mails about pacts: to who asks to sign, to who signed, to the redazione. Frame: `emails/progetti/notice`."""

from collections.abc import Iterable, Iterator
from dataclasses import asdict
from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.ops.letters import Letter
from portal.ops.mail import enqueue_email
from portal.pages.words import day_words
from portal.users.models import User

from .models import PactPage, PactRequest, PactSignatory
from .pact_links import link_of
from .permissions import moderators

EMAIL = "progetti/notice"


def send_confirmation(request: PactRequest) -> None:
    """Ask the author of a request to confirm it."""
    with translation.override(request.language):
        letter = Letter(
            subject=_("Conferma la tua firma al patto"),
            happened=_("Qualcuno, forse tu, ha chiesto di firmare «%(pact)s» con questo indirizzo.")
            % {"pact": request.version.title_label},
            todo=_(
                "Se la richiesta è tua, apri la pagina, rileggi che cosa hai scritto e conferma. Se non ne sai niente, "
                "non fare nulla: senza conferma la cancelliamo entro trenta giorni."
            ),
            label=_("Leggi e conferma"),
            url=link_of(request),
            quote=request.commitments,
        )
        _send(request.email, request.language, letter, request.version.pact)


def send_already_asked(request: PactRequest) -> None:
    """Tell somebody who asks a second time that the first request is being verified."""
    with translation.override(request.language):
        letter = Letter(
            subject=_("La tua richiesta di firmare il patto c'è già"),
            happened=_("Hai già chiesto di firmare «%(pact)s» e hai confermato: la redazione sta verificando.")
            % {"pact": request.version.title_label},
            todo=_("Non devi fare altro. Dalla pagina puoi vedere a che punto è, o annullarla."),
            label=_("Apri la tua richiesta"),
            url=link_of(request),
        )
        _send(request.email, request.language, letter, request.version.pact)


def send_to_verify(request: PactRequest) -> None:
    """Tell the redazione that a confirmed request waits for it."""
    pact = request.version.pact
    with translation.override(settings.LANGUAGE_CODE):
        letter = Letter(
            subject=_("Una nuova firma da verificare"),
            happened=_("Qualcuno ha confermato per e-mail di voler firmare «%(pact)s».") % {"pact": pact.title},
            todo=_("Controlla che sia chi dice di essere, poi verifica la firma o spiega perché non si può."),
            label=_("Apri la richiesta"),
            url=reverse("progetti_pact_request:inspect", args=[request.pk]),
        )
        for email in _redazione(pact):
            _send(email, settings.LANGUAGE_CODE, letter, pact)


def send_accepted(request: PactRequest) -> None:
    """Tell the author that the signature is on the page."""
    with translation.override(request.language):
        letter = Letter(
            subject=_("La tua firma è sul patto"),
            happened=_("La redazione ha verificato la tua firma a «%(pact)s»: grazie.")
            % {"pact": request.version.title_label},
            todo=_("Tieni questo messaggio: dal link puoi rileggere il testo, scaricarlo, o ritirare la firma."),
            label=_("Apri la tua firma"),
            url=link_of(request),
        )
        _send(request.email, request.language, letter, request.version.pact)


def send_refused(request: PactRequest) -> None:
    """Tell the author why the redazione did not accept the request."""
    with translation.override(request.language):
        letter = Letter(
            subject=_("La tua richiesta di firmare il patto"),
            happened=_("La redazione non ha potuto accogliere la tua richiesta di firmare «%(pact)s». Ecco perché:")
            % {"pact": request.version.title_label},
            todo=_("Se qualcosa si può sistemare, puoi scrivere una nuova richiesta dalla pagina del patto."),
            label=_("Apri la tua richiesta"),
            url=link_of(request),
            quote=request.reason,
        )
        _send(request.email, request.language, letter, request.version.pact)


def send_withdrawn(signatory: PactSignatory, *, by_redazione: bool) -> None:
    """Tell who had signed, if their address is known, and the redazione, unless it did it itself."""
    pact = signatory.version.pact
    if signatory.email:
        with translation.override(signatory.language):
            letter = Letter(
                subject=_("La tua firma è stata ritirata"),
                happened=_("La tua firma a «%(pact)s» non è più sulla pagina.")
                % {"pact": signatory.version.title_label},
                todo=_("Se è un errore, rispondi a chi cura il patto: si può rimettere."),
                label=_("Apri il patto"),
                url=pact.get_url() or "/",
                quote=signatory.withdrawal_reason,
            )
            _send(signatory.email, signatory.language, letter, pact)
    if by_redazione:
        return
    with translation.override(settings.LANGUAGE_CODE):
        letter = Letter(
            subject=_("Una firma è stata ritirata"),
            happened=_("Chi aveva firmato «%(pact)s» ha ritirato la firma: la pagina non la mostra più.")
            % {"pact": pact.title},
            todo=_("Non c'è niente da fare, ma forse vale la pena di chiedere perché."),
            label=_("Apri la firma"),
            url=reverse("progetti_pact_signatory:inspect", args=[signatory.pk]),
        )
        for email in _redazione(pact):
            _send(email, settings.LANGUAGE_CODE, letter, pact)


def send_ending(pact: PactPage, end: date, today: date) -> None:
    """Remind the redazione and who answers for a pact that it ends on a day."""
    with translation.override(settings.LANGUAGE_CODE):
        left = (end - today).days
        days = ngettext("tra %(days)s giorno", "tra %(days)s giorni", left) % {"days": left}
        renewal = _("Può essere rinnovato.") if pact.renewable else _("Non è previsto un rinnovo.")
        letter = Letter(
            subject=_("Un patto sta per scadere"),
            happened=_("«%(pact)s» scade %(days)s, il %(day)s. %(renewal)s")
            % {
                "pact": pact.title,
                "days": days if left else _("oggi"),
                "day": day_words(end, weekday=False),
                "renewal": renewal,
            },
            todo=_(
                "Sentite chi lo ha firmato: se continua, cambiate la data di fine nella pagina; se finisce, raccontate "
                "com'è andata."
            ),
            label=_("Apri il patto nella redazione"),
            url=reverse("wagtailadmin_pages:edit", args=[pact.pk]),
            quote=pact.renewal,
        )
        for email in _redazione(pact):
            _send(email, settings.LANGUAGE_CODE, letter, pact)


def _redazione(pact: PactPage) -> Iterator[str]:
    """The addresses that are told about a pact: who moderates and who answers for it, each once.

    With nobody in the groups of the redazione, the administrators are told: a signature must not wait unseen.
    """
    found = dict.fromkeys(_addresses(moderators()))
    if pact.contact_email:
        found[pact.contact_email] = None
    yield from found or _addresses(User.objects.filter(is_active=True, is_superuser=True))


def _addresses(users: Iterable[User]) -> list[str]:
    return [user.email for user in users]


def _send(to: str, language: str, letter: Letter, pact: PactPage) -> None:
    context = asdict(letter) | {"contact": pact.contact_email}
    enqueue_email(EMAIL, to, context, language, reply_to=pact.contact_email or None)
