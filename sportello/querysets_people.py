"""How young people, guardians, consents and requests to be forgotten are read."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.db import models
from django.db.models import Count, OuterRef, Q
from django.utils import timezone

from portal.users.models import FORGOTTEN_DOMAIN

from .enums import ADULT_AGE, OPEN_STATES
from .querysets_desks import DeskScoped

if TYPE_CHECKING:
    from .models import ConsentText


def born_after(today: date) -> date:
    """Return the last birth date of who has come of age: whoever was born later is under age today.

    Who is born on 29 February comes of age on 1 March in common years, as in `sportello.matching.age_on`.
    """
    year = today.year - ADULT_AGE
    try:
        return today.replace(year=year)
    except ValueError:
        return date(year, 2, 28)


class YouthProfileQuerySet(DeskScoped):
    """Reads the young people."""

    def with_lists(self) -> "YouthProfileQuerySet":
        """With the rows of its lists, for the form and the desk: four queries."""
        return self.for_matching().prefetch_related("interests", "skills", "goals")

    def for_matching(self) -> "YouthProfileQuerySet":
        """With everything that completeness and the scoring read: one query."""
        return self.select_related("user", "home", "desk")

    def for_desk_list(self) -> "YouthProfileQuerySet":
        """For the desk's list: newest first, without who was forgotten; how many applications are open."""
        # Through the index of the few accounts that are off: see `User`.
        forgotten = get_user_model().objects.filter(is_active=False, email__endswith=f"@{FORGOTTEN_DOMAIN}")
        return (
            self.select_related("user", "home")
            .exclude(user__in=forgotten)
            .annotate(open_count=Count("applications", filter=Q(applications__state__in=OPEN_STATES)))
            .order_by("-created_at", "-pk")
        )


class GuardianLinkQuerySet(models.QuerySet):
    """Reads who answers for whom."""

    def open(self) -> "GuardianLinkQuerySet":
        """Asked or confirmed, and not ended."""
        return self.filter(ended_at__isnull=True)

    def standing(self, today: date | None = None) -> "GuardianLinkQuerySet":
        """Confirmed, not ended, and the young person is under age: on the eighteenth birthday it ends by itself."""
        born = born_after(today or timezone.localdate())
        return self.open().filter(confirmed_at__isnull=False, youth__birth_date__gt=born)

    def of(self, user) -> "GuardianLinkQuerySet":
        """The links of somebody with an account."""
        return self.filter(guardian__user=user)

    def invited(self, digest: str) -> "GuardianLinkQuerySet":
        """The invitation that a key opens: neither answered, nor taken back, nor too old."""
        return self.open().filter(key_digest=digest, confirmed_at__isnull=True, key_expires_at__gt=timezone.now())

    def for_list(self) -> "GuardianLinkQuerySet":
        """For the pages of either side: one query."""
        return self.select_related("guardian__user", "youth__user", "youth__desk", "youth__home").order_by(
            "youth__user__first_name", "created_at", "pk"
        )


class ConsentTextQuerySet(models.QuerySet["ConsentText"]):
    """Reads the words that people say yes to."""

    def current(self, purpose: str, day: date | None = None) -> "ConsentText":
        """Return the text in use for a purpose.

        Raises:
            ConsentText.DoesNotExist: none has begun yet.
        """
        return self.filter(purpose=purpose, valid_from__lte=day or timezone.localdate()).latest("version")

    def all_current(self, day: date | None = None) -> "dict[str, ConsentText]":
        """Return the text in use of each purpose. One query."""
        rows = self.filter(valid_from__lte=day or timezone.localdate()).order_by("purpose", "version")
        return {row.purpose: row for row in rows}


def _asking_again():
    """Later versions of a consent's words, in use, whose change is one of substance."""
    from .models import ConsentText

    return ConsentText.objects.filter(
        purpose=OuterRef("purpose"),
        asks_again=True,
        valid_from__lte=timezone.localdate(),
        version__gt=OuterRef("text__version"),
    )


class ConsentQuerySet(models.QuerySet):
    """Reads what was said yes or no to, and what was taken back."""

    def standing(self) -> "ConsentQuerySet":
        """Given and not taken back."""
        return self.filter(granted_at__isnull=False, revoked_at__isnull=True)

    def counting(self) -> "ConsentQuerySet":
        """Standing, and given to words that no later version asks to read again."""
        return self.standing().exclude(models.Exists(_asking_again()))

    def with_outdated(self) -> "ConsentQuerySet":
        """With `outdated`: whether a later version of the words asks again."""
        return self.annotate(outdated=models.Exists(_asking_again()))

    def for_list(self) -> "ConsentQuerySet":
        """For the pages that show them, newest first: one query."""
        return self.select_related("text", "given_by", "application__offer__host__organisation").order_by("-pk")

    def about(self, purpose: str, application=None) -> "ConsentQuerySet":
        """Those of one purpose, general or about one application."""
        return self.filter(Q(purpose=purpose) & Q(application=application))


class DeletionRequestQuerySet(models.QuerySet):
    """Reads who asked for their data to be deleted."""

    def open(self) -> "DeletionRequestQuerySet":
        """Neither done nor thought better of: one at most for each person."""
        return self.filter(undone_at=None, done_at=None)

    def due(self, now: datetime) -> "DeletionRequestQuerySet":
        """Open, and the time to think again is over; the oldest first."""
        return self.open().filter(due_at__lte=now).order_by("due_at", "pk")
