"""The news as an Atom feed, in the reader's language."""

import datetime

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext
from wagtail.models import Locale

from portal.navigation.models import SiteSettings

from .models import NewsPage

MOST_ENTRIES = 30


class NewsFeed(Feed):
    """The latest news; identifiers are those of the pages, so that a moved page is not read twice."""

    feed_type = Atom1Feed

    def __call__(self, request: HttpRequest, *args, **kwargs):
        self.request = request
        return super().__call__(request, *args, **kwargs)

    def get_object(self, request: HttpRequest) -> HttpRequest:
        return request

    def title(self, request: HttpRequest) -> str:
        name = SiteSettings.for_request(request).site_name
        return gettext("Notizie di %(portal)s") % {"portal": name}

    def link(self, request: HttpRequest) -> str:
        return reverse("wagtail_serve", args=["notizie/"])

    def feed_url(self, request: HttpRequest) -> str:
        return reverse("news_feed")

    def items(self, request: HttpRequest):
        return NewsPage.objects.for_home(Locale.get_active().pk)[:MOST_ENTRIES]

    def item_title(self, item: NewsPage) -> str:
        return item.title

    def item_description(self, item: NewsPage) -> str:
        return item.short_description

    def item_link(self, item: NewsPage) -> str:
        return item.get_url(self.request) or ""

    def item_guid(self, item: NewsPage) -> str:
        return f"urn:uuid:{item.translation_key}"

    def item_pubdate(self, item: NewsPage) -> datetime.datetime:
        return timezone.make_aware(datetime.datetime.combine(item.date, datetime.time.min))

    def item_updateddate(self, item: NewsPage) -> datetime.datetime:
        return item.last_published_at or self.item_pubdate(item)
