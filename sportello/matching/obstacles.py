"""Hard filters: what makes a pair impossible, each with its sentence.

The order is the one in which a person would want to hear it: first what they can settle themselves, then age
and law, then dates and hours, then distance. `hard_filters` returns all obstacles, so that a page may show
the first and the desk may see the rest.

Limits for minors: law 977/1967 as changed by legislative decrees 345/1999 and 262/2000 (art. 6 hazards, art.
15 night, art. 18 eight hours a day and forty a week). They hold for any kind of experience, whatever a rule
says.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .facts import HOURS_IN_A_SLOT, OfferFacts, RuleFacts, YouthFacts
from .geography import distance_km
from .wording import Audience, Language, say

ADULT_AGE = 18
MINOR_WEEKLY_HOURS = 40
MINOR_DAILY_HOURS = 8


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One reason why a pair is impossible: a key for code, values for its sentence."""

    key: str
    values: tuple[tuple[str, int], ...] = ()

    def sentence(self, language: Language = "it", audience: Audience = "youth") -> str:
        """Return the reason in words."""
        return say(f"obstacle.{self.key}", language, audience, **dict(self.values))


def hard_filters(
    youth: YouthFacts, offer: OfferFacts, today: date, rule: RuleFacts | None = None
) -> tuple[Obstacle, ...]:
    """Return every obstacle between a young person and an offer; an empty tuple when the pair is possible.

    ``rule`` is the one that the desk applies to the offer's kind, region and date; without one only the law
    on minors and the offer's own limits hold. Raises ValueError if the rule is for another kind.

    Unknown facts are no obstacle (the score shows them as missing), save three on which a right depends:
    consent, the birth date, and the status when the rule names the statuses it admits.
    """
    if rule is not None and rule.kind != offer.kind:
        raise ValueError(f"the rule is for {rule.kind!r}, the offer is {offer.kind!r}")
    start = first_common_day(youth, offer, today)
    return (
        *_about_the_pair(youth, offer, rule),
        *_about_age(youth, offer, rule, start),
        *_about_dates(youth, offer, rule, today),
        *_about_hours(youth, offer),
        *_about_travel(youth, offer),
        *_about_the_host(offer, rule),
    )


def first_common_day(youth: YouthFacts, offer: OfferFacts, today: date) -> date:
    """Return the first day on which the experience could start: ages are those of this day.

    It is the latest of the offer's start, the first day on which the young person is free, and today.
    """
    return max(day for day in (offer.start, youth.available_from, today) if day is not None)


def age_on(birth_date: date, day: date) -> int:
    """Return the age in whole years; who is born on 29 February comes of age on 1 March in common years."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def _about_the_pair(youth: YouthFacts, offer: OfferFacts, rule: RuleFacts | None) -> Iterator[Obstacle]:
    if youth.consent is not True:
        yield Obstacle("consent")
    if offer.key and offer.key in youth.refused_offers:
        yield Obstacle("refused")
    if rule is not None and rule.once_per_host and offer.host and offer.host in youth.past_hosts:
        yield Obstacle("same_host")
    if rule is not None and rule.statuses is not None and youth.status not in rule.statuses:
        yield Obstacle("status" if youth.status else "status_unknown")


def _about_age(youth: YouthFacts, offer: OfferFacts, rule: RuleFacts | None, start: date) -> Iterator[Obstacle]:
    if youth.birth_date is None:
        yield Obstacle("birth_date")
        return
    age = age_on(youth.birth_date, start)
    lowest = max(offer.minimum_age or 0, (rule.minimum_age or 0) if rule else 0)
    ceilings = (offer.maximum_age, rule.maximum_age if rule else None)
    highest = min((limit for limit in ceilings if limit is not None), default=age)
    if age < lowest:
        yield Obstacle("too_young", (("age", age), ("limit", lowest)))
    if age > highest:
        yield Obstacle("too_old", (("age", age), ("limit", highest)))
    limits = [hours for under, hours in (rule.weekly_hours_by_age if rule else ()) if age < under]
    if age < ADULT_AGE:
        if offer.hazards:
            yield Obstacle("minor_hazards")
        if offer.night:
            yield Obstacle("minor_night")
        if offer.daily_hours is not None and offer.daily_hours > MINOR_DAILY_HOURS:
            yield Obstacle("minor_day", (("needed", offer.daily_hours), ("limit", MINOR_DAILY_HOURS)))
        limits.append(MINOR_WEEKLY_HOURS)
    if limits and offer.weekly_hours is not None and offer.weekly_hours > min(limits):
        yield Obstacle("hours_for_age", (("needed", offer.weekly_hours), ("limit", min(limits))))


def _about_dates(youth: YouthFacts, offer: OfferFacts, rule: RuleFacts | None, today: date) -> Iterator[Obstacle]:
    if offer.end is not None and offer.end < today:
        yield Obstacle("over")
        return
    first = first_common_day(youth, offer, today)
    last = min((day for day in (offer.end, youth.available_until) if day is not None), default=None)
    length = offer.duration_days
    if length is None and offer.start is not None and offer.end is not None:
        length = (offer.end - offer.start).days + 1
    if last is not None:
        common = max(0, (last - first).days + 1)
        # Without a stated duration the window is a frame, and one day in common is enough to talk about it.
        needed = max(1, offer.duration_days or 0)
        if common < needed:
            yield Obstacle("dates", (("common", common), ("needed", needed)))
    if rule is not None and length is not None:
        if rule.minimum_days is not None and length < rule.minimum_days:
            yield Obstacle("too_short", (("days", length), ("limit", rule.minimum_days)))
        if rule.maximum_days is not None and offer.duration_days is not None and length > rule.maximum_days:
            yield Obstacle("too_long", (("days", length), ("limit", rule.maximum_days)))


def _about_hours(youth: YouthFacts, offer: OfferFacts) -> Iterator[Obstacle]:
    hours, limit = offer.weekly_hours, youth.weekly_hours_max
    if hours is not None and limit is not None and hours > limit:
        yield Obstacle("weekly_hours", (("needed", hours), ("limit", limit)))
    if youth.availability and offer.schedule:
        common = HOURS_IN_A_SLOT * len(youth.availability & offer.schedule)
        offered = HOURS_IN_A_SLOT * len(offer.schedule)
        # An offer whose slots are worth less than its hours is asked no more than its slots.
        needed = min(offered, HOURS_IN_A_SLOT if hours is None else hours)
        if common < max(1, needed):
            yield Obstacle("schedule", (("common", common), ("needed", max(1, needed))))


def _about_travel(youth: YouthFacts, offer: OfferFacts) -> Iterator[Obstacle]:
    if offer.remote or youth.home is None or offer.place is None or youth.max_distance_km is None:
        return
    km = distance_km(youth.home, offer.place)
    if km > youth.max_distance_km:
        # Rounded away from each other, so that no sentence says "30 km and you said 30 km at most".
        yield Obstacle("travel", (("km", int(km) + 1), ("limit", int(youth.max_distance_km))))


def _about_the_host(offer: OfferFacts, rule: RuleFacts | None) -> Iterator[Obstacle]:
    if rule is None or offer.host_staff is None:
        return
    cap = rule.host_cap(offer.host_staff)
    if cap is not None and offer.host_running >= cap:
        yield Obstacle("host_cap", (("running", offer.host_running), ("cap", cap)))
