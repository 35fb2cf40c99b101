"""How much of the true top ten the first cut finds: the candidates beside a scorer that looks at every pair.

A place is *found* when the same offer, or person, stands among the ten; it is *as good* when what stands there has at
least the value of the true tenth: of a hundred that are level only a draw decides who the ten are. Who has not told
how far they go is looked at near their home, or near the offer, only: that is a rule of the cut, not a loss.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from sportello import candidates, scoring
from sportello.fact_columns import OFFER_COLUMNS, YOUTH_COLUMNS, offer_facts_of, youth_facts_of
from sportello.first_cut import DEFAULT_RADIUS_KM, WIDEST_RADIUS_KM
from sportello.matching import OfferFacts, Point, YouthFacts, bounding_box, hard_filters, rank_possible, rank_youths
from sportello.models import Offer, YouthProfile
from sportello.rulebook import RuleBook

TOP = 10


@dataclass(slots=True)
class Found:
    """Places in the true top tens, and how many of them the cut found, or filled with something as good."""

    asked: int = 0
    wanted: int = 0
    same: int = 0
    as_good: int = 0
    worst: float = 1.0

    def add(self, best: Iterable[tuple[str, int]], shown: Iterable[tuple[str, int]]) -> None:
        """Count one top ten: keys and values of the true one, and of the one that is shown. Empty ones do not count."""
        true, ours = dict(best), dict(shown)
        if not true:
            return
        good = sum(value >= min(true.values()) for value in ours.values())
        self.asked += 1
        self.wanted += len(true)
        self.same += len(true.keys() & ours.keys())
        self.as_good += good
        self.worst = min(self.worst, good / len(true))

    def __str__(self) -> str:
        """Return the end of one row of the table."""
        if not self.wanted:
            return "0 | - | - | -"
        shares = (f"{share:.1%}" for share in (self.same / self.wanted, self.as_good / self.wanted, self.worst))
        return f"{self.asked} | {' | '.join(shares)}"


def everything() -> tuple[list[OfferFacts], dict[str, str], list[YouthFacts]]:
    """Read the facts of all offers, the region of each, and the facts of all young people."""
    rows = list(Offer.objects.with_counts().with_hosted().values(*OFFER_COLUMNS))
    regions = {str(row["pk"]): row["municipality__region"] for row in rows}
    people = [youth_facts_of(row) for row in YouthProfile.objects.values(*YOUTH_COLUMNS)]
    return [offer_facts_of(row) for row in rows], regions, people


def offers_found(
    profiles: Iterable[YouthProfile], offers: list[OfferFacts], regions: dict[str, str], today: date
) -> Found:
    """Compare the ten offers that each young person is shown first."""
    found, rules = Found(), RuleBook()
    for profile in profiles:
        facts = scoring.youth_facts(profile)
        mine = list(profile.applications.values_list("offer_id", "offer__host_id", "state", "placement"))
        facts = replace(
            facts,
            refused_offers=frozenset(str(offer) for offer, _, state, _ in mine if state in ("rejected", "declined")),
            past_hosts=frozenset(str(host) for _, host, _, placement in mine if placement),
        )
        possible = [
            row
            for row in offers
            if in_reach(facts, row, facts.home, DEFAULT_RADIUS_KM)
            and not hard_filters(facts, row, today, rules.facts_for(row.kind, regions[row.key], row.start))
        ]
        shown = candidates.offers_for(profile, scoring.youth_facts(profile), today, limit=TOP).ranked
        best = rank_possible(facts, possible, limit=TOP)
        found.add(*([(line.offer.key, line.order) for line in lines] for lines in (best, shown)))
    return found


def people_found(offers: Iterable[Offer], people: list[YouthFacts], today: date) -> Found:
    """Compare the ten young people that each offer would be proposed to first."""
    found, rules = Found(), RuleBook()
    for offer in offers:
        facts = scoring.offer_facts(offer)
        rule = rules.facts_for(offer.kind, offer.municipality.region, offer.start_date)
        past = {f"y{youth}" for youth in offer.applications.values_list("youth", flat=True)}
        possible = [
            row
            for row in people
            if row.key not in past
            and in_reach(row, facts, facts.place, WIDEST_RADIUS_KM)
            and not hard_filters(row, facts, today, rule)
        ]
        shown = candidates.youths_for(offer, facts, today, limit=TOP).ranked
        best = rank_youths(facts, possible, limit=TOP)
        found.add(*([(line.youth.key, line.pair.value) for line in lines] for lines in (best, shown)))
    return found


def in_reach(youth: YouthFacts, offer: OfferFacts, centre: Point | None, km: float) -> bool:
    """Whether the cut looks at a pair: who has not told how far they go is looked for in a box of so many km."""
    if youth.max_distance_km is not None or offer.remote or not (centre and youth.home and offer.place):
        return True
    south, west, north, east = bounding_box(centre, km)
    other = offer.place if centre is youth.home else youth.home
    return south <= other.latitude <= north and west <= other.longitude <= east
