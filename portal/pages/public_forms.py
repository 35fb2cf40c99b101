"""What the forms have in common that anybody may send: an address to confirm, and a trap for programs."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AddressForm(forms.Form):
    """Somebody without an account leaves an e-mail address, to which a link is sent; abstract.

    Subclasses set `field_order`, and their pages draw `website` where nobody sees it.
    """

    email = forms.EmailField(
        label=_("La tua e-mail"),
        max_length=254,
        help_text=_("Ti scriviamo subito un link per confermare. Non la pubblichiamo."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    # A field that people do not see and programs fill in. Its name must look worth filling.
    website = forms.CharField(
        label=_("Lascia vuoto questo campo"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )

    @property
    def is_trap_sprung(self) -> bool:
        """Whether the field that nobody sees was filled in: a program did it."""
        return bool(self.data.get("website"))

    def values(self) -> dict:
        """What was written, without the trap: what actions take."""
        return {name: value for name, value in self.cleaned_data.items() if name != "website"}
