"""How forms are drawn on the public and reserved pages: one column, label above, help below it, errors at the field.

`FORM_RENDERER = "portal.formrendering.FormRenderer"` makes `{{ form }}` and `{{ field.as_field_group }}` use
`templates/components/forms/`. Wagtail's editor draws its fields with templates of its own and never asks for
`control`, so the classes stay out of it.
"""

from django.forms import BoundField, widgets
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeString


class PortalBoundField(BoundField):
    """A field of a form, with what the template needs to lay it out."""

    @property
    def kind(self) -> str:
        """Which layout the widget wants: text, textarea, select, choices, checkbox, file or multiple."""
        widget = self.field.widget
        if isinstance(widget, (widgets.RadioSelect, widgets.CheckboxSelectMultiple)):
            return "choices"
        if isinstance(widget, widgets.CheckboxInput):
            return "checkbox"
        if isinstance(widget, widgets.Select):
            return "select"
        if isinstance(widget, (widgets.MultiWidget, widgets.SelectDateWidget)):
            return "multiple"
        if isinstance(widget, widgets.Textarea):
            return "textarea"
        return "file" if isinstance(widget, widgets.FileInput) else "text"

    @property
    def control(self) -> SafeString:
        """The widget as HTML, with Bootstrap Italia's classes added to its own."""
        own = {"choices": "", "checkbox": "form-check-input", "select": "form-select"}.get(self.kind, "form-control")
        classes = f"{self.field.widget.attrs.get('class', '')} {own}".strip()
        attrs: dict[str, str | bool] = {"class": classes} if classes else {}
        if self.kind == "textarea" and self.field.widget.attrs.get("rows") == "10":
            # Django's default is a wall: who wants that many lines says so in the form.
            attrs["rows"] = "5"
        if self.kind == "multiple":
            # The legend names the group; its parts have no label of their own.
            attrs["aria-label"] = str(self.label)
        return self.as_widget(attrs=attrs)

    @property
    def focus_id(self) -> str:
        """Id of the first control that can take the focus: for a group of choices, its first choice."""
        return self.id_for_label or f"{self.auto_id}_0"

    @property
    def show_optional(self) -> bool:
        """Whether the label says that the field may stay empty; a lone checkbox always may, so it does not."""
        return not self.field.required and self.kind != "checkbox" and not self.field.disabled and not self.needed_for

    @property
    def needed_for(self) -> str:
        """What a field that may stay empty today is needed for later, if its form says so; the label shows it."""
        return str(getattr(self.field, "needed_for", ""))


class FormRenderer(TemplatesSetting):
    """Django's form renderer with the portal's templates and bound field."""

    form_template_name = "components/forms/form.html"
    field_template_name = "components/forms/field.html"
    bound_field_class = PortalBoundField
