"""The profile in short steps: each is a page, can be left and taken up again, and says what it is for."""

from dataclasses import dataclass

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..cv import clean_cv
from ..models import YouthProfile
from .youth import ProfileForm


@dataclass(frozen=True, slots=True)
class Step:
    """One page of the profile.

    Attributes:
        slug: its address.
        needs: keys of `YouthProfile.completeness()` that it answers; none when it is optional.
    """

    slug: str
    title: str | Promise
    lead: str | Promise
    fields: tuple[str, ...]
    needs: tuple[str, ...] = ()


STEPS = (
    Step(
        "chi-sei",
        _("Chi sei"),
        _("Bastano nome, data di nascita e comune. Il resto puoi scriverlo quando vuoi."),
        ("first_name", "last_name", "birth_date", "home_name", "phone"),
        ("name", "home"),
    ),
    Step(
        "adesso",
        _("Che cosa fai"),
        _("Serve a sapere quali tipi di esperienza puoi fare."),
        ("status", "study_path", "study_note"),
        ("status", "study_path"),
    ),
    Step(
        "interessi",
        _("Che cosa ti piace"),
        _("Scegli anche più di una cosa: si può cambiare idea."),
        ("interests", "goals"),
        ("interests",),
    ),
    Step(
        "competenze",
        _("Che cosa sai fare"),
        _("Anche quello che hai imparato a casa, con lo sport, da chi conosci."),
        ("skills", "languages"),
        ("skills",),
    ),
    Step(
        "quando",
        _("Quando puoi"),
        _("Di solito, in una settimana normale. Serve a non proporti orari impossibili."),
        ("availability", "weekly_hours_max", "available_from", "available_until"),
        ("availability",),
    ),
    Step(
        "fin-dove",
        _("Fin dove arrivi"),
        _("Le esperienze più lontane di così non te le proponiamo."),
        ("max_distance_km", "travel_means"),
        ("max_distance_km",),
    ),
    Step(
        "curriculum",
        pgettext_lazy("step of the profile", "Curriculum"),
        _("Se ne hai già uno. Non serve per candidarsi."),
        ("file",),
    ),
    Step(
        "permesso",
        _("Il tuo permesso"),
        _("Leggi chi vede che cosa, poi decidi tu."),
        ("matching_consent",),
        ("consent",),
    ),
)
FIRST = STEPS[0]


def step_named(slug: str) -> Step | None:
    """Return a step by its address."""
    return next((step for step in STEPS if step.slug == slug), None)


def after(step: Step) -> Step | None:
    """Return the next step; None after the last."""
    place = STEPS.index(step) + 1
    return STEPS[place] if place < len(STEPS) else None


def first_open(profile: YouthProfile) -> Step | None:
    """Return the first step that still lacks something; None when the profile is complete."""
    lacking = {item.key for item in profile.missing}
    return next((step for step in STEPS if lacking & set(step.needs)), None)


class StepForm(ProfileForm):
    """The fields of one step, with the checks that they have together."""

    def __init__(self, *args, step: Step, **kwargs):
        super().__init__(*args, **kwargs)
        wanted = {*step.fields, *((self.code_field,) if self.name_field in step.fields else ())}
        self.fields = {name: field for name, field in self.fields.items() if name in wanted}
        for name in step.needs:
            field = self.fields.get(name)
            if field is not None and not field.required:
                # It may wait, but without it nobody can apply: «facoltativo» would say the contrary.
                field.needed_for = _("serve per candidarti")  # type: ignore[attr-defined]  # the bound field shows it

    def values(self) -> dict:
        """What `actions.youth.save_profile` wants: only what this step asks."""
        values = {
            name: value
            for name, value in self.cleaned_data.items()
            if name not in (self.name_field, self.code_field, "languages")
        }
        if "skills" in values:
            values["skills"] = [*values["skills"], *self.cleaned_data["languages"]]
        return values


class CvForm(forms.Form):
    """A CV to keep."""

    file = forms.FileField(
        label=_("Il tuo curriculum"),
        help_text=_("PDF, Word (.docx) o OpenDocument (.odt), al massimo 5 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.odt"}),
        error_messages={"required": _("Scegli un file."), "empty": _("Il file è vuoto: scegline un altro.")},
    )

    def clean_file(self):
        return clean_cv(self.cleaned_data["file"])
