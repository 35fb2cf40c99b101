"""Filters of the public list of offers; they live in its address, and are the same for every reader."""

from datetime import date
from functools import lru_cache
from typing import Any

import django_filters
from django import forms
from django.core.cache import cache
from django.db.models import F, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from portal.pages.filters import ListingFilterSet
from portal.registry.models import Municipality
from sportello.matching import BANDS, Point

from . import search, week
from .enums import ADULT_AGE, OfferKind
from .forms.fields import DateInput, MunicipalityInput, municipalities_named
from .forms.lean import LeanCheckboxes, LeanFiltersForm, LeanSelect
from .querysets_offers import OfferQuerySet

NEAR_KM = (5, 10, 20, 30, 50, 100)
DEFAULT_KM = 20
HOURS = (10, 20, 30)
NEAREST = "vicine"
SUITED = "adatte"
"""An order that depends on who asks: the list is the same for everybody, so it leads to the page that is theirs, with
the filters chosen."""
FACETS_KEPT = 60
"""Seconds for which the counts beside the sectors may be old: reading all the offers for them is what costs most."""

_YES = [("si", pgettext_lazy("filter", "Sì"))]


class OfferFilterSet(ListingFilterSet):
    """Words, sector, kind, distance, dates, days and hours, minors, allowance, remote; and the order."""

    orders = {
        "recenti": (pgettext_lazy("list order", "Più recenti"), ("-published_at",)),
        NEAREST: (pgettext_lazy("list order", "Più vicine"), ("distance", "-published_at")),
        "inizio": (pgettext_lazy("list order", "Cominciano prima"), ("start_date",)),
        "titolo": (pgettext_lazy("list order", "Titolo"), ("title",)),
    }
    facets = {"settore": "sector"}
    halves = {"vicino": ("entro",)}

    class Meta:
        form = LeanFiltersForm

    argomento = None
    territorio = None
    settore = django_filters.ChoiceFilter(field_name="sector__slug", label=_("Settore"), empty_label=_("Tutti"))
    tipo = django_filters.ChoiceFilter(
        field_name="kind", label=_("Tipo di esperienza"), choices=OfferKind, empty_label=_("Tutti")
    )
    vicino = django_filters.CharFilter(
        method="filter_near",
        label=_("Vicino a (comune)"),
        max_length=120,
        help_text=_("Per esempio «Chieri»."),
        widget=MunicipalityInput(),
    )
    entro = django_filters.ChoiceFilter(
        method="keep",
        label=_("Entro quanti chilometri"),
        choices=[(str(km), f"{km} km") for km in NEAR_KM],
        empty_label=f"{DEFAULT_KM} km",
    )
    dal = django_filters.DateFilter(method="filter_from", label=_("Ho tempo dal"), widget=DateInput())
    al = django_filters.DateFilter(method="filter_until", label=_("fino al"), widget=DateInput())
    giorno = django_filters.MultipleChoiceFilter(
        method="keep",
        label=_("Giorni in cui puoi"),
        choices=[(str(day), label) for day, label in enumerate(week.WEEKDAYS)],
        widget=LeanCheckboxes,
    )
    fascia = django_filters.MultipleChoiceFilter(
        method="keep",
        label=_("Momenti della giornata"),
        choices=[(band, week.BAND_LABELS[band]) for band in BANDS],
        widget=LeanCheckboxes,
    )
    ore = django_filters.ChoiceFilter(
        method="filter_hours",
        label=_("Ore alla settimana"),
        choices=[(str(hours), _("al massimo %(hours)s") % {"hours": hours}) for hours in HOURS],
        empty_label=_("Non importa"),
    )
    minori = django_filters.ChoiceFilter(
        method="filter_minors", label=_("Anche prima dei 18 anni"), choices=_YES, empty_label=_("Non importa")
    )
    indennita = django_filters.ChoiceFilter(
        method="filter_paid", label=_("Con indennità"), choices=_YES, empty_label=_("Non importa")
    )
    distanza = django_filters.ChoiceFilter(
        method="filter_remote", label=_("A distanza"), choices=_YES, empty_label=_("Non importa")
    )

    @cached_property
    def form(self) -> forms.Form:
        """As for every list; the order by distance exists only where there is a place to measure from."""
        form = super().form
        order: Any = form.fields["ordine"]
        known = [(key, label) for key, label in order.choices if key != NEAREST or self.data.get("vicino")]
        order.choices = [*known, (SUITED, pgettext_lazy("list order", "Adatte a me (dal mio profilo)"))]
        return form

    def get_form_class(self) -> type[forms.Form]:
        """The form's class, made once: nothing in it depends on who asks, and each form copies its fields."""
        return _form_class(type(self))  # type: ignore[arg-type]  # a class is hashable

    @cached_property
    def facet_choices(self) -> dict[str, list[tuple[str, str]]]:
        """The sectors with how many offers each has: the same for every reader, read once a minute."""
        key = f"offer-facets-{get_language()}"
        choices = cache.get(key)
        if choices is None:
            choices = super().facet_choices
            cache.set(key, choices, FACETS_KEPT)
        return choices

    @cached_property
    def places(self) -> list[Municipality]:
        """What the reader may mean by the municipality written, the most populous first. One query as a rule."""
        return municipalities_named(self.data.get("vicino", ""))

    @property
    def place(self) -> Municipality | None:
        """The municipality that distances are measured from."""
        return self.places[0] if self.places else None

    @property
    def problems(self) -> list[str]:
        """One sentence for each value that was not applied, or was understood in one of several ways."""
        problems = super().problems
        words = self.data.get("vicino", "").strip()
        if words and not self.places:
            problems.append(gettext("Non troviamo il comune «%(words)s»: controlla come è scritto.") % {"words": words})
        elif len(self.places) > 1:
            others = ", ".join(f"{row.name} ({row.province_code})" for row in self.places[1:4])
            problems.append(
                gettext("Cerchiamo vicino a %(name)s (%(code)s). Intendevi %(others)s? Scrivilo con la sigla.")
                % {"name": self.places[0].name, "code": self.places[0].province_code, "others": others}
            )
        return problems

    @property
    def qs(self) -> QuerySet:
        """The list, filtered and in order, each offer with its distance if there is a place to measure from."""
        return super().qs.order_by(*self._order_fields)

    def cards(self, rows: OfferQuerySet) -> OfferQuerySet:
        """Some offers of the list as its cards need them, in the list's order."""
        if self.order == NEAREST and self.place is not None:
            rows = rows.with_distance(Point(self.place.latitude, self.place.longitude))
        return rows.for_public_list().order_by(*self._order_fields)

    @property
    def order(self) -> str:
        """As for every list; nothing here is in the order of one reader, see `SUITED`."""
        found = super().order
        return found if found in self.orders else next(iter(self.orders))

    @property
    def _order_fields(self) -> tuple[str, ...]:
        # The order that an index has ends in the primary key the same way round.
        newest = ("-published_at", "-pk")
        if self.order == "recenti" or (self.order == NEAREST and self.place is None):
            return newest
        return *self.orders[self.order][1], "pk"

    def filter_queryset(self, queryset):
        """All filters that the reader chose; distances first, because the order may need them."""
        if self.place is not None:
            queryset = queryset.with_distance(Point(self.place.latitude, self.place.longitude))
        elif self.order == NEAREST:
            queryset = queryset.annotate(distance=F("published_at"))
        return self.filter_schedule(super().filter_queryset(queryset))

    @property
    def chosen(self) -> dict[str, tuple[str, str]]:
        """Filters that the reader chose and that apply: name -> (label, value in words)."""
        self.form.is_valid()
        several = {name: self.form.cleaned_data.pop(name, None) for name in ("giorno", "fascia")}
        result = super().chosen
        self.form.cleaned_data.update(several)
        for name, values in several.items():
            if values:
                field: Any = self.form.fields[name]
                words = [str(label) for value, label in field.choices if value in values]
                result[name] = (str(field.label), ", ".join(words))
        for name in ("dal", "al"):
            if name in result:
                result[name] = (result[name][0], self.form.cleaned_data[name].strftime("%d/%m/%Y"))
        if "vicino" in result and self.place is not None:
            km = self.form.cleaned_data.get("entro") or DEFAULT_KM
            result["vicino"] = (
                gettext("Vicino a"),
                gettext("%(place)s, entro %(km)s km") % {"place": self.place.name, "km": km},
            )
        else:
            result.pop("vicino", None)
        result.pop("entro", None)
        return result

    def keep(self, queryset: QuerySet, name: str, value) -> QuerySet:
        """Half of a question: the other half filters."""
        return queryset

    def filter_words(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Offers with every word, or one that begins like it; see `sportello.search`."""
        condition = search.condition(value, queryset.db)
        return queryset if condition is None else queryset.filter(condition)

    def filter_near(self, queryset: OfferQuerySet, name: str, value: str) -> OfferQuerySet:
        """Offers within the kilometres asked for; what is done from a distance is near from anywhere."""
        if self.place is None or self.form.cleaned_data.get("distanza"):
            return queryset
        km = int(self.form.cleaned_data.get("entro") or DEFAULT_KM)
        return queryset.near(Point(self.place.latitude, self.place.longitude), km)

    def filter_from(self, queryset: QuerySet, name: str, value: date) -> QuerySet:
        """Offers that are not over when the reader becomes free."""
        return queryset.filter(end_date__gte=value)

    def filter_until(self, queryset: QuerySet, name: str, value: date) -> QuerySet:
        """Offers that begin while the reader is still free."""
        return queryset.filter(start_date__lte=value)

    def filter_schedule(self, queryset: QuerySet) -> QuerySet:
        """Offers that need no part of the week other than those the reader has."""
        days = [int(day) for day in self.form.cleaned_data.get("giorno") or range(7)]
        bands = self.form.cleaned_data.get("fascia") or BANDS
        mine = week.mask((day, band) for day in days for band in bands)
        if mine == week.ALL_WEEK:
            return queryset
        return queryset.alias(outside=F("schedule").bitand(week.ALL_WEEK & ~mine)).filter(outside=0)

    def filter_hours(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Offers that ask for no more hours a week."""
        return queryset.filter(weekly_hours__lte=int(value))

    def filter_minors(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Offers that take people under eighteen."""
        return queryset.filter(minimum_age__lt=ADULT_AGE)

    def filter_paid(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Offers with an allowance."""
        return queryset.filter(indemnity__gt=0)

    def filter_remote(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Offers that can be done from a distance."""
        return queryset.filter(remote=True)


class SuitedOfferFilterSet(OfferFilterSet):
    """The same filters over the offers in the order of one's own profile."""

    defaults = {"ordine": SUITED}


@lru_cache
def _form_class(filterset: type[OfferFilterSet]) -> type[forms.Form]:
    fields = {name: item.field for name, item in filterset.base_filters.items()}
    for field in fields.values():
        if type(field.widget) is forms.Select:
            lean = LeanSelect(attrs=field.widget.attrs)
            lean.choices = field.widget.choices
            field.widget = lean
    return type("OfferFilterForm", (filterset._meta.form,), fields)
