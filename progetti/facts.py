"""The facts of a page in a box, as `components/facts.html` shows them."""

from collections.abc import Iterable

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext

from portal.registry.models import Organisation

Fact = dict[str, object]


def fact(label: str, value: object, url: str = "") -> Fact:
    """One label with one value; an empty value leaves the label out."""
    return {"label": label, "value": value, "entries": [], "url": url}


def facts_list(label: str, values: Iterable[object]) -> Fact:
    """One label with several values: texts, or {title, url}."""
    return {"label": label, "value": "", "entries": [_worded(value) for value in values], "url": ""}


def _worded(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {"title": str(value), "url": ""}


def linked(things: Iterable, list_url: str, parameter: str) -> list[dict[str, object]]:
    """Topics, territories and the like as links to a list filtered by each; `list_url` may have a query already."""
    joint = "&" if "?" in list_url else "?"
    return [{"title": str(thing), "url": f"{list_url}{joint}{parameter}={thing.slug}"} for thing in things]


def read_at_once(page, organisations: Iterable[str] = (), many: Iterable[str] = ()) -> None:
    """Read what the facts of a page need: one query for all its organisations, one for each list of things.

    Args:
        page: the page being shown.
        organisations: names of its foreign keys to organisations.
        many: names of its many-to-many fields.
    """
    ids = {getattr(page, f"{name}_id") for name in organisations} - {None}
    found = Organisation.objects.in_bulk(ids)
    for name in organisations:
        if getattr(page, f"{name}_id") in found:
            setattr(page, name, found[getattr(page, f"{name}_id")])
    prefetch_related_objects([page], *many)


def classification_facts(page, list_url: str) -> list[Fact]:
    """Territories, topics and organisation in charge of a page: three queries at most."""
    organisation = page.organisation
    return [
        facts_list(gettext("Territori"), linked(page.territories.all(), list_url, "territorio")),
        facts_list(gettext("Argomenti"), linked(page.topics.all(), list_url, "argomento")),
        fact(gettext("A cura di"), organisation.name if organisation else "", organisation.url if organisation else ""),
    ]
