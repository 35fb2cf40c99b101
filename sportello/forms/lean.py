"""Widgets of the public list's filters, drawn without a template for each choice.

They say exactly what Django's own do. The list is the page of the Sportello that is asked for most, and drawing its
fourteen filters by template took a third of its time.
"""

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString


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
