"""A list for machines, with the filters that its address has: Atom feed, calendar, CSV. For every ListingPage."""

import datetime

from django.db.models import F
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from portal.navigation.models import SiteSettings

from .calendars import calendar_response
from .csv_files import csv_response, write_rows
from .filters import ListingFilterSet
from .listing import ListingPage
from .outputs import CALENDAR, CSV, FEED, MEDIA_TYPES, MOST_ENTRIES, MOST_ROWS
from .records import address_of, record
from .routing import find_at_once


@require_safe
def serve_output(request: HttpRequest, path: str, name: str) -> HttpResponse:
    """The list at an address, in another form. What not everybody may read is not there."""
    result = find_at_once(request, path)
    page = result.page if result is not None else None
    if not isinstance(page, ListingPage) or not page.known_unrestricted or (name == CALENDAR and not page.has_calendar):
        raise Http404(name)
    filterset = page.filterset_class(request.GET, page.get_listing(), request=request)
    return {FEED: _feed, CALENDAR: _calendar, CSV: _csv}[name](page, filterset, request)


def _name(page: ListingPage, filterset: ListingFilterSet, request: HttpRequest) -> str:
    """«Bandi: Giovani, Piemonte – Portale»: a reader may follow the same list filtered in several ways."""
    chosen = ", ".join(value for _label, value in filterset.chosen.values())
    title = f"{page.title}: {chosen}" if chosen else page.title
    return f"{title} – {SiteSettings.for_request(request).site_name}"


def _feed(page: ListingPage, filterset: ListingFilterSet, request: HttpRequest) -> HttpResponse:
    feed = Atom1Feed(
        title=_name(page, filterset, request),
        link=address_of(page, request),
        description=page.short_description,
        language=get_language(),
        feed_url=request.build_absolute_uri(),
    )
    newest = filterset.qs.order_by(F(page.feed_date).desc(nulls_last=True), "-pk")
    for item in newest[:MOST_ENTRIES]:
        date = getattr(item, page.feed_date) or item.last_published_at
        if isinstance(date, datetime.date) and not isinstance(date, datetime.datetime):
            date = timezone.make_aware(datetime.datetime.combine(date, datetime.time.min))
        feed.add_item(
            title=item.title,
            link=address_of(item, request),
            description=item.short_description,
            # The page's own identifier, so that a page that moves is not read twice.
            unique_id=f"urn:uuid:{item.translation_key}",
            pubdate=date,
            updateddate=item.last_published_at or date,
        )
    return HttpResponse(feed.writeString("utf-8"), content_type=f"{MEDIA_TYPES[FEED]}; charset=utf-8")


def _calendar(page: ListingPage, filterset: ListingFilterSet, request: HttpRequest) -> HttpResponse:
    found = (page.calendar_entry(item, address_of(item, request)) for item in page.calendar_items(filterset))
    entries = [entry for entry in found if entry is not None]
    return calendar_response(entries, _name(page, filterset, request), page.slug)


def _csv(page: ListingPage, filterset: ListingFilterSet, request: HttpRequest) -> HttpResponse:
    columns = page.get_columns()
    rows = [record(item, columns, request) for item in page.with_records(filterset.qs)[:MOST_ROWS]]
    heading = [*(column.heading for column in columns), gettext("indirizzo")]
    return csv_response(write_rows([heading, *(row.values() for row in rows)]), f"{page.slug}.csv")
