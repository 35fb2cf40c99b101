"""Rules of the editing form of a call that a draft may still break."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from .states import rome_day, whole_day


class CallPageForm(WagtailAdminPageForm):
    """The editing form of a call: what is published must say until when it lasts, in an order that can be."""

    def clean(self):
        cleaned = super().clean()
        if self.is_deferred_validation:
            return cleaned
        asked = "deadline" in self.fields and "deadline" not in self.errors
        if asked and not cleaned.get("deadline") and not cleaned.get("until_funds_run_out"):
            self.add_error("deadline", _("Indica la scadenza, oppure segna che dura fino a esaurimento dei fondi."))
        self._check_acts(cleaned)
        return cleaned

    def _check_acts(self, cleaned) -> None:
        """An act may move the deadline: what must come before or after it is judged by the latest one."""
        opening, end = cleaned.get("opening"), cleaned.get("end_of_procedure")
        deadlines = [whole_day(cleaned["deadline"])] if cleaned.get("deadline") else []
        formset = self.formsets.get("acts")
        rows = formset.forms if formset is not None and formset.is_valid() else []
        for row in rows:
            values = row.cleaned_data
            moment = values.get("new_deadline")
            if not moment or values.get("DELETE"):
                continue
            deadlines.append(moment)
            if opening and moment <= opening:
                row.add_error("new_deadline", _("La nuova scadenza viene dopo l'apertura."))
            elif end and rome_day(moment) > end:
                row.add_error(
                    "new_deadline", _("La procedura finirebbe prima: correggi anche la fine della procedura.")
                )
        questions = cleaned.get("questions_deadline")
        if questions and deadlines and questions > max(deadlines) and rome_day(questions) > rome_day(max(deadlines)):
            self.add_error("questions_deadline", _("Le domande finiscono entro la scadenza."))
