"""Where a call stands, computed from its dates and acts. Pure: it reads no clock and no database.

Days are those of Europe/Rome, whatever the time zone of the moments given. In order, the first that holds:

1. `REVOKED` from the first moment of the day of a revocation.
2. `CLOSED` from the first moment of the day on which the procedure ends. Without that day, from the first moment of
   the day on which the outcomes come out, but never before the deadline has passed. Without either, from the first
   moment of the day EVALUATION_DAYS days after the deadline: a call never hangs "under evaluation". Italian law gives
   an administration 180 days at most to end a procedure (law 241/1990, article 2, paragraph 4).
3. `SUSPENDED` from the first moment of the day of a suspension, until that of a later resumption.
4. `SCHEDULED` before the opening. A call without an opening counts as already open.
5. `OPEN` from the opening up to and including the deadline ("by 12 o'clock" includes 12 o'clock), or without end if
   it lasts until the funds run out; `EXTENDED` when the deadline that holds was set by an extension.
6. `UNDER_EVALUATION` after the deadline.

The deadline that holds is the one of the latest extension or early closing in force, else the one of the call. A
call with neither a deadline nor "until the funds run out" is incomplete: it counts as due EVALUATION_DAYS days after
its opening, and as closed if it has no opening either.

`bandi.querysets` computes the same in SQL; a test holds the two together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from .enums import ACTS_ON_COURSE, ACTS_ON_DEADLINE, CallActKind, CallState

ROME = ZoneInfo("Europe/Rome")
EVALUATION_DAYS = 180


@dataclass(frozen=True, slots=True)
class ActFacts:
    """An act on a call: in force from the first moment of its day."""

    kind: str
    day: date
    new_deadline: datetime | None = None


@dataclass(frozen=True, slots=True)
class CallFacts:
    """What the state of a call depends on. Acts on the same day count in the order given."""

    opening: datetime | None = None
    deadline: datetime | None = None
    until_funds_run_out: bool = False
    end_of_procedure: date | None = None
    publication_of_outcomes: date | None = None
    acts: Sequence[ActFacts] = ()


def rome_day(moment: datetime) -> date:
    """The day in Europe/Rome on which an aware moment falls."""
    return moment.astimezone(ROME).date()


def start_of_day(day: date) -> datetime:
    """The first moment of a day in Europe/Rome, where neither change of the clock ever happens at midnight."""
    return datetime.combine(day, time.min, tzinfo=ROME)


def end_of_day(day: date) -> datetime:
    """The last moment of a day in Europe/Rome: the deadline of a call that names a day and no hour."""
    return datetime.combine(day, time.max, tzinfo=ROME)


def whole_day(deadline: datetime) -> datetime:
    """A deadline without an hour (midnight, as date fields give it) lasts until the end of its day in Europe/Rome."""
    local = deadline.astimezone(ROME)
    return end_of_day(local.date()) if local.time() == time.min else deadline


def has_hour(deadline: datetime) -> bool:
    """Whether the hour of a deadline says something, or it is only the end of the day."""
    return deadline.astimezone(ROME).time() < time(23, 59)


def acts_in_force(facts: CallFacts, now: datetime) -> list[ActFacts]:
    """Acts whose day has come, oldest first; those of one day in the order given."""
    today = rome_day(now)
    return sorted((act for act in facts.acts if act.day <= today), key=lambda act: act.day)


def deadline_in_force(facts: CallFacts, now: datetime) -> tuple[datetime | None, bool]:
    """The deadline that holds, and whether an extension set it."""
    for act in reversed(acts_in_force(facts, now)):
        if act.kind in ACTS_ON_DEADLINE and act.new_deadline is not None:
            return act.new_deadline, act.kind == CallActKind.EXTENSION
    return facts.deadline, False


def call_state(facts: CallFacts, now: datetime) -> CallState:
    """Where a call stands at a moment.

    Args:
        facts: dates and acts of the call; moments are aware.
        now: an aware moment, in any time zone.
    """
    acts = acts_in_force(facts, now)
    if any(act.kind == CallActKind.REVOCATION for act in acts):
        return CallState.REVOKED

    deadline, extended = deadline_in_force(facts, now)
    closing = deadline
    if closing is None and not facts.until_funds_run_out:
        if facts.opening is None:
            return CallState.CLOSED
        closing = end_of_day(rome_day(facts.opening) + timedelta(days=EVALUATION_DAYS))

    if _is_over(facts, closing, now):
        return CallState.CLOSED

    course = [act for act in acts if act.kind in ACTS_ON_COURSE]
    if course and course[-1].kind == CallActKind.SUSPENSION:
        return CallState.SUSPENDED
    if facts.opening is not None and now < facts.opening:
        return CallState.SCHEDULED
    if closing is None or now <= closing:
        return CallState.EXTENDED if extended else CallState.OPEN
    return CallState.UNDER_EVALUATION


def _is_over(facts: CallFacts, closing: datetime | None, now: datetime) -> bool:
    """Whether the procedure has ended: on its day, when the outcomes are out, or long enough after the deadline."""
    today = rome_day(now)
    if facts.end_of_procedure is not None:
        return today >= facts.end_of_procedure
    if closing is None or now <= closing:
        return False
    if facts.publication_of_outcomes is not None:
        return today >= facts.publication_of_outcomes
    return today >= rome_day(closing) + timedelta(days=EVALUATION_DAYS)
