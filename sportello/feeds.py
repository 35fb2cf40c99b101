"""The offers as an Atom feed, in the reader's language; the filters of the list work in its address, too."""

from datetime import datetime
from typing import cast

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext

from . import presentation
from .filters import OfferFilterSet
from .models import Offer
from .querysets_offers import OfferQuerySet

MOST_ENTRIES = 30


class OfferFeed(Feed):
    """The newest offers on show. Identifiers are those of the offers, so that a new title is not a new entry."""

    feed_type = Atom1Feed

    def __call__(self, request: HttpRequest, *args, **kwargs):
        self.request = request
        return super().__call__(request, *args, **kwargs)

    def get_object(self, request: HttpRequest) -> HttpRequest:
        return request

    def title(self, request: HttpRequest) -> str:
        return gettext("Esperienze dello Sportello Talenti")

    def link(self, request: HttpRequest) -> str:
        query = request.GET.urlencode()
        return reverse("sportello:offers") + (f"?{query}" if query else "")

    def feed_url(self, request: HttpRequest) -> str:
        return request.get_full_path()

    def items(self, request: HttpRequest):
        rows = OfferFilterSet(request.GET, Offer.objects.on_show(timezone.localdate()), request=request).qs
        return cast(OfferQuerySet, rows).for_cards().newest_first()[:MOST_ENTRIES]

    def item_title(self, item: Offer) -> str:
        return item.title

    def item_description(self, item: Offer) -> str:
        return f"{presentation.offer_kicker(item)}. {item.summary} {presentation.place(item)}."

    def item_guid(self, item: Offer) -> str:
        return f"tag:{self.request.get_host()},{item.created_at:%Y-%m-%d}:offerta-{item.pk}"

    def item_pubdate(self, item: Offer) -> datetime | None:
        return item.published_at

    def item_updateddate(self, item: Offer) -> datetime | None:
        return item.confirmed_at or item.published_at
