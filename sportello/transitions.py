"""Which change of state is possible, for whom and under which guard: data, read by the actions and walked by the tests.

The tables are whole, as the design of the Sportello has them, also where no page opens that door yet. A guard is a
name: the action that makes the change checks it under lock, and says in a sentence why it refuses.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from .application_enums import CLOSED_STATES
from .enums import CLOSABLE_OFFER_STATES, Actor, ApplicationState, HostState, OfferState

YOUTH, HOST, DESK, SYSTEM = Actor.YOUTH, Actor.HOST, Actor.DESK, Actor.SYSTEM
GUARDIAN = Actor.GUARDIAN


@dataclass(frozen=True, slots=True)
class Transition:
    """From one state to another, by these actors, if these guards hold."""

    source: str
    target: str
    actors: frozenset[str]
    guards: tuple[str, ...] = ()


def _rows(sources: Iterable[str], target: str, actors: set[str], *guards: str) -> list[Transition]:
    return [Transition(source, target, frozenset(actors), guards) for source in sources]


def find(table: tuple[Transition, ...], source: str, target: str) -> Transition | None:
    """Return the row from one state to another, None if there is no such change."""
    return next((row for row in table if row.source == source and row.target == target), None)


def actors_for(table: tuple[Transition, ...], target: str) -> frozenset[str]:
    """Return who may ever bring something into this state, from any other."""
    return frozenset().union(*(row.actors for row in table if row.target == target))


A = ApplicationState

_SEAT = ("not_suspended", "seat_free", "offer_open", "age_on_the_first_day", "no_overlap", "host_cap")

APPLICATION: tuple[Transition, ...] = (
    # Under 18 on the first day, sending and accepting also need the guardian's consent: see `sportello.consents`.
    *_rows(
        [A.DRAFT],
        A.SUBMITTED,
        {YOUTH, DESK},
        "profile_complete",
        "rules_pass",
        "fewer_than_five_open",
        "guardian_consent",
    ),
    # A minor under 16, a first application to a host not yet verified, or a flagged one is read by the desk first.
    *_rows(
        [A.DRAFT],
        A.IN_REVIEW,
        {SYSTEM},
        "profile_complete",
        "rules_pass",
        "fewer_than_five_open",
        "guardian_consent",
    ),
    *_rows([A.IN_REVIEW], A.SUBMITTED, {DESK}, "offer_open", "guardian_consent"),
    *_rows([A.IN_REVIEW], A.DRAFT, {DESK}, "reason"),
    *_rows([A.SUBMITTED], A.SHORTLISTED, {HOST}, "not_suspended"),
    # The system lines them up when the last seat is accepted.
    *_rows([A.SHORTLISTED], A.WAITLISTED, {HOST, SYSTEM}, "no_seat_free"),
    *_rows([A.SUBMITTED, A.SHORTLISTED], A.OFFERED, {HOST, DESK}, *_SEAT),
    *_rows([A.WAITLISTED], A.OFFERED, {SYSTEM}, *_SEAT),
    # The system, when the offer is closed.
    *_rows([A.SUBMITTED, A.SHORTLISTED, A.WAITLISTED], A.REJECTED, {HOST, SYSTEM}, "reason"),
    *_rows([A.IN_REVIEW], A.REJECTED, {SYSTEM}, "reason"),
    # A draft is discarded; by the desk, too, which may have written it on somebody's behalf.
    *_rows([A.DRAFT], A.WITHDRAWN, {YOUTH, DESK}),
    # A guardian who takes the consent back closes what was open with it; the desk does it for who asks by telephone.
    *_rows([A.IN_REVIEW, A.SUBMITTED, A.SHORTLISTED, A.WAITLISTED], A.WITHDRAWN, {YOUTH, GUARDIAN, DESK}),
    *_rows([A.SUBMITTED, A.SHORTLISTED, A.OFFERED], A.EXPIRED, {SYSTEM}, "time_over"),
    # An offered seat is let go, too, when its young person accepts another one for the same days.
    *_rows([A.IN_REVIEW, A.SUBMITTED, A.SHORTLISTED, A.WAITLISTED, A.OFFERED], A.SUPERSEDED, {SYSTEM}),
    *_rows([A.OFFERED], A.ACCEPTED, {YOUTH}, "not_suspended", "still_held", "no_overlap", "guardian_consent"),
    *_rows([A.OFFERED], A.DECLINED, {YOUTH, GUARDIAN}),
    *_rows([A.OFFERED], A.RESCINDED, {HOST}, "reason"),
    *_rows([A.ACCEPTED], A.CANCELLED, {DESK, SYSTEM, GUARDIAN}, "placement_not_started"),
    *_rows(
        CLOSED_STATES,
        A.SUBMITTED,
        {DESK},
        "seat_free",
        "offer_open",
        "reopened_once",
        "fewer_than_five_open",
        "guardian_consent",
    ),
)

O = OfferState  # noqa: E741  the table reads like the design's: one letter for each noun

_ON_SHOW = (O.PUBLISHED, O.PAUSED, O.FULL, O.STALE)

OFFER: tuple[Transition, ...] = (
    *_rows([O.DRAFT, O.RETURNED], O.IN_REVIEW, {HOST}, "complete", "dates_ahead", "rules_pass"),
    *_rows([O.IN_REVIEW], O.PUBLISHED, {DESK}, "host_signed", "dates_ahead", "rules_pass"),
    *_rows([O.IN_REVIEW], O.RETURNED, {DESK}, "reason"),
    *_rows([O.IN_REVIEW], O.REFUSED, {DESK}, "reason"),
    *_rows([O.PUBLISHED], O.PAUSED, {HOST, DESK}),
    *_rows([O.PAUSED], O.PUBLISHED, {HOST, DESK}, "host_signed", "dates_ahead"),
    *_rows([O.PUBLISHED], O.FULL, {SYSTEM}, "no_seat_free"),
    *_rows([O.FULL], O.PUBLISHED, {SYSTEM}, "seat_free"),
    *_rows([O.PUBLISHED], O.STALE, {SYSTEM}, "ninety_days_without_reconfirmation"),
    *_rows([O.STALE], O.PUBLISHED, {HOST}, "host_signed", "dates_ahead"),
    *_rows(_ON_SHOW, O.SUSPENDED, {DESK}, "reason"),
    *_rows([O.SUSPENDED], O.PUBLISHED, {DESK}, "host_signed", "dates_ahead"),
    *_rows(CLOSABLE_OFFER_STATES, O.CLOSED, {HOST, DESK, SYSTEM}),
)

HOST_TABLE: tuple[Transition, ...] = (
    *_rows([HostState.REGISTERED], HostState.VERIFIED, {DESK}, "fiscal_code_form"),
    # Also a host that has signed signs again, when a new text of the pact is in force.
    *_rows([HostState.VERIFIED, HostState.SIGNED], HostState.SIGNED, {HOST}, "pact_signed"),
    # A new text was in force for a month, and nobody signed it.
    *_rows([HostState.SIGNED], HostState.VERIFIED, {SYSTEM}, "pact_outdated"),
    # Another fiscal code is another subject: the desk looks again, and the pact is signed again.
    *_rows([HostState.VERIFIED, HostState.SIGNED], HostState.REGISTERED, {HOST}, "fiscal_code_changed"),
    *_rows([HostState.REGISTERED, HostState.VERIFIED, HostState.SIGNED], HostState.SUSPENDED, {DESK}, "reason"),
    *_rows([HostState.SUSPENDED], HostState.VERIFIED, {DESK}, "fiscal_code_form"),
    # When its signature still stands, everything comes back at once.
    *_rows([HostState.SUSPENDED], HostState.SIGNED, {DESK}, "fiscal_code_form", "pact_signed"),
)
