"""Every programme rule at once, for whoever has many offers to judge."""

from collections import defaultdict
from datetime import date

from django.core.cache import cache

from sportello.matching import RuleFacts

from .models import ProgrammeRule
from .models.rule import RULES_CACHE_KEY

KEPT_SECONDS = 60
"""Another process may show lists by the rules of a minute ago; who applies or publishes is held to those of now."""


class RuleBook:
    """Answers as `ProgrammeRule.objects.in_force` does. One query at first use, none while the rules are kept."""

    def __init__(self) -> None:
        self._series: dict[tuple[str, str], list[ProgrammeRule]] | None = None
        self._facts: dict[int, RuleFacts] = {}

    def facts_for(self, kind: str, region: str, day: date) -> RuleFacts | None:
        """Return what holds for a kind of experience that begins on a day in a region; None if nothing is written."""
        rule = self._begun(kind, region, day) if region else None
        if rule is None or rule.ends:
            rule = self._begun(kind, "", day)
        if rule is None:
            return None
        if rule.pk not in self._facts:
            self._facts[rule.pk] = rule.facts()
        return self._facts[rule.pk]

    def _begun(self, kind: str, region: str, day: date) -> ProgrammeRule | None:
        if self._series is None:
            self._series = defaultdict(list)
            for row in cache.get_or_set(RULES_CACHE_KEY, _all_rules, KEPT_SECONDS) or ():
                self._series[row.kind, row.region].append(row)
        return next((row for row in self._series.get((kind, region), ()) if row.valid_from <= day), None)


def _all_rules() -> list[ProgrammeRule]:
    return list(ProgrammeRule.objects.order_by("-valid_from", "-pk"))
