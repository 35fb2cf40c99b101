"""Signing the pact for a host."""

from django import forms
from django.utils.translation import gettext_lazy as _


class SignPactForm(forms.Form):
    """A name and two statements; the hash says which text was on the page."""

    signer_name = forms.CharField(
        label=_("Il tuo nome e cognome"),
        max_length=160,
        help_text=_("Vale come firma."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
        error_messages={"required": _("Scrivi il tuo nome e cognome: è la tua firma.")},
    )
    read = forms.BooleanField(
        label=_("Ho letto il patto e ne accetto gli impegni"),
        error_messages={"required": _("Per firmare, dichiara di averlo letto.")},
    )
    authorised = forms.BooleanField(
        label=_("Posso firmare a nome di questa realtà"),
        error_messages={"required": _("Firma chi può impegnare la realtà: se non sei tu, invita la persona giusta.")},
    )
    sha256 = forms.CharField(widget=forms.HiddenInput)
