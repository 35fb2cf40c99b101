"""Pages of the public list of offers: how many there are is counted up to a bound, by the query that reads the page."""

from collections.abc import Callable
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import IntegerField, QuerySet, Subquery
from django.utils.functional import cached_property


class CountOf(Subquery):
    """How many rows a query finds, as a column; it asks nothing of the row it stands in, so it is counted once."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


class BoundedPaginator(Paginator):
    """Pages of a list that is counted up to a bound, and not beyond: one query for a page and the count.

    The rows of a page are found first, by what filters and orders them; what a card needs beside is read for those
    few rows only, in the same query.

    Args:
        found: the list, filtered and in order.
        dressed: how some rows of it are read for the page, and put into the same order.
        most: further than this nobody turns pages: counting on would cost more than the list itself.
    """

    more = False
    """Whether there are more than were counted."""

    def __init__(self, found: QuerySet, dressed: Callable[[Any], QuerySet], per_page: int, most: int):
        super().__init__(found, per_page)
        self.found = found
        self.dressed = dressed
        self.most = most
        self._bounded = found.order_by().values("pk")[: most + 1]

    @cached_property
    def count(self) -> int:
        """How many there are, or the bound if there are more."""
        return self._keep(self._bounded.count())

    def get_page(self, number: Any) -> Page:
        """The page, read together with the count; what is no page leads to the first or the last, as ever."""
        try:
            wanted = int(number or 1)
        except (TypeError, ValueError):
            wanted = 1
        if not 1 <= wanted <= -(-self.most // self.per_page):
            wanted = super().validate_number(self.num_pages)
        rows = self._rows(wanted)
        if rows:
            self.__dict__["count"] = self._keep(rows[0]._counted)
        elif wanted == 1:
            self.__dict__["count"] = 0
        else:
            wanted = self.num_pages
            rows = self._rows(wanted)
        return Page(rows, wanted, self)

    def _rows(self, number: int) -> list:
        first = (number - 1) * self.per_page
        keys = self.found.values("pk")[first : min(first + self.per_page, self.most)]
        rows = self.dressed(self.found.model._default_manager.filter(pk__in=keys))
        return list(rows.annotate(_counted=CountOf(self._bounded)))

    def _keep(self, found: int) -> int:
        self.more = found > self.most
        return min(found, self.most)
