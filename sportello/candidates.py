"""Who is looked at for whom: the offers for a young person, the young people for an offer.

A desk may have 20,000 published offers and 100,000 young people. The database makes a first cut of a fixed size by what
it compares quickly (place, age, hours, days, and the interest, which weighs most); the matching filters, scores and
explains that. Three queries, however many rows there are: the rules, the facts, and the rows that are shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from django.contrib.auth import get_user_model
from django.db import connections
from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Subquery, Value, When

from portal.registry.models import Municipality
from sportello.matching import (
    DEFAULT_WEIGHTS,
    Obstacle,
    OfferFacts,
    Point,
    RankedOffer,
    RankedYouth,
    Weights,
    YouthFacts,
    age_on,
    bounding_box,
    hard_filters,
    rank_possible,
    rank_youths,
)

from .enums import ApplicationState, OfferState
from .fact_columns import OFFER_COLUMNS, YOUTH_COLUMNS, offer_facts_of, youth_facts_of
from .models import Application, Host, Offer, Sector, YouthProfile
from .querysets_hosts import hosts_off_show
from .rulebook import RuleBook

OFFERS_SCORED = 200
"""How many offers are scored for one young person: in a valley all that can be reached, in a city a first cut."""
OFFERS_BLOCKED = 40
"""How many more are looked at of those that the first cut leaves out, for the reason why they are not possible."""
YOUTHS_SCORED = 300
"""How many young people are scored for one offer."""
DEFAULT_RADIUS_KM = 30.0
"""How far offers are looked for when the person has not told how far they go."""
WIDEST_RADIUS_KM = 60.0
"""How far from an offer the young people are looked for; each one's own limit is a filter of the matching."""

_REFUSED_STATES = (ApplicationState.REJECTED, ApplicationState.DECLINED)


@dataclass(frozen=True, slots=True)
class OffersForYouth:
    """What suits a young person, best first, how many more there are, and what is not possible with the reasons."""

    ranked: tuple[RankedOffer, ...]
    more: int
    blocked: tuple[tuple[OfferFacts, tuple[Obstacle, ...]], ...]
    rows: dict[str, Offer]


@dataclass(frozen=True, slots=True)
class YouthsForOffer:
    """Whom an offer suits, best first, and how many more there are."""

    ranked: tuple[RankedYouth, ...]
    more: int
    rows: dict[str, YouthProfile]


def offers_for(
    profile: YouthProfile,
    facts: YouthFacts,
    today: date,
    *,
    limit: int,
    blocked: int = 0,
    weights: Weights = DEFAULT_WEIGHTS,
) -> OffersForYouth:
    """Return the offers for a young person: at most `limit` possible ones and `blocked` that are not. Three queries.

    Each offer of `rows` is as `for_cards()` reads it, with `applied`: the id of the person's candidature, or None.
    """
    columns = list(_offers_in_reach(profile, facts, today, bool(blocked)))
    facts = replace(
        facts,
        refused_offers=frozenset(str(row["pk"]) for row in columns if row["refused"]),
        past_hosts=frozenset(str(row["host_id"]) for row in columns if row["been_there"]),
    )
    possible, impossible = [], []
    for offer, obstacles in _judged_offers(facts, columns, today):
        if obstacles:
            impossible.append((offer, obstacles))
        else:
            possible.append(offer)
    ranked = rank_possible(facts, possible, weights, limit)
    shown = tuple(impossible[:blocked])
    keys = [line.offer.key for line in ranked] + [offer.key for offer, _obstacles in shown]
    mine = Application.objects.filter(youth=profile, offer=OuterRef("pk")).order_by("pk").values("pk")[:1]
    cards = Offer.objects.for_cards().annotate(applied=Subquery(mine))
    found = cast(dict[int, Offer], cards.in_bulk([int(key) for key in keys]))
    return OffersForYouth(ranked, len(possible) - len(ranked), shown, {str(pk): row for pk, row in found.items()})


def youths_for(
    offer: Offer, facts: OfferFacts, today: date, *, limit: int, weights: Weights = DEFAULT_WEIGHTS
) -> YouthsForOffer:
    """Return the young people of the offer's desk whom it suits and who agreed to be proposed. Three queries.

    Whoever has, or had, a candidature to it is left out. Each profile of `rows` is as `for_matching()` reads it.
    """
    rule = RuleBook().facts_for(offer.kind, offer.municipality.region, offer.start_date)
    people = []
    for row in _youths_in_reach(offer, facts, today).values(*YOUTH_COLUMNS, "been_there"):
        youth = youth_facts_of(row)
        if row["been_there"]:
            youth = replace(youth, past_hosts=frozenset({facts.host}))
        if not hard_filters(youth, facts, today, rule):
            people.append(youth)
    ranked = rank_youths(facts, people, weights, limit)
    found = YouthProfile.objects.for_matching().in_bulk([int(line.youth.key[1:]) for line in ranked])
    return YouthsForOffer(ranked, len(people) - len(ranked), {f"y{pk}": row for pk, row in found.items()})


def _judged_offers(
    youth: YouthFacts, rows: Iterable[dict[str, Any]], today: date
) -> Iterable[tuple[OfferFacts, tuple[Obstacle, ...]]]:
    rules = RuleBook()
    for row in rows:
        rule = rules.facts_for(row["kind"], row["municipality__region"], row["start_date"])
        offer = offer_facts_of(row)
        yield offer, hard_filters(youth, offer, today, rule)


