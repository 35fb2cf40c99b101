"""The facts of a page in a box, as `components/facts.html` shows them."""

from collections.abc import Iterable

from django.db.models import CharField, F, Value, prefetch_related_objects
from django.utils.translation import gettext

from portal.registry.models import Organisation

Fact = dict[str, object]
# Lists of things of which a page shows the name only, and the fields that this takes.
LABELLED = ("topics", "aims")
_LABEL_FIELDS = ("id", "slug", "name", "name_en")


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


def read_at_once(page, organisations: Iterable[str] = (), many: Iterable[str] = (), among: Iterable = ()) -> None:
    """Read what the facts of a page need: one query for all its organisations, one for each list of things.

    Args:
        page: the page being shown.
        organisations: names of its foreign keys to organisations.
        many: names of its many-to-many fields.
        among: rows of the page with an `organisation` of their own, read in the same query.
    """
    ids = {getattr(page, f"{name}_id") for name in organisations} - {None}
    rows = [row for row in among if row.organisation_id]
    found = Organisation.objects.in_bulk(ids | {row.organisation_id for row in rows})
    for row in rows:
        row.organisation = found[row.organisation_id]
    for name in organisations:
        if getattr(page, f"{name}_id") in found:
            setattr(page, name, found[getattr(page, f"{name}_id")])
    together = [name for name in many if name in LABELLED]
    if len(together) > 1:
        _read_labels(page, together)
    prefetch_related_objects([page], *(name for name in many if len(together) < 2 or name not in together))


def _read_labels(page, names: Iterable[str]) -> None:
    """Read lists of small things that have id, slug and names (topics, aims) in one query instead of one for each."""
    found: dict[str, list] = {name: [] for name in names}
    parts = []
    for name in names:
        field = page._meta.get_field(name)
        model = field.related_model
        place = F("order") if any(item.name == "order" for item in model._meta.fields) else Value(0)
        rows = model._default_manager.order_by().filter(pk__in=_targets(page, field))
        parts.append(rows.annotate(of=Value(name, CharField()), place=place).values_list("of", "place", *_LABEL_FIELDS))
    for name, place, *values in parts[0].union(*parts[1:], all=True):
        model = page._meta.get_field(name).related_model
        read = dict(zip(_LABEL_FIELDS, values, strict=True))
        # `from_db` takes the values in the order of the model's own fields.
        names_read = [item.attname for item in model._meta.concrete_fields if item.attname in read]
        thing = model.from_db(page._state.db, names_read, [read[item] for item in names_read])
        found[name].append((place, read["name"], thing))
    cache = page.__dict__.setdefault("_prefetched_objects_cache", {})
    for name, rows in found.items():
        things = page._meta.get_field(name).related_model._default_manager.all()
        things._result_cache = [thing for _place, _name, thing in sorted(rows, key=lambda row: row[:2])]
        things._prefetch_done = True
        cache[name] = things


def _targets(page, field):
    """The ids of the things that a page has in one of its many-to-many fields."""
    through = field.remote_field.through._default_manager
    return through.filter(**{field.m2m_field_name(): page.pk}).values(field.m2m_reverse_field_name())


def classification_facts(page, list_url: str) -> list[Fact]:
    """Territories, topics and organisation in charge of a page: three queries at most."""
    organisation = page.organisation
    return [
        facts_list(gettext("Territori"), linked(page.territories.all(), list_url, "territorio")),
        facts_list(gettext("Argomenti"), linked(page.topics.all(), list_url, "argomento")),
        fact(gettext("A cura di"), organisation.name if organisation else "", organisation.url if organisation else ""),
    ]


def approved_with(decision, request) -> Fact:
    """The decision that approved a vision or a plan, as a fact; nothing while it is a draft."""
    shown = decision is not None and decision.live
    words = decision.label if shown else ""
    return fact(gettext("Approvato con"), words, (decision.get_url(request) or "") if shown else "")
