"""Invented rounds for the demo: published, its second round, run but not published, bands being made, lists open.

As in `demo`, everything goes through the actions; only the deadlines are moved into the past, since the demo has to
show what weeks would bring.
"""

from collections.abc import Sequence
from datetime import date, timedelta

from django.contrib.auth import get_user_model
from django.utils import timezone

from portal.users.actions import create_verified_user

from . import rounds as reading
from . import week
from .actions import desks, round_bands, round_lists, round_runs, rounds, youth
from .enums import DeskRole, OfferState, StudyPath, YouthStatus
from .enums_rounds import PairKind, RoundState
from .errors import ActionError
from .matching import age_on
from .matching.obstacles import ADULT_AGE
from .models import Desk, MatchRound, Offer, RoundPerson, YouthProfile

PEOPLE = 26
NAMES = (
    "Alba", "Bruno", "Carla", "Dario", "Emma", "Fabio", "Greta", "Hamid", "Irene", "Jacopo", "Karim", "Lara", "Mirco",
    "Nadia", "Omar", "Paola", "Quinto", "Rosa", "Samir", "Teresa", "Ugo", "Vera", "Walter", "Xenia", "Yara", "Zeno",
)  # fmt: skip
MARK = "Esempio"
ROUNDS = (
    ("Tornata di prova già conclusa (esempio)", RoundState.PUBLISHED),
    ("Tornata di prova da pubblicare (esempio)", RoundState.RUN),
    ("Tornata di prova, fasce in corso (esempio)", RoundState.BANDS),
    ("Tornata di prova aperta (esempio)", RoundState.OPEN),
)
SECOND = "Seconda tornata di prova, per chi è rimasto (esempio)"
INTRO = "Una tornata inventata, per vedere come funziona: le persone, le realtà e i posti non esistono."


def load(desk: Desk, operator, own: YouthProfile, supervisor) -> int:
    """Make the rounds that are missing; return how many."""
    desks.appoint(desk, supervisor, DeskRole.SUPERVISOR)
    there = set(MatchRound.objects.filter(desk=desk).values_list("name", flat=True))
    missing = [row for row in ROUNDS if row[0] not in there]
    if not missing and SECOND in there:
        return 0
    people = [own, *_people(desk, own)]
    offers = list(
        Offer.objects.filter(desk=desk, state=OfferState.PUBLISHED, host__organisation__is_example=True).order_by("pk")
    )
    for name, state in missing:
        _load(desk, name, state, offers, people, operator, supervisor)
    if SECOND not in there:
        _load_second(MatchRound.objects.get(desk=desk, name=ROUNDS[0][0]), operator)
    return len(missing) + (SECOND not in there)


def _load(
    desk: Desk, name: str, state: str, offers: Sequence[Offer], people: Sequence[YouthProfile], operator, supervisor
) -> None:
    now = timezone.now()
    match_round = rounds.create_round(desk, _values(name), operator)
    rounds.choose_offers(match_round, [offer.pk for offer in offers], operator)
    match_round = rounds.open_round(match_round, operator)
    # In the open one the demo's own young person finds the draft, still to be saved.
    for number, profile in enumerate(people[1:] if state == RoundState.OPEN else people):
        _rank(match_round, profile, number)
    if state == RoundState.OPEN:
        return
    _let_pass(match_round, lists_close_at=now - timedelta(days=3))
    match_round = rounds.close_lists(match_round, operator)
    if state == RoundState.BANDS:
        return
    _agree(match_round, operator)
    _let_pass(match_round, bands_close_at=now - timedelta(days=1))
    match_round = rounds.make_ready(match_round, operator)
    round_runs.dry_run(match_round, operator, reading.WhatIf(one_band=True), "solo sorteggio")
    round_runs.run_final(match_round, operator)
    match_round.refresh_from_db()
    if state == RoundState.PUBLISHED:
        round_runs.publish(match_round, supervisor)


