"""Filters of the register of decisions and of the list of meetings."""

from collections import Counter

import django_filters
from django import forms
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.pages.filters import ListingFilterSet

from .enums import CarryingOut, DecisionOutcome

LATE = "si"
AHEAD, PAST = "in-programma", "gia-tenute"


class _OfBodiesFilterSet(ListingFilterSet):
    """A list of what bodies do: by body and year, of which only those are offered that the list has."""

    body_field: str
    day_field: str

    @cached_property
    def form(self) -> forms.Form:
        """The form with the bodies and years that the unfiltered list really has: one query for both."""
        form = super().form
        rows = list(
            self.queryset.order_by().values_list(
                f"{self.body_field}__slug", f"{self.body_field}__title", f"{self.day_field}__year"
            )
        )
        bodies = Counter((slug, title) for slug, title, _year in rows if slug)
        years = Counter(year for _slug, _title, year in rows)
        form.fields["organo"].choices = [
            ("", _("Tutti")),
            *(
                (slug, f"{title} ({count})")
                for (slug, title), count in sorted(bodies.items(), key=lambda item: item[0][1])
            ),
        ]
        form.fields["anno"].choices = [
            ("", _("Tutti")),
            *((str(year), f"{year} ({years[year]})") for year in sorted(years, reverse=True)),
        ]
        return form

    def filter_year(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Those of one year; the form knows only years that the list has."""
        return queryset.filter(**{f"{self.day_field}__year": int(value)})


class DecisionFilterSet(_OfBodiesFilterSet):
    """Decisions by words, body, year, outcome, carrying out, delay, topic and territory."""

    body_field, day_field = "taken_by", "date"
    orders = {
        "recenti": (pgettext_lazy("list order", "Più recenti"), ("-date",)),
        "scadenza": (pgettext_lazy("list order", "Termine più vicino"), (F("due").asc(nulls_last=True),)),
        "titolo": (pgettext_lazy("list order", "Titolo"), ("title",)),
    }

    organo = django_filters.ChoiceFilter(field_name="taken_by__slug", label=_("Organo"), empty_label=None)
    anno = django_filters.ChoiceFilter(method="filter_year", label=_("Anno"), empty_label=None)
    esito = django_filters.ChoiceFilter(
        field_name="outcome",
        choices=DecisionOutcome.choices,
        label=pgettext_lazy("decision", "Esito"),
        empty_label=_("Tutti"),
    )
    attuazione = django_filters.ChoiceFilter(
        field_name="carrying_out", choices=CarryingOut.choices, label=_("Attuazione"), empty_label=_("Tutte")
    )
    ritardo = django_filters.ChoiceFilter(
        method="filter_late", choices=[(LATE, _("Solo in ritardo"))], label=_("In ritardo"), empty_label=_("Tutte")
    )

    def filter_late(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Those past their day that nobody has carried out."""
        return queryset.late(timezone.localdate())


class MeetingFilterSet(_OfBodiesFilterSet):
    """Meetings by words, body, year, and whether they are ahead."""

    body_field, day_field = "meeting_of", "start"
    orders = {"recenti": (pgettext_lazy("list order", "Più recenti"), ("-start",))}

    organo = django_filters.ChoiceFilter(field_name="meeting_of__slug", label=_("Organo"), empty_label=None)
    anno = django_filters.ChoiceFilter(method="filter_year", label=_("Anno"), empty_label=None)
    quando = django_filters.ChoiceFilter(
        method="filter_when",
        choices=[(AHEAD, _("In programma")), (PAST, _("Già tenute"))],
        label=pgettext_lazy("meeting", "Quando"),
        empty_label=_("Tutte"),
    )

    def filter_when(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """What is ahead of now, or behind."""
        now = timezone.now()
        return queryset.filter(start__gte=now) if value == AHEAD else queryset.filter(start__lt=now)