def _offers_in_reach(profile: YouthProfile, facts: YouthFacts, today: date, with_blocked: bool) -> QuerySet:
    """The first cut: what fits and interests most, newest first; and, if asked for, some of what does not fit."""
    near = Q(remote=True)
    if facts.home is not None:
        near |= Q(municipality__in=_municipalities_near(facts.home, facts.max_distance_km or DEFAULT_RADIUS_KM))
    away = Host.objects.filter(hosts_off_show(today)).values("pk")
    on_show = Offer.objects.filter(near, state=OfferState.PUBLISHED, end_date__gte=today).exclude(host__in=away)
    fits = _offers_that_fit(profile, today)
    order: list[Any] = ["-published_at", "-pk"]
    if facts.interests:
        # Without any, the condition would be a constant, and PostgreSQL orders by none.
        liked = Sector.objects.filter(slug__in=facts.interests).values("pk")
        order.insert(0, _first_if(Q(sector__in=liked)))
    first = on_show.filter(fits).order_by(*order)
    cuts = [first.values("pk")[:OFFERS_SCORED]]
    if with_blocked:
        others = on_show.exclude(fits).order_by("-published_at", "-pk")
        cuts.append(others.values("pk")[:OFFERS_BLOCKED])
    rows = Offer.objects.filter(_in_one_of(cuts)).with_counts()
    mine = Application.objects.filter(youth=profile)
    rows = rows.annotate(
        refused=Exists(mine.filter(offer=OuterRef("pk"), state__in=_REFUSED_STATES)),
        been_there=Exists(mine.filter(offer__host=OuterRef("host"), placement__isnull=False)),
    )
    return rows.order_by("-published_at", "-pk").values(*OFFER_COLUMNS, "refused", "been_there")


def _offers_that_fit(profile: YouthProfile, today: date) -> Q:
    """What the database can tell of the hard filters; whoever is between two ages passes, the filters decide."""
    age = age_on(profile.birth_date, today)
    fits = Q(minimum_age__lte=age + 1) & (Q(maximum_age__isnull=True) | Q(maximum_age__gte=age))
    if profile.weekly_hours_max:
        fits &= Q(weekly_hours__lte=profile.weekly_hours_max)
    if profile.available_from:
        fits &= Q(end_date__gte=profile.available_from)
    if profile.available_until:
        fits &= Q(start_date__lte=profile.available_until)
    return fits


def _youths_in_reach(offer: Offer, facts: OfferFacts, today: date) -> QuerySet:
    """The first cut: of an age that can be, near enough to be asked, free in the period; the interested first."""
    youngest = today.replace(year=today.year - max(offer.minimum_age - 1, 14), day=min(today.day, 28))
    people = YouthProfile.objects.filter(
        desk=offer.desk_id, matching_consent_at__isnull=False, birth_date__lte=youngest
    ).exclude(user__in=get_user_model().objects.filter(is_active=False).values("pk"))
    people = people.filter(Q(weekly_hours_max__isnull=True) | Q(weekly_hours_max__gte=offer.weekly_hours))
    people = people.filter(Q(available_from__isnull=True) | Q(available_from__lte=offer.end_date))
    people = people.filter(Q(available_until__isnull=True) | Q(available_until__gte=today))
    theirs = Application.objects.filter(youth=OuterRef("pk"))
    people = people.exclude(Exists(theirs.filter(offer=offer)))
    interests = YouthProfile.interests.through.objects
    interested = Exists(interests.filter(youthprofile=OuterRef("pk"), sector=offer.sector_id))
    newest = ("-updated_at", "-pk")
    if facts.place is not None and not offer.remote:
        near = people.filter(home__in=_municipalities_near(facts.place, WIDEST_RADIUS_KM))
        cuts = [near.order_by(_first_if(interested), *newest)]
    else:
        # Everybody: each kind by itself, so that an index that has them in this order need not be read to its end.
        cuts = [people.filter(interested).order_by(*newest), people.exclude(interested).order_by(*newest)]
    wanted = _in_one_of([cut.values("pk")[:YOUTHS_SCORED] for cut in cuts])
    been_there = Exists(theirs.filter(offer__host=offer.host_id, placement__isnull=False))
    rows = YouthProfile.objects.filter(wanted).annotate(been_there=been_there)
    return rows.order_by(_first_if(interested), *newest)[:YOUTHS_SCORED]


def _in_one_of(cuts: list[QuerySet]) -> Q:
    """The rows whose keys are in one of some short lists.

    As one list where the database can write it (PostgreSQL knows then how short it is); SQLite looks each up anyway.
    """
    if connections[cuts[0].db].features.supports_slicing_ordering_in_compound and len(cuts) > 1:
        return Q(pk__in=cuts[0].union(*cuts[1:], all=True))
    found = Q()
    for cut in cuts:
        found |= Q(pk__in=cut)
    return found


def _municipalities_near(place: Point, radius_km: float) -> QuerySet:
    """The municipalities in a box around a place; distances are measured by the matching."""
    south, west, north, east = bounding_box(place, float(radius_km))
    box = Municipality.objects.filter(latitude__range=(south, north), longitude__range=(west, east))
    return box.values("pk")


def _first_if(condition) -> Case:
    return Case(When(condition, then=Value(False)), default=Value(True), output_field=BooleanField())
