"""Filters of the list of calls."""

import django_filters
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.pages.filters import ListingFilterSet

from .enums import OPEN_STATES, CallKind, CallState

# Values of the filter by state, as the address says them.
OPEN_CALLS = "aperti"
ALL_STATES = "tutti"
STATE_FILTERS = {
    OPEN_CALLS: (pgettext_lazy("calls", "Aperti"), OPEN_STATES),
    "in-arrivo": (pgettext_lazy("calls", "In arrivo"), (CallState.SCHEDULED,)),
    "in-valutazione": (pgettext_lazy("calls", "In valutazione"), (CallState.UNDER_EVALUATION,)),
    "chiusi": (pgettext_lazy("calls", "Chiusi"), (CallState.CLOSED,)),
    "sospesi-o-revocati": (
        pgettext_lazy("calls", "Sospesi o revocati"),
        (CallState.SUSPENDED, CallState.REVOKED),
    ),
    ALL_STATES: (pgettext_lazy("calls", "Tutti"), tuple(CallState)),
}


class CallFilterSet(ListingFilterSet):
    """Calls by words, topic, territory, state, kind and recipients; the open ones unless another state is asked for."""

    orders = {
        "scadenza": (
            pgettext_lazy("list order", "Scadenza più vicina"),
            (F("deadline_now").asc(nulls_last=True),),
        ),
        "recenti": (
            pgettext_lazy("list order", "Più recenti"),
            (F("opening").desc(nulls_last=True), F("first_published_at").desc(nulls_last=True)),
        ),
    }
    defaults = {"stato": OPEN_CALLS}
    facets = {**ListingFilterSet.facets, "destinatari": "recipients"}

    stato = django_filters.ChoiceFilter(
        method="filter_state",
        choices=[(key, label) for key, (label, _states) in STATE_FILTERS.items()],
        label=pgettext_lazy("call state", "Stato"),
        empty_label=None,
    )
    tipo = django_filters.ChoiceFilter(
        field_name="kind", choices=CallKind.choices, label=_("Tipo"), empty_label=_("Tutti")
    )
    destinatari = django_filters.ChoiceFilter(field_name="recipients__slug", label=_("Per chi"), empty_label=_("Tutti"))

    def filter_state(self, queryset, name: str, value: str):
        """Calls in the states that the value stands for."""
        _label, states = STATE_FILTERS[value]
        return queryset.filter(state_now__in=states)
