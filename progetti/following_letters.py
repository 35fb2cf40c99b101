"""The e-mails to who follows a project. Frames: `emails/progetti/notice`, `emails/progetti/followed`."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from portal.ops.letters import Letter
from portal.ops.mail import enqueue_email

from .following_links import link_of
from .models import ProjectFollower, ProjectPage

EMAIL, DIGEST = "progetti/notice", "progetti/followed"


@dataclass(frozen=True, slots=True)
class New:
    """One thing that is new of a project, in its reader's language."""

    kind: str
    title: str
    text: str
    url: str


def send_confirmation(follower: ProjectFollower) -> None:
    """Ask who left an address to confirm it."""
    with translation.override(follower.language):
        title = in_language_of(follower).title
        letter = Letter(
            subject=_("Conferma che vuoi seguire il progetto"),
            happened=_("Qualcuno, forse tu, ha chiesto di ricevere a questo indirizzo le novità di «%(project)s».")
            % {"project": title},
            todo=_(
                "Se sei stato o stata tu, apri la pagina e conferma. Se non ne sai niente, non fare nulla: senza "
                "conferma cancelliamo l'indirizzo entro una settimana e non ti scriviamo più."
            ),
            label=_("Apri e conferma"),
            url=link_of(follower),
        )
        enqueue_email(EMAIL, follower.email, asdict(letter), follower.language)


def send_already_following(follower: ProjectFollower) -> None:
    """Tell somebody who asks a second time that they follow already."""
    with translation.override(follower.language):
        letter = Letter(
            subject=_("Segui già il progetto"),
            happened=_("Segui già «%(project)s» con questo indirizzo.") % {"project": in_language_of(follower).title},
            todo=_("Non devi fare altro: ti scriviamo quando c'è qualcosa di nuovo. Dalla pagina puoi anche smettere."),
            label=_("Apri la pagina"),
            url=link_of(follower),
        )
        enqueue_email(EMAIL, follower.email, asdict(letter), follower.language)


def send_digest(follower: ProjectFollower, items: Sequence[New]) -> None:
    """Tell a follower what is new of the project, all in one e-mail, with the link that ends it."""
    with translation.override(follower.language):
        project = in_language_of(follower)
        context = {
            "project": project.title,
            "project_url": project.get_url() or reverse("wagtail_serve", args=[""]),
            "items": [asdict(item) for item in items],
            "unsubscribe_url": link_of(follower),
        }
        enqueue_email(DIGEST, follower.email, context, follower.language)


def in_language_of(follower: ProjectFollower) -> ProjectPage:
    """The live page of the project in the reader's language; the one it was written in where there is none."""
    if follower.project.locale.language_code == follower.language:
        return follower.project
    pages = ProjectPage.objects.live().filter(translation_key=follower.project.translation_key)
    return pages.filter(locale__language_code=follower.language).first() or follower.project
