"""Indicators as pages show them."""

from dataclasses import dataclass

from django.utils.translation import gettext

from .models import Indicator
from .plan_chart import Chart, chart, number_words
from .plan_enums import IndicatorState

STATE_BADGES = {
    IndicatorState.NO_DATA: ("", "it-help-circle"),
    IndicatorState.WORSE: ("danger", "it-warning-circle"),
    IndicatorState.LIMITED: ("warning", "it-minus-circle"),
    IndicatorState.MODERATE: ("info", "it-arrow-right"),
    IndicatorState.SUBSTANTIAL: ("info", "it-arrow-up"),
    IndicatorState.REACHED: ("success", "it-check-circle"),
}


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """One indicator as pages show it; the chart only where it is drawn."""

    indicator: Indicator
    chart: Chart | None = None

    @classmethod
    def with_chart(cls, indicator: Indicator) -> "IndicatorView":
        """The indicator with its chart."""
        return cls(indicator, chart(indicator))

    @property
    def badge(self) -> dict[str, str]:
        """The state: word, tone, icon."""
        state = self.indicator.state
        tone, icon = STATE_BADGES[state]
        return {"label": str(state.label), "tone": tone, "icon": icon}

    @property
    def latest_words(self) -> str:
        """The last value, or nothing."""
        latest = self.indicator.latest
        return number_words(latest.value) if latest else ""

    @property
    def baseline_words(self) -> str:
        """The value at the start, or nothing."""
        return "" if self.indicator.baseline is None else number_words(self.indicator.baseline)

    @property
    def target_words(self) -> str:
        """The value to reach, or nothing."""
        return "" if self.indicator.target is None else number_words(self.indicator.target)

    @property
    def baseline_year(self) -> str:
        """The year of the value at the start: a year has no thousands separator."""
        return str(self.indicator.baseline_year or "–")

    @property
    def target_year(self) -> str:
        """The year of the value to reach."""
        return str(self.indicator.target_year or "–")

    @property
    def rows(self) -> list[tuple[str, str, bool, str]]:
        """Period, value in words, whether it is provisional, note."""
        return [(item.period, number_words(item.value), item.provisional, item.note) for item in self.indicator.series]

    @property
    def chart_id(self) -> str:
        """A word that is unique in the page."""
        return f"c{self.indicator.pk}"

    @property
    def chart_title(self) -> str:
        """The name of the chart and of its table."""
        place = f", {self.indicator.territory.name}" if self.indicator.territory else ""
        return f"{self.indicator.label}{place}"

    @property
    def chart_text(self) -> str:
        """What the chart shows, in a sentence."""
        series = self.indicator.series
        words = gettext("Da %(first)s nel periodo %(start)s a %(last)s nel periodo %(end)s, in %(unit)s.")
        return words % {
            "first": number_words(series[0].value),
            "start": series[0].period,
            "last": number_words(series[-1].value),
            "end": series[-1].period,
            "unit": self.indicator.unit_label,
        }
