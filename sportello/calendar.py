"""Days of experiences: which ones an offer gives first, and whether another experience fits beside some."""

from datetime import date, timedelta

from .models import Application, Offer

Days = tuple[date, date]
"""First and last day, both included."""


def earliest_days(offer: Offer, today: date, free_from: date | None = None) -> Days:
    """Return the first days on which an offer could take place, starting from tomorrow at the earliest.

    When what is left of its period is too short they are what is left.

    Args:
        free_from: the first day on which the young person can, if they have said it.
    """
    start = min(max(offer.start_date, today + timedelta(days=1), free_from or offer.start_date), offer.end_date)
    return start, min(start + timedelta(days=offer.days_needed - 1), offer.end_date)


def fits_beside(application: Application, busy: Days) -> bool:
    """Whether an application's experience can still take place when some days are taken.

    If its seat has been offered, its days are settled. Otherwise there must be enough days in a row in its period
    before or after the busy ones.
    """
    busy_start, busy_end = busy
    if application.start_date is not None and application.end_date is not None:
        return application.end_date < busy_start or application.start_date > busy_end
    offer = application.offer
    before = (min(offer.end_date, busy_start - timedelta(days=1)) - offer.start_date).days + 1
    after = (offer.end_date - max(offer.start_date, busy_end + timedelta(days=1))).days + 1
    return max(before, after) >= offer.days_needed
