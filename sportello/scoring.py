"""From rows to the facts of the matching, and back to what pages show. It asks the database for the candidates only."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import get_language

from sportello.matching import (
    Factor,
    Obstacle,
    OfferFacts,
    PairScore,
    Point,
    YouthFacts,
    blocked_offers,
    hard_filters,
    rank_offers,
    score_pair,
)
from sportello.matching.wording import Audience, Language

from . import week
from .models import Offer, YouthProfile

CANDIDATES = 300
"""How many offers are looked at for one person."""
IMPOSSIBLE_SHOWN = 20
"""How many offers that are not possible are shown with the reason."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An offer for a young person: possible with its score, or not with its reason."""

    offer: Offer
    pair: PairScore | None = None
    reason: str = ""
    penalty: str = ""

    @property
    def score(self) -> int:
        """The pair's score, 0 to 100."""
        return self.pair.value if self.pair else 0

    @property
    def factors(self) -> list[dict]:
        """The young person's side of the score, ready for the bars."""
        return [factor_line(factor) for factor in self.pair.youth.factors] if self.pair else []


def youth_facts(profile: YouthProfile, motivation_length: int | None = None) -> YouthFacts:
    """What the matching may know of a young person read with `for_matching()`."""
    return YouthFacts(
        key=f"y{profile.pk}",
        birth_date=profile.birth_date,
        status=profile.status or None,
        home=Point(profile.home.latitude, profile.home.longitude),
        max_distance_km=profile.max_distance_km,
        interests=_terms(profile, "interests"),
        skills=_terms(profile, "skills"),
        languages=_terms(profile, "languages"),
        study_path=profile.study_path or None,
        goals=_terms(profile, "goals"),
        availability=week.slots(profile.availability),
        weekly_hours_max=profile.weekly_hours_max,
        available_from=profile.available_from,
        available_until=profile.available_until,
        motivation_length=motivation_length,
        consent=bool(profile.matching_consent_at),
    )


def offer_facts(offer: Offer) -> OfferFacts:
    """What the matching may know of an offer read with `for_cards()`.

    How reliably a host answers is not known yet, and counts as missing.
    """
    return OfferFacts(
        key=str(offer.pk),
        host=str(offer.host_id),
        kind=offer.kind,
        sector=offer.sector.slug,
        skills=_terms(offer, "skills"),
        languages=_terms(offer, "languages"),
        study_paths=frozenset(offer.study_paths),
        learning_goals=_terms(offer, "goals"),
        place=Point(offer.municipality.latitude, offer.municipality.longitude),
        remote=offer.remote,
        schedule=week.slots(offer.schedule),
        weekly_hours=offer.weekly_hours,
        start=offer.start_date,
        end=offer.end_date,
        duration_days=offer.days_needed,
        minimum_age=offer.minimum_age,
        maximum_age=offer.maximum_age,
        hazards=bool(offer.hazards),
        host_staff=offer.host.permanent_staff,
        seats_free=max(0, offer.seats_free),
        open_applications=offer.open_count,
    )


def _terms(row: YouthProfile | Offer, name: str) -> frozenset[str]:
    return frozenset(row.terms.get(name, ()))


def pair_score(profile: YouthProfile, offer: Offer, motivation_length: int | None = None) -> PairScore:
    """Score one pair."""
    return score_pair(youth_facts(profile, motivation_length), offer_facts(offer))


def obstacles(profile: YouthProfile, offer: Offer, today: date | None = None) -> tuple[Obstacle, ...]:
    """What makes a pair impossible, most important first."""
    return hard_filters(youth_facts(profile), offer_facts(offer), today or timezone.localdate())


def suggestions(profile: YouthProfile, today: date) -> tuple[list[Suggestion], list[Suggestion]]:
    """Return the offers that suit a young person, best first, and some that are not possible, each with the reason.

    One query, whatever there is: what can be reached comes first and the newest of it, then what is too far. Each
    offer has `applied`, the id of the person's candidature to it if there is one.
    """
    facts = youth_facts(profile)
    offers = Offer.objects.on_show(today).candidates_for(profile, facts.home, float(profile.max_distance_km or 30))
    rows = {str(offer.pk): offer for offer in offers[:CANDIDATES]}
    all_facts = [offer_facts(offer) for offer in rows.values()]
    possible = [
        Suggestion(
            offer=rows[ranked.offer.key],
            pair=ranked.pair,
            penalty=ranked.exposure.sentence(_language()) if ranked.exposure.penalty else "",
        )
        for ranked in rank_offers(facts, all_facts, today)
    ]
    impossible = [
        Suggestion(offer=rows[blocked.offer.key], reason=sentence(blocked.obstacles[0]))
        for blocked in blocked_offers(facts, all_facts, today)
    ]
    return possible, impossible[:IMPOSSIBLE_SHOWN]


def sentence(obstacle: Obstacle) -> str:
    """An obstacle in the reader's language, addressed to the young person."""
    return obstacle.sentence(_language())


def _language() -> Language:
    return "en" if (get_language() or "").startswith("en") else "it"


def factor_line(factor: Factor, audience: Audience = "youth") -> dict:
    """A factor as the bars component wants it, in the reader's language."""
    language = _language()
    return {
        "label": factor.label(language),
        "points": factor.points,
        "weight": factor.weight,
        "percent": round(100 * factor.points / factor.weight) if factor.weight else 0,
        "missing": factor.missing,
        "text": factor.sentence(language, audience),
    }


def to_json(pair: PairScore) -> dict:
    """Keep a score as it was when an application was sent, without its language."""
    return {
        "weights": pair.weights_version,
        **{
            side: [
                {
                    "key": factor.key,
                    "value": factor.value,
                    "weight": factor.weight,
                    "points": factor.points,
                    "missing": factor.missing,
                    "wording": factor.wording,
                    "values": [list(value) for value in factor.values],
                }
                for factor in score.factors
            ]
            for side, score in (("youth", pair.youth), ("host", pair.host))
        },
    }


def from_json(breakdown: dict, side: str) -> list[dict]:
    """The factors of one side of a kept score, in the reader's language."""
    lines = []
    for row in breakdown.get(side, []):
        factor = Factor(**{**row, "values": tuple((name, value) for name, value in row["values"])})
        lines.append(factor_line(factor, "youth" if side == "youth" else "staff"))
    return lines


def shared_with_host(profile: YouthProfile, offer: Offer) -> dict:
    """What an application shows to the host, copied when it is sent; the profile itself it never sees.

    Birth date, phone, e-mail address and the rest of the profile stay with the young person and the desk. Slugs and
    codes are kept, not words, so that the page can say them in the reader's language.
    """
    wanted = {*offer.terms.get("skills", ()), *offer.terms.get("languages", ())}
    mine = [*profile.terms.get("skills", ()), *profile.terms.get("languages", ())]
    return {
        "name": profile.user.get_full_name(),
        "home": str(profile.home),
        "status": profile.status,
        "study_path": profile.study_path,
        "study_note": profile.study_note,
        "skills": sorted(mine, key=lambda slug: slug not in wanted),
        "availability": profile.availability,
    }
