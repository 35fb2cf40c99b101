"""Filters of the public list of offers; they live in its address."""

import django_filters
from django.db.models import CharField, Count, F, Q, QuerySet, Value
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.pages.filters import ListingFilterSet

from .enums import OfferKind


class OfferFilterSet(ListingFilterSet):
    """Words, sector, kind, municipality, remote and order."""

    orders = {
        "recenti": (pgettext_lazy("list order", "Più recenti"), ("-published_at",)),
        "inizio": (pgettext_lazy("list order", "Cominciano prima"), ("start_date",)),
        "titolo": (pgettext_lazy("list order", "Titolo"), ("title",)),
    }
    facets = {"settore": "sector", "comune": "municipality"}

    argomento = None
    territorio = None
    settore = django_filters.ChoiceFilter(field_name="sector__slug", label=_("Settore"), empty_label=_("Tutti"))
    tipo = django_filters.ChoiceFilter(
        field_name="kind", label=_("Tipo di esperienza"), choices=OfferKind, empty_label=_("Tutti")
    )
    comune = django_filters.ChoiceFilter(
        field_name="municipality__istat_code", label=pgettext_lazy("municipality", "Comune"), empty_label=_("Tutti")
    )
    distanza = django_filters.ChoiceFilter(
        method="filter_remote",
        label=_("A distanza"),
        choices=[("si", _("Si può fare a distanza"))],
        empty_label=_("Non importa"),
    )

    def _facet_query(self, name: str, field: str) -> QuerySet:
        if field != "municipality":
            return super()._facet_query(name, field)
        # A municipality is known by its code and has one name in both languages.
        return (
            self.queryset.order_by()
            .values(
                facet=Value(name, output_field=CharField()),
                facet_slug=F("municipality__istat_code"),
                facet_name=F("municipality__name"),
                facet_name_en=Value("", output_field=CharField()),
            )
            .annotate(facet_count=Count("pk"))
        )

    def filter_words(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Offers with every word in the title, the sentence, the tasks or the name of the host."""
        for word in value.split():
            queryset = queryset.filter(
                Q(title__icontains=word)
                | Q(summary__icontains=word)
                | Q(tasks__icontains=word)
                | Q(host__organisation__name__icontains=word)
            )
        return queryset

    def filter_remote(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Offers that can be done from a distance."""
        return queryset.filter(remote=True)
