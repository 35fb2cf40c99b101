"""Which sentence a factor says, and with which counts: they come from the facts that were measured."""

from collections.abc import Callable

from .factors import MISSING, MOTIVATION_FULL, PreparedOffer, PreparedYouth, measure
from .geography import vector_distance_km

Wording = tuple[str, tuple[tuple[str, int], ...]]
YOUTH, HOST = 0, 1


def factor_wording(key: str, side: int, youth: PreparedYouth, offer: PreparedOffer) -> Wording:
    """Return the catalogue key and values of a factor's sentence; side is YOUTH or HOST."""
    if key == "skills":
        return _skills(youth, offer, with_study=side == YOUTH)
    return _WORDINGS[key](youth, offer)


def _interest(youth: PreparedYouth, offer: PreparedOffer) -> Wording:
    if not youth.interests or not offer.sector:
        return "interest.missing", ()
    return ("interest.yes" if offer.sector in youth.interests else "interest.no"), ()


def _skills(youth: PreparedYouth, offer: PreparedOffer, *, with_study: bool) -> Wording:
    counts: tuple[tuple[str, int], ...] = ()
    if offer.wanted and youth.skills:
        common = (youth.skills & offer.wanted).bit_count()
        counts = (("common", common), ("wanted", offer.wanted_count))
    if with_study and offer.study_paths and youth.study_path:
        answer = "study_yes" if youth.study_path in offer.study_paths else "study_no"
        return (f"skills.{answer}", counts) if counts else (f"skills.only_{answer}", ())
    return ("skills.share", counts) if counts else ("skills.missing", ())


def _travel(youth: PreparedYouth, offer: PreparedOffer) -> Wording:
    if offer.remote:
        return "travel.remote", ()
    if not youth.home or not offer.place:
        return "travel.missing", ()
    km = vector_distance_km(youth.home, offer.place)
    if km > youth.radius:
        # Rounded away from each other, as in the obstacle: never "30 km, beyond your 30 km".
        return "travel.too_far", (("km", int(km) + 1), ("limit", int(youth.radius)))
    return "travel.distance", (("km", int(km + 0.5)), ("limit", int(youth.radius + 0.5)))


def _schedule(youth: PreparedYouth, offer: PreparedOffer) -> Wording:
    if not youth.slots or not offer.slots:
        return "schedule.missing", ()
    common = (youth.slots & offer.slots).bit_count()
    return "schedule.share", (("common", common), ("wanted", offer.slots_count))


def _goals(youth: PreparedYouth, offer: PreparedOffer) -> Wording:
    if not youth.goals or not offer.goals:
        return "goals.missing", ()
    return "goals.share", (
        ("common", (youth.goals & offer.goals).bit_count()),
        ("wanted", youth.goals.bit_count()),
    )


def _reliability(_: PreparedYouth, offer: PreparedOffer) -> Wording:
    rate, days = offer.facts.host_answer_rate, offer.facts.host_days_to_answer
    if rate is None:
        return "reliability.missing", ()
    percent = ("rate", int(100 * rate + 0.5))
    if days is None:
        return "reliability.rate", (percent,)
    whole = int(days + 0.5)
    key = (
        "reliability.rate_same_day" if not whole else "reliability.rate_day" if whole == 1 else "reliability.rate_days"
    )
    return key, (percent, ("days", whole))


def _availability(youth: PreparedYouth, offer: PreparedOffer) -> Wording:
    value = measure(youth, offer).availability
    return ("availability.missing", ()) if value == MISSING else ("availability.known", (("percent", value),))


def _motivation(youth: PreparedYouth, _: PreparedOffer) -> Wording:
    length = youth.facts.motivation_length
    if not length:
        return "motivation.missing", ()
    return ("motivation.full" if length >= MOTIVATION_FULL else "motivation.short"), ()


_WORDINGS: dict[str, Callable[[PreparedYouth, PreparedOffer], Wording]] = {
    "interest": _interest,
    "travel": _travel,
    "schedule": _schedule,
    "goals": _goals,
    "reliability": _reliability,
    "availability": _availability,
    "motivation": _motivation,
}
