"""The period of the figures."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..desk.figures import Period

_ERRORS = {"invalid": _("Scrivi anno e mese, per esempio 2027-03.")}


class MonthField(forms.DateField):
    """A month, as its first day."""

    widget = forms.DateInput(attrs={"type": "month", "placeholder": "2027-03"}, format="%Y-%m")

    def __init__(self, **kwargs) -> None:
        super().__init__(input_formats=["%Y-%m"], required=False, error_messages=_ERRORS, **kwargs)

    def clean(self, value):
        """A month of our time: nobody means the year 1, and the last day of 9999 has none after it."""
        month = super().clean(value)
        if month and not 2000 <= month.year <= 2100:
            raise forms.ValidationError(_ERRORS["invalid"])
        return month


class PeriodForm(forms.Form):
    """From one month to another; without them, the last twelve."""

    dal = MonthField(label=_("Dal mese"))
    al = MonthField(label=_("Al mese"))

    def clean(self):
        """In order."""
        values = super().clean() or self.cleaned_data
        first, last = values.get("dal"), values.get("al")
        if first and last and first > last:
            self.add_error("al", _("Il mese finale viene prima di quello iniziale."))
        return values

    @classmethod
    def usual(cls) -> dict[str, str]:
        """The last twelve months, as somebody would write them."""
        period = Period.last_year(timezone.localdate())
        return {"dal": f"{period.first:%Y-%m}", "al": f"{period.last:%Y-%m}"}

    def period(self) -> Period:
        """What was asked for; what makes no sense gives the last twelve months."""
        usual = Period.last_year(timezone.localdate())
        if not self.is_valid():
            return usual
        first, last = self.cleaned_data.get("dal"), self.cleaned_data.get("al")
        if first and not last:
            return Period.of_months(first, max(first, usual.last))
        if last and not first:
            return Period.of_months(min(last, usual.first), last)
        return Period.of_months(first, last) if first and last else usual
