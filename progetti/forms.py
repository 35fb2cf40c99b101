"""Rules of the editing forms that concern several rows at once."""

from collections.abc import Callable, Hashable

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm


def refuse_repeated_rows(formset, field: str, key: Callable[[dict], Hashable | None], message) -> None:
    """Put an error beside `field` of each row whose key an earlier row, or a saved row of the page, already has.

    The database has the same rule. Rows are saved one by one, so two rows that swap their keys would meet for a moment:
    a key that a saved row still has is refused too, even if that row is changing in the same form.
    """
    saved = {}
    for form in formset.initial_forms:
        if form.instance.pk:
            saved[key({name: form.initial.get(name) for name in form.fields})] = form.instance.pk
    seen = set()
    for form in formset.forms:
        if not getattr(form, "cleaned_data", None) or form.cleaned_data.get("DELETE"):
            continue
        value = key({name: getattr(item, "pk", item) for name, item in form.cleaned_data.items()})
        if value is None:
            continue
        if value in seen or saved.get(value, form.instance.pk) != form.instance.pk:
            form.add_error(field, message)
        seen.add(value)


class ProjectPageForm(WagtailAdminPageForm):
    """The editing form of a project."""

    def clean(self):
        cleaned = super().clean()
        if "partners" in self.formsets:
            refuse_repeated_rows(
                self.formsets["partners"],
                "role",
                lambda row: (row["organisation"], row["role"]) if row.get("organisation") and row.get("role") else None,
                _("Questa organizzazione ha già questo ruolo nel progetto."),
            )
        return cleaned


class PlanPageForm(WagtailAdminPageForm):
    """The editing form of a plan."""

    def clean(self):
        cleaned = super().clean()
        if "axes" in self.formsets:
            refuse_repeated_rows(
                self.formsets["axes"],
                "code",
                lambda row: row.get("code") or None,
                _("Un altro asse del piano ha già questo codice."),
            )
        return cleaned
