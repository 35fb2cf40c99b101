"""What young person, host and desk write to each other inside an application. Letters about it never quote it."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import permissions
from ..application_enums import CONVERSATION_STATES, WRITERS
from ..enums import Actor, HostState
from ..errors import GuardRefused, NotPermitted
from ..models import Application, ApplicationMessage, Host
from .applications_machine import tell

MAX_LENGTH = 2000
MAX_A_DAY = 30
"""Messages of one side about one application: a conversation, not a flood."""
_NOTICES = {Actor.YOUTH: "new_message", Actor.HOST: "new_message_host"}


def write(application: Application, by, text: str) -> ApplicationMessage:
    """Write a message. A side that has one still to see is not written to again by e-mail.

    Raises:
        NotPermitted: no part in this application.
        GuardRefused: `text` (empty, too long), `closed` (only the desk writes about what is closed or not yet sent) or
            `too_many` for today, or `suspended` (the host is).
    """
    side = _side(application, by)
    text = (text or "").strip()
    if not text:
        raise GuardRefused(_("Scrivi un messaggio prima di inviarlo."), "text")
    if len(text) > MAX_LENGTH:
        raise GuardRefused(_("È troppo lungo: bastano %(most)s caratteri.") % {"most": MAX_LENGTH}, "text")
    with transaction.atomic():
        locked = Application.objects.select_for_update().get(pk=application.pk)
        if side != Actor.DESK and locked.state not in CONVERSATION_STATES:
            raise GuardRefused(_("La candidatura è chiusa: per qualsiasi cosa scrivi allo Sportello."), "closed")
        if side == Actor.HOST and Host.objects.filter(offers=locked.offer_id, state=HostState.SUSPENDED).exists():
            raise GuardRefused(
                _("Lo Sportello ha sospeso la tua realtà: per ora si scrive solo allo Sportello."), "suspended"
            )
        now = timezone.now()
        readers = [reader for reader in _NOTICES if reader != side and _reads(reader, locked)]
        before = ApplicationMessage.objects.filter(application=locked)
        if side != Actor.DESK and before.filter(side=side, at__gt=now - timedelta(days=1)).count() >= MAX_A_DAY:
            raise GuardRefused(_("Per oggi hai scritto molti messaggi: riprova domani."), "too_many")
        to_tell = [reader for reader in readers if not before.unseen_by(reader).exists()]
        message = ApplicationMessage.objects.create(
            application=locked,
            side=side,
            user=by,
            text=text,
            seen_by_youth_at=now if side == Actor.YOUTH else None,
            seen_by_host_at=now if side == Actor.HOST else None,
        )
        tell(locked, *(_NOTICES[reader] for reader in to_tell))
    return message


def see(application: Application, side: str) -> None:
    """Mark what a side has before its eyes as seen: the one thing that reading changes."""
    ApplicationMessage.objects.filter(application=application).mark_seen(side)


def may_write(application: Application, side: str) -> bool:
    """Whether a side may write now."""
    return side == Actor.DESK or application.state in CONVERSATION_STATES


def _side(application: Application, by) -> str:
    actors = permissions.actors_on_application(by, application)
    for side in WRITERS:
        if side in actors:
            return side
    raise NotPermitted


def _reads(reader: str, application: Application) -> bool:
    """A host knows nothing of what the desk is still reading."""
    return reader != Actor.HOST or (application.submitted_at is not None and application.state in CONVERSATION_STATES)
