"""The young person's profile and candidature."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..enums import SkillKind, StudyPath, TravelMeans, YouthStatus
from ..models import Sector, Skill, YouthProfile
from .fields import DateInput, MunicipalityForm, WeekField, municipality_field


class ProfileForm(MunicipalityForm):
    """Everything of a profile in one page: what is not told now can be told later.

    Only the name, the birth date and the municipality are needed to begin.
    """

    name_field = "home_name"
    code_field = "home_code"
    result_key = "home"

    first_name = forms.CharField(
        label=_("Nome"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    last_name = forms.CharField(
        label=_("Cognome"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )
    birth_date = forms.DateField(
        label=_("Data di nascita"),
        widget=DateInput(autocomplete="bday"),
        help_text=_("La vede solo lo Sportello: serve a rispettare le regole sull'età."),
    )
    home_name = municipality_field(_("Comune in cui vivi"))
    phone = forms.CharField(
        label=_("Telefono"),
        max_length=40,
        required=False,
        help_text=_("Lo vede solo lo Sportello, se serve sentirsi al volo."),
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    status = forms.ChoiceField(
        label=_("Che cosa fai adesso?"), choices=YouthStatus, required=False, widget=forms.RadioSelect
    )
    study_path = forms.ChoiceField(
        label=_("Che studi fai o hai fatto?"), choices=[("", _("Scegli")), *StudyPath.choices], required=False
    )
    study_note = forms.CharField(
        label=_("I tuoi studi in due parole"),
        max_length=160,
        required=False,
        help_text=_("Per esempio: diploma di perito agrario."),
    )
    interests = forms.ModelMultipleChoiceField(
        label=_("Quali settori ti interessano?"),
        queryset=Sector.objects.all(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    skills = forms.ModelMultipleChoiceField(
        label=_("Che cosa sai fare?"),
        queryset=Skill.objects.filter(kind=SkillKind.SKILL),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Anche imparato per conto tuo: vale tutto."),
    )
    languages = forms.ModelMultipleChoiceField(
        label=_("Quali lingue parli?"),
        queryset=Skill.objects.filter(kind=SkillKind.LANGUAGE),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    goals = forms.ModelMultipleChoiceField(
        label=_("Che cosa vuoi imparare?"),
        queryset=Skill.objects.filter(kind=SkillKind.SKILL),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    availability = WeekField(
        label=_("Quando puoi?"),
        required=False,
        help_text=_("Segna le parti della settimana in cui di solito hai tempo."),
    )
    weekly_hours_max = forms.IntegerField(
        label=_("Ore alla settimana, al massimo"), min_value=1, max_value=40, required=False
    )
    available_from = forms.DateField(label=_("Da quando?"), required=False, widget=DateInput())
    available_until = forms.DateField(label=_("Fino a quando?"), required=False, widget=DateInput())
    travel_means = forms.MultipleChoiceField(
        label=_("Come ti sposti?"), choices=TravelMeans, required=False, widget=forms.CheckboxSelectMultiple
    )
    max_distance_km = forms.IntegerField(
        label=_("Fin dove puoi arrivare?"),
        min_value=1,
        max_value=200,
        required=False,
        help_text=_("Chilometri da casa, in linea d'aria."),
    )
    matching_consent = forms.BooleanField(
        label=_("Sì, lo Sportello può usare questi dati per propormi esperienze adatte a me"),
        required=False,
        help_text=_("Puoi cambiare idea quando vuoi. Chi offre un'esperienza non vede il tuo profilo."),
    )

    sections = (
        (_("Chi sei"), ("first_name", "last_name", "birth_date", "home_name", "home_code", "phone")),
        (_("Che cosa fai"), ("status", "study_path", "study_note")),
        (_("Che cosa ti piace e che cosa sai fare"), ("interests", "skills", "languages", "goals")),
        (_("Quando puoi"), ("availability", "weekly_hours_max", "available_from", "available_until")),
        (_("Fin dove"), ("max_distance_km", "travel_means")),
        (_("Il tuo permesso"), ("matching_consent",)),
    )

    def __init__(self, *args, profile: YouthProfile | None = None, user=None, **kwargs):
        initial = _initial(profile) if profile else {}
        if user is not None:
            initial |= {"first_name": user.first_name, "last_name": user.last_name}
        super().__init__(*args, **{**kwargs, "initial": initial})
        self.prepare_municipality(profile.home if profile else None)

    def fieldsets(self):
        """Titles and bound fields, section by section."""
        for title, names in self.sections:
            yield title, [self[name] for name in names if name in self.fields]

    def clean_birth_date(self):
        birth_date = self.cleaned_data["birth_date"]
        today = timezone.localdate()
        if birth_date >= today or today.year - birth_date.year > 100:
            raise forms.ValidationError(_("Controlla la data: giorno, mese e anno di nascita."))
        return birth_date

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        start, end = cleaned.get("available_from"), cleaned.get("available_until")
        if start and end and end < start:
            self.add_error("available_until", _("Questa data viene prima di quella di inizio."))
        return cleaned

    def values(self) -> dict:
        """What `actions.youth.save_profile` wants."""
        values = {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in ("home_name", "home_code", "languages")
        }
        values["skills"] = [*self.cleaned_data["skills"], *self.cleaned_data["languages"]]
        return values


def _initial(profile: YouthProfile) -> dict:
    skills = list(profile.skills.all())
    names = (
        "birth_date",
        "phone",
        "status",
        "study_path",
        "study_note",
        "availability",
        "weekly_hours_max",
        "available_from",
        "available_until",
        "travel_means",
        "max_distance_km",
    )
    return {name: getattr(profile, name) for name in names} | {
        "interests": [row.pk for row in profile.interests.all()],
        "skills": [row.pk for row in skills if row.kind == SkillKind.SKILL],
        "languages": [row.pk for row in skills if row.kind == SkillKind.LANGUAGE],
        "goals": [row.pk for row in profile.goals.all()],
        "matching_consent": bool(profile.matching_consent_at),
    }
