"""What a host fills in: its registration, its answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.registry.enums import OrganisationKind

from ..models import Offer
from ..validators import clean_fiscal_code
from .fields import DateInput, MunicipalityForm, municipality_field

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


class ReasonForm(forms.Form):
    """Why not: it is read by the person it concerns."""

    reason = forms.CharField(
        label=_("Il motivo"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Lo legge chi si è candidato: due righe gentili e sincere aiutano a riprovare."),
        error_messages={"required": _("Scrivi il motivo: chi lo riceve deve poterlo capire.")},
    )


class SeatForm(forms.Form):
    """From when to when the seat is offered."""

    start_date = forms.DateField(label=_("Dal"), widget=DateInput())
    end_date = forms.DateField(label=_("Al"), widget=DateInput())

    def __init__(self, *args, offer: Offer, **kwargs):
        super().__init__(*args, **kwargs)
        self.offer = offer

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        start, end = cleaned.get("start_date"), cleaned.get("end_date")
        if start and start < self.offer.start_date:
            self.add_error("start_date", _("Il periodo dell'offerta comincia più tardi."))
        if end and end > self.offer.end_date:
            self.add_error("end_date", _("Il periodo dell'offerta finisce prima."))
        if start and end and end < start:
            self.add_error("end_date", _("La fine viene prima dell'inizio: controlla le due date."))
        return cleaned
