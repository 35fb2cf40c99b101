"""Horizontal bars, drawn by the server: geometry only, the template draws it. The table beside it says the same."""

from collections.abc import Sequence
from dataclasses import dataclass

from .suppression import Cell

WIDTH, ROW, BAR, LEFT = 360, 46, 14, 2
ROOM = 44
"""What stays free on the right for the number."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar; a hidden value has none, only its words."""

    label: str
    words: str
    y: int
    length: float
    hidden: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """What the template draws."""

    bars: list[Bar]
    height: int
    width: int = WIDTH
    left: int = LEFT
    bar: int = BAR


def bars(cells: Sequence[Cell], hidden_words: str) -> Chart | None:
    """The chart of some cells, None if there is nothing to draw. The longest bar is the largest value."""
    if all(cell.value is None for cell in cells):
        return None
    most = max((cell.value or 0 for cell in cells), default=0) or 1
    drawn = [
        Bar(
            label=_short(cell.label),
            words=hidden_words if cell.value is None else str(cell.value),
            y=number * ROW,
            length=0.0 if cell.value is None else round((WIDTH - LEFT - ROOM) * cell.value / most, 1),
            hidden=cell.value is None,
        )
        for number, cell in enumerate(cells)
    ]
    return Chart(drawn, len(cells) * ROW)


def _short(label: str, most: int = 44) -> str:
    return label if len(label) <= most else f"{label[: most - 1]}…"
