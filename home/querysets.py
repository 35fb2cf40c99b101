"""How news and events are read."""

import datetime

from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.models import PageManager

from portal.pages.querysets import ListingQuerySet

# Long texts that no list shows.
LONG_TEXTS = ("body", "attachments", "related_pages", "update_notes")


def start_of_today() -> datetime.datetime:
    """Midnight of today in Europe/Rome: what is on today is still upcoming, whatever the hour."""
    return timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)


class NewsQuerySet(ListingQuerySet):
    """Reads the news."""

    def for_cards(self) -> "NewsQuerySet":
        """Live, public news without their long texts."""
        return super().for_cards().defer(*LONG_TEXTS)

    def for_home(self, locale_id: int) -> "NewsQuerySet":
        """The latest valid news in one language, without a picture: one query."""
        return self.live().public().valid().filter(locale_id=locale_id).defer(*LONG_TEXTS).latest_first()

    def latest_first(self) -> "NewsQuerySet":
        """The newest first; of one day, the last published first."""
        return self.order_by("-date", "-first_published_at", "pk")

    def valid(self) -> "NewsQuerySet":
        """What has not expired: the day of expiry still counts."""
        return self.filter(Q(expiry__isnull=True) | Q(expiry__gte=timezone.localdate()))


class EventQuerySet(ListingQuerySet):
    """Reads the events."""

    def for_cards(self) -> "EventQuerySet":
        """Live, public events with their place, without their long texts."""
        return super().for_cards().select_related("place_municipality").defer(*LONG_TEXTS)

    def for_home(self, locale_id: int) -> "EventQuerySet":
        """The next events in one language, soonest first, with their municipality: one query."""
        return (
            self.live()
            .public()
            .upcoming()
            .filter(locale_id=locale_id)
            .select_related("place_municipality")
            .defer(*LONG_TEXTS)
            .order_by("start", "pk")
        )

    def upcoming(self) -> "EventQuerySet":
        """What is on today or later, whichever came first; an event without an end counts by its start."""
        return self.alias(last=Coalesce("end", "start")).filter(last__gte=start_of_today())

    def past(self) -> "EventQuerySet":
        """What was over before today."""
        return self.alias(last=Coalesce("end", "start")).filter(last__lt=start_of_today())


NewsManager = PageManager.from_queryset(NewsQuerySet)
EventManager = PageManager.from_queryset(EventQuerySet)
