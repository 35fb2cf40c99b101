"""From rows to the facts of the matching, and back to what pages show. It asks the database for the candidates only."""

from dataclasses import dataclass, field, replace
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sportello.matching import (
    Factor,
    Obstacle,
    OfferFacts,
    PairScore,
    YouthFacts,
    hard_filters,
    hints,
    score_pair,
)
from sportello.matching.second_round import widened
from sportello.matching.wording import Audience, Language

from . import candidates
from .fact_columns import OFFER_COLUMNS, YOUTH_COLUMNS, columns_of, offer_facts_of, youth_facts_of
from .models import Application, Offer, YouthProfile
from .rules import rule_for
from .weighing import weights_of

HINTS_SHOWN = 2
"""How many of the things that would raise a score are told for each offer."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An offer for a young person: possible with its score, or not with its reason."""

    offer: Offer
    pair: PairScore | None = None
    reason: str = ""
    penalty: str = ""
    hints: list[str] = field(default_factory=list)
    audience: Audience = "youth"

    @property
    def score(self) -> int:
        """The pair's score, 0 to 100."""
        return self.pair.value if self.pair else 0

    @property
    def factors(self) -> list[dict]:
        """The young person's side of the score, ready for the bars."""
        return [factor_line(factor, self.audience) for factor in self.pair.youth.factors] if self.pair else []

    @property
    def host_factors(self) -> list[dict]:
        """The host's side of the score, told to the same reader."""
        return [factor_line(factor, self.audience) for factor in self.pair.host.factors] if self.pair else []


@dataclass(frozen=True, slots=True)
class Suggestions:
    """What a young person is shown: what suits them, how many more there are, and what is not possible."""

    possible: list[Suggestion]
    more: int
    impossible: list[Suggestion]


def youth_facts(profile: YouthProfile, motivation_length: int | None = None) -> YouthFacts:
    """What the matching may know of a young person read with `for_matching()`."""
    return youth_facts_of(columns_of(profile, YOUTH_COLUMNS), motivation_length)


def offer_facts(offer: Offer) -> OfferFacts:
    """What the matching may know of an offer read with `for_matching()`."""
    return offer_facts_of(columns_of(offer, OFFER_COLUMNS))


def pair_score(profile: YouthProfile, offer: Offer, motivation_length: int | None = None) -> PairScore:
    """Score one pair with the weights of the young person's desk."""
    facts = youth_facts(profile, motivation_length), offer_facts(offer)
    return score_pair(*facts, weights_of(profile.desk_id))


def obstacles(
    profile: YouthProfile, offer: Offer, today: date | None = None, *, wider: float = 1
) -> tuple[Obstacle, ...]:
    """What makes a pair impossible, most important first; the rule of the offer's kind is one query.

    One more if the rule lets nobody go twice to the same host.

    Args:
        wider: how many times farther than they said the person has agreed to go.
    """
    rule = rule_for(offer)
    facts = rule.facts() if rule is not None else None
    youth = widened(youth_facts(profile), wider)
    if facts is not None and facts.once_per_host:
        lived = Application.objects.lived().filter(youth=profile, offer__host=offer.host_id, offer__kind=offer.kind)
        if lived.exists():
            youth = replace(youth, past_hosts=frozenset({str(offer.host_id)}))
    return hard_filters(youth, offer_facts(offer), today or timezone.localdate(), facts)


def age_obstacles(profile: YouthProfile, offer: Offer, start: date) -> tuple[Obstacle, ...]:
    """What somebody's age makes impossible if an offer begins on a day, whatever else stands in the way. One query.

    Args:
        profile, offer: read with `for_matching()`.
    """
    rule = rule_for(offer)
    youth, facts = replace(youth_facts(profile), available_from=None), replace(offer_facts(offer), start=start)
    found = hard_filters(youth, facts, start, rule.facts() if rule is not None else None)
    return tuple(item for item in found if item.key in _ABOUT_AGE)


_ABOUT_AGE = frozenset({"too_young", "too_old", "minor_hazards", "minor_night", "minor_day", "hours_for_age"})


def suggestions(
    profile: YouthProfile,
    today: date,
    limit: int,
    blocked: int = 0,
    audience: Audience = "youth",
    wanted: QuerySet[Offer] | None = None,
) -> Suggestions:
    """Return the offers that suit a young person, best first, and some that are not possible, each with the reason.

    The audience is who reads it: the person, or the desk about them. With `wanted`, only offers among these.
    Three queries, whatever there is. Each offer has `applied`, the id of the person's candidature to it if any.
    """
    facts, weights = youth_facts(profile), weights_of(profile.desk_id)
    found = candidates.offers_for(profile, facts, today, limit=limit, blocked=blocked, weights=weights, wanted=wanted)
    rows, language = found.rows, _language()
    return Suggestions(
        possible=[
            Suggestion(
                offer=rows[line.offer.key],
                pair=line.pair,
                penalty=line.exposure.sentence(language, audience) if line.exposure.penalty else "",
                hints=[hint.sentence(language, audience) for hint in hints(facts, line.offer, weights)[:HINTS_SHOWN]],
                audience=audience,
            )
            for line in found.ranked
        ],
        more=found.more,
        impossible=[
            Suggestion(offer=rows[offer.key], reason=sentence(obstacles[0], audience), audience=audience)
            for offer, obstacles in found.blocked
        ],
    )


def sentence(obstacle: Obstacle, audience: Audience = "youth") -> str:
    """An obstacle in the reader's language."""
    return obstacle.sentence(_language(), audience)


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


def sides(pair: PairScore, audience: Audience = "youth") -> str:
    """Say where a pair's score comes from, so that each number on the page can be done again."""
    points = {"youth": pair.youth.value, "host": pair.host.value, "score": pair.value}
    if audience == "youth":
        text = _(
            "Dal tuo lato fanno %(youth)s punti, dal lato di chi ospita %(host)s. Insieme: %(score)s, più vicino al "
            "più basso dei due."
        )
    else:
        text = _(
            "Dal lato di chi si candida fanno %(youth)s punti, dal lato di chi ospita %(host)s. Insieme: %(score)s, "
            "più vicino al più basso dei due."
        )
    return text % points


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
