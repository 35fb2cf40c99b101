"""The filters of the desk's inbox."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..desk.inbox import ON_CHOICES, Filters
from ..desk.kinds import WaitingKind


class InboxFilterForm(forms.Form):
    """What to see of what waits. Everything is in the address, so that it can be kept and sent to a colleague."""

    tipo = forms.ChoiceField(
        label=_("Che cosa"), required=False, choices=[("", pgettext_lazy("waiting", "Tutto")), *WaitingKind.choices]
    )
    chi = forms.ChoiceField(
        label=_("Chi deve muoversi"), required=False, choices=[("", pgettext_lazy("people", "Tutti")), *ON_CHOICES]
    )
    giorni = forms.IntegerField(
        label=_("Da almeno (giorni)"),
        required=False,
        min_value=0,
        max_value=3650,
        error_messages={"invalid": _("Scrivi un numero di giorni."), "min_value": _("Scrivi un numero da 0 in su.")},
    )
    di = forms.ChoiceField(
        label=_("Chi se ne occupa"),
        required=False,
        choices=[
            ("", pgettext_lazy("people", "Tutti")),
            ("mine", _("Io")),
            ("free", _("Ancora nessuno")),
        ],
    )
    q = forms.CharField(label=_("Parole"), required=False, max_length=100)
    rimandate = forms.BooleanField(label=_("Solo le rimandate"), required=False)

    def filters(self, user) -> Filters:
        """What to read; a field with a mistake does not narrow anything."""
        self.is_valid()
        values = self.cleaned_data
        return Filters(
            kind=values.get("tipo") or "",
            on=values.get("chi") or "",
            days=values.get("giorni") or 0,
            words=(values.get("q") or "").strip(),
            whose=values.get("di") or "",
            put_off=bool(values.get("rimandate")),
            user=user,
        )
