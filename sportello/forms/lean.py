"""Widgets of the public list's filters, drawn without a template for each choice.

They say exactly what Django's own do. The list is the page of the Sportello that is asked for most, and drawing its
fourteen filters by template took a third of its time.
"""

from collections.abc import Iterable
from typing import cast

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from portal.formrendering import PortalBoundField

MOST_KEPT = 2_000
"""Drawn fields kept in each process; a busy day has some hundreds."""


class LeanSelect(forms.Select):
    """A select whose options are drawn at once; no groups of options."""

    def render(self, name, value, attrs=None, renderer=None) -> SafeString:
        attributes = self.build_attrs(self.attrs, {**(attrs or {}), "name": name})
        chosen = {str(item) for item in self.format_value(value)}
        options = format_html_join(
            "",
            '<option value="{}"{}>{}</option>',
            (
                (key, SafeString(" selected") if str(key) in chosen else "", label)
                for key, label in ((choice if choice is not None else "", text) for choice, text in self.choices)
            ),
        )
        return format_html("<select{}>{}</select>", flatatt(attributes), options)


class LeanCheckboxes(forms.CheckboxSelectMultiple):
    """Checkboxes drawn at once; no groups."""

    def render(self, name, value, attrs=None, renderer=None) -> SafeString:
        attributes = self.build_attrs(self.attrs, attrs or {})
        base = attributes.pop("id", name)
        chosen = {str(item) for item in self.format_value(value)}
        boxes = format_html_join(
            "",
            '<div><label for="{0}_{1}"><input type="checkbox" name="{2}" value="{3}" id="{0}_{1}"{4}>'
            " {5}</label></div>",
            (
                (base, place, name, key, SafeString(" checked") if str(key) in chosen else "", label)
                for place, (key, label) in enumerate(self.choices)
            ),
        )
        return format_html('<div id="{}"{}>{}</div>', base, flatatt(attributes), boxes)


_drawn: dict[tuple, SafeString] = {}


class KeptBoundField(PortalBoundField):
    """A filter that is drawn once for each thing it can say, and kept by all that it says.

    What a reader typed is never kept, nor is a value that was not understood: only the empty field and the choices
    that the page itself offers, which every reader may be shown.
    """

    def as_field_group(self) -> SafeString:
        """As ever, drawn now or before."""
        key = self._what_it_says()
        if key is None:
            return super().as_field_group()
        html = _drawn.get(key)
        if html is None:
            if len(_drawn) >= MOST_KEPT:
                _drawn.clear()
            html = _drawn[key] = super().as_field_group()
        return html

    def _what_it_says(self) -> tuple | None:
        value = self.value()
        if self.errors:
            return None
        choices: tuple = ()
        if isinstance(self.field, forms.ChoiceField):
            choices = tuple((str(key), str(label)) for key, label in cast(Iterable[tuple], self.field.choices))
        elif value:
            return None
        chosen = tuple(value) if isinstance(value, (list, tuple)) else value
        return get_language(), self.html_name, str(self.label), chosen, choices


class LeanFiltersForm(forms.Form):
    """The form of a filter set whose fields are kept as they were drawn."""

    bound_field_class = KeptBoundField