def _load_second(first: MatchRound, operator) -> None:
    """Open a round for who was left without a seat; half of them have made their new list."""
    match_round = rounds.open_round(rounds.create_following(first, _values(SECOND), operator), operator)
    left = YouthProfile.objects.for_matching().filter(
        round_results__round=first, round_results__round_offer__isnull=True
    )
    for number, profile in enumerate(left.order_by("pk")):
        if number % 2:
            _rank(match_round, profile, number)


def _values(name: str) -> dict:
    now = timezone.now()
    return {
        "name": name,
        "intro": INTRO,
        "is_example": True,
        "lists_open_at": now - timedelta(days=10),
        "lists_close_at": _evening(now, 7),
        "bands_close_at": _evening(now, 14),
    }


def _agree(match_round: MatchRound, operator) -> None:
    """Pin one pair and rule another out, as a desk would: the last two people's first choices."""
    rows = RoundPerson.objects.filter(round=match_round, saved_at__isnull=False).order_by("-pk")[:2]
    reasons = ((PairKind.PIN, "Si sono già accordati a maggio."), (PairKind.BAN, "Ci ha già lavorato l'anno scorso."))
    for person, (kind, reason) in zip(rows, reasons, strict=False):
        choice = person.choices.select_related("round_offer").order_by("rank").first()
        if choice is not None:
            round_bands.add_pair(match_round, person.youth, choice.round_offer, kind, reason, operator)


def _rank(match_round: MatchRound, profile: YouthProfile, number: int) -> None:
    found = reading.choosable(profile, match_round)
    best = [found.row(line.offer).pk for line in found.possible[: 3 + number % 4]]
    try:
        round_lists.save_list(
            match_round,
            profile,
            best,
            profile.user,
            "Mi piacerebbe provare un mestiere da vicino e capire se fa per me.",
        )
    except ActionError:
        # Nothing suits them, or a consent is missing: they simply take no part, as anybody could.
        return


def _let_pass(match_round: MatchRound, **moments) -> None:
    MatchRound.objects.filter(pk=match_round.pk).update(**moments)


def _evening(now, days: int):
    return (timezone.localtime(now) + timedelta(days=days)).replace(hour=18, minute=0, second=0, microsecond=0)


def _people(desk: Desk, own: YouthProfile) -> list[YouthProfile]:
    """Invented people who differ in what a round looks at; drawn by counting, so that each load makes the same."""
    rows = list(YouthProfile.objects.for_matching().filter(desk=desk, is_example=True).order_by("pk"))
    # Of age: nobody else has to say yes for them.
    adults = [row for row in rows if age_on(row.birth_date, timezone.localdate()) >= ADULT_AGE]
    models = [row for row in adults if row.pk != own.pk and row.matching_consent_at]
    paths = list(StudyPath.values)
    made = []
    for n, first_name in enumerate(NAMES[:PEOPLE]):
        email = f"{first_name.lower()}.{MARK.lower()}@example.org"
        user = _user(email, first_name, MARK)
        profile = YouthProfile.objects.for_matching().filter(user=user).first()
        if profile is None:
            like = models[n % len(models)]
            values = {
                "first_name": first_name,
                "last_name": MARK,
                "birth_date": date(2000 + n % 8, 1 + n % 12, 1 + n % 28),
                "home": like.home,
                "status": (YouthStatus.SEEKING, YouthStatus.UNIVERSITY, YouthStatus.NEITHER)[n % 3],
                "study_path": paths[n % len(paths)],
                "interests": list(models[(n + 1) % len(models)].interests.all()),
                "skills": list(like.skills.all()),
                "goals": list(models[(n + 2) % len(models)].goals.all()),
                "availability": week.mask((day, band) for day in range(6) for band in ("morning", "afternoon")),
                "max_distance_km": 20 + 5 * (n % 5),
                "matching_consent": True,
                "is_example": True,
            }
            profile = youth.save_profile(user, values)
        made.append(YouthProfile.objects.for_matching().get(pk=profile.pk))
    return made


def _user(email: str, first_name: str, last_name: str):
    user = get_user_model().objects.filter(email=email).first()
    return user or create_verified_user(email, first_name=first_name, last_name=last_name)
