"""The e-mails of «Chi ci sta?»: to who writes, to who is in, to the redazione. Frame: `emails/bandi/notice`."""

from collections.abc import Iterator
from dataclasses import asdict

from django.conf import settings
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.models import GroupPagePermission

from portal.ops.letters import Letter
from portal.ops.mail import enqueue_email
from portal.users.models import User

from .interest_links import link_of
from .models import CallInterest, CallPage

EMAIL = "bandi/notice"


def send_confirmation(interest: CallInterest) -> None:
    """Ask who wrote to confirm the address."""
    with translation.override(interest.language):
        letter = Letter(
            subject=_("Conferma che ci state"),
            happened=_("Qualcuno, forse tu, ha scritto che «%(organisation)s» è interessata a «%(call)s».")
            % _names(interest),
            todo=_(
                "Se sei stato o stata tu, apri la pagina, rileggi e conferma. Se non ne sai niente, non fare nulla: "
                "senza conferma cancelliamo tutto entro trenta giorni."
            ),
            label=_("Leggi e conferma"),
            url=link_of(interest),
            quote=interest.brings,
        )
        _send(interest.email, interest.language, letter)


def send_already_in(interest: CallInterest) -> None:
    """Tell somebody who writes a second time that the first is there."""
    with translation.override(interest.language):
        letter = Letter(
            subject=_("Ci siete già"),
            happened=_("Hai già detto che «%(organisation)s» è interessata a «%(call)s».") % _names(interest),
            todo=_("Dalla tua pagina vedi a che punto è, leggi chi altro ci sta, o ritiri l'adesione."),
            label=_("Apri la tua pagina"),
            url=link_of(interest),
        )
        _send(interest.email, interest.language, letter)


def send_to_check(interest: CallInterest) -> None:
    """Tell the redazione that somebody waits to be let in."""
    with translation.override(settings.LANGUAGE_CODE):
        letter = Letter(
            subject=_("«Chi ci sta?»: un'organizzazione da controllare"),
            happened=_("«%(organisation)s» ha confermato di essere interessata a «%(call)s».") % _names(interest),
            todo=_("Controlla che sia chi dice di essere, poi accoglila o spiega perché no."),
            label=_("Apri l'adesione"),
            url=reverse("call_interest_admin", args=[interest.pk]),
        )
        for email in _publishers(interest.call):
            _send(email, settings.LANGUAGE_CODE, letter)


def send_accepted(interest: CallInterest) -> None:
    """Tell an organisation that it is in, and who else is."""
    with translation.override(interest.language):
        letter = Letter(
            subject=_("Ci siete: ecco chi altro ci sta"),
            happened=_("La redazione ha accolto l'adesione di «%(organisation)s» a «%(call)s».") % _names(interest),
            todo=_(
                "Tieni questo messaggio: dal link vedi chi altro ci sta, scrivi alle altre organizzazioni senza sapere "
                "il loro indirizzo, o ritiri l'adesione."
            ),
            label=_("Guarda chi ci sta"),
            url=link_of(interest),
        )
        _send(interest.email, interest.language, letter)


def send_refused(interest: CallInterest) -> None:
    """Tell an organisation that it is not in, and why."""
    with translation.override(interest.language):
        letter = Letter(
            subject=_("La tua adesione non è nella pagina"),
            happened=_("La redazione non ha accolto l'adesione di «%(organisation)s» a «%(call)s». Ecco perché:")
            % _names(interest),
            todo=_("Puoi partecipare lo stesso al bando. Se pensi che ci sia un errore, scrivi alla redazione."),
            label=_("Leggi il bando"),
            url=interest.call.get_url() or "/",
            quote=interest.reason,
        )
        _send(interest.email, interest.language, letter)


def send_message(sender: CallInterest, receiver: CallInterest, text: str) -> None:
    """Pass on what one organisation writes to another; answers go to the sender."""
    with translation.override(receiver.language):
        values = {**_names(sender), "person": sender.contact_name}
        letter = Letter(
            subject=_("Un'organizzazione ti scrive per un bando"),
            happened=_("%(person)s di «%(organisation)s», interessata come voi a «%(call)s», ti scrive:") % values,
            todo=_("Rispondi a questo messaggio: la risposta arriva direttamente a chi ti ha scritto."),
            label=_("Guarda chi ci sta"),
            url=link_of(receiver),
            quote=text,
        )
        _send(receiver.email, receiver.language, letter, reply_to=sender.email)


def _names(interest: CallInterest) -> dict[str, str]:
    return {"organisation": interest.shown_name, "call": interest.call.title}


def _publishers(call: CallPage) -> Iterator[str]:
    """The addresses of who may publish the call, by group; the administrators' when there is nobody."""
    rights = GroupPagePermission.objects.filter(
        permission__codename="publish_page", page__in=call.get_ancestors(inclusive=True).values("pk")
    )
    people = User.objects.filter(is_active=True, groups__in=rights.values("group_id")).distinct()
    found = list(people.values_list("email", flat=True))
    yield from found or User.objects.filter(is_active=True, is_superuser=True).values_list("email", flat=True)


def _send(to: str, language: str, letter: Letter, reply_to: str | None = None) -> None:
    enqueue_email(EMAIL, to, asdict(letter), language, reply_to=reply_to)
