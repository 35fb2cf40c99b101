"""What the rules of a kind of experience say, in words for who writes an offer: never a surprise at the end."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .enums import OfferKind
from .models import ProgrammeRule


def rule_lines(rule: ProgrammeRule) -> list[str]:
    """What a rule asks of an offer: ages, length, hours, money, places; one short line each."""
    lines = [_ages(rule), _days(rule)]
    if rule.daily_hours:
        lines.append(_("al massimo %(hours)s ore al giorno") % {"hours": rule.daily_hours})
    lines += [
        _("sotto i %(age)s anni al massimo %(hours)s ore alla settimana") % {"age": age, "hours": hours}
        for age, hours in rule.weekly_hours_by_age
    ]
    if not rule.minors_in_the_evening:
        lines.append(_("chi ha meno di 18 anni non di sera"))
    if rule.indemnity:
        lines.append(_("indennità di almeno %(euro)s € al mese") % {"euro": rule.indemnity})
    if rule.headcount:
        lines.append(_("quante persone insieme dipende dai dipendenti a tempo indeterminato"))
    if rule.once_per_host:
        lines.append(_("una volta sola con la stessa persona"))
    return [line for line in lines if line]


def _ages(rule: ProgrammeRule) -> str:
    least, most = rule.minimum_age, rule.maximum_age
    if least and most:
        return _("da %(least)s a %(most)s anni") % {"least": least, "most": most}
    if least:
        return _("da %(least)s anni") % {"least": least}
    return _("fino a %(most)s anni") % {"most": most} if most else ""


def _days(rule: ProgrammeRule) -> str:
    least, most = rule.minimum_days, rule.maximum_days
    if least and most:
        return _("da %(least)s a %(most)s giorni") % {"least": least, "most": most}
    if least:
        return ngettext("almeno %(days)s giorno", "almeno %(days)s giorni", least) % {"days": least}
    return ngettext("al massimo %(days)s giorno", "al massimo %(days)s giorni", most) % {"days": most} if most else ""


def rule_box(kind: str, rule: ProgrammeRule | None) -> dict | None:
    """What a page shows of a rule: kind, lines, documents, where it comes from; None if nothing is written."""
    if rule is None:
        return None
    return {
        "kind": str(OfferKind(kind).label),
        "lines": rule_lines(rule),
        "documents": [line.strip() for line in rule.documents.splitlines() if line.strip()],
        "source": rule.source,
    }


def boxes_by_kind(region: str, day: date) -> list[dict]:
    """The rules of every kind, for a region and a day, in the order of the kinds. One query."""
    rules = ProgrammeRule.objects.by_kind(region, day)
    return [box for kind in OfferKind.values if (box := rule_box(kind, rules.get(kind)))]
