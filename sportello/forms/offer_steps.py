"""The forms of the steps in which a host writes an offer, for somebody who has never written one."""

from collections.abc import Iterable

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..enums import MAX_SEATS, MIN_SEATS, OfferKind, SkillKind, StudyPath
from ..models import Offer, Sector, Skill
from ..rules import Problem
from .fields import DateInput, MunicipalityForm, WeekField, municipality_field

NUMBER = {
    "invalid": _("Scrivi un numero intero."),
    "min_value": _("Il minimo è %(limit_value)s."),
    "max_value": _("Il massimo è %(limit_value)s."),
}


class StepForm(MunicipalityForm):
    """One step: the fields of an offer that belong together. `offer` is None on the very first page."""

    def __init__(self, *args, offer: Offer | None = None, left: bool = False, **kwargs):
        super().__init__(*args, **{**kwargs, "initial": self.initial_of(offer, left) if offer else {}})

    def initial_of(self, offer: Offer, left: bool) -> dict:
        """What the fields show first; `left` says that the host has not been through this step yet."""
        return {name: getattr(offer, name) for name in self.base_fields if hasattr(offer, name)}

    def values(self) -> dict:
        """What `actions.offers.save_offer` wants."""
        hidden = (self.name_field, self.code_field)
        return {name: value for name, value in self.cleaned_data.items() if name not in hidden}

    def add_problems(self, problems: Iterable[Problem]) -> bool:
        """Put what the rules say next to the fields concerned; return whether there was anything for this step."""
        found = False
        for problem in problems:
            name = "seats_count" if problem.field == "host" else problem.field
            if name in self.fields:
                self.add_error(name, str(problem.sentence))
                found = True
        return found


class WhatForm(StepForm):
    kind = forms.ChoiceField(
        label=_("Tipo di esperienza"),
        choices=OfferKind,
        widget=forms.RadioSelect,
        help_text=_("Ogni tipo ha le sue regole: le trovi sotto «Le regole». Nel dubbio scegli «Esperienza breve»."),
        error_messages={"required": _("Scegli il tipo: se non sai quale, «Esperienza breve» va quasi sempre bene.")},
    )
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
    sector = forms.ModelChoiceField(label=_("Settore"), queryset=Sector.objects.all(), empty_label=_("Scegli"))

    def initial_of(self, offer, left):
        return super().initial_of(offer, left) | {"sector": offer.sector_id}


class TasksForm(StepForm):
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

    def initial_of(self, offer, left):
        return super().initial_of(offer, left) | {"goals": [row.pk for row in offer.goals.all()]}


class WhenForm(StepForm):
    start_date = forms.DateField(label=_("Non prima del"), widget=DateInput())
    end_date = forms.DateField(label=_("Non oltre il"), widget=DateInput())
    duration_weeks = forms.IntegerField(
        label=_("Quante settimane dura?"),
        min_value=1,
        max_value=104,
        required=False,
        help_text=_("Se è più breve del periodo indicato. Vuoto: tutto il periodo."),
        error_messages=NUMBER,
    )
    schedule = WeekField(
        label=_("In quali momenti della settimana?"),
        error_messages={"required": _("Segna almeno una parte della settimana.")},
    )
    weekly_hours = forms.IntegerField(label=_("Ore alla settimana"), min_value=1, max_value=40, error_messages=NUMBER)

    def initial_of(self, offer, left):
        initial = super().initial_of(offer, left)
        if left:
            # When it takes place is the host's to say, not ours to suggest.
            initial.pop("start_date")
            initial.pop("end_date")
        return initial

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
        return cleaned


class WhereForm(StepForm):
    municipality_name = municipality_field(_("In quale comune?"))
    address = forms.CharField(
        label=_("Indirizzo"),
        max_length=160,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    remote = forms.BooleanField(label=_("Si può fare anche a distanza"), required=False)

    def __init__(self, *args, offer: Offer | None = None, **kwargs):
        super().__init__(*args, offer=offer, **kwargs)
        self.prepare_municipality(offer.municipality if offer else None)


class WhoForm(StepForm):
    minimum_age = forms.IntegerField(
        label=_("Età minima"), min_value=14, max_value=35, initial=18, error_messages=NUMBER,
        help_text=_("Sotto i 18 anni servono il consenso di un genitore e compiti senza rischi."),
    )  # fmt: skip
    maximum_age = forms.IntegerField(
        label=_("Età massima"), min_value=14, max_value=35, required=False, error_messages=NUMBER
    )
    hazards = forms.CharField(
        label=_("Ci sono rischi particolari?"),
        max_length=255,
        required=False,
        help_text=_("Macchine, lavori in quota, sostanze. Vuoto se non ce ne sono."),
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
    tutor_name = forms.CharField(label=_("Chi accompagna?"), max_length=120, help_text=_("Nome e ruolo del tutor."))

    def initial_of(self, offer, left):
        return super().initial_of(offer, left) | {"skills": [row.pk for row in offer.skills.all()]}

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        least, most = cleaned.get("minimum_age"), cleaned.get("maximum_age")
        if least and most and most < least:
            self.add_error("maximum_age", _("L'età massima è più bassa di quella minima."))
        return cleaned


class SeatsField(forms.IntegerField):
    """How many places, within what an offer may have."""

    def __init__(self, **kwargs):
        widget = forms.NumberInput(attrs={"min": MIN_SEATS, "max": MAX_SEATS})
        super().__init__(widget=widget, error_messages=NUMBER, **kwargs)

    def clean(self, value):
        seats = super().clean(value)
        if seats is not None and seats < MIN_SEATS:
            raise forms.ValidationError(_("Un'offerta ha almeno un posto: quante persone puoi accogliere?"))
        if seats is not None and seats > MAX_SEATS:
            raise forms.ValidationError(
                _("Qui si arriva a %(most)s posti: per un gruppo più grande scrivi allo Sportello.")
                % {"most": MAX_SEATS}
            )
        return seats


class SeatsForm(StepForm):
    seats_count = SeatsField(label=_("Quanti posti?"), initial=1)
    indemnity = forms.IntegerField(
        label=_("Indennità al mese, in euro"),
        min_value=0,
        max_value=5000,
        required=False,
        help_text=_("Lordi, a persona. Vuoto se non è prevista."),
        error_messages=NUMBER,
    )

    def values(self):
        values = super().values()
        return values | {"indemnity": values["indemnity"] or None}


class ChangeSeatsForm(forms.Form):
    """Places of an offer that is already out."""

    seats_count = SeatsField(label=_("Quanti posti in tutto?"))


FORMS: dict[str, type[StepForm]] = {
    "che-cosa": WhatForm,
    "attivita": TasksForm,
    "quando": WhenForm,
    "dove": WhereForm,
    "per-chi": WhoForm,
    "posti": SeatsForm,
}
