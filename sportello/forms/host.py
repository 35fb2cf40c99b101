"""What a host fills in: its registration, its answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.registry.enums import OrganisationKind

from ..validators import clean_fiscal_code
from .fields import MunicipalityForm, municipality_field

HOST_KINDS = [
    OrganisationKind.BUSINESS,
    OrganisationKind.COOPERATIVE,
    OrganisationKind.ASSOCIATION,
    OrganisationKind.FOUNDATION,
    OrganisationKind.PUBLIC_BODY,
    OrganisationKind.OTHER,
]


class RegistrationForm(MunicipalityForm):
    """An organisation that wants to offer experiences."""

    name = forms.CharField(
        label=_("Nome della tua realtà"),
        max_length=160,
        help_text=_("Come la conoscono tutti: sarà il nome che si legge sulle offerte."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    kind = forms.ChoiceField(
        label=_("Che cos'è?"), choices=[(kind.value, kind.label) for kind in HOST_KINDS], widget=forms.RadioSelect
    )
    fiscal_code = forms.CharField(
        label=_("Partita IVA o codice fiscale"),
        max_length=24,
        help_text=_("Serve allo Sportello per verificarti: non appare sul portale."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    municipality_name = municipality_field(_("Comune in cui lavori"))
    description = forms.CharField(
        label=_("Che cosa fate, in una frase"),
        max_length=255,
        required=False,
        help_text=_("Per esempio: mobili su misura e restauro."),
    )
    url = forms.URLField(label=_("Sito web"), required=False, assume_scheme="https")
    contact_name = forms.CharField(
        label=_("Chi possiamo cercare?"),
        max_length=120,
        help_text=_("Nome e ruolo della persona di riferimento."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label=_("Telefono"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    permanent_staff = forms.IntegerField(
        label=_("Quanti dipendenti a tempo indeterminato avete?"),
        min_value=0,
        max_value=100_000,
        required=False,
        help_text=_("Per legge, da qui dipende quanti tirocini si possono ospitare."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.prepare_municipality(None)

    def clean_fiscal_code(self):
        return clean_fiscal_code(self.cleaned_data["fiscal_code"])

    def values(self) -> dict:
        """What `actions.hosts.register_host` wants."""
        hidden = ("municipality_name", "municipality_code")
        return {name: value for name, value in self.cleaned_data.items() if name not in hidden}
