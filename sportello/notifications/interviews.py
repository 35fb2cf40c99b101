"""What the Sportello writes about a meeting, with its entry for the reader's calendar."""

from collections.abc import Callable, Iterator
from dataclasses import replace

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from portal.ops.mail import absolute_url
from portal.pages.words import moment_words

from ..interview_calendar import CONTENT_TYPE, FILE_NAME, calendar_of
from ..models import InterviewSlot
from .common import HOST, YOUTH, Message, Notice, messages

_PAGES = {YOUTH: "area:youth_application", HOST: "area:host_application"}


def _about(subject: str, happened: str, todo: str) -> Callable[[str], Callable]:
    def for_side(side: str) -> Callable:
        def build(slot: InterviewSlot) -> Notice:
            offer = slot.application.offer
            other = offer.host.organisation.name if side == YOUTH else slot.application.applicant_name
            values = {
                "when": moment_words(slot.starts_at),
                "place": slot.place,
                "other": other,
                "offer": offer.title,
            }
            return Notice(
                subject=_(subject),
                happened=_(happened) % values,
                todo=_(todo) % values,
                path=reverse(_PAGES[side], args=[slot.application_id]),
                label=_("Apri la candidatura"),
            )

        return build

    return for_side


INTERVIEW_NOTICES: dict[str, Callable[[str], Callable]] = {
    "interview_picked": _about(
        gettext_noop("L'incontro è fissato"),
        gettext_noop("Incontro con %(other)s per «%(offer)s»: %(when)s. Dove: %(place)s."),
        gettext_noop(
            "Qui allegato c'è l'appuntamento per il tuo calendario. Se non puoi più, annullalo dalla candidatura: "
            "così se ne fissa un altro."
        ),
    ),
    "interview_cancelled": _about(
        gettext_noop("L'incontro è annullato"),
        gettext_noop("L'incontro con %(other)s per «%(offer)s» di %(when)s non si fa più."),
        gettext_noop("L'allegato lo toglie dal tuo calendario. Nella candidatura vedi come andare avanti."),
    ),
}


def about_interview(slot_id: int, notice: str) -> Iterator[Message]:
    """The e-mails of a notice about a meeting, to both sides."""
    slot = InterviewSlot.objects.select_related(
        "application__offer__host__organisation", "application__desk", "application__youth__user"
    ).get(pk=slot_id)
    application = slot.application
    for side in (YOUTH, HOST):
        address = absolute_url(reverse(_PAGES[side], args=[application.pk]))
        build = INTERVIEW_NOTICES[notice](side)
        for message in messages(side, build, slot, application.offer.host, application.desk, application.youth):
            with translation.override(message.language):
                text = calendar_of(slot, address).decode()
            yield replace(message, attachments=({"name": FILE_NAME, "type": CONTENT_TYPE, "text": text},))
