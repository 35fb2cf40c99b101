"""What a reader writes who finds something wrong with an offer."""

from django import forms
from django.utils.translation import gettext_lazy as _

from ..enums import ReportReason


class ReportForm(forms.Form):
    """What is wrong; the words are needed only when no reason of the list fits."""

    reason = forms.ChoiceField(
        label=_("Che cosa non va?"),
        choices=ReportReason,
        widget=forms.RadioSelect,
        error_messages={"required": _("Scegli che cosa non va.")},
    )
    text = forms.CharField(
        label=_("Vuoi dirci di più?"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Lo legge solo lo Sportello. Non scrivere dati personali tuoi o di altri."),
    )

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("reason") == ReportReason.OTHER and not (cleaned.get("text") or "").strip():
            self.add_error("text", _("Racconta in due righe che cosa non va."))
        return cleaned
