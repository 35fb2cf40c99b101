"""A programme rule in words, and two of them side by side."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .enums import YouthStatus
from .models import ProgrammeRule


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that a rule says."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that a rule says, beside what the one before it said."""

    label: str
    before: str
    after: str

    @property
    def changed(self) -> bool:
        """Whether the two differ."""
        return self.before != self.after


def lines_of(rule: ProgrammeRule) -> list[Line]:
    """Everything a rule says, in the same order for every rule; what it leaves open is said as well."""
    if rule.ends:
        return [Line(_("Regole"), _("Qui la serie finisce: da questo giorno vale la regola nazionale."))]
    return [Line(label, text) for label, text in _pairs(rule)]


def compare(before: ProgrammeRule | None, after: ProgrammeRule) -> list[Change]:
    """What a rule says, beside the one before it; all new where there is none."""
    former = {line.label: line.text for line in lines_of(before)} if before else {}
    new = {line.label: line.text for line in lines_of(after)}
    labels = [*new, *(label for label in former if label not in new)]
    return [Change(label, former.get(label, ""), new.get(label, "")) for label in labels]


def _pairs(rule: ProgrammeRule) -> Iterator[tuple[str, str]]:
    free = _("nessun limite")
    yield _("Età"), _between(rule.minimum_age, rule.maximum_age, _("anni")) or free
    statuses = [str(status.label) for status in YouthStatus if status in rule.statuses]
    yield _("Per chi"), "; ".join(statuses) or _("chiunque")
    yield _("Durata"), _between(rule.minimum_days, rule.maximum_days, _("giorni")) or free
    yield _("Ore al giorno"), _("al massimo %(n)s") % {"n": rule.daily_hours} if rule.daily_hours else free
    weekly = [
        _("prima dei %(age)s anni al massimo %(hours)s") % {"age": age, "hours": hours}
        for age, hours in rule.weekly_hours_by_age
    ]
    yield _("Ore alla settimana"), "; ".join(weekly) or free
    yield _("Minorenni di sera (18-22)"), _("sì") if rule.minors_in_the_evening else _("no")
    yield (
        _("Indennità minima"),
        _("%(euro)s € al mese") % {"euro": rule.indemnity} if rule.indemnity else _("nessuna"),
    )
    yield _("Posti per dipendenti"), "; ".join(_step(*step) for step in rule.headcount) or free
    yield _("Una volta sola con la stessa realtà"), _("sì") if rule.once_per_host else _("no")
    yield _("Documenti"), "; ".join(rule.documents_lines) or _("nessuno")
    yield _("Chi firma"), "; ".join(rule.signers_labels) or _("nessuno")
    yield _("Da dove viene"), rule.source


def _between(least: int | None, most: int | None, what: str) -> str:
    if least is not None and most is not None:
        return _("da %(least)s a %(most)s %(what)s") % {"least": least, "most": most, "what": what}
    if least is not None:
        return _("almeno %(least)s %(what)s") % {"least": least, "what": what}
    if most is not None:
        return _("al massimo %(most)s %(what)s") % {"most": most, "what": what}
    return ""


def _step(staff: int | None, places: int | None, percent: int | None) -> str:
    who = _("oltre") if staff is None else _("fino a %(n)s dipendenti") % {"n": staff}
    how = f"{percent} %" if places is None else ngettext("%(n)s posto", "%(n)s posti", places) % {"n": places}
    return f"{who}: {how}"
