"""What time does to pacts: reminders before they end, and what need not be kept any longer. Can run twice or late."""

from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page

from . import pact_letters as letters
from .models import PactPage, PactReminder, PactRequest, PactSignatory
from .pact_enums import REMINDER_DAYS
from .pact_querysets import OVER_KEPT


def remind_of_endings(today: date | None = None) -> int:
    """Remind of each pact that ends soon, once for each of `REMINDER_DAYS`; how many reminders went out.

    Run late, it sends one reminder for all the moments that have passed, and none for a pact that is over already. A
    pact whose end is moved is reminded of again.
    """
    day = today or timezone.localdate()
    sent = 0
    for pact in PactPage.objects.ending(day, day + timedelta(days=max(REMINDER_DAYS))):
        end = pact.end
        if end is not None and _remind(pact, end, day):
            sent += 1
    return sent


@transaction.atomic
def _remind(pact: PactPage, end: date, day: date) -> bool:
    """Write down the reminders that are due, and send one letter if any of them is new."""
    # A second run at the same time waits here, and then finds the rows of the first.
    Page.objects.select_for_update().get(pk=pact.pk)
    due = [days for days in REMINDER_DAYS if (end - day).days <= days]
    known = set(PactReminder.objects.filter(pact=pact, end=end).values_list("days", flat=True))
    new = [days for days in due if days not in known]
    PactReminder.objects.bulk_create([PactReminder(pact=pact, end=end, days=days) for days in new])
    if new:
        letters.send_ending(pact, end, day)
    return bool(new)


def forget_old_requests(now: datetime | None = None) -> int:
    """Forget requests nobody confirmed, and requests and signatures that have been over for long; how many rows.

    Of an organisation that withdrew, the name stays and the person who signed for it goes. What the portal says in
    public and what still has to be decided stays.
    """
    moment = now or timezone.now()
    requests, _details = PactRequest.objects.forgettable(moment).delete()
    with transaction.atomic():
        withdrawn = PactSignatory.objects.filter(withdrawn_on__lt=timezone.localtime(moment - OVER_KEPT).date())
        theirs, _details = PactRequest.objects.filter(signatory__in=withdrawn).delete()
        organisations = withdrawn.exclude(organisation__isnull=True, organisation_name="")
        named = organisations.exclude(person_name="", email="").update(person_name="", email="", consent=False)
        persons, _details = withdrawn.filter(organisation__isnull=True, organisation_name="").delete()
    return requests + theirs + named + persons
