"""A programme rule as a supervisor writes it: tables as lines of text, checked line by line."""

import re

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from portal.registry.models import Municipality

from ..enums import OfferKind, RuleSigner, YouthStatus
from ..models import ProgrammeRule
from .fields import DateInput


class LinesField(forms.CharField):
    """Lines such as «18: 40», read into a list by a pattern."""

    def __init__(self, *, pattern: str, example: str, **kwargs):
        self.pattern, self.example = re.compile(pattern, re.IGNORECASE), example
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": 3}), **kwargs)

    def clean(self, value):
        found = []
        for line in super().clean(value).splitlines():
            if not line.strip():
                continue
            match = self.pattern.fullmatch(line.strip())
            if match is None:
                raise forms.ValidationError(
                    gettext("«%(line)s» non si legge: scrivi per esempio «%(example)s».")
                    % {"line": line.strip(), "example": self.example}
                )
            found.append(match.groupdict())
        return found


class RuleForm(forms.Form):
    """One rule, from a day on."""

    kind = forms.ChoiceField(label=_("Tipo di esperienza"), choices=OfferKind)
    region = forms.ChoiceField(label=_("Dove"), required=False)
    valid_from = forms.DateField(
        label=_("Vale dal"),
        widget=DateInput(),
        help_text=_("Conta il primo giorno dell'esperienza. La regola di prima vale fino al giorno prima."),
    )
    ends = forms.BooleanField(
        label=_("Da questo giorno la regione non ha più regole sue: vale quella nazionale"), required=False
    )
    minimum_age = forms.IntegerField(label=_("Età minima"), min_value=14, max_value=35, required=False)
    maximum_age = forms.IntegerField(label=_("Età massima"), min_value=14, max_value=35, required=False)
    statuses = forms.MultipleChoiceField(
        label=_("Per chi"),
        choices=YouthStatus,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Nessuna scelta: per chiunque."),
    )
    minimum_days = forms.IntegerField(label=_("Durata minima in giorni"), min_value=1, max_value=1500, required=False)
    maximum_days = forms.IntegerField(label=_("Durata massima in giorni"), min_value=1, max_value=1500, required=False)
    daily_hours = forms.IntegerField(label=_("Ore al giorno, al massimo"), min_value=1, max_value=12, required=False)
    weekly_hours_by_age = LinesField(
        label=_("Ore alla settimana per età"),
        pattern=r"(?P<age>\d{2})\s*:\s*(?P<hours>\d{1,2})",
        example="18: 40",
        help_text=_("Una riga per età: «18: 40» vuol dire al massimo 40 ore prima dei 18 anni."),
    )
    minors_in_the_evening = forms.BooleanField(label=_("I minorenni anche di sera (18-22)"), required=False)
    indemnity = forms.IntegerField(
        label=_("Indennità minima al mese, in euro"), min_value=0, max_value=5000, required=False
    )
    headcount = LinesField(
        label=_("Quanti posti per dipendenti"),
        pattern=r"(?P<staff>\d{1,6}|oltre)\s*:\s*(?P<much>\d{1,4})\s*(?P<percent>%?)",
        example="5: 1",
        help_text=_("Una riga per fascia: «5: 1» fino a 5 dipendenti un posto; «oltre: 10%» per tutte le altre."),
    )
    once_per_host = forms.BooleanField(label=_("Una volta sola con la stessa realtà"), required=False)
    documents = forms.CharField(
        label=_("Documenti"), required=False, widget=forms.Textarea(attrs={"rows": 4}), help_text=_("Uno per riga.")
    )
    signers = forms.MultipleChoiceField(
        label=_("Chi firma"), choices=RuleSigner, required=False, widget=forms.CheckboxSelectMultiple
    )
    source = forms.CharField(
        label=_("Da dove viene"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Legge, delibera o accordo, con la data."),
    )

    def __init__(self, *args, copied: ProgrammeRule | None = None, **kwargs):
        initial = _initial(copied) if copied else {"minors_in_the_evening": True}
        super().__init__(*args, **(kwargs | {"initial": {"valid_from": timezone.localdate(), **initial}}))
        regions = Municipality.objects.order_by("region").values_list("region", flat=True).distinct()
        choices = [("", gettext("tutta Italia")), *((region, region) for region in regions)]
        self.fields["region"].choices = choices  # type: ignore[attr-defined]  # a choice field

    def clean_weekly_hours_by_age(self):
        return [[int(row["age"]), int(row["hours"])] for row in self.cleaned_data["weekly_hours_by_age"]]

    def clean_headcount(self):
        rows = []
        for row in self.cleaned_data["headcount"]:
            staff = int(row["staff"]) if row["staff"].isdigit() else None
            much = int(row["much"])
            rows.append([staff, None, much] if row["percent"] else [staff, much, None])
        limits = [row[0] if row[0] is not None else float("inf") for row in rows]
        if limits != sorted(set(limits)):
            raise forms.ValidationError(_("Le fasce vanno dalla più piccola alla più grande, ciascuna una volta."))
        return rows


def _initial(rule: ProgrammeRule) -> dict:
    names = [name for name in RuleForm.base_fields if name not in ("valid_from", "ends")]
    values = {name: getattr(rule, name) for name in names}
    weekly = [f"{age}: {hours}" for age, hours in rule.weekly_hours_by_age]
    steps = [
        f"{'oltre' if staff is None else staff}: {places if percent is None else f'{percent}%'}"
        for staff, places, percent in rule.headcount
    ]
    return values | {"weekly_hours_by_age": "\n".join(weekly), "headcount": "\n".join(steps)}
