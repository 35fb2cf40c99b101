"""One e-mail of the Sportello: its words, its readers, and the frame they share."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.conf import settings
from django.utils import translation

from ..models import Desk, DeskMembership, Host, HostMembership

YOUTH, HOST, DESK, GUARDIAN = "youth", "host", "desk", "guardian"
OWNERS = "owners"
"""Of a host, only who decides about its people, its data and the pact."""


@dataclass(frozen=True, slots=True)
class Notice:
    """The words of one e-mail."""

    subject: str
    happened: str
    todo: str
    path: str
    label: str
    by_when: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Message:
    """One e-mail for one person, ready for the queue."""

    to: str
    language: str
    context: dict
    reply_to: str
    attachments: tuple[dict[str, str], ...] = ()


def messages(audience: str, build: Callable, subject, host: Host | None, desk: Desk, youth=None) -> Iterator[Message]:
    """One e-mail for each reader of an audience; `host` may be missing when it is not about one."""
    for email, language, name in _readers(audience, host, desk, youth):
        yield message(email, language, name, build, subject, desk)


def message(email: str, language: str, name: str, build: Callable, subject, desk: Desk) -> Message:
    """One e-mail for one person, drawn in their language."""
    with translation.override(language):
        notice = build(subject)
        context = {
            "subject": notice.subject,
            "heading": notice.subject,
            "name": name,
            "happened": notice.happened,
            "quote": notice.quote,
            "todo": notice.todo,
            "by_when": notice.by_when,
            "url": notice.path,
            "label": notice.label,
            "desk_name": desk.name,
            "desk_email": desk.email,
            "desk_phone": desk.phone,
        }
    return Message(email, language, context, desk.email)


def _readers(audience: str, host: Host | None, desk: Desk, youth) -> Iterator[tuple[str, str, str]]:
    if audience == YOUTH:
        yield youth.user.email, youth.language, youth.user.first_name
    elif audience == GUARDIAN:
        for link in youth.guardian_links.standing().select_related("guardian__user").order_by("pk"):
            yield link.guardian.address, link.guardian.language, link.guardian.user.first_name
    elif audience in (HOST, OWNERS):
        members = HostMembership.objects.working().filter(host=host).select_related("user").order_by("pk")
        for member in members:
            if audience == HOST or member.owns:
                yield member.user.email, member.language, member.user.first_name
    else:
        for worker in DeskMembership.objects.working().filter(desk=desk).select_related("user").order_by("pk"):
            yield worker.user.email, settings.LANGUAGE_CODE, worker.user.first_name
