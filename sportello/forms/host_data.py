"""What a host says of itself after it has registered."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from ..enums import HostState
from ..logos import redraw_logo
from ..models import Host, Sector
from ..validators import clean_fiscal_code
from .fields import DateInput


class HostDataForm(forms.Form):
    """The host's data, section by section. Another fiscal code asks once more before it is taken."""

    description = forms.CharField(
        label=_("Che cosa fate, in una frase"),
        max_length=255,
        required=False,
        help_text=_("Per esempio: mobili su misura e restauro."),
    )
    about = forms.CharField(
        label=_("Raccontatevi"),
        max_length=3000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Chi siete, come lavorate, che cosa si respira da voi. Si legge nella vostra pagina."),
    )
    sectors = forms.ModelMultipleChoiceField(
        label=_("Settori"), queryset=Sector.objects.all(), required=False, widget=forms.CheckboxSelectMultiple
    )
    url = forms.URLField(label=_("Sito web"), required=False, assume_scheme="https")
    logo = forms.FileField(
        label=_("Logo"),
        required=False,
        help_text=_("PNG, JPEG o WebP, al massimo 2 MB. Se lo cambi, il precedente si cancella."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
    )
    remove_logo = forms.BooleanField(label=_("Togli il logo"), required=False)
    contact_name = forms.CharField(
        label=_("Chi possiamo cercare?"),
        max_length=120,
        help_text=_("Nome e ruolo della persona di riferimento: lo vede solo lo Sportello."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    phone = forms.CharField(
        label=_("Telefono"),
        max_length=40,
        required=False,
        help_text=_("Lo vede solo lo Sportello."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    permanent_staff = forms.IntegerField(
        label=_("Quanti dipendenti a tempo indeterminato avete?"),
        min_value=0,
        max_value=100_000,
        required=False,
        help_text=_("Per legge, da qui dipende quanti tirocini si possono ospitare."),
    )
    fiscal_code = forms.CharField(
        label=_("Partita IVA o codice fiscale"),
        max_length=24,
        help_text=_("Se lo cambi, lo Sportello verifica di nuovo la realtà e il patto si firma di nuovo."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    confirm_code = forms.BooleanField(
        label=_("Sì, cambio partita IVA o codice fiscale: fino alla nuova verifica le offerte non si vedono"),
        error_messages={"required": _("Conferma che vuoi cambiarlo, oppure rimetti quello di prima.")},
    )
    paused_until = forms.DateField(
        label=_("In pausa fino al"),
        required=False,
        help_text=_(
            "Per ferie o chiusura: fino a quel giorno compreso le offerte non si vedono e non arrivano "
            "candidature nuove. Vuoto: aperti."
        ),
        widget=DateInput(),
    )

    sections = (
        (_("Che cosa si legge di voi"), ("description", "about", "sectors", "url", "logo", "remove_logo")),
        (_("Per lo Sportello"), ("contact_name", "phone", "permanent_staff", "fiscal_code", "confirm_code")),
        (_("Pausa"), ("paused_until",)),
    )

    def __init__(self, *args, host: Host, **kwargs):
        organisation = host.organisation
        initial = {name: getattr(host, name) for name in ("about", "contact_name", "phone", "permanent_staff")}
        initial |= {"fiscal_code": host.fiscal_code, "paused_until": host.paused_until if host.is_paused else None}
        initial |= {"description": organisation.description, "url": organisation.url}
        initial["sectors"] = [sector.pk for sector in host.sectors.all()]
        super().__init__(*args, **(kwargs | {"initial": initial}))
        self.host = host
        if not host.logo:
            del self.fields["remove_logo"]
        if not self._asks_to_confirm():
            del self.fields["confirm_code"]

    def _asks_to_confirm(self) -> bool:
        """Whether another code was written by a host that loses something by it."""
        if not self.is_bound or self.host.state not in (HostState.VERIFIED, HostState.SIGNED):
            return False
        try:
            return clean_fiscal_code(str(self.data.get("fiscal_code", ""))) != self.host.fiscal_code
        except ValidationError:
            return False

    def fieldsets(self):
        """Titles and bound fields, section by section."""
        for title, names in self.sections:
            yield title, [self[name] for name in names if name in self.fields]

    def clean_fiscal_code(self):
        return clean_fiscal_code(self.cleaned_data["fiscal_code"])

    def clean_logo(self):
        upload = self.cleaned_data["logo"]
        return redraw_logo(upload) if upload else None

    def values(self) -> dict:
        """What `actions.host_data.update_host` wants."""
        values = {name: value for name, value in self.cleaned_data.items() if name not in ("logo", "remove_logo")}
        values.pop("confirm_code", None)
        if self.cleaned_data["logo"]:
            values["logo"] = self.cleaned_data["logo"]
        elif self.cleaned_data.get("remove_logo"):
            values["logo"] = None
        return values
