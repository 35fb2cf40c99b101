"""What the desk is asked in the Wagtail admin before something changes."""

from django import forms
from django.utils.translation import gettext_lazy as _


class ConfirmForm(forms.Form):
    """Nothing to write: the button is the answer."""


class ReasonForm(forms.Form):
    """Why: it is read by the people it concerns."""

    reason = forms.CharField(
        label=_("Il motivo"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Lo legge chi riceve la decisione: di' che cosa cambiare."),
        error_messages={"required": _("Scrivi il motivo: chi lo riceve deve poterlo capire.")},
    )


class HistoryReasonForm(ReasonForm):
    """Why, for the history only: nobody is written to."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _("Resta nella storia: lo legge chi lavora allo Sportello.")
        self.fields["reason"].error_messages["required"] = _("Scrivi il motivo: serve a chi lo rilegge.")
