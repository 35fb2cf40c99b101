"""Fields of our own: the week as a table, the municipality by name."""

import re

from django import forms
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.registry.models import Municipality
from sportello.matching import BANDS

from .. import week

ACCENTED = {"a": "à", "e": "èé", "i": "ì", "o": "ò", "u": "ù"}
MAX_SUGGESTIONS = 8


class WeekTable(forms.CheckboxSelectMultiple):
    """Seven days by three parts of the day, as a table of checkboxes: keyboard, phone and screen reader alike."""

    template_name = "pages/sportello/widgets/week.html"

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        chosen = {str(item) for item in (value or [])}
        context["bands"] = [week.BAND_LABELS[band] for band in BANDS]
        context["days"] = [
            {
                "label": day_label,
                "cells": [
                    {
                        "value": week.bit(day, band),
                        "id": f"{attrs.get('id', name)}_{week.bit(day, band)}",
                        "label": f"{day_label} {week.BAND_LABELS[band]}",
                        "checked": str(week.bit(day, band)) in chosen,
                    }
                    for band in BANDS
                ],
            }
            for day, day_label in enumerate(week.WEEKDAYS)
        ]
        return context


class WeekField(forms.TypedMultipleChoiceField):
    """A week kept in one integer; see `sportello.week`."""

    widget = WeekTable

    def __init__(self, **kwargs):
        choices = [(str(place), str(place)) for place in range(21)]
        super().__init__(choices=choices, coerce=int, empty_value=[], **kwargs)

    def prepare_value(self, value):
        if isinstance(value, int):
            return [str(place) for place in range(21) if value >> place & 1]
        return value

    def clean(self, value):
        return sum(1 << place for place in super().clean(value))


def municipalities_named(words: str) -> list[Municipality]:
    """The municipalities that somebody may mean: those with exactly this name, otherwise the likely ones.

    «Chieri», «chieri (TO)», «Forli» and «Forli'» are all understood. One query as a rule, three at most.
    """
    found = re.fullmatch(r"\s*(?P<name>.*?)\s*(?:\((?P<province>[A-Za-z]{2})\))?\s*", words)
    name = (found["name"] if found else words).strip("'’ ")
    if not name:
        return []
    rows = Municipality.objects.all()
    if found and found["province"]:
        rows = rows.filter(province_code__iexact=found["province"])
    spellings = Q(name__iexact=name)
    for accented in ACCENTED.get(name[-1].lower(), ""):
        spellings |= Q(name__iexact=name[:-1] + accented)
    exact = list(rows.filter(spellings).order_by("-population", "pk")[:MAX_SUGGESTIONS])
    return exact or list(rows.search(name)[:MAX_SUGGESTIONS])


class MunicipalityForm(forms.Form):
    """A form with a municipality written by hand: a name that may mean several asks «Intendevi…?».

    It works without JavaScript. The form has a text field called `municipality_name`; the question is a field called
    `municipality_code` that only exists when it is needed. `cleaned_data["municipality"]` is the municipality.
    """

    name_field = "municipality_name"
    code_field = "municipality_code"
    result_key = "municipality"

    def prepare_municipality(self, current: Municipality | None) -> None:
        """Fill in the name in use, and ask which one is meant if what was written is not clear."""
        self.candidates: list[Municipality] = []
        if current is not None:
            self.initial.setdefault(self.name_field, str(current))
        if not self.is_bound:
            return
        words = str(self.data.get(self.add_prefix(self.name_field), ""))
        self.candidates = municipalities_named(words)
        same_name = len(self.candidates) == 1 and self._is_named(self.candidates[0], words)
        if not self.candidates or same_name:
            return
        fields = {}
        for name, field in self.fields.items():
            fields[name] = field
            if name == self.name_field:
                fields[self.code_field] = forms.ChoiceField(
                    label=_("Intendevi…?"),
                    choices=[(row.istat_code, _label(row)) for row in self.candidates],
                    widget=forms.RadioSelect,
                    error_messages={"required": _("Scegli il comune giusto, oppure scrivi meglio il nome qui sopra.")},
                )
        self.fields = fields

    @staticmethod
    def _is_named(row: Municipality, words: str) -> bool:
        plain = words.split("(")[0].strip().strip("'’ ").lower()
        return row.name.lower() == plain or row.name.lower()[:-1] == plain[:-1]

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        words = cleaned.get(self.name_field)
        if not words:
            return cleaned
        if not self.candidates:
            self.add_error(
                self.name_field,
                _("Non troviamo questo comune: scrivi il nome come sulla carta d'identità, per esempio «Chieri»."),
            )
        elif self.code_field in self.fields:
            code = cleaned.get(self.code_field)
            cleaned[self.result_key] = next((row for row in self.candidates if row.istat_code == code), None)
        else:
            cleaned[self.result_key] = self.candidates[0]
        return cleaned


def _label(row: Municipality) -> str:
    return f"{row.name} ({row.province})"


class MunicipalityInput(forms.TextInput):
    """A text field that `static/js/typeahead.js` helps with; see there for what it is without."""

    def build_attrs(self, base_attrs, extra_attrs=None):
        attrs = super().build_attrs(base_attrs, extra_attrs)
        return attrs | {
            "data-typeahead": reverse("sportello:municipality_names"),
            "data-typeahead-label": _("Comuni"),
            # The script puts the number in the place of %n.
            "data-typeahead-found": _("Comuni trovati: %n. Scegli con le frecce."),
            "data-typeahead-none": _("Nessun comune con questo nome."),
        }


def municipality_field(label, help_text="") -> forms.CharField:
    """The text field that `MunicipalityForm` reads."""
    return forms.CharField(
        label=label,
        max_length=120,
        help_text=help_text or _("Scrivi il nome: per esempio «Chieri» oppure «Samone (TO)»."),
        widget=MunicipalityInput(attrs={"autocomplete": "address-level2"}),
    )


class DateInput(forms.DateInput):
    """The browser's own date field."""

    input_type = "date"

    def __init__(self, **attrs):
        super().__init__(attrs=attrs, format="%Y-%m-%d")
