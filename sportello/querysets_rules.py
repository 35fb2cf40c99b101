"""How the programme rules are read."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, cast

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery, Window
from django.db.models.functions import Lead

if TYPE_CHECKING:
    from .models import ProgrammeRule


class ProgrammeRuleQuerySet(models.QuerySet):
    """Reads the rules."""

    def begun(self, day: date) -> "ProgrammeRuleQuerySet":
        """The rule of each kind and region that has begun most recently, on a day."""
        later = (
            self.model._default_manager.filter(kind=OuterRef("kind"), region=OuterRef("region"), valid_from__lte=day)
            .order_by("-valid_from")
            .values("pk")[:1]
        )
        return self.filter(pk=Subquery(later))

    def in_force(self, kind: str, region: str, day: date) -> "ProgrammeRule | None":
        """Return the rule for a kind of experience that begins on a day in a region; None if nothing is written.

        The region's own comes first, unless its series has ended. One query.
        """
        rows = self.filter(kind=kind, valid_from__lte=day).filter(Q(region=region) | Q(region=""))
        return _nearest(cast("Iterable[ProgrammeRule]", rows.order_by("-valid_from", "-pk")), region).get(kind)

    def by_kind(self, region: str, day: date) -> "dict[str, ProgrammeRule]":
        """Return the rule in force of each kind, for a region and a day. One query."""
        rows = self.filter(valid_from__lte=day).filter(Q(region=region) | Q(region=""))
        return _nearest(cast("Iterable[ProgrammeRule]", rows.order_by("-valid_from", "-pk")), region)

    def in_order(self) -> "ProgrammeRuleQuerySet":
        """For the desk's list: series by series, the newest rule first, each with the day of the next one."""
        following = Window(Lead("valid_from"), partition_by=[F("kind"), F("region")], order_by=F("valid_from").asc())
        return self.annotate(next_from=following).order_by("kind", "region", "-valid_from", "-pk")

    def series(self, kind: str, region: str) -> "ProgrammeRuleQuerySet":
        """The rules of one kind and region, the newest first, each with the day of the next one."""
        return self.filter(kind=kind, region=region).in_order()

    def for_desk_list(self) -> "ProgrammeRuleQuerySet":
        """See `in_order`."""
        return self.in_order()

    def of_desks(self, desk_ids: list[int] | None) -> "ProgrammeRuleQuerySet":
        """Rules are the same for every desk: who works at one sees them all."""
        return self if desk_ids is None or desk_ids else self.none()


def would_hold(new: "ProgrammeRule", existing: "Iterable[ProgrammeRule]", region: str, day: date) -> bool:
    """Whether a rule that is not written yet would be the one in force in a region on a day.

    Args:
        existing: the rules of the same kind.
    """
    rows = [row for row in (*existing, new) if row.valid_from <= day and row.region in (region, "")]
    rows.sort(key=lambda row: row.valid_from, reverse=True)
    return _nearest(rows, region).get(new.kind) is new


def _nearest(rows: "Iterable[ProgrammeRule]", region: str) -> "dict[str, ProgrammeRule]":
    """Of rows with the newest first, the region's own rule of each kind, otherwise the national one."""
    latest: dict[tuple[str, str], ProgrammeRule] = {}
    for row in rows:
        latest.setdefault((row.kind, row.region), row)
    found: dict[str, ProgrammeRule] = {}
    for (kind, where), row in latest.items():
        if row.ends or (where == "" and kind in found):
            continue
        if where == region or kind not in found:
            found[kind] = row
    return found
