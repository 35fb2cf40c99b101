"""From which age one may have an account here, and what the portal says about it."""

from datetime import date

from django.utils import timezone

MINIMUM_AGE = 14
"""From this age one may say yes to an online service by oneself: art. 2-quinquies of legislative decree 196/2003
(added by 101/2018), under art. 8 of the GDPR."""

OLDEST = 120


def age_today(birth_date: date) -> int:
    """Return somebody's age in whole years, by the calendar of Europe/Rome."""
    today = timezone.localdate()
    return today.year - birth_date.year - ((today.month, today.day) < (birth_date.month, birth_date.day))


def may_have_account(birth_date: date) -> bool:
    """Whether somebody born on a day may have an account, whoever agrees."""
    return age_today(birth_date) >= MINIMUM_AGE
