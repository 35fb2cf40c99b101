"""The forms of «Chi ci sta?»: to join, to write to somebody who is in, and what the redazione decides."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.pages.public_forms import AddressForm
from portal.registry.models import Organisation


class InterestForm(AddressForm):
    """An organisation says who it is, what it brings and whom it looks for: what `actions.say_interest` wants."""

    field_order = ["organisation_name", "brings", "seeks", "may_be_shown", "contact_name", "email"]

    organisation_name = forms.CharField(
        label=_("Nome dell'organizzazione"),
        max_length=160,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    brings = forms.CharField(
        label=_("Che cosa portate?"),
        max_length=600,
        help_text=_("Competenze, spazi, persone, cofinanziamento: in una o due frasi."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    seeks = forms.CharField(
        label=_("Chi o che cosa cercate?"),
        max_length=600,
        required=False,
        help_text=_("Per esempio: un Comune capofila, chi sa fare formazione."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    may_be_shown = forms.BooleanField(
        label=_("Potete mostrare la nostra organizzazione nella pagina del bando"),
        required=False,
        initial=True,
        help_text=_("Si leggono il nome dell'organizzazione, che cosa porta e che cosa cerca. Mai il tuo nome."),
    )
    contact_name = forms.CharField(
        label=_("Il tuo nome e cognome"),
        max_length=120,
        help_text=_("Lo leggono la redazione e le organizzazioni a cui scrivi da qui, nessun altro."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )


class MessageForm(forms.Form):
    """What one organisation writes to another."""

    text = forms.CharField(
        label=_("Il tuo messaggio"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Con il messaggio arrivano il tuo nome, la tua organizzazione e la tua e-mail, per la risposta."),
        error_messages={"required": _("Scrivi qualcosa prima di inviare.")},
    )


class AcceptForm(forms.Form):
    """What the redazione may settle when it lets an organisation in."""

    organisation = forms.ModelChoiceField(
        label=_("Organizzazione del registro"),
        queryset=Organisation.objects.order_by("name", "pk"),
        required=False,
        help_text=_("Se c'è già nel portale, sceglila: nella pagina avrà il nome e il link del registro."),
    )


class RefuseForm(forms.Form):
    """Why an organisation is not let in: it reads it."""

    reason = forms.CharField(
        label=_("Il motivo"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("Lo legge chi ha scritto: di' che cosa cambiare, se si può."),
        error_messages={"required": _("Scrivi il motivo: chi lo riceve deve poterlo capire.")},
    )
