"""What an operator says about something that waits: taking care of it, putting it off. Nothing else changes."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import permissions
from ..errors import GuardRefused, NotPermitted
from ..models import InboxMark


def _mark(kind: str, thing, by) -> InboxMark:
    """The locked mark of something, made if there is none. Two operators at once wait for each other here."""
    desk_ids = permissions.desks_of(by)
    if desk_ids is not None and thing.desk_id not in desk_ids:
        raise NotPermitted
    InboxMark.objects.get_or_create(kind=kind, row=thing.pk, defaults={"desk_id": thing.desk_id})
    return InboxMark.objects.select_for_update().get(kind=kind, row=thing.pk)


@transaction.atomic
def take(kind: str, thing, by, since=None) -> InboxMark:
    """«I take care of it»: the others see it.

    Args:
        since: when it began to wait; whoever had taken it before that no longer counts.

    Raises:
        NotPermitted: it is of another desk.
        GuardRefused: `taken`, somebody else already does.
    """
    mark = _mark(kind, thing, by)
    current = since is None or mark.at >= since
    if current and mark.taken_by_id and mark.taken_by_id != by.pk:
        raise GuardRefused(_("Se ne occupa già %(who)s.") % {"who": mark.taken_by}, "taken")
    if not current:
        mark.put_off_until = None
    mark.taken_by = by
    mark.save()
    return mark


@transaction.atomic
def release(kind: str, thing, by) -> InboxMark:
    """Nobody takes care of it any more. A colleague may do it too: somebody may be on holiday."""
    mark = _mark(kind, thing, by)
    mark.taken_by = None
    mark.save()
    return mark


@transaction.atomic
def put_off(kind: str, thing, by, until: date) -> InboxMark:
    """Keep it out of the list until a day.

    Raises:
        NotPermitted: it is of another desk.
        GuardRefused: `until` is not ahead, or too far.
    """
    days = (until - timezone.localdate()).days
    if not 1 <= days <= 60:
        raise GuardRefused(_("Scegli un giorno tra domani e i prossimi due mesi."), "until")
    mark = _mark(kind, thing, by)
    mark.put_off_until = until
    mark.save()
    return mark


@transaction.atomic
def bring_back(kind: str, thing, by) -> InboxMark:
    """Back into the list at once."""
    mark = _mark(kind, thing, by)
    mark.put_off_until = None
    mark.save()
    return mark
