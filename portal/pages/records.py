"""What a list says of each of its pages to machines: one row of columns, the same in CSV and in the API."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True, slots=True)
class Column:
    """One thing that is public of a page: its name in the API, its heading in CSV, how it is read.

    What `read` gives is plain: texts, numbers, days, moments, yes or no, None, or a list of texts.
    """

    key: str
    heading: Any
    read: Callable[[Any], Any]


def field(name: str, heading: Any) -> Column:
    """A column that is a field, or a property, of the page."""
    return Column(name, heading, lambda page: getattr(page, name))


def name_of(key: str, heading: Any, relation: str) -> Column:
    """A column with the name, or the title, of what a foreign key points to; empty when it points nowhere."""

    def read(page: Any) -> str:
        thing = getattr(page, relation)
        return "" if thing is None else getattr(thing, "title", None) or str(thing)

    return Column(key, heading, read)


def slugs_of(name: str, heading: Any) -> Column:
    """A column with the slugs of a many-to-many field: what the filters of the list take."""
    return Column(name, heading, lambda page: [thing.slug for thing in getattr(page, name).all()])


FIRST_COLUMNS = (
    field("title", pgettext_lazy("column", "titolo")),
    field("short_description", pgettext_lazy("column", "descrizione")),
)
CLASSIFICATION = (
    slugs_of("topics", pgettext_lazy("column", "argomenti")),
    slugs_of("territories", pgettext_lazy("column", "territori")),
)
LAST_COLUMNS = (
    field("first_published_at", _("pubblicato il")),
    field("last_published_at", _("aggiornato il")),
)


def address_of(page: Any, request: HttpRequest) -> str:
    """The absolute address of a page."""
    return request.build_absolute_uri(page.get_url(request))


def record(page: Any, columns: Iterable[Column], request: HttpRequest) -> Mapping[str, Any]:
    """A page as a row: its columns by name, and its address."""
    return {**{column.key: column.read(page) for column in columns}, "url": address_of(page, request)}
