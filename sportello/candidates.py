"""Who is looked at for whom: the offers for a young person, the young people for an offer.

A desk may have 20,000 published offers and 100,000 young people. The database makes a first cut of a fixed size
(`first_cut`); the matching filters, scores and explains that. Three queries, however many rows there are: the rules,
the facts, and the rows that are shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.db.models.expressions import RawSQL

from sportello.matching import (
    DEFAULT_WEIGHTS,
    Obstacle,
    OfferFacts,
    RankedOffer,
    RankedYouth,
    Weights,
    YouthFacts,
    hard_filters,
    rank_possible,
    rank_youths,
)

from .enums import ApplicationState
from .fact_columns import OFFER_COLUMNS, YOUTH_COLUMNS, offer_facts_of, youth_facts_of
from .first_cut import offers_to_score, youths_to_score
from .models import Application, Offer, YouthProfile
from .querysets_offers import CARD_RELATIONS
from .rulebook import RuleBook

OFFERS_SCORED = 100
"""How many offers are scored for one young person: see docs/matching.md for what is lost by not scoring all."""
YOUTHS_SCORED = 150
"""How many young people are scored for one offer."""

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
    wanted: QuerySet | None = None,
) -> OffersForYouth:
    """Return the offers for a young person: at most `limit` possible ones and `blocked` that are not. Three queries.

    With `wanted`, only offers of that queryset: those left by the filters that the person chose.
    Each offer of `rows` is as `for_cards()` reads it, with `applied`: the id of the person's candidature, or None.
    """
    rules = RuleBook()
    kinds = rules.kinds_for(profile.status)
    cut = offers_to_score(profile, facts, kinds, weights, today, OFFERS_SCORED, blocked, wanted)
    columns = list(_offers_worth_scoring(profile, cut))
    facts = replace(
        facts,
        refused_offers=frozenset(str(row["pk"]) for row in columns if row["refused"]),
    )
    possible, impossible = [], []
    for offer, obstacles in _judged_offers(facts, columns, rules, today):
        if obstacles:
            impossible.append((offer, obstacles))
        else:
            possible.append(offer)
    ranked = rank_possible(facts, possible, weights, limit)
    shown = tuple(impossible[:blocked])
    keys = [line.offer.key for line in ranked] + [offer.key for offer, _obstacles in shown]
    mine = Application.objects.filter(youth=profile, offer=OuterRef("pk")).order_by("pk").values("pk")[:1]
    cards: QuerySet = Offer.objects.select_related(*CARD_RELATIONS)
    rows = cards.annotate(applied=Subquery(mine)).in_bulk([int(key) for key in keys])
    found = {str(pk): cast(Offer, row) for pk, row in rows.items()}
    for row in columns:
        # Counted already: as `with_counts()` would have it.
        if (card := found.get(str(row["pk"]))) is not None:
            card.seats_free, card.open_count = row["seats_free"], row["open_count"]
            card.seats_taken = card.seats_count - card.seats_free
    return OffersForYouth(ranked, len(possible) - len(ranked), shown, found)


def youths_for(
    offer: Offer, facts: OfferFacts, today: date, *, limit: int, weights: Weights = DEFAULT_WEIGHTS
) -> YouthsForOffer:
    """Return the young people of the offer's desk whom it suits and who agreed to be proposed. Three queries.

    Whoever has, or had, a candidature to it is left out, and whoever said no when it was proposed. Each profile of
    `rows` is as `for_matching()` reads it.
    """
    rule = RuleBook().facts_for(offer.kind, offer.municipality.region, offer.start_date)
    people = []
    cut = youths_to_score(offer, facts, rule, weights, today, YOUTHS_SCORED)
    for row in _youths_worth_scoring(offer, cut):
        youth = youth_facts_of(row)
        if row["been_there"]:
            youth = replace(youth, past_hosts=frozenset({facts.host}))
        if not hard_filters(youth, facts, today, rule):
            people.append(youth)
    ranked = rank_youths(facts, people, weights, limit)
    found = YouthProfile.objects.for_matching().in_bulk([int(line.youth.key[1:]) for line in ranked])
    return YouthsForOffer(ranked, len(people) - len(ranked), {f"y{pk}": row for pk, row in found.items()})


def _judged_offers(
    youth: YouthFacts, rows: Iterable[dict[str, Any]], rules: RuleBook, today: date
) -> Iterable[tuple[OfferFacts, tuple[Obstacle, ...]]]:
    for row in rows:
        rule = rules.facts_for(row["kind"], row["municipality__region"], row["start_date"])
        offer = offer_facts_of(row)
        # To the same host for another kind of experience one may go.
        known = replace(youth, past_hosts=frozenset({offer.host})) if row["been_there"] else youth
        yield offer, hard_filters(known, offer, today, rule)


def _offers_worth_scoring(profile: YouthProfile, cut: RawSQL) -> QuerySet:
    """The columns of the offers of a cut, and what has been between their hosts and the person."""
    mine = Application.objects.filter(youth=profile)
    rows = Offer.objects.filter(pk__in=cut).with_counts().with_hosted()
    rows = rows.annotate(
        refused=Exists(mine.filter(offer=OuterRef("pk"), state__in=_REFUSED_STATES)),
        been_there=Exists(mine.lived().filter(offer__host=OuterRef("host"), offer__kind=OuterRef("kind"))),
    )
    return rows.order_by("-published_at", "-pk").values(*OFFER_COLUMNS, "refused", "been_there")


def _youths_worth_scoring(offer: Offer, cut: RawSQL) -> QuerySet:
    """The columns of the young people of a cut; their order is that of the score."""
    placed = Application.objects.lived().filter(youth=OuterRef("pk"), offer__host=offer.host_id, offer__kind=offer.kind)
    rows = YouthProfile.objects.filter(pk__in=cut).annotate(been_there=Exists(placed))
    return rows.order_by().values(*YOUTH_COLUMNS, "been_there")
