"""The chart of an indicator: its measurements in time, baseline and target. Geometry only; the template draws it.

Numbers are rounded for SVG attributes; everything is a presentation attribute or a class, never an inline style.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.formats import number_format

from .models import Indicator

WIDTH, HEIGHT = 640, 300
LEFT, RIGHT, TOP, BOTTOM = 64, 20, 24, 40
TICKS = 4


@dataclass(frozen=True, slots=True)
class Mark:
    """A place on the chart with its words."""

    x: float
    y: float
    text: str
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Chart:
    """What the template draws."""

    points: list[Mark]
    path: str
    x_labels: list[Mark]
    y_labels: list[Mark]
    target: Mark | None
    baseline: Mark | None
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT


def number_words(value: Decimal) -> str:
    """A value as people write it: 1.234,5 in Italian, without trailing zeros."""
    normal = value.normalize()
    places = max(0, -int(normal.as_tuple().exponent))
    return number_format(normal, decimal_pos=places, force_grouping=True)


def nice_step(span: float) -> float:
    """A step of 1, 2 or 5 times a power of ten that divides the span in about `TICKS` parts."""
    raw = span / TICKS
    power = 10 ** math.floor(math.log10(raw))
    return next(factor * power for factor in (1, 2, 5, 10) if factor * power >= raw)


def nice_scale(values: Sequence[float]) -> list[float]:
    """Round numbers from below the smallest value to above the largest."""
    low, high = min(values), max(values)
    if low == high:
        low, high = low - abs(low or 1) / 2, high + abs(high or 1) / 2
    step = nice_step(high - low)
    first, last = math.floor(low / step), math.ceil(high / step)
    return [round(number * step, 10) for number in range(first, last + 1)]


def chart(indicator: Indicator) -> Chart | None:
    """The chart of an indicator, or None when nothing has been measured."""
    series = indicator.series
    if not series:
        return None
    baseline = _dated(indicator.baseline, indicator.baseline_year)
    target = _dated(indicator.target, indicator.target_year)
    days = [item.ends_on for item in series] + [pair[0] for pair in (baseline, target) if pair]
    values = [float(item.value) for item in series] + [
        float(value) for value in (indicator.baseline, indicator.target) if value is not None
    ]
    scale = nice_scale(values)
    first, last = min(days).toordinal(), max(days).toordinal()
    span = (last - first) or 1

    def x(day: date) -> float:
        position = (day.toordinal() - first) / span if last > first else 0.5
        return round(LEFT + 16 + position * (WIDTH - LEFT - RIGHT - 32), 1)

    def y(value: float) -> float:
        return round(TOP + (scale[-1] - value) / (scale[-1] - scale[0]) * (HEIGHT - TOP - BOTTOM), 1)

    points = [
        Mark(x(item.ends_on), y(float(item.value)), f"{item.period}: {number_words(item.value)}", item.provisional)
        for item in series
    ]
    line = (
        [Mark(x(baseline[0]), y(baseline[1]), ""), *points] if baseline and baseline[0] < series[0].ends_on else points
    )
    years = sorted({day.year for day in days})
    every = max(1, math.ceil(len(years) / 8))
    return Chart(
        points=points,
        path="M" + " L".join(f"{mark.x} {mark.y}" for mark in line),
        x_labels=[Mark(x(min(max(days), date(year, 12, 31))), HEIGHT - 14, str(year)) for year in years[::every]],
        y_labels=[Mark(LEFT - 8, y(value), number_words(Decimal(str(value)))) for value in scale],
        target=Mark(x(target[0]), y(target[1]), "") if target else None,
        baseline=Mark(x(baseline[0]), y(baseline[1]), "") if baseline else None,
    )


def _dated(value: Decimal | None, year: int | None) -> tuple[date, float] | None:
    return (date(year, 12, 31), float(value)) if value is not None and year is not None else None
