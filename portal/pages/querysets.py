"""How pages are read for listings."""

from typing import TypeVar

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, QuerySet, Subquery
from wagtail.models import Page, PageManager, PageQuerySet, PageViewRestriction

Pages = TypeVar("Pages", bound=QuerySet)


def public(pages: Pages) -> Pages:
    """The pages that no view restriction covers, in the same query.

    Wagtail's own `public()` reads the restrictions first: one more query for every list on a page. The path of a
    restricted page is looked up by its number, not joined: with a join SQLite, once it knows how many pages there are,
    walks all of them for each page of the list.
    """
    restricted = Page.objects.filter(pk=OuterRef("page_id")).order_by().values("path")
    covering = PageViewRestriction.objects.annotate(
        listed_path=ExpressionWrapper(OuterRef("path"), output_field=CharField()), own_path=Subquery(restricted)
    ).filter(listed_path__startswith=F("own_path"))
    return pages.exclude(Exists(covering))


class ReadAlongQuerySet(PageQuerySet):
    """For the managers that read with a page what the page names (`select_related` in their `get_queryset`)."""

    def only(self, *fields: str) -> "ReadAlongQuerySet":
        """Only these fields, and nothing of what the manager reads along: so Wagtail asks for translations."""
        return super(ReadAlongQuerySet, self.select_related(None)).only(*fields)


class ListingQuerySet(PageQuerySet):
    """A listing of pages is one queryset method, tuned for the card that shows it."""

    def public(self) -> "ListingQuerySet":
        """Pages that everybody may read."""
        return public(self)

    def for_cards(self) -> "ListingQuerySet":
        """Live, public pages with what a card needs in a constant number of queries."""
        return self.live().public().select_related("image").prefetch_related("territories", "image__renditions")


ListingManager = PageManager.from_queryset(ListingQuerySet)
