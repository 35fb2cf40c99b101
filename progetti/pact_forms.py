"""The form to join a pact, for the public, and the questions that the redazione answers."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.pages.public_forms import AddressForm
from portal.registry.models import Organisation

from .pact_enums import ROLES_TO_ASK_FOR, SignatoryRole

PERSON, ORGANISATION = "person", "organisation"
ROLES_IN_ONES_OWN_WORDS = {
    SignatoryRole.CARER: _("Prendermene cura"),
    SignatoryRole.SUPPORTER: _("Sostenerlo con mezzi o competenze"),
}


class JoinForm(AddressForm):
    """Somebody asks to sign a pact: who they are, what they commit to, where to write to them."""

    field_order = [
        "party", "organisation_name", "person_name", "consent", "email", "role", "commitments", "resources", "adult",
        "agree",
    ]  # fmt: skip

    party = forms.ChoiceField(
        label=_("Firmi per te o per un'organizzazione?"),
        choices=[(PERSON, _("Per me")), (ORGANISATION, _("Per un'organizzazione"))],
        widget=forms.RadioSelect,
    )
    organisation_name = forms.CharField(
        label=_("Nome dell'organizzazione"),
        max_length=160,
        required=False,
        help_text=_("Solo se firmi per un'organizzazione: un'associazione, un'impresa, una scuola, un ente."),
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    person_name = forms.CharField(
        label=_("Nome e cognome"),
        max_length=120,
        help_text=_("Di chi firma: lo legge solo la redazione, se non chiedi altro qui sotto."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    consent = forms.BooleanField(
        label=_("Potete pubblicare il mio nome"),
        required=False,
        help_text=_("Se non lo segni, la pagina scrive «una persona», o solo il nome dell'organizzazione."),
    )
    role = forms.ChoiceField(
        label=_("Che cosa vuoi fare?"),
        choices=[(role.value, ROLES_IN_ONES_OWN_WORDS[role]) for role in ROLES_TO_ASK_FOR],
        widget=forms.RadioSelect,
    )
    commitments = forms.CharField(
        label=_("A che cosa ti impegni?"),
        max_length=1000,
        help_text=_("In parole tue, una o due frasi: si leggono sulla pagina accanto alla firma."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    resources = forms.CharField(
        label=_("Che cosa puoi mettere a disposizione?"),
        max_length=500,
        required=False,
        help_text=_("Tempo, spazi, strumenti, competenze."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    adult = forms.BooleanField(
        label=_("Ho almeno 18 anni"),
        error_messages={
            "required": _("Per firmare da qui servono 18 anni. Se ne hai meno, scrivi a chi cura il patto.")
        },
    )
    agree = forms.BooleanField(
        label=_("Ho letto il testo in vigore e lo sottoscrivo"),
        error_messages={"required": _("Leggi il testo del patto e segna che lo sottoscrivi.")},
    )

    def clean(self):
        super().clean()
        cleaned = self.cleaned_data
        if cleaned.get("party") == ORGANISATION and not cleaned.get("organisation_name"):
            self.add_error("organisation_name", _("Scrivi il nome dell'organizzazione per cui firmi."))
        if cleaned.get("party") == PERSON:
            cleaned["organisation_name"] = ""
        return cleaned

    def values(self) -> dict:
        """What `actions.pact_requests.ask_to_join` wants."""
        names = ("organisation_name", "person_name", "consent", "role", "commitments", "resources", "email")
        return {name: self.cleaned_data[name] for name in names}


class AcceptForm(forms.Form):
    """What the redazione may settle when it verifies a request."""

    role = forms.ChoiceField(label=_("Che cosa fa nel patto"), choices=SignatoryRole.choices)
    organisation = forms.ModelChoiceField(
        label=_("Organizzazione del registro"),
        queryset=Organisation.objects.order_by("name", "pk"),
        required=False,
        help_text=_("Se c'è, sceglila: la firma avrà il nome e il link del registro."),
    )


class ConfirmForm(forms.Form):
    """Nothing to write: the button is the answer."""


class ReasonForm(forms.Form):
    """Why: the person it concerns reads it."""

    reason = forms.CharField(
        label=_("Il motivo"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Lo legge chi ha scritto: di' che cosa cambiare, se si può."),
        error_messages={"required": _("Scrivi il motivo: chi lo riceve deve poterlo capire.")},
    )


class WithdrawForm(forms.Form):
    """Why a signature is taken back; who does it for themselves may say nothing."""

    reason = forms.CharField(
        label=_("Il motivo"),
        max_length=255,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Se vuoi: lo leggono solo la redazione e chi aveva firmato."),
    )
