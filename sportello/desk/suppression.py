"""Small groups stay hidden, also from whoever subtracts.

A count of one to four people could be recognised by a neighbour. Hiding it is not enough when the total is shown: the
hidden cells must be two at least and hold five people at least together, so others are hidden along with it, smallest
first (secondary suppression: Hundepool et al., «Statistical Disclosure Control», 2012, chapter 4).
"""

from collections.abc import Sequence
from dataclasses import dataclass

FLOOR = 5
"""The smallest group of people that is shown."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One line of a table; `value` is None when it is hidden."""

    label: str
    value: int | None


@dataclass(frozen=True, slots=True)
class Counted:
    """A breakdown that may be shown to anybody; `total` is None when it is hidden."""

    cells: list[Cell]
    total: int | None

    @property
    def hides(self) -> bool:
        """Whether something is hidden."""
        return any(cell.value is None for cell in self.cells)

    @property
    def empty(self) -> bool:
        """Whether there is nobody at all."""
        return not self.cells


def open_counts(pairs: Sequence[tuple[str, int]]) -> Counted:
    """A breakdown of things, not of people: nothing to hide."""
    return Counted([Cell(label, n) for label, n in pairs], sum(n for _label, n in pairs))


def suppress(pairs: Sequence[tuple[str, int]]) -> Counted:
    """A breakdown of people with its small groups hidden; groups of nobody are left out."""
    pairs = [(label, n) for label, n in pairs if n]
    total = sum(n for _label, n in pairs)
    hidden = {label for label, n in pairs if n < FLOOR}
    if hidden:
        for label, n in sorted(pairs, key=lambda pair: (pair[1], pair[0])):
            if len(hidden) >= 2 and sum(n for name, n in pairs if name in hidden) >= FLOOR:
                break
            hidden.add(label)
    enough = not hidden or (len(hidden) >= 2 and sum(n for name, n in pairs if name in hidden) >= FLOOR)
    cells = [Cell(label, None if label in hidden else n) for label, n in pairs]
    return Counted(cells, total if enough and (total >= FLOOR or not total) else None)
