"""Every programme rule at once, for whoever has many offers to judge."""

from collections import defaultdict
from datetime import date

from django.core.cache import cache

from sportello.matching import RuleFacts

from .enums import OfferKind
from .models import ProgrammeRule
from .models.rule import RULES_CACHE_KEY

KEPT_SECONDS = 60
"""Another process may show lists by the rules of a minute ago; who applies or publishes is held to those of now."""


class RuleBook:
    """Answers as `ProgrammeRule.objects.in_force` does. One query at first use, none while the rules are kept."""

    def __init__(self) -> None:
        self._series: dict[tuple[str, str], list[ProgrammeRule]] | None = None
        self._facts: dict[int, RuleFacts] = {}
        self._found: dict[tuple[str, str, date], RuleFacts | None] = {}

    def facts_for(self, kind: str, region: str, day: date) -> RuleFacts | None:
        """Return what holds for a kind of experience that begins on a day in a region; None if nothing is written."""
        asked = (kind, region, day)
        if asked not in self._found:
            rule = self._begun(kind, region, day) if region else None
            if rule is None or rule.ends:
                rule = self._begun(kind, "", day)
            if rule is not None and rule.pk not in self._facts:
                self._facts[rule.pk] = rule.facts()
            self._found[asked] = self._facts[rule.pk] if rule is not None else None
        return self._found[asked]

    def kinds_for(self, status: str) -> set[str]:
        """Return the kinds that a young person of this status may do by some rule, wherever and whenever it holds."""
        kinds = set(OfferKind.values)
        for kind in OfferKind.values:
            rules = [row for (of, _region), rows in self._all().items() if of == kind for row in rows if not row.ends]
            if rules and all(row.statuses and status not in row.statuses for row in rules):
                kinds.discard(kind)
        return kinds

    def _begun(self, kind: str, region: str, day: date) -> ProgrammeRule | None:
        return next((row for row in self._all().get((kind, region), ()) if row.valid_from <= day), None)

    def _all(self) -> dict[tuple[str, str], list[ProgrammeRule]]:
        if self._series is None:
            self._series = defaultdict(list)
            for row in cache.get_or_set(RULES_CACHE_KEY, _all_rules, KEPT_SECONDS) or ():
                self._series[row.kind, row.region].append(row)
        return self._series


def _all_rules() -> list[ProgrammeRule]:
    return list(ProgrammeRule.objects.order_by("-valid_from", "-pk"))
