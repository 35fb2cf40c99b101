"""What the desk writes when it proposes a match or changes the weights."""

from dataclasses import fields
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sportello.matching import HostWeights, Weights, YouthWeights

_LABELS = {
    "interest": _("Interessi e settore"),
    "skills": _("Competenze e studi"),
    "travel": _("Distanza"),
    "schedule": _("Orari"),
    "goals": _("Che cosa vuole imparare"),
    "reliability": _("Come risponde chi ospita"),
    "availability": _("Disponibilità"),
    "motivation": _("Motivazione"),
}
SIDES = (("youth", _("Per chi cerca"), YouthWeights), ("host", _("Per chi ospita"), HostWeights))
TOTAL = 100


class ProposeForm(forms.Form):
    """A word for who receives the proposal."""

    message = forms.CharField(
        label=_("Due parole per chi la riceve (facoltative)"),
        required=False,
        max_length=600,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Perché hai pensato proprio a questa persona. Le legge nell'e-mail e nella sua area."),
    )


class WeightsForm(forms.Form):
    """Both tables of weights: each adds up to a hundred. The reason is asked for when they are adopted, not to try."""

    def __init__(self, *args, current: Weights, trying: bool = False, **kwargs):
        super().__init__(*args, **kwargs)
        for side, _title, kind in SIDES:
            for item in fields(kind):
                self.fields[f"{side}_{item.name}"] = forms.IntegerField(
                    label=_LABELS[item.name],
                    min_value=0,
                    max_value=TOTAL,
                    initial=getattr(getattr(current, side), item.name),
                    widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
                )
        self.fields["note"] = forms.CharField(
            label=_("Perché"),
            max_length=255,
            help_text=_("Resta scritto nella storia dei pesi."),
            required=not trying,
        )

    def sides(self):
        """Yield the title and the fields of each side."""
        for side, title, kind in SIDES:
            yield title, [self[f"{side}_{item.name}"] for item in fields(kind)]

    def table(self, side: str) -> dict[str, int]:
        """Return the weights of one side as they were written."""
        kind = YouthWeights if side == "youth" else HostWeights
        return {item.name: self.cleaned_data[f"{side}_{item.name}"] for item in fields(kind)}

    def weights(self) -> Weights:
        """Return what was written, for the preview."""
        return Weights(
            version="preview", youth=YouthWeights(**self.table("youth")), host=HostWeights(**self.table("host"))
        )

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        for side, title, kind in SIDES:
            values: list[Any] = [cleaned.get(f"{side}_{item.name}") for item in fields(kind)]
            if None not in values and sum(values) != TOTAL:
                self.add_error(
                    f"{side}_{fields(kind)[0].name}",
                    _("%(side)s: i pesi sommano a %(sum)s, devono sommare a 100.")
                    % {"side": title, "sum": sum(values)},
                )
        return cleaned
