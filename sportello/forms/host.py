"""What a host fills in: its registration, its offers, its answers."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.registry.enums import OrganisationKind

from ..enums import MAX_SEATS, MIN_SEATS, OfferKind, SkillKind, StudyPath
from ..models import Offer, Sector, Skill
from ..validators import clean_fiscal_code
from .fields import DateInput, MunicipalityForm, WeekField, municipality_field

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


class OfferForm(MunicipalityForm):
    """An offer, section by section, for somebody who has never written one."""

    title = forms.CharField(
        label=_("Titolo"),
        max_length=120,
        help_text=_("Che cosa si fa, in poche parole: «In bottega: dal disegno allo sgabello»."),
    )
    summary = forms.CharField(
        label=_("In una frase"),
        max_length=255,
        help_text=_("Appare negli elenchi: fa venire voglia di leggere il resto."),
    )
    kind = forms.ChoiceField(label=_("Tipo di esperienza"), choices=OfferKind, widget=forms.RadioSelect)
    sector = forms.ModelChoiceField(label=_("Settore"), queryset=Sector.objects.all(), empty_label=_("Scegli"))
    tasks = forms.CharField(
        label=_("Che cosa si fa, in concreto?"), max_length=3000, widget=forms.Textarea(attrs={"rows": 6})
    )
    learning = forms.CharField(
        label=_("Che cosa si impara?"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    goals = forms.ModelMultipleChoiceField(
        label=_("Competenze che si imparano"),
        queryset=Skill.objects.filter(kind=SkillKind.SKILL),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    skills = forms.ModelMultipleChoiceField(
        label=_("Competenze e lingue utili per cominciare"),
        queryset=Skill.objects.order_by("kind", "name", "pk"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Solo quelle che servono davvero: il resto si impara da te."),
    )
    study_paths = forms.MultipleChoiceField(
        label=_("Percorsi di studio adatti"),
        choices=StudyPath,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nessuna scelta: vanno bene tutti."),
    )
    start_date = forms.DateField(label=_("Non prima del"), widget=DateInput())
    end_date = forms.DateField(label=_("Non oltre il"), widget=DateInput())
    duration_weeks = forms.IntegerField(
        label=_("Quante settimane dura?"),
        min_value=1,
        max_value=104,
        required=False,
        help_text=_("Se è più breve del periodo indicato. Vuoto: tutto il periodo."),
    )
    schedule = WeekField(
        label=_("In quali momenti della settimana?"),
        error_messages={"required": _("Segna almeno una parte della settimana.")},
    )
    weekly_hours = forms.IntegerField(label=_("Ore alla settimana"), min_value=1, max_value=40)
    municipality_name = municipality_field(_("In quale comune?"))
    address = forms.CharField(label=_("Indirizzo"), max_length=160, required=False)
    remote = forms.BooleanField(label=_("Si può fare anche a distanza"), required=False)
    seats_count = forms.IntegerField(
        label=_("Quanti posti?"),
        initial=1,
        error_messages={"invalid": _("Scrivi un numero intero.")},
        widget=forms.NumberInput(attrs={"min": MIN_SEATS, "max": MAX_SEATS}),
    )
    minimum_age = forms.IntegerField(label=_("Età minima"), min_value=14, max_value=35, initial=18)
    maximum_age = forms.IntegerField(label=_("Età massima"), min_value=14, max_value=35, required=False)
    indemnity = forms.IntegerField(label=_("Indennità al mese, in euro"), min_value=0, max_value=5000, required=False)
    tutor_name = forms.CharField(label=_("Chi accompagna?"), max_length=120, help_text=_("Nome e ruolo del tutor."))
    hazards = forms.CharField(
        label=_("Ci sono rischi particolari?"),
        max_length=255,
        required=False,
        help_text=_("Macchine, lavori in quota, sostanze. Vuoto se non ce ne sono."),
    )

    sections = (
        (_("Che cosa offri"), ("title", "summary", "kind", "sector", "tasks", "learning", "goals")),
        (
            _("Quando e dove"),
            (
                "start_date",
                "end_date",
                "duration_weeks",
                "schedule",
                "weekly_hours",
                "municipality_name",
                "municipality_code",
                "address",
                "remote",
            ),
        ),
        (
            _("Per chi"),
            (
                "seats_count",
                "minimum_age",
                "maximum_age",
                "skills",
                "study_paths",
                "indemnity",
                "tutor_name",
                "hazards",
            ),
        ),
    )

    def __init__(self, *args, offer: Offer | None = None, host=None, **kwargs):
        super().__init__(*args, **{**kwargs, "initial": _offer_initial(offer) if offer else {}})
        current = offer.municipality if offer else host.organisation.municipality
        self.prepare_municipality(current)

    def fieldsets(self):
        """Titles and bound fields, section by section."""
        for title, names in self.sections:
            yield title, [self[name] for name in names if name in self.fields]

    def clean_seats_count(self):
        seats = self.cleaned_data["seats_count"]
        if seats < MIN_SEATS:
            raise forms.ValidationError(_("Un'offerta ha almeno un posto: quante persone puoi accogliere?"))
        if seats > MAX_SEATS:
            raise forms.ValidationError(
                _("Qui si arriva a %(most)s posti: per un gruppo più grande scrivi allo Sportello.")
                % {"most": MAX_SEATS}
            )
        return seats

    def clean_end_date(self):
        end = self.cleaned_data["end_date"]
        if end < timezone.localdate():
            raise forms.ValidationError(_("Questa data è già passata."))
        return end

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        start, end = cleaned.get("start_date"), cleaned.get("end_date")
        if start and end and end < start:
            self.add_error("end_date", _("La fine viene prima dell'inizio: controlla le due date."))
        elif start and end and cleaned.get("duration_weeks") and cleaned["duration_weeks"] * 7 > (end - start).days + 7:
            self.add_error("duration_weeks", _("Il periodo indicato è più corto di così."))
        least, most = cleaned.get("minimum_age"), cleaned.get("maximum_age")
        if least and most and most < least:
            self.add_error("maximum_age", _("L'età massima è più bassa di quella minima."))
        return cleaned

    def values(self) -> dict:
        """What `actions.offers.save_offer` wants."""
        hidden = ("municipality_name", "municipality_code")
        values = {name: value for name, value in self.cleaned_data.items() if name not in hidden}
        values["indemnity"] = values["indemnity"] or None
        return values


def _offer_initial(offer: Offer) -> dict:
    names = [name for _title, section in OfferForm.sections for name in section]
    values = {name: getattr(offer, name) for name in names if hasattr(offer, name)}
    return values | {
        "sector": offer.sector_id,
        "goals": [row.pk for row in offer.goals.all()],
        "skills": [row.pk for row in offer.skills.all()],
    }


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
