"""Who of the desk sees what: people's rows, figures, logs, support notes. And which desk somebody of several is at.

`sportello.permissions.desks_of` remains the rule for rows and for acting on them; here is what goes beyond it.
"""

from ..enums import DeskRole
from ..models import Desk
from ..permissions import desks_of, memberships_of

FIGURES_ROLES = (DeskRole.OPERATOR, DeskRole.SUPERVISOR, DeskRole.AUDITOR)
LOG_ROLES = (DeskRole.SUPERVISOR, DeskRole.AUDITOR)
NOTE_ROLES = (DeskRole.OPERATOR, DeskRole.SUPERVISOR)
SESSION_KEY = "sportello_desk"


def _desks_with(user, roles) -> list[int] | None:
    if user.is_authenticated and user.is_active and user.is_superuser:
        return None
    return [desk_id for desk_id, role in memberships_of(user) if role in roles]


def figures_desks_of(user) -> list[int] | None:
    """Return the ids of the desks whose figures somebody reads; None means all (superusers)."""
    return _desks_with(user, FIGURES_ROLES)


def log_desks_of(user) -> list[int] | None:
    """Return the ids of the desks whose logs of exports and of support notes somebody reads; None means all."""
    return _desks_with(user, LOG_ROLES)


def note_desks_of(user) -> list[int]:
    """Return the ids of the desks whose support notes somebody may write and read.

    Being a superuser is no reason to read about the difficulties of a young person: only who works at the desk does.
    """
    return [desk_id for desk_id, role in memberships_of(user) if role in NOTE_ROLES]


def supervised_desks_of(user) -> list[int] | None:
    """Return the ids of the desks that somebody supervises; None means all (superusers)."""
    return _desks_with(user, (DeskRole.SUPERVISOR,))


def may(desk_ids: list[int] | None) -> bool:
    """Whether a list of desks lets somebody in at all."""
    return desk_ids is None or bool(desk_ids)


class Scope:
    """The desks that the pages of one request are about: all of somebody's, or the one they have chosen."""

    def __init__(self, request, desk_ids: list[int] | None) -> None:
        self._all = desk_ids
        self._request = request
        # Nothing to choose with one desk: the commonest case asks the database nothing more.
        self.choices: list[Desk] = []
        if desk_ids is None or len(desk_ids) > 1:
            rows = Desk.objects.all() if desk_ids is None else Desk.objects.filter(pk__in=desk_ids)
            self.choices = list(rows.order_by("name", "pk"))
        wanted = request.session.get(SESSION_KEY)
        self.chosen: Desk | None = next((desk for desk in self.choices if desk.pk == wanted), None)

    @property
    def may_choose(self) -> bool:
        """Whether there is more than one desk."""
        return len(self.choices) > 1

    @property
    def ids(self) -> list[int] | None:
        """The desks to read; None means all."""
        return [self.chosen.pk] if self.chosen else self._all

    def choose(self, desk_id: int | None) -> None:
        """Remember a choice for the next pages; None means all of them."""
        self.chosen = next((desk for desk in self.choices if desk.pk == desk_id), None)
        self._request.session[SESSION_KEY] = self.chosen.pk if self.chosen else None


def scope_of(request, desk_ids: list[int] | str | None = "") -> Scope:
    """Return the scope of a request, made once; by default over the desks that somebody works at."""
    key = "_desk_scope_" + ("rows" if desk_ids == "" else "other")
    if not hasattr(request, key):
        setattr(request, key, Scope(request, desks_of(request.user) if isinstance(desk_ids, str) else desk_ids))
    return getattr(request, key)
