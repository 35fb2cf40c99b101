"""Whether an offer keeps to the rules of its kind, in sentences that say why not and what to change.

Asked while a host writes, when it sends, when the desk reads and again when it publishes: always here, so that no two
doors answer differently. The rules are rows (`ProgrammeRule`); only what the law says of every minor is code, in
`sportello.matching.obstacles`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import ceil

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sportello.matching import RuleFacts
from sportello.matching.obstacles import ADULT_AGE, MINOR_DAILY_HOURS, MINOR_WEEKLY_HOURS

from . import week
from .enums import TAKING_TIME_STATES, ApplicationState
from .models import Application, Offer, Placement, ProgrammeRule


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with an offer: the field of `Offer` to change (or `host`), and why, in the reader's language."""

    field: str
    sentence: str | Promise


def rule_for(offer: Offer) -> ProgrammeRule | None:
    """Return the rule that holds for an offer, saved or not: its kind, its region, its first day. One query."""
    if not (offer.kind and offer.municipality_id and offer.start_date):
        return None
    return ProgrammeRule.objects.in_force(offer.kind, offer.municipality.region, offer.start_date)


def running_at(host_id: int, kind: str, besides: int | None = None) -> int:
    """Return how many placements of a kind a host has under way or about to begin: what its cap counts.

    Args:
        besides: an offer whose placements are left out, because its seats are counted whole.
    """
    rows = Placement.objects.filter(
        application__offer__host_id=host_id, application__offer__kind=kind, state__in=TAKING_TIME_STATES
    )
    return rows.exclude(application__offer_id=besides).count() if besides else rows.count()


def hosted_on(offer: Offer, start: date, end: date) -> int:
    """Return how many people of an offer's kind its host has, or has offered a seat, on some of these days."""
    rows = Application.objects.filter(
        offer__host_id=offer.host_id, offer__kind=offer.kind, start_date__lte=end, end_date__gte=start
    )
    return rows.standing((ApplicationState.OFFERED,)).count()


def cap_reached(offer: Offer, start: date, end: date) -> str:
    """Why a host may give no further seat of this kind on these days; empty if it may. Two queries at most.

    When an offer is published its own seats are held to the cap: here those of all the host's offers of the kind, by
    the days for which they were really given.
    """
    rule = rule_for(offer)
    facts = rule.facts() if rule is not None else None
    staff = offer.host.permanent_staff
    cap = facts.host_cap(staff) if facts is not None and staff is not None else None
    if cap is None or (running := hosted_on(offer, start, end)) < cap:
        return ""
    return ngettext(
        "Con %(staff)s dipendenti si può ospitare %(cap)s persona alla volta, e in quei giorni ce ne sono già "
        "%(running)s: scegli altri giorni.",
        "Con %(staff)s dipendenti si possono ospitare %(cap)s persone alla volta, e in quei giorni ce ne sono già "
        "%(running)s: scegli altri giorni.",
        cap,
    ) % {"staff": staff, "cap": cap, "running": running}


def problems_of(offer: Offer) -> list[Problem]:
    """Return everything that keeps an offer from being published; an empty list when it may.

    The offer may be unsaved and incomplete: what is not written yet is not judged here. Two queries at most.
    """
    rule = rule_for(offer)
    found = list(_of_the_law(offer))
    if rule is not None:
        found += problems_with(rule, offer)
    return found


def problems_with(rule: ProgrammeRule, offer: Offer, running: int | None = None) -> list[Problem]:
    """Return what one rule has against an offer.

    Args:
        running: placements of this kind at the host; counted here (one query) when not given and a cap asks for it.
    """
    facts = rule.facts()
    return [
        *_of_ages(rule, offer),
        *_of_days(rule, offer),
        *_of_hours(rule, facts, offer),
        *_of_money(rule, offer),
        *_of_the_host(facts, offer, running),
    ]


def _of_the_law(offer: Offer) -> Iterator[Problem]:
    """What holds for every minor, whatever a rule says: law 977/1967, articles 6 and 18."""
    if offer.minimum_age is None or offer.minimum_age >= ADULT_AGE:
        return
    if offer.hazards:
        yield Problem(
            "minimum_age",
            _(
                "Con rischi particolari chi ha meno di 18 anni non può partecipare: porta l'età minima a 18, "
                "oppure scegli attività senza quei rischi."
            ),
        )
    if offer.weekly_hours and offer.weekly_hours > MINOR_WEEKLY_HOURS:
        yield _too_many_hours(offer, ADULT_AGE, MINOR_WEEKLY_HOURS)
    hours = _hours_a_day(offer)
    if hours > MINOR_DAILY_HOURS:
        yield _too_long_a_day(hours, MINOR_DAILY_HOURS)


def _of_ages(rule: ProgrammeRule, offer: Offer) -> Iterator[Problem]:
    if offer.minimum_age is not None and rule.minimum_age is not None and offer.minimum_age < rule.minimum_age:
        yield Problem(
            "minimum_age",
            _("Per «%(kind)s» bisogna avere almeno %(age)s anni: porta l'età minima a %(age)s.")
            % {"kind": offer.get_kind_display(), "age": rule.minimum_age},
        )
    if rule.maximum_age is None:
        return
    if offer.minimum_age is not None and offer.minimum_age > rule.maximum_age:
        yield Problem(
            "minimum_age",
            _("«%(kind)s» è per chi ha al massimo %(age)s anni: abbassa l'età minima o scegli un altro tipo.")
            % {"kind": offer.get_kind_display(), "age": rule.maximum_age},
        )
    elif offer.maximum_age is not None and offer.maximum_age > rule.maximum_age:
        yield Problem(
            "maximum_age",
            _("«%(kind)s» è per chi ha al massimo %(age)s anni: porta l'età massima a %(age)s o lasciala vuota.")
            % {"kind": offer.get_kind_display(), "age": rule.maximum_age},
        )


