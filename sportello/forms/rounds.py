"""Forms of the rounds: a young person's list, a host's bands, what the desk decides."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from ..enums import OfferKind
from ..enums_rounds import BAND_LABELS, LIST_LENGTH, PairKind
from ..models import Desk, MatchRound, Offer, RoundBand, RoundOffer, RoundRun, YouthProfile

OUT = "0"


class ListForm(forms.Form):
    """A place for each offer that suits the person; an empty place means not in the list."""

    motivation = forms.CharField(
        label=gettext_lazy("Due righe su di te, per chi legge la tua lista"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy(
            "Che cosa hai già provato a fare, che cosa vorresti imparare. Senza nome: lo vedranno solo col risultato."
        ),
    )

    def __init__(self, *args, offers: Iterable[RoundOffer], places: Mapping[int, int], motivation: str = "", **kwargs):
        super().__init__(*args, **(kwargs | {"initial": {"motivation": motivation}}))
        self.offers = {row.pk: row for row in offers}
        for pk, row in self.offers.items():
            self.fields[f"posto_{pk}"] = forms.IntegerField(
                label=_("Posto di «%(title)s»") % {"title": row.offer.title},
                required=False,
                min_value=1,
                max_value=LIST_LENGTH,
                initial=places.get(pk),
                widget=forms.NumberInput(attrs={"class": "place-field", "inputmode": "numeric"}),
                error_messages={
                    "invalid": _("Scrivi un numero da 1 a %(most)s.") % {"most": LIST_LENGTH},
                    "min_value": _("Scrivi un numero da 1 a %(most)s.") % {"most": LIST_LENGTH},
                    "max_value": _("Scrivi un numero da 1 a %(most)s.") % {"most": LIST_LENGTH},
                },
            )

    def place_field(self, pk: int):
        """The bound field of one offer."""
        return self[f"posto_{pk}"]

    def places(self) -> dict[int, int]:
        """What was written and is a number, by offer; also of a form with errors."""
        found = {pk: self.cleaned_data.get(f"posto_{pk}") for pk in self.offers}
        return {pk: place for pk, place in found.items() if place}

    def order(self) -> list[int]:
        """The offers of the list, the most wanted first."""
        places = self.places()
        return sorted(places, key=lambda pk: places[pk])

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        seen: dict[int, int] = {}
        for pk, place in self.places().items():
            if place in seen:
                self.add_error(
                    f"posto_{pk}",
                    _("Il posto %(place)s è già di «%(title)s»: scegline un altro.")
                    % {"place": place, "title": self.offers[seen[place]].offer.title},
                )
            else:
                seen[place] = pk
        return cleaned


class BandsForm(forms.Form):
    """A band for each person who chose an offer; who is out gets a reason, which only the desk reads."""

    def __init__(self, *args, rows: Iterable[tuple[str, RoundBand]], **kwargs):
        """Rows come with how the person is called: each field says whose it is, also in the summary of errors."""
        super().__init__(*args, **kwargs)
        named = [(name, row) for name, row in rows if not row.is_obstacle]
        self.rows = [row for _name, row in named]
        choices = [(str(number), label) for number, label in BAND_LABELS.items()] + [(OUT, _("Fuori"))]
        for name, row in named:
            self.fields[f"fascia_{row.person_id}"] = forms.ChoiceField(
                label=_("Fascia di %(person)s") % {"person": name}, choices=choices, initial=str(row.band or OUT)
            )
            self.fields[f"motivo_{row.person_id}"] = forms.CharField(
                label=_("Se %(person)s resta fuori, perché") % {"person": name},
                max_length=300,
                required=False,
                initial=row.reason,
            )

    def fields_of(self, row: RoundBand):
        """The two bound fields of one person."""
        return self[f"fascia_{row.person_id}"], self[f"motivo_{row.person_id}"]

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        for row in self.rows:
            out = cleaned.get(f"fascia_{row.person_id}") == OUT
            if out and not (cleaned.get(f"motivo_{row.person_id}") or "").strip():
                self.add_error(f"motivo_{row.person_id}", _("Scrivi perché resta fuori: lo legge solo lo Sportello."))
        return cleaned

    def bands(self) -> dict[int, tuple[int | None, str]]:
        """What `actions.round_bands.set_bands` wants."""
        found = {}
        for row in self.rows:
            value = int(self.cleaned_data[f"fascia_{row.person_id}"])
            found[row.person_id] = (value or None, self.cleaned_data[f"motivo_{row.person_id}"])
        return found


def _moment(label, help_text="") -> forms.DateTimeField:
    return forms.DateTimeField(
        label=label,
        help_text=help_text,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%d/%m/%Y %H:%M"],
        error_messages={
            "required": gettext_lazy("Scrivi giorno e ora."),
            "invalid": gettext_lazy("Scrivi giorno e ora, per esempio 31/05/2027 18:00."),
        },
    )


class DeadlinesForm(forms.Form):
    """The three dates of a round."""

    lists_open_at = _moment(gettext_lazy("Le liste aprono"))
    lists_close_at = _moment(
        gettext_lazy("Le liste si chiudono"), gettext_lazy("Due settimane sono un tempo buono, con un promemoria.")
    )
    bands_close_at = _moment(
        gettext_lazy("Le fasce si chiudono"), gettext_lazy("Una settimana dopo le liste, di solito basta.")
    )

    def values(self) -> dict:
        """What the actions want."""
        return dict(self.cleaned_data)

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        opens, lists, bands = (cleaned.get(name) for name in ("lists_open_at", "lists_close_at", "bands_close_at"))
        if opens and lists and lists <= opens:
            self.add_error("lists_close_at", _("Le liste devono chiudersi dopo l'apertura."))
        if lists and bands and bands < lists:
            self.add_error("bands_close_at", _("Le fasce si fanno dopo le liste: questa data viene prima."))
        return cleaned


class FollowingForm(DeadlinesForm):
    """The name and the dates of a round."""

    name = forms.CharField(
        label=pgettext_lazy("of a thing", "Nome"),
        max_length=120,
        help_text=gettext_lazy("Lo leggono tutti: per esempio «Estate 2027»."),
        error_messages={"required": gettext_lazy("Dai un nome alla tornata.")},
    )
    intro = forms.CharField(
        label=gettext_lazy("A chi è rivolta"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Due righe che i giovani leggono in cima alla pagina."),
    )
    field_order = ["name", "intro", "lists_open_at", "lists_close_at", "bands_close_at"]


class RoundForm(FollowingForm):
    """A new round: which offers it begins with is a first proposal, changed on the next page."""

    kinds = forms.MultipleChoiceField(
        label=gettext_lazy("Tipi di esperienza"),
        choices=OfferKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=gettext_lazy("Nessuno: tutti. Nella pagina dopo togli o aggiungi le singole offerte."),
    )
    starts_from = forms.DateField(
        label=gettext_lazy("Offerte che iniziano dal"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    starts_by = forms.DateField(
        label=gettext_lazy("Offerte che iniziano entro il"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args, desks, **kwargs):
        super().__init__(*args, **kwargs)
        if len(desks) > 1:
            self.fields["desk"] = forms.ModelChoiceField(
                label=_("Sportello"),
                queryset=Desk.objects.filter(pk__in=[desk.pk for desk in desks]).order_by("name", "pk"),
                error_messages={"required": _("Scegli lo Sportello.")},
            )

    def clean(self):
        cleaned = super().clean()
        first, last = cleaned.get("starts_from"), cleaned.get("starts_by")
        if first and last and last < first:
            self.add_error("starts_by", _("Questa data viene prima di quella di inizio."))
        return cleaned

    def values(self) -> dict:
        names = ("name", "intro", "lists_open_at", "lists_close_at", "bands_close_at")
        return {name: self.cleaned_data[name] for name in names}

    def offers(self, rows):
        """The offers that the answers ask for."""
        cleaned = self.cleaned_data
        if cleaned["kinds"]:
            rows = rows.filter(kind__in=cleaned["kinds"])
        if cleaned["starts_from"]:
            rows = rows.filter(start_date__gte=cleaned["starts_from"])
        if cleaned["starts_by"]:
            rows = rows.filter(start_date__lte=cleaned["starts_by"])
        return rows


class OffersForm(forms.Form):
    """Which published offers of the desk are in a round."""

    offers = forms.ModelMultipleChoiceField(
        queryset=Offer.objects.none(),
        required=False,
        error_messages={
            "invalid_choice": gettext_lazy("Una delle offerte scelte non è più pubblicata: ricarica la pagina.")
        },
    )

    def __init__(self, *args, offers, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["offers"].queryset = offers  # type: ignore[attr-defined]  # a model choice field


class PairForm(forms.Form):
    """A pair agreed on or ruled out. The person is written by e-mail: a list of two thousand names helps nobody."""

    email = forms.EmailField(
        label=gettext_lazy("E-mail della persona"),
        error_messages={"required": gettext_lazy("Scrivi l'e-mail con cui la persona si è registrata.")},
    )
    round_offer = forms.ModelChoiceField(
        label=gettext_lazy("Offerta"),
        queryset=RoundOffer.objects.none(),
        error_messages={"required": gettext_lazy("Scegli l'offerta.")},
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("Che cosa decidi"),
        choices=PairKind,
        widget=forms.RadioSelect,
        error_messages={"required": gettext_lazy("Scegli se è già concordato o escluso.")},
    )
    reason = forms.CharField(
        label=gettext_lazy("Il motivo"),
        max_length=300,
        help_text=gettext_lazy("Resta scritto nella storia della tornata: fatti, senza dati di altri."),
        error_messages={"required": gettext_lazy("Scrivi il motivo.")},
    )

    def __init__(self, *args, match_round: MatchRound, **kwargs):
        super().__init__(*args, **kwargs)
        self.match_round = match_round
        rows = match_round.offers.select_related("offer__host__organisation").order_by("offer__title", "pk")
        field: Any = self.fields["round_offer"]
        field.queryset = rows
        field.label_from_instance = lambda row: f"{row.offer.title} ({row.offer.host.organisation.name})"

    def clean_email(self):
        people = YouthProfile.objects.for_matching().filter(
            desk=self.match_round.desk_id, user__email__iexact=self.cleaned_data["email"]
        )
        self.profile = people.first()
        if self.profile is None:
            raise ValidationError(_("Non c'è nessun giovane con questa e-mail in questo Sportello."))
        return self.cleaned_data["email"]


class DryRunForm(forms.Form):
    """What a dry run changes. Never the seed: nobody shops for a lottery that they like."""

    label = forms.CharField(
        label=gettext_lazy("Che cosa provi"),
        max_length=120,
        required=False,
        help_text=gettext_lazy("Per ritrovarla: per esempio «un posto in più in falegnameria»."),
    )
    round_offer = forms.ModelChoiceField(
        label=gettext_lazy("E se un'offerta avesse altri posti"), queryset=RoundOffer.objects.none(), required=False
    )
    seats = forms.IntegerField(label=gettext_lazy("Quanti posti"), min_value=0, max_value=50, required=False)
    one_band = forms.BooleanField(
        label=gettext_lazy("E se le fasce non contassero (solo sorteggio, chi è fuori resta fuori)"), required=False
    )
    ignore_pins = forms.BooleanField(label=gettext_lazy("E se nessuna coppia fosse già concordata"), required=False)
    ignore_bans = forms.BooleanField(label=gettext_lazy("E se nessuna coppia fosse esclusa"), required=False)

    def __init__(self, *args, match_round: MatchRound, **kwargs):
        super().__init__(*args, **kwargs)
        rows = match_round.offers.select_related("offer").order_by("offer__title", "pk")
        self.fields["round_offer"].queryset = rows  # type: ignore[attr-defined]  # a model choice field

    def clean(self):
        cleaned = super().clean() or self.cleaned_data
        offer, seats = cleaned.get("round_offer"), cleaned.get("seats")
        if offer and seats is None and "seats" not in self.errors:
            self.add_error("seats", _("Scrivi quanti posti avrebbe."))
        if seats is not None and not offer:
            self.add_error("round_offer", _("Scegli l'offerta che avrebbe questi posti."))
        return cleaned


class CompareForm(forms.Form):
    """Two runs of one round."""

    first = forms.ModelChoiceField(label=pgettext_lazy("runs", "Da"), queryset=RoundRun.objects.none())
    second = forms.ModelChoiceField(label=pgettext_lazy("runs", "A"), queryset=RoundRun.objects.none())

    def __init__(self, *args, runs, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("first", "second"):
            self.fields[name].queryset = runs  # type: ignore[attr-defined]  # a model choice field
