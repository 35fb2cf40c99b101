"""How each host answers, written where pages and scores read it."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from ..models import Host
from ..reliability import count_answers, reliability_of
from .locks import lock_hosts


def refresh_answers(now: datetime | None = None) -> int:
    """Count how every host answers and keep what has changed; return of how many hosts. Two queries if nothing has."""
    counted = count_answers(now or timezone.now())
    changed = []
    for host in Host.objects.only("pk", "answers_due", "answers_given", "answers_days").order_by("pk"):
        found = counted.get(host.pk)
        if found != reliability_of(host):
            host.answers_due = found.due if found else None
            host.answers_given = found.given if found else None
            host.answers_days = found.days if found else None
            changed.append(host)
    if changed:
        with transaction.atomic():
            # In the order in which everybody locks hosts.
            lock_hosts(host.pk for host in changed)
            Host.objects.bulk_update(changed, ["answers_due", "answers_given", "answers_days"], batch_size=500)
    return len(changed)
