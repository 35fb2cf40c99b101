"""How the outcomes of a call change. Every door (form, import) comes through here.

Outcomes go onto the page at once, so an author, who may not publish the call, writes rows that wait; what is already
public is changed only by who may publish. The log of the page says who changed how many rows, and names nobody.
"""

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db import transaction
from wagtail.log_actions import log

from ..models import CallOutcome, CallPage
from ..permissions import may_publish, may_write

LOG_SAVED, LOG_DELETED, LOG_PUBLISHED = "bandi.outcomes_saved", "bandi.outcomes_deleted", "bandi.outcomes_published"


@transaction.atomic
def save_outcomes(call: CallPage, outcomes: Iterable[CallOutcome], *, by) -> int:
    """Save new or changed outcomes of a call, already validated with `full_clean`; return how many.

    Raises:
        PermissionDenied: `by` may not edit the call, or may not publish it and an outcome is public already.
    """
    rows = list(outcomes)
    if not may_write(by, call):
        raise PermissionDenied
    publishes = may_publish(by, call)
    known = [row.pk for row in rows if row.pk is not None]
    public = CallOutcome.objects.select_for_update().filter(pk__in=known, is_public=True).values_list("pk", flat=True)
    if list(public) and not publishes:
        raise PermissionDenied
    for row in rows:
        row.call, row.is_public = call, publishes
        row.save()
    if rows:
        log(instance=call, action=LOG_SAVED, user=by, data={"count": len(rows)})
    return len(rows)


@transaction.atomic
def delete_outcome(outcome: CallOutcome, *, by) -> None:
    """Delete an outcome.

    Raises:
        PermissionDenied: as for `save_outcomes`.
    """
    call = outcome.call
    allowed = may_publish(by, call) if outcome.is_public else may_write(by, call)
    if not allowed:
        raise PermissionDenied
    outcome.delete()
    log(instance=call, action=LOG_DELETED, user=by, data={"count": 1})


@transaction.atomic
def publish_outcomes(call: CallPage, *, by) -> int:
    """Let out the outcomes that wait; return how many.

    Raises:
        PermissionDenied: `by` may not publish the call.
    """
    if not may_publish(by, call):
        raise PermissionDenied
    count = CallOutcome.objects.of_source(call).waiting().update(is_public=True)
    if count:
        log(instance=call, action=LOG_PUBLISHED, user=by, data={"count": count})
    return count
