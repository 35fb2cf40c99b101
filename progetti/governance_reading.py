"""How the governance is shown: who depends on whom, who sits there now, how many of them are young."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from .enums import YOUNG_BANDS

if TYPE_CHECKING:
    from .models import BodyMember, BodyPage

# Under so many people whose age is known a share would tell whose age it is.
FEWEST_FOR_A_SHARE = 5


@dataclass(slots=True)
class ChartNode:
    """A body in the organisation chart, with those that depend on it."""

    body: BodyPage
    children: list[ChartNode] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class YoungShare:
    """How many members are under 35, among those who said how old they are."""

    young: int
    known: int

    @property
    def percent(self) -> int:
        """The share in whole percent, rounded to the nearest."""
        return round(100 * self.young / self.known)


def chart(bodies: Iterable[BodyPage]) -> list[ChartNode]:
    """The organisation chart: bodies without a parent on top, in the order given.

    A body whose parent is not among them is on top too. Bodies that depend on each other in a circle, which the
    editing form refuses, would never be reached from the top: they are put there, so that none is lost.
    """
    nodes = {body.pk: ChartNode(body) for body in bodies}
    top: list[ChartNode] = []
    for node in nodes.values():
        parent = nodes.get(node.body.parent_body_id)
        (parent.children if parent else top).append(node)
    reached: set[int] = set()
    _reach(top, reached)
    for pk, node in nodes.items():
        if pk not in reached:
            # Cut the circle here: what hung below its parent now stands on top.
            siblings = nodes[node.body.parent_body_id].children
            siblings.remove(node)
            top.append(node)
            _reach([node], reached)
    return top


def _reach(nodes: list[ChartNode], reached: set[int]) -> None:
    for node in nodes:
        reached.add(node.body.pk)
        _reach(node.children, reached)


def present_and_past(members: Iterable[BodyMember], today: date) -> tuple[list[BodyMember], list[BodyMember]]:
    """Who sits in a body today, and who did; appointments still to begin are in neither."""
    present, past = [], []
    for member in members:
        if member.until is not None and member.until < today:
            past.append(member)
        elif member.since is None or member.since <= today:
            present.append(member)
    return present, past


def young_share(members: Iterable[BodyMember]) -> YoungShare | None:
    """The share of under-35s among those who said their age; None when they are too few for it to be nobody's."""
    known = [member for member in members if member.age_band]
    if len(known) < FEWEST_FOR_A_SHARE:
        return None
    return YoungShare(young=sum(member.age_band in YOUNG_BANDS for member in known), known=len(known))
