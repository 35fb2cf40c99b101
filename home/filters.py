"""Filters of the lists of news and events."""

import django_filters
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.pages.filters import ListingFilterSet

from .enums import EventKind, EventMode, NewsKind
from .querysets import EventQuerySet

UPCOMING, PAST, ALL = "prossimi", "passati", "tutti"


class NewsFilterSet(ListingFilterSet):
    """News by words, topic, territory and kind."""

    orders = {
        "recenti": (pgettext_lazy("list order", "Più recenti"), ("-date", "-first_published_at")),
        "titolo": (pgettext_lazy("list order", "Titolo"), ("title",)),
    }

    tipo = django_filters.ChoiceFilter(
        field_name="kind", choices=NewsKind.choices, label=pgettext_lazy("filter", "Tipo"), empty_label=_("Tutti")
    )


class EventFilterSet(ListingFilterSet):
    """Events by words, topic, territory, kind and mode: the next ones, unless the past or all are asked for."""

    orders = {
        "data": (pgettext_lazy("list order", "Dal più vicino"), ("start",)),
        "recenti": (pgettext_lazy("list order", "Dal più lontano"), ("-start",)),
        "titolo": (pgettext_lazy("list order", "Titolo"), ("title",)),
    }
    defaults = {"quando": UPCOMING}

    quando = django_filters.ChoiceFilter(
        method="filter_when",
        label=_("Quando"),
        choices=[
            (UPCOMING, pgettext_lazy("events", "Prossimi")),
            (PAST, pgettext_lazy("events", "Passati")),
            (ALL, pgettext_lazy("events", "Tutti")),
        ],
        empty_label=None,
    )
    tipo = django_filters.ChoiceFilter(
        field_name="kind", choices=EventKind.choices, label=pgettext_lazy("filter", "Tipo"), empty_label=_("Tutti")
    )
    modo = django_filters.ChoiceFilter(
        field_name="mode", choices=EventMode.choices, label=_("Come si partecipa"), empty_label=_("Tutti i modi")
    )

    @property
    def order(self) -> str:
        """Past events start from the latest, unless another order is asked for."""
        self.form.is_valid()
        asked = self.form.cleaned_data.get("ordine")
        return asked or ("recenti" if self.form.cleaned_data.get("quando") == PAST else "data")

    def filter_when(self, queryset: EventQuerySet, name: str, value: str) -> EventQuerySet:
        """Next, past or all events."""
        if value == PAST:
            return queryset.past()
        return queryset if value == ALL else queryset.upcoming()
