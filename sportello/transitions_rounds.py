"""What a round may become, through whom and under which guard: data, as `transitions`."""

from .enums import Actor
from .enums_rounds import RoundState as R
from .transitions import Transition

_DESK = frozenset({Actor.DESK})
_DESK_OR_CLOCK = frozenset({Actor.DESK, Actor.SYSTEM})

ROUND: tuple[Transition, ...] = (
    Transition(R.DRAFT, R.OPEN, _DESK, ("has_offers", "deadlines_ahead")),
    # Nobody who still has time is cut off: lists close when their time is over, not before.
    Transition(R.OPEN, R.BANDS, _DESK_OR_CLOCK, ("lists_over",)),
    Transition(R.BANDS, R.READY, _DESK_OR_CLOCK, ("bands_over",)),
    Transition(R.READY, R.RUN, _DESK, ("has_lists",)),
    Transition(R.RUN, R.READY, _DESK, ("reason",)),
    Transition(R.RUN, R.PUBLISHED, _DESK, ("supervisor", "consents_hold", "seats_still_free")),
    Transition(R.PUBLISHED, R.CLOSED, _DESK, ()),
    *(Transition(state, R.CANCELLED, _DESK, ("supervisor", "reason")) for state in (R.DRAFT, R.OPEN, R.BANDS, R.READY)),
)
