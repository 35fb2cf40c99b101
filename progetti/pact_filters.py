"""Filters of the list of pacts."""

import django_filters
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.pages.filters import ListingFilterSet

from .enums import PactKind
from .pact_enums import IN_FORCE_STATES, PactState

OPEN = "aperte"


class PactFilterSet(ListingFilterSet):
    """Pacts by words, topic, territory, kind, state and whether one can join."""

    orders = {
        "recenti": (pgettext_lazy("list order", "Più recenti"), (F("start").desc(nulls_last=True), "title")),
        "scadenza": (pgettext_lazy("list order", "Scadenza più vicina"), (F("end").asc(nulls_last=True), "title")),
        "titolo": (pgettext_lazy("list order", "Titolo"), ("title",)),
    }

    tipo = django_filters.ChoiceFilter(
        field_name="kind", choices=PactKind.choices, label=_("Tipo"), empty_label=_("Tutti")
    )
    stato = django_filters.ChoiceFilter(
        field_name="state_now",
        choices=PactState.choices,
        label=pgettext_lazy("pact", "Stato"),
        empty_label=_("Tutti"),
    )
    adesioni = django_filters.ChoiceFilter(
        method="filter_open",
        choices=[(OPEN, pgettext_lazy("pact", "Aperte"))],
        label=pgettext_lazy("pact", "Nuove firme"),
        empty_label=_("Tutti"),
    )

    def filter_open(self, queryset, name, value):
        """Pacts that one can join now, as `PactTermsMixin.takes_signatures` says."""
        return queryset.filter(open_to_signatories=True, state_now__in=IN_FORCE_STATES)
