"""Pre-written answers: a host starts from one, changes it as it likes, and sends it in its own name.

They are written in the young person's language, with their name: whoever reads them is who they are for.
"""

from dataclasses import dataclass

from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from .enums import ApplicationState
from .models import Application

S = ApplicationState


@dataclass(frozen=True, slots=True)
class Answer:
    """One pre-written answer."""

    key: str
    label: str
    text: str


_ANSWERS: dict[str, tuple[tuple[str, str, str], ...]] = {
    S.SHORTLISTED: (
        (
            "incontro",
            gettext_noop("Vorremmo incontrarti"),
            gettext_noop(
                "Ciao %(name)s, la tua candidatura ci è piaciuta e ci farebbe piacere conoscerti. "
                "Ti proponiamo qualche momento per incontrarci: scegli quello che ti va meglio."
            ),
        ),
    ),
    S.WAITLISTED: (
        (
            "attesa",
            gettext_noop("Per ora i posti sono presi"),
            gettext_noop(
                "Ciao %(name)s, ti vedremmo bene con noi, ma per ora i posti sono tutti presi. "
                "Sei in lista d'attesa: se se ne libera uno, è per te."
            ),
        ),
    ),
    S.OFFERED: (
        (
            "posto",
            gettext_noop("C'è un posto per te"),
            gettext_noop("Ciao %(name)s, ci farebbe piacere averti con noi per «%(offer)s». Ti aspettiamo!"),
        ),
    ),
    S.REJECTED: (
        (
            "altra-persona",
            gettext_noop("Abbiamo scelto un'altra persona"),
            gettext_noop(
                "Ciao %(name)s, grazie per la tua candidatura: l'abbiamo letta con attenzione. "
                "Questa volta abbiamo scelto un'altra persona. Ti auguriamo di trovare presto l'esperienza giusta."
            ),
        ),
        (
            "orari",
            gettext_noop("Gli orari non combaciano"),
            gettext_noop(
                "Ciao %(name)s, grazie per aver pensato a noi. I tuoi orari e i nostri questa volta non "
                "combaciano: se cambiano, o se vedi un'altra nostra offerta, scrivici di nuovo."
            ),
        ),
        (
            "piu-avanti",
            gettext_noop("Magari più avanti"),
            gettext_noop(
                "Ciao %(name)s, grazie per la tua candidatura. Adesso cerchiamo qualcuno con un po' di pratica in più; "
                "quello che hai scritto però ci è piaciuto. Tieni d'occhio le nostre prossime offerte."
            ),
        ),
    ),
    S.RESCINDED: (
        (
            "imprevisto",
            gettext_noop("È successo un imprevisto"),
            gettext_noop(
                "Ciao %(name)s, ci dispiace molto: per un imprevisto non possiamo più accoglierti per «%(offer)s». "
                "Non dipende da te. Lo Sportello lo sa e ti aiuta a trovare un'altra strada."
            ),
        ),
    ),
}


def for_answer(application: Application, target: str) -> list[Answer]:
    """The pre-written answers that go with a new state, in the young person's language; labels in the reader's."""
    rows = _ANSWERS.get(target, ())
    labels = [_(label) for _key, label, _text in rows]
    return [
        Answer(key, label, text_in_words(application, text))
        for label, (key, _label, text) in zip(labels, rows, strict=True)
    ]


def courteous(application: Application, target: str) -> str:
    """What the young person reads when the host has written nothing; empty if nothing needs to be said."""
    rows = _ANSWERS.get(target, ())
    return text_in_words(application, rows[0][2]) if rows else ""


def text_in_words(application: Application, text: str) -> str:
    """One of our texts about an application, in the language of its young person."""
    with translation.override(application.youth.language):
        return _(text) % {"name": application.youth.user.first_name, "offer": application.offer.title}


def said_to_youth(application: Application) -> str:
    """What a young person reads of an answer: the host's words or a courteous text, and the reason if it is shared."""
    message = application.message
    if not message and application.state in (S.REJECTED, S.RESCINDED):
        message = courteous(application, application.state)
    shared = application.reason if application.reason_shared else ""
    return "\n\n".join(part for part in (message, shared) if part)
