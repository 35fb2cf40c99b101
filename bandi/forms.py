"""Rules of the editing form of a call that a draft may still break."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm


class CallPageForm(WagtailAdminPageForm):
    """The editing form of a call: what is published must say until when it lasts."""

    def clean(self):
        cleaned = super().clean()
        if self.is_deferred_validation or "deadline" in self.errors or "deadline" not in self.fields:
            return cleaned
        if not cleaned.get("deadline") and not cleaned.get("until_funds_run_out"):
            self.add_error("deadline", _("Indica la scadenza, oppure segna che dura fino a esaurimento dei fondi."))
        return cleaned
