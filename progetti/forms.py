"""Rules of the editing forms that concern several rows at once."""

from collections.abc import Callable, Hashable

from django.apps import apps
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


def say_repetitions(formset, message) -> None:
    """Let Django's own check of repeated rows speak: it would name the columns of the database."""
    formset.get_form_error = lambda: message
    formset.get_unique_error_message = lambda unique_check: message


class UniqueRowsForm(WagtailAdminPageForm):
    """An editing form with rows that must differ from each other; abstract.

    A subclass gives the formset (`rows`), the field that errors stand beside (`field`), what makes two rows the same
    (`columns`) and the sentence that says so (`repeated`).
    """

    rows = ""
    field = ""
    columns: tuple[str, ...] = ()
    repeated: object = ""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if self.rows in self.formsets:
            say_repetitions(self.formsets[self.rows], self.repeated)

    def clean(self):
        cleaned = super().clean()
        if self.rows in self.formsets:
            refuse_repeated_rows(self.formsets[self.rows], self.field, self._key, self.repeated)
        return cleaned

    def _key(self, row: dict) -> tuple | None:
        values = tuple(row.get(name) for name in self.columns)
        return values if all(values) else None


class ProjectPageForm(UniqueRowsForm):
    """The editing form of a project: an organisation has each role once."""

    rows, field, columns = "partners", "role", ("organisation", "role")
    repeated = _("Questa organizzazione ha già questo ruolo nel progetto.")


class PlanPageForm(UniqueRowsForm):
    """The editing form of a plan: each axis has its own code."""

    rows, field, columns = "axes", "code", ("code",)
    repeated = _("Un altro asse del piano ha già questo codice.")

    def clean(self):
        cleaned = super().clean()
        if self.rows in self.formsets and self.instance.pk:
            self._keep_axes_in_use()
        return cleaned

    def _keep_axes_in_use(self) -> None:
        """Refuse to drop an axis that has objectives, or to give it another code: theirs begin with it."""
        kept = {
            form.instance.pk: form.cleaned_data.get("code")
            for form in self.formsets[self.rows].forms
            if form.instance.pk and getattr(form, "cleaned_data", None) and not form.cleaned_data.get("DELETE")
        }
        axes = apps.get_model("progetti.Axis").objects.filter(plan_id=self.instance.pk, objectives__isnull=False)
        for axis in axes.distinct():
            if kept.get(axis.pk) != axis.code:
                message = _("L'asse %(code)s ha obiettivi: prima di toglierlo o di cambiargli codice, spostali.")
                self.add_error(None, message % {"code": axis.code})
