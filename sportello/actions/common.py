"""What the actions share: the check against the transition table, the log, the tasks after commit."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from ..enums import Actor
from ..errors import ActionError, NotPermitted, WrongState
from ..transitions import Transition, actors_for, find

logger = logging.getLogger(__name__)

# When somebody can act for several sides (a superuser who owns a firm), the nearest one is written down.
_PREFERENCE = (Actor.YOUTH, Actor.GUARDIAN, Actor.HOST, Actor.DESK, Actor.SYSTEM)


T = TypeVar("T")
_silent: ContextVar[bool] = ContextVar("silent", default=False)


@contextmanager
def silently() -> Iterator[None]:
    """Do actions without writing to anybody: for invented examples, and where another letter says it all."""
    token = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(token)


def attempt(verb: Callable[[], T], what: str, otherwise: T) -> T:
    """Do one of the many things that a scheduled command finds due, and return what comes of it.

    Whoever came first between the list and the lock has done it already. An unexpected error must not keep the rest
    waiting, tonight and every night after: it is logged, and the next run tries again.

    Args:
        what: for the log: the kind of thing and its number, no name.
        otherwise: returned if it did not happen.
    """
    try:
        return verb()
    except ActionError:
        return otherwise
    except Exception:
        logger.exception("Left for the next run: %s.", what)
        return otherwise


def happens(verb: Callable[[], object], what: str) -> bool:
    """`attempt` something of which it only counts whether it was done."""

    def done() -> bool:
        verb()
        return True

    return attempt(done, what, False)


def require_actor(table: tuple[Transition, ...], target: str, actors: frozenset[str]) -> None:
    """Refuse whoever could not bring anything into this state, whatever state it is in now.

    Raises:
        NotPermitted: none of the actors ever may.
    """
    if not actors & actors_for(table, target):
        raise NotPermitted


def check_transition(table: tuple[Transition, ...], thing, target: str, actors: frozenset[str]) -> str:
    """Return on whose behalf a locked thing changes state.

    Raises:
        WrongState: there is no such change from its state.
        NotPermitted: there is, for somebody else.
    """
    row = find(table, thing.state, target)
    if row is None:
        raise wrong_state(thing)
    allowed = row.actors & actors
    if not allowed:
        raise NotPermitted
    return next(actor for actor in _PREFERENCE if actor in allowed)


def wrong_state(thing) -> WrongState:
    """The refusal of what its present state does not allow."""
    return WrongState(
        _("Nel frattempo qualcosa è cambiato: ora lo stato è «%(state)s».") % {"state": thing.get_state_display()}
    )


def write_log(instance, action: str, user, **data) -> None:
    """Record a change of a host or an offer in Wagtail's log, where its history page shows it."""
    log(instance=instance, action=f"sportello.{action}", user=user, data=data or None)


def after_commit(task, *args) -> None:
    """Enqueue a task once the change is really there; if the queue is down, the change stays and the log says so."""
    if _silent.get():
        return

    def enqueue() -> None:
        task.enqueue(*args)

    # Not a `partial`: Django asks what failed for its name, which a partial has not, and fails itself.
    transaction.on_commit(enqueue, robust=True)
