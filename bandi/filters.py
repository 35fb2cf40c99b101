"""Filters of the list of calls."""

from datetime import timedelta
from decimal import Decimal

import django_filters
from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.pages.filters import ListingFilterSet
from portal.pages.words import money_words

from .enums import OPEN_STATES, CallKind, CallState
from .states import end_of_day, rome_day

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
    """Calls by words, topic, territory, state, kind, recipients, issuing body, amount and deadline.

    The open ones unless another state is asked for.
    """

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
    facets = {**ListingFilterSet.facets, "destinatari": "recipients", "ente": "issuing_body"}

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

    ente = django_filters.ChoiceFilter(
        field_name="issuing_body__slug", label=_("Chi lo pubblica"), empty_label=_("Tutti")
    )
    importo = django_filters.NumberFilter(
        method="filter_amount",
        label=_("Contributo di almeno (euro)"),
        min_value=0,
        localize=True,
    )
    scadenza = django_filters.ChoiceFilter(
        method="filter_deadline",
        label=pgettext_lazy("filter", "Scade"),
        choices=[
            ("7", _("Entro 7 giorni")),
            ("30", _("Entro 30 giorni")),
            ("90", _("Entro 90 giorni")),
        ],
        empty_label=_("Quando capita"),
    )

    @property
    def chosen(self) -> dict[str, tuple[str, str]]:
        """As everywhere, with the amount as people write it."""
        chosen = super().chosen
        if "importo" in chosen:
            label, _value = chosen["importo"]
            chosen["importo"] = (label, money_words(self.form.cleaned_data["importo"]))
        return chosen

    def filter_amount(self, queryset, name: str, value: Decimal):
        """Calls that may give so much to one applicant; those that say no maximum count by all they have."""
        return queryset.alias(most=Coalesce("maximum_grant", "total_amount")).filter(most__gte=value)

    def filter_deadline(self, queryset, name: str, value: str):
        """Calls whose deadline is ahead, at most so many days of the Italian calendar away."""
        now = timezone.now()
        last = end_of_day(rome_day(now) + timedelta(days=int(value)))
        return queryset.filter(deadline_now__gte=now, deadline_now__lte=last)

    def filter_state(self, queryset, name: str, value: str):
        """Calls in the states that the value stands for."""
        _label, states = STATE_FILTERS[value]
        return queryset.that_are(*states)
