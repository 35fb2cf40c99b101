"""Index pages: a list of the pages below, with filters in the address, counts, order and pagination."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.core.paginator import Page as ResultsPage
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from icalendar import Event

from .base import BasePage
from .filters import PAGE_PARAMETER, ListingFilterSet
from .outputs import MOST_DATES, outputs_of
from .records import CLASSIFICATION, FIRST_COLUMNS, LAST_COLUMNS, Column


@dataclass(frozen=True, slots=True)
class EmptyState:
    """What a list says when it has nothing to show, and where to go from there."""

    title: str
    text: str
    link_text: str = ""
    link_url: str = ""


class ListingPage(BasePage):
    """The list of the pages below this one; abstract.

    A subclass names `listing_model` ("app.Model"), the method of its queryset that is tuned for the card
    (`listing_method`), its `filterset_class` and the template of one result (`card_template`, with `item`).

    Context: `filter` (the filter set, with `filter.form`), `results` (a page of results), `count`,
    `count_text`, `sort` (key of the order in use), `active_filters`, `problems` (sentences on what was asked and
    not applied), `empty_state`, `card_template`, `outputs` (feed, calendar, CSV of the filtered list). Links to
    other pages of the list: `{% querystring pagina=2 %}`.
    """

    listing_model: str
    listing_method = "for_cards"
    filterset_class: type[ListingFilterSet] = ListingFilterSet
    page_size = 12
    # What machines are told of each page, beyond what is told of every page; see portal.pages.records.
    record_columns: tuple[Column, ...] = ()
    # Many-to-many fields that these columns read, beyond the territories.
    record_lists: tuple[str, ...] = ("topics",)
    # Whether its pages have dates: then `calendar_entry` makes the entry of one.
    has_calendar = False
    # The day or moment by which a feed is ordered, newest first.
    feed_date = "first_published_at"
    card_template = "components/page_card.html"
    max_count = None

    class Meta:
        abstract = True

    def get_listing(self) -> QuerySet:
        """The unfiltered list: live, public pages directly below this one."""
        children = apps.get_model(self.listing_model)._default_manager.child_of(self)
        return getattr(children, self.listing_method)()

    def get_count_text(self, count: int) -> str:
        """How many results there are, in words."""
        return ngettext("%(count)s risultato", "%(count)s risultati", count) % {"count": count}

    def get_empty_state(self, request: HttpRequest, filterset: ListingFilterSet) -> EmptyState:
        """What to say when there is nothing to show."""
        if filterset.chosen:
            return EmptyState(
                title=_("Nessun risultato con questi filtri"),
                text=_("Prova a toglierne uno, o a cercare con altre parole."),
                link_text=_("Togli tutti i filtri"),
                link_url=request.path,
            )
        return EmptyState(
            title=_("Qui non c'è ancora niente"),
            text=_("Quando pubblicheremo qualcosa, lo troverai in questa pagina."),
        )

    def get_columns(self) -> list[Column]:
        """All that machines are told of each page, in order."""
        fields = {item.name for item in apps.get_model(self.listing_model)._meta.get_fields()}
        classification = [column for column in CLASSIFICATION if column.key in fields]
        return [*FIRST_COLUMNS, *self.record_columns, *classification, *LAST_COLUMNS]

    def with_records(self, pages: QuerySet) -> QuerySet:
        """The pages with what their columns read, in a constant number of queries."""
        fields = {item.name for item in apps.get_model(self.listing_model)._meta.get_fields()}
        return pages.prefetch_related(*(name for name in self.record_lists if name in fields))

    def calendar_items(self, filterset: ListingFilterSet) -> Iterable[Any]:
        """What the calendar of the filtered list is made of."""
        return filterset.qs[:MOST_DATES]

    def calendar_entry(self, item: Any, address: str) -> Event | None:
        """The entry of a page in a calendar; None for one without a date."""
        raise NotImplementedError

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        filterset = self.filterset_class(request.GET, self.get_listing(), request=request)
        results, page_problems = self._paginate(filterset.qs, request.GET.get(PAGE_PARAMETER))
        count = results.paginator.count
        context.update(
            filter=filterset,
            results=results,
            count=count,
            count_text=self.get_count_text(count),
            sort=filterset.order,
            active_filters=filterset.active_filters(request),
            problems=[*filterset.problems, *page_problems],
            empty_state=None if count else self.get_empty_state(request, filterset),
            card_template=self.card_template,
            outputs=outputs_of(self, request),
        )
        return context

    def _paginate(self, queryset: QuerySet, number: str | None) -> tuple[ResultsPage, list[str]]:
        """The page asked for; the first or the last, with a sentence that says so, when it does not exist."""
        paginator = Paginator(queryset, self.page_size)
        try:
            return paginator.page(number or 1), []
        except PageNotAnInteger:
            return paginator.page(1), [_("Il numero di pagina non è valido: ecco la prima.")]
        except EmptyPage:
            if int(number or 1) < 1:
                return paginator.page(1), [_("Il numero di pagina non è valido: ecco la prima.")]
            last = paginator.num_pages
            return paginator.page(last), [_("L'elenco finisce a pagina %(last)s: eccola.") % {"last": last}]