def _of_days(rule: ProgrammeRule, offer: Offer) -> Iterator[Problem]:
    if not (offer.start_date and offer.end_date) or offer.end_date < offer.start_date:
        return
    days = offer.days_needed
    field = "duration_weeks" if offer.duration_weeks else "end_date"
    values = {"kind": offer.get_kind_display(), "days": days}
    if rule.minimum_days is not None and days < rule.minimum_days:
        yield Problem(
            field,
            _(
                "«%(kind)s» dura almeno %(limit)s giorni e qui sono %(days)s: allunga il periodo, oppure "
                "scegli un tipo più breve."
            )
            % {**values, "limit": rule.minimum_days},
        )
    if rule.maximum_days is not None and days > rule.maximum_days:
        yield Problem(
            field,
            _(
                "«%(kind)s» dura al massimo %(limit)s giorni e qui sono %(days)s: accorcia il periodo o "
                "indica quante settimane dura."
            )
            % {**values, "limit": rule.maximum_days},
        )


def _of_hours(rule: ProgrammeRule, facts: RuleFacts, offer: Offer) -> Iterator[Problem]:
    age = offer.minimum_age
    if age is not None and offer.weekly_hours:
        # A minor's forty hours are said once, by the law.
        exceeded = [
            (hours, under)
            for under, hours in facts.weekly_hours_by_age
            if age < under and offer.weekly_hours > hours and (under, hours) != (ADULT_AGE, MINOR_WEEKLY_HOURS)
        ]
        if exceeded:
            hours, under = min(exceeded)
            yield _too_many_hours(offer, under, hours)
    a_day = _hours_a_day(offer)
    minor = age is not None and age < ADULT_AGE
    if rule.daily_hours is not None and a_day > rule.daily_hours and not (minor and a_day > MINOR_DAILY_HOURS):
        yield _too_long_a_day(a_day, rule.daily_hours)
    if minor and not rule.minors_in_the_evening and offer.schedule & _EVENINGS:
        yield Problem(
            "schedule",
            _("Qui di sera chi ha meno di 18 anni non può: togli le sere, oppure porta l'età minima a 18."),
        )


_EVENINGS = week.mask((day, "evening") for day in range(7))


def _hours_a_day(offer: Offer) -> int:
    """Hours on the longest day, if the week is spread as evenly as its days allow; 0 when not known."""
    days = {day for day, _band in week.slots(offer.schedule or 0)}
    return ceil(offer.weekly_hours / len(days)) if days and offer.weekly_hours else 0


def _too_many_hours(offer: Offer, under: int, hours: int) -> Problem:
    values = {"under": under, "limit": hours, "hours": offer.weekly_hours}
    return Problem(
        "weekly_hours",
        _(
            "Prima dei %(under)s anni si possono fare al massimo %(limit)s ore alla settimana e qui sono "
            "%(hours)s: riduci le ore, oppure porta l'età minima a %(under)s."
        )
        % values,
    )


def _too_long_a_day(hours: int, limit: int) -> Problem:
    return Problem(
        "schedule",
        _(
            "Con questi giorni si arriva a %(hours)s ore al giorno e il massimo è %(limit)s: aggiungi un "
            "giorno o riduci le ore alla settimana."
        )
        % {"hours": hours, "limit": limit},
    )


def _of_money(rule: ProgrammeRule, offer: Offer) -> Iterator[Problem]:
    if rule.indemnity and (offer.indemnity or 0) < rule.indemnity:
        yield Problem(
            "indemnity",
            _("Per «%(kind)s» l'indennità è di almeno %(euro)s euro al mese: scrivi %(euro)s o di più.")
            % {"kind": offer.get_kind_display(), "euro": rule.indemnity},
        )


def _of_the_host(facts: RuleFacts, offer: Offer, running: int | None) -> Iterator[Problem]:
    if not facts.headcount or not offer.host_id or not offer.seats_count:
        return
    staff = offer.host.permanent_staff
    if staff is None:
        yield Problem(
            "host",
            _(
                "Quanti posti puoi offrire dipende dai dipendenti a tempo indeterminato: scrivi quanti sono "
                "nei dati della tua realtà."
            ),
        )
        return
    cap = facts.host_cap(staff)
    if cap is None:
        return
    if running is None:
        running = running_at(offer.host_id, offer.kind, offer.pk)
    left = max(0, cap - running)
    if offer.seats_count <= left:
        return
    values = {"staff": staff, "cap": cap, "running": running, "left": left}
    if not left:
        sentence = ngettext(
            "Con %(staff)s dipendenti si può ospitare %(cap)s persona alla volta e ne ospiti già "
            "%(running)s: aspetta che finisca, oppure scegli un altro tipo di esperienza.",
            "Con %(staff)s dipendenti si possono ospitare %(cap)s persone alla volta e ne ospiti già "
            "%(running)s: aspetta che finiscano, oppure scegli un altro tipo di esperienza.",
            cap,
        )
    elif running:
        sentence = ngettext(
            "Con %(staff)s dipendenti si può ospitare %(cap)s persona alla volta e ne ospiti già "
            "%(running)s: porta i posti a %(left)s.",
            "Con %(staff)s dipendenti si possono ospitare %(cap)s persone alla volta e ne ospiti già "
            "%(running)s: porta i posti a %(left)s.",
            cap,
        )
    else:
        sentence = ngettext(
            "Con %(staff)s dipendenti si può ospitare %(cap)s persona alla volta: porta i posti a %(left)s.",
            "Con %(staff)s dipendenti si possono ospitare %(cap)s persone alla volta: porta i posti a %(left)s.",
            cap,
        )
    yield Problem("seats_count", sentence % values)
