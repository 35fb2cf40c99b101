"""How an action of a plan changes. Every door (admin, import, command) comes through here."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from portal.users.models import User

from ..models import Action, ActionChange


@transaction.atomic
def save_action(action: Action, *, by: User | None, at: datetime | None = None) -> ActionChange | None:
    """Save an action, with a row in its history when it is new or when its status or progress changed.

    Args:
        action: new or edited, already validated with `full_clean`.
        by: who changed it; None for a command.
        at: when it changed; now, unless what happened in the past is being entered.

    Returns:
        The row of the history, or None when neither status nor progress changed.
    """
    before = None
    if action.pk is not None:
        # The row stays locked until the end: two editors cannot both start from the same state.
        before = Action.objects.select_for_update().filter(pk=action.pk).values("status", "progress").first()
    action.save()
    if before == {"status": action.status, "progress": action.progress}:
        return None
    return ActionChange.objects.create(
        action=action,
        at=at or timezone.now(),
        by=by,
        from_status=before["status"] if before else "",
        to_status=action.status,
        from_progress=before["progress"] if before else None,
        to_progress=action.progress,
    )
