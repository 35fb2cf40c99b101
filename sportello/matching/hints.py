"""What would raise a score: each thing that a person can change is tried, and the pair scored again."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from .factors import MOTIVATION_FULL, PreparedOffer, PreparedYouth, Vocabulary
from .facts import OfferFacts, YouthFacts
from .score import pair_values
from .weights import DEFAULT_WEIGHTS, Weights
from .wording import Audience, Language, say

FARTHER = 2
"""How many times farther a person might get by another means of transport."""


@dataclass(frozen=True, slots=True)
class Hint:
    """One thing to complete; ``gain`` is the most that it could add to the pair's value."""

    key: str
    gain: int

    def sentence(self, language: Language = "it", audience: Audience = "youth") -> str:
        """Return the hint in words, without the gain: whether to show a number is the page's choice."""
        return say(f"hint.{self.key}", language, audience)


def hints(youth: YouthFacts, offer: OfferFacts, weights: Weights = DEFAULT_WEIGHTS) -> tuple[Hint, ...]:
    """Return what would raise the pair's value, the greatest gain first; equal gains in a fixed order."""
    words = Vocabulary()
    prepared = PreparedOffer(offer, words)

    def value(person: YouthFacts) -> int:
        return pair_values(PreparedYouth(person, words), [prepared], weights)[0][0]

    now = value(youth)
    gains = [Hint(key, value(change(youth, offer)) - now) for key, change in _CHANGES.items()]
    return tuple(sorted((hint for hint in gains if hint.gain > 0), key=lambda hint: -hint.gain))


def _more_skills(youth: YouthFacts, offer: OfferFacts) -> YouthFacts:
    skills, languages = offer.skills or frozenset(), offer.languages or frozenset()
    return replace(
        youth, skills=skills | (youth.skills or skills), languages=languages | (youth.languages or languages)
    )


def _more_time(youth: YouthFacts, offer: OfferFacts) -> YouthFacts:
    slots = offer.schedule or frozenset()
    return replace(
        youth,
        availability=slots | (youth.availability or slots),
        weekly_hours_max=max(youth.weekly_hours_max or 0, offer.weekly_hours or 0) or None,
    )


def _farther(youth: YouthFacts, offer: OfferFacts) -> YouthFacts:
    if youth.home is None or youth.max_distance_km is None:
        return replace(youth, home=youth.home or offer.place, max_distance_km=youth.max_distance_km or 0)
    return replace(youth, max_distance_km=FARTHER * youth.max_distance_km)


def _more_motivation(youth: YouthFacts, _: OfferFacts) -> YouthFacts:
    return replace(youth, motivation_length=max(MOTIVATION_FULL, youth.motivation_length or 0))


# Interests and goals are not bent to please an offer: they are asked for only when nobody told them.
def _told_goals(youth: YouthFacts, offer: OfferFacts) -> YouthFacts:
    return replace(youth, goals=youth.goals or offer.learning_goals)


def _told_interests(youth: YouthFacts, offer: OfferFacts) -> YouthFacts:
    return replace(youth, interests=youth.interests or frozenset({offer.sector} if offer.sector else ()))


_CHANGES: dict[str, Callable[[YouthFacts, OfferFacts], YouthFacts]] = {
    "skills": _more_skills,
    "availability": _more_time,
    "travel": _farther,
    "motivation": _more_motivation,
    "goals": _told_goals,
    "interest": _told_interests,
}
