"""Rounds between the database and `sportello.matching`: what a person may rank, the input of a run, its figures.

The number of queries does not depend on how many people and offers there are.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from datetime import date

from django.utils import timezone

from sportello.matching import (
    BlockedOffer,
    Obstacle,
    OfferFacts,
    PreparedOffer,
    PreparedYouth,
    RankedOffer,
    RoundInput,
    RoundOutcome,
    RuleFacts,
    Vocabulary,
    Weights,
    YouthFacts,
    draft_bands,
    hard_filters,
    pair_values,
    rank_possible,
    read_round,
    run_round,
    summarise,
    write_outcome,
)
from sportello.matching.second_round import widened

from . import scoring
from .enums import OPEN_STATES, ApplicationState, OfferState
from .enums_rounds import BANDED_STATES, BANDS_COUNT, PairKind
from .models import (
    Application,
    MatchRound,
    RoundBand,
    RoundChoice,
    RoundOffer,
    RoundPair,
    RoundPerson,
    RoundRun,
    YouthProfile,
)
from .permissions_rounds import why_none_in_rounds
from .rulebook import RuleBook
from .weighing import weights_named
from .weighing import weights_of as desk_weights

GIVING_STATES = (OfferState.PUBLISHED, OfferState.PAUSED, OfferState.STALE)
"""Offers on which the desk may still give seats (see `actions.applications`)."""

_SAID_NO = (ApplicationState.REJECTED, ApplicationState.DECLINED, ApplicationState.RESCINDED)
_STILL_OPEN = tuple(state for state in OPEN_STATES if state != ApplicationState.OFFERED)


def weights_of(match_round: MatchRound) -> Weights:
    """Return the weights that a round scores with: those of the day it opened, whatever comes later."""
    if match_round.weights_version:
        return weights_named(match_round.desk_id, match_round.weights_version)
    return desk_weights(match_round.desk_id)


def seats_of(row: RoundOffer) -> int:
    """Return how many seats an offer read with `with_offers()` could give now."""
    giving = row.offer.state in GIVING_STATES and row.offer.host.may_publish
    return max(0, row.offer.seats_free) if giving else 0


def offers_with_facts(row: RoundOffer) -> OfferFacts:
    """Return the facts of one offer of a round. Two queries."""
    return scoring.offer_facts(RoundOffer.objects.with_offers().get(pk=row.pk).offer)


def person_facts(profile: YouthProfile, match_round: MatchRound, motivation: str = "") -> YouthFacts:
    """Return what the matching knows of a person in a round: as they said, looking as far as the round does."""
    facts = scoring.youth_facts(profile, len(motivation) or None)
    return widened(facts, match_round.wider)


@dataclass(frozen=True, slots=True)
class Choosable:
    """What a person may rank in a round, best for them first, and what not with the reason."""

    rows: dict[str, RoundOffer]
    possible: tuple[RankedOffer, ...]
    blocked: tuple[BlockedOffer, ...]

    def row(self, facts: OfferFacts) -> RoundOffer:
        """Return the offer that facts are about."""
        return self.rows[facts.key]


def choosable(profile: YouthProfile, match_round: MatchRound, today: date | None = None) -> Choosable:
    """Return the offers of a round for a person: at most six queries.

    What others have already ranked makes an offer more crowded, as open applications do, and without limit: measured,
    that places more people, and nearer the top of their lists (docs/matching.md). An offer to which the person
    had a candidature that ended, or holds a seat, or that they ranked in the round before, does not come back.
    """
    rows = {str(row.offer_id): row for row in match_round.offers.with_offers().with_claims()}
    done: dict[str, Obstacle] = {}
    if match_round.previous_id:
        earlier = RoundChoice.objects.filter(person__round=match_round.previous_id, person__youth=profile)
        for pk in earlier.values_list("round_offer__offer_id", flat=True):
            done[str(pk)] = Obstacle("ranked_before")
    mine = Application.objects.filter(youth=profile).exclude(state__in=(ApplicationState.DRAFT, *_STILL_OPEN))
    for pk, state in mine.order_by("pk").values_list("offer_id", "state"):
        done[str(pk)] = Obstacle("refused" if state in _SAID_NO else "applied_before")
    facts = person_facts(profile, match_round)
    offers = [
        replace(scoring.offer_facts(row.offer), open_applications=row.offer.open_count + row.claims, seats_free=seats)
        for row in rows.values()
        if (seats := seats_of(row))
    ]
    today, rules = today or timezone.localdate(), RuleBook()
    possible, blocked = [], []
    for offer in offers:
        obstacles = hard_filters(facts, offer, today, _rule(rules, rows[offer.key]))
        if offer.key in done:
            obstacles = (done[offer.key], *obstacles)
        if obstacles:
            blocked.append(BlockedOffer(offer, obstacles))
        else:
            possible.append(offer)
    return Choosable(rows, rank_possible(facts, possible, weights_of(match_round), most=None), tuple(blocked))


def obstacles_of(row: RoundOffer, profile: YouthProfile, motivation: str = "") -> tuple[Obstacle, ...]:
    """Return what makes a pair impossible in a round, most important first, for an offer read with `with_offers()`."""
    facts = person_facts(profile, row.round, motivation)
    return hard_filters(facts, scoring.offer_facts(row.offer), timezone.localdate(), _rule(RuleBook(), row))


def _rule(rules: RuleBook, row: RoundOffer) -> RuleFacts | None:
    return rules.facts_for(row.offer.kind, row.offer.municipality.region, row.offer.start_date)


def drafted_bands(match_round: MatchRound) -> list[RoundBand]:
    """Return, unsaved, a band for every line of every list, by the host's score; what is impossible is out.

    Six queries. The reason of who is out is an obstacle, in the words of staff.
    """
    today, weights, words = timezone.localdate(), weights_of(match_round), Vocabulary()
    offers = list(match_round.offers.with_offers())
    rulebook = RuleBook()
    rules = {row.pk: _rule(rulebook, row) for row in offers}
    prepared = {row.pk: PreparedOffer(scoring.offer_facts(row.offer), words) for row in offers}
    hosts: dict[int, dict[str, int]] = {row.pk: {} for row in offers}
    people = {}
    found = []
    for person in _people(match_round):
        people[str(person.pk)] = person
        facts = person_facts(person.youth, match_round, person.motivation)
        fit = []
        for choice in person.choices.all():
            obstacles = hard_filters(facts, prepared[choice.round_offer_id].facts, today, rules[choice.round_offer_id])
            if obstacles:
                reason = obstacles[0].sentence("it", "staff")[:300]
                found.append(RoundBand(person=person, round_offer_id=choice.round_offer_id, reason=reason))
            else:
                fit.append(choice.round_offer_id)
        ready = PreparedYouth(facts, words)
        for pk, (_value, _youth, host) in zip(
            fit, pair_values(ready, [prepared[pk] for pk in fit], weights), strict=True
        ):
            hosts[pk][str(person.pk)] = host
    for pk, scores in hosts.items():
        for number, names in enumerate(draft_bands(scores), start=1):
            found.extend(RoundBand(person=people[name], round_offer_id=pk, band=number) for name in names)
    return found


@dataclass(frozen=True, slots=True)
class WhatIf:
    """How a dry run departs from what there is."""

    seats: tuple[tuple[int, int], ...] = ()
    """Offers of the round by id, with so many seats instead of their own."""
    ignore_pins: bool = False
    ignore_bans: bool = False
    one_band: bool = False


def build_input(match_round: MatchRound, what_if: WhatIf | None = None) -> RoundInput:
    """Read a round as the input of a run, under pseudonyms. Nine queries, whatever its size.

    Who has lost the right to take part since (consent, account) is left out. Before the lists are closed the bands
    are those that would be drafted now.

    Raises:
        RoundInputError: pins and seats contradict each other.
    """
    what_if = what_if or WhatIf()
    offers = list(match_round.offers.with_offers())
    names = {row.pk: row.pseudonym for row in offers}
    seats = {row.pseudonym: seats_of(row) for row in offers}
    seats.update({names[pk]: count for pk, count in what_if.seats if pk in names})
    people = {row.pk: row for row in _people(match_round, only_lists=False)}
    choices = {
        person.pseudonym: [names[choice.round_offer_id] for choice in person.choices.all()]
        for person in people.values()
        if person.saved_at
    }
    bands: dict[str, list[list[str]]] = {name: [[] for _n in range(BANDS_COUNT)] for name in seats}
    for row in _bands(match_round):
        if row.band and row.person_id in people:
            bands[names[row.round_offer_id]][0 if what_if.one_band else row.band - 1].append(
                people[row.person_id].pseudonym
            )
    pairs: dict[str, list[tuple[str, str]]] = {PairKind.PIN: [], PairKind.BAN: []}
    for pair in RoundPair.objects.filter(person__round=match_round).order_by("pk"):
        if pair.person_id in people:
            pairs[pair.kind].append((people[pair.person_id].pseudonym, names[pair.round_offer_id]))
    return RoundInput(
        seed=match_round.seed,
        seats=seats,
        choices=choices,
        bands=bands,
        pinned=[] if what_if.ignore_pins else pairs[PairKind.PIN],
        forbidden=[] if what_if.ignore_bans else pairs[PairKind.BAN],
    )


def _people(match_round: MatchRound, *, only_lists: bool = True) -> Iterable[RoundPerson]:
    """Return who takes part, with their lists: three queries."""
    rows = RoundPerson.objects.filter(round=match_round).with_lists().order_by("pk")
    rows = rows.select_related("youth__user", "youth__home", "youth__desk")
    if only_lists:
        rows = rows.filter(saved_at__isnull=False)
    people = list(rows)
    excluded = why_none_in_rounds(row.youth for row in people)
    return [row for row in people if row.youth_id not in excluded]


def _bands(match_round: MatchRound) -> Iterable[RoundBand]:
    if match_round.state in BANDED_STATES:
        return RoundBand.objects.filter(person__round=match_round).order_by("pk")
    return drafted_bands(match_round)


def new_run(match_round: MatchRound, given: RoundInput, **values) -> RoundRun:
    """Return a run, unsaved, with its whole input and output, their fingerprints and figures."""
    outcome = run_round(given)
    text = write_outcome(given, outcome) + "\n"
    last = match_round.runs.order_by("-number").values_list("number", flat=True).first()
    return RoundRun(
        round=match_round,
        number=(last or 0) + 1,
        input=given.canonical().decode(),
        input_sha256=given.sha256(),
        output=text,
        output_sha256=sha256(text),
        figures=asdict(summarise(given, outcome)),
        **values,
    )


def sha256(text: str) -> str:
    """Return the fingerprint of a text in UTF-8: that of the file that people download."""
    return hashlib.sha256(text.encode()).hexdigest()


def outcome_of(run: RoundRun) -> tuple[RoundInput, RoundOutcome]:
    """Run a kept input again.

    Raises:
        ValueError: it does not give the kept output: somebody has changed one of the two.
    """
    given = read_round(run.input.encode())
    outcome = run_round(given)
    if write_outcome(given, outcome) + "\n" != run.output:
        raise ValueError(f"Run {run.pk} does not give its output again.")
    return given, outcome


@dataclass(frozen=True, slots=True)
class Move:
    """Somebody for whom two runs differ."""

    pseudonym: str
    before: str | None
    after: str | None
    rank_before: int | None
    rank_after: int | None

    @property
    def kind(self) -> str:
        """`gained` or `lost` a seat, `better` or `worse` in their own list, `other` when ranks do not tell."""
        if self.before is None:
            return "gained"
        if self.after is None:
            return "lost"
        if self.rank_before is None or self.rank_after is None or self.rank_before == self.rank_after:
            return "other"
        return "better" if self.rank_after < self.rank_before else "worse"


def compare(first: RoundRun, second: RoundRun) -> list[Move]:
    """Return who has another offer in the second run than in the first, by pseudonym."""
    (_a, before), (_b, after) = outcome_of(first), outcome_of(second)
    moves = []
    for name in sorted(before.assigned.keys() | after.assigned.keys()):
        was, now = before.assigned.get(name), after.assigned.get(name)
        if (was and was.offer) != (now and now.offer):
            moves.append(
                Move(
                    name,
                    was.offer if was else None,
                    now.offer if now else None,
                    was.rank if was else None,
                    now.rank if now else None,
                )
            )
    return moves
