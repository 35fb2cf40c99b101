"""Filters of the register of decisions and of the list of meetings."""

from operator import itemgetter
from typing import cast

import django_filters
from django import forms
from django.db.models import CharField, Count, F, QuerySet, Value
from django.db.models.functions import Cast, ExtractYear
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.pages.filters import ListingFilterSet

from .enums import CarryingOut, DecisionOutcome
from .governance_querysets import DecisionQuerySet

LATE = "si"
AHEAD, PAST = "in-programma", "gia-tenute"


class _OfBodiesFilterSet(ListingFilterSet):
    """A list of what bodies do: by body and year, of which only those are offered that the list has."""

    body_field: str
    day_field: str

    @cached_property
    def form(self) -> forms.Form:
        """The form with the bodies and years that the unfiltered list really has."""
        form = super().form
        for name, reverse in (("organo", False), ("anno", True)):
            rows = sorted(self.facet_choices.get(name, []), key=itemgetter(1), reverse=reverse)
            cast(forms.ChoiceField, form.fields[name]).choices = [("", _("Tutti")), *rows]
        return form

    def facet_queries(self) -> list[QuerySet]:
        """Bodies and years, in the same query as topics and territories."""
        rows = self.queryset.order_by()
        year = Cast(ExtractYear(self.day_field), CharField())
        bodies = rows.filter(**{f"{self.body_field}__isnull": False})
        return [
            *super().facet_queries(),
            self._count(bodies, "organo", F(f"{self.body_field}__slug"), F(f"{self.body_field}__title")),
            self._count(rows, "anno", year, year),
        ]

    @staticmethod
    def _count(rows: QuerySet, name: str, slug, words) -> QuerySet:
        empty = Value("", output_field=CharField())
        facet = Value(name, output_field=CharField())
        named = rows.values(facet=facet, facet_slug=slug, facet_name=words, facet_name_en=empty)
        return named.annotate(facet_count=Count("pk"))

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
        return cast(DecisionQuerySet, queryset).late(timezone.localdate())


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
