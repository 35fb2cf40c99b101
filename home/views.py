"""Views that compose several apps."""

from collections import defaultdict
from collections.abc import Callable

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe
from wagtail.models import Locale, Page, Site

from portal.pages.calendars import calendar_response
from portal.pages.listing import PAGE_PARAMETER, EmptyState
from portal.pages.querysets import public
from portal.pages.records import address_of
from progetti.models import MeetingPage
from progetti.records import meeting_entry

from .models import EventPage
from .records import event_entry
from .search import MOST_LETTERS, clean_words, descriptions, find_pages

RESULTS_ON_A_PAGE = 10


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Live, public pages in the reader's language that say the words; bad input is cleaned, never an error."""
    asked = request.GET.get("q", "")
    words = clean_words(asked)
    results = Paginator(find_pages(words), RESULTS_ON_A_PAGE).get_page(request.GET.get(PAGE_PARAMETER))
    count = results.paginator.count
    about = descriptions(results)
    context = {
        "query": words,
        "results": results,
        "found": [{"page": page, "text": about.get(page.pk, "")} for page in results],
        "count_text": ngettext("%(count)s pagina trovata", "%(count)s pagine trovate", count) % {"count": count},
        "empty_state": None if count or not words else _nothing_found(words),
        "too_long": len(asked.strip()) > MOST_LETTERS,
        "most_letters": MOST_LETTERS,
    }
    return render(request, "pages/home/search.html", context)


def _nothing_found(words: str) -> EmptyState:
    return EmptyState(
        title=gettext("Nessuna pagina dice «%(words)s»") % {"words": words},
        text=gettext("Prova con una parola sola, o più breve: «giovani», «montagna», il nome di un Comune."),
    )


@require_safe
def event_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """One event as a file for the reader's calendar; past ones too, for who wants to keep them."""
    events = EventPage.objects.live().public().filter(locale=Locale.get_active())
    event = get_object_or_404(events.select_related("place_municipality"), slug=slug)
    return _one_date(event_entry, event, request, slugify(event.title) or "evento")


@require_safe
def meeting_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """One public meeting of a body as a file for the reader's calendar."""
    meetings = MeetingPage.objects.live().public().filter(locale=Locale.get_active(), is_public=True)
    meeting = get_object_or_404(meetings.select_related("place_municipality"), slug=slug)
    return _one_date(meeting_entry, meeting, request, slugify(meeting.title) or "seduta")


def _one_date(entry_of: Callable, page: Page, request: HttpRequest, file_name: str) -> HttpResponse:
    return calendar_response([entry_of(page, address_of(page, request))], page.title, file_name)


@require_safe
def sitemap(request: HttpRequest) -> HttpResponse:
    """Every live, public page of the site with its translations, for search engines."""
    roots = [path.root_path for path in Site.get_site_root_paths()]
    pages = public(Page.objects.live()).filter(depth__gt=1).select_related("locale").order_by("path")
    translations = defaultdict(list)
    for page in pages:
        if page.url_path.startswith(tuple(roots)):
            address = request.build_absolute_uri(page.get_url(request))
            translations[page.translation_key].append(
                {"address": address, "code": page.locale.language_code, "changed": page.last_published_at}
            )
    return render(request, "pages/home/sitemap.xml", {"pages": translations.values()}, content_type="application/xml")


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read: everything that everybody may read, but no search results."""
    reserved = ["/account/", "/area/", "/interesse/", "/cerca/"]
    closed = ["/admin/", *reserved, *(f"/en{path}" for path in reserved)]
    lines = ["User-agent: *", *[f"Disallow: {path}" for path in closed]]
    lines.append(f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}")
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
