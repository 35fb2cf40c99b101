"""The rows that pages refer to: territories, organisations, topics, aims, recipients of calls."""

from collections.abc import Iterable
from typing import Any

from django.utils.text import slugify

from bandi.models import Recipient
from portal.registry.enums import TerritoryKind
from portal.registry.models import Municipality, Organisation, Territory, Topic
from progetti.models import Aim

from .source import ContentError, read


class Vocabularies:
    """The words that every portal starts with: topics, aims, recipients of calls. Missing rows are created."""

    def __init__(self) -> None:
        self.topics = _by_slug(Topic, read("topics")["topic"])
        self.aims = {row.order: row for row in _by_slug(Aim, read("aims")["aim"]).values()}
        self.recipients = {row.name: row for row in _by_slug(Recipient, read("recipients")["recipient"]).values()}


class Registry(Vocabularies):
    """Every row by the name that the files give it. Missing rows are created; those that exist stay as they are."""

    def __init__(self) -> None:
        super().__init__()
        self.organisations = _organisations(read("organisations")["organisation"])
        self._territories = _territories(read("territories")["territory"])
        self._municipal: dict[str, Territory] = {}

    def territory(self, code: str) -> Territory:
        """A territory by its slug, or by ISTAT code: that of the one municipality, made on first use.

        Raises:
            ContentError: nobody knows the name.
        """
        if code in self._territories:
            return self._territories[code]
        if code not in self._municipal:
            self._municipal[code] = _municipal_territory(code)
        return self._municipal[code]

    def territories(self, codes: Iterable[str]) -> list[Territory]:
        """Territories by slug or ISTAT code."""
        return [self.territory(code) for code in codes]


def _by_slug(model: Any, rows: list[dict[str, Any]]) -> dict[str, Any]:
    found = model.objects.in_bulk([row["slug"] for row in rows], field_name="slug")
    for row in rows:
        if row["slug"] not in found:
            found[row["slug"]] = model.objects.create(**row)
    return found


def _municipality(code: str) -> Municipality:
    try:
        return Municipality.objects.get(istat_code=code)
    except Municipality.DoesNotExist:
        raise ContentError(
            f"No municipality has the ISTAT code {code}: run `manage.py import_municipalities` first."
        ) from None


def _organisations(rows: list[dict[str, Any]]) -> dict[str, Organisation]:
    known = {field.name for field in Organisation._meta.get_fields()}
    found = Organisation.objects.in_bulk([row["slug"] for row in rows], field_name="slug")
    for row in rows:
        if row["slug"] in found:
            continue
        values = {name: value for name, value in row.items() if name in known}
        if "istat" in row:
            values["municipality"] = _municipality(row["istat"])
        found[row["slug"]] = Organisation.objects.create(**values)
    return found


def _territories(rows: list[dict[str, Any]]) -> dict[str, Territory]:
    found = Territory.objects.in_bulk([row["slug"] for row in rows], field_name="slug")
    for row in rows:
        if row["slug"] not in found:
            members = [_municipality(code) for code in row.get("istat", ())]
            found[row["slug"]] = _new_territory(
                row["slug"], row["name"], row["kind"], members, region=row.get("region", "")
            )
    return found


def _municipal_territory(code: str) -> Territory:
    municipality = _municipality(code)
    existing = Territory.objects.filter(kind=TerritoryKind.MUNICIPALITY, municipalities=municipality).first()
    if existing is not None:
        return existing
    slug = slugify(municipality.name)
    if Territory.objects.filter(slug=slug).exists():
        slug = f"{slug}-{municipality.province_code.lower()}"
    return _new_territory(slug, municipality.name, TerritoryKind.MUNICIPALITY, [municipality])


def _new_territory(slug: str, name: str, kind: str, members: list[Municipality], region: str = "") -> Territory:
    territory = Territory(slug=slug, name=name, kind=kind, region=region)
    territory.municipalities = members
    territory.save()
    return territory
