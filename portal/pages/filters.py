"""Filters that live in the address of a list, so that a filtered list can be linked, kept and shared."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import cast

import django_filters
from django import forms
from django.core.exceptions import FieldDoesNotExist
from django.db.models import CharField, Count, F, Q, QuerySet, Value
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

ORDER = "ordine"
PAGE_PARAMETER = "pagina"
MAX_WORDS = 100
NULL = "\0"


@dataclass(frozen=True, slots=True)
class ActiveFilter:
    """A filter that the reader chose, in words, and the address of the list without it."""

    label: str
    value: str
    remove_url: str


class ListingFilterSet(django_filters.FilterSet):
    """Words, topic, territory and order: what every list of pages can be filtered by.

    A value that makes no sense is not applied and ends up in `problems`; it never fails. The choices of topic
    and territory are only those that the list really has, each with its count, read in one query.

    A subclass adds filters of its own (Italian parameter names), gives `orders`, and lists in `defaults` the
    value that a filter has when the address does not name it.
    """

    # Key in the address -> (label, fields). The first is the default; the primary key always ends it.
    orders: Mapping[str, tuple[object, tuple]] = {
        "recenti": (pgettext_lazy("list order", "Più recenti"), ("-first_published_at",)),
        "titolo": (pgettext_lazy("list order", "Titolo"), ("title",)),
    }
    # Filters whose choices come from the list: parameter in the address -> many-to-many field of the listed page.
    facets: Mapping[str, str] = {"argomento": "topics", "territorio": "territories"}
    # Filters that apply although the address does not name them: they are not shown as chosen by the reader.
    defaults: Mapping[str, str] = {}
    # Filters that mean nothing without another: the other -> those that go with it.
    halves: Mapping[str, tuple[str, ...]] = {}

    q = django_filters.CharFilter(method="filter_words", label=_("Cerca nell'elenco"), max_length=MAX_WORDS)
    argomento = django_filters.ChoiceFilter(field_name="topics__slug", label=_("Argomento"), empty_label=_("Tutti"))
    territorio = django_filters.ChoiceFilter(
        field_name="territories__slug", label=_("Territorio"), empty_label=_("Tutti")
    )
    ordine = django_filters.ChoiceFilter(method="keep_order", label=_("Ordina per"), empty_label=None)

    class Meta:
        form = forms.Form

    def __init__(self, data, queryset: QuerySet, **kwargs):
        data = data.copy()
        # No database can look for this character, and no page may show it.
        self.had_null_characters = any(NULL in value for values in data.lists() for value in values[1])
        for name in list(data):
            data.setlist(name, [value.replace(NULL, "") for value in data.getlist(name)])
        for name, value in self.defaults.items():
            if not data.get(name):
                data[name] = value
        super().__init__(data, queryset, **kwargs)

    @cached_property
    def form(self) -> forms.Form:
        """The form that shows and checks the filters, with the choices that the list really has."""
        form = self.get_form_class()(self.data, prefix=self.form_prefix)
        choices = self.facet_choices
        for name in self.facets:
            if name in form.fields and name in choices:
                form.fields[name].choices = [("", _("Tutti")), *choices[name]]
            else:
                form.fields.pop(name, None)
        form.fields[ORDER].choices = [(key, label) for key, (label, _fields) in self.orders.items()]
        for field in form.fields.values():
            if isinstance(field, forms.ChoiceField):
                field.error_messages["invalid_choice"] = gettext(
                    "Il valore scelto per «%(label)s» non è in questo elenco: non lo abbiamo applicato."
                ) % {"label": field.label}
        form.order_fields([*(name for name in form.fields if name != ORDER), ORDER])
        return form

    @cached_property
    def facet_choices(self) -> dict[str, list[tuple[str, str]]]:
        """Topics, territories and the like of the unfiltered list, with how many pages have each: one query."""
        english = (get_language() or "").startswith("en")
        parts = self.facet_queries()
        if not parts:
            return {}
        rows = parts[0].union(*parts[1:], all=True) if len(parts) > 1 else parts[0]
        choices: dict[str, list[tuple[str, str]]] = {}
        labelled = sorted(
            ((row["facet"], (english and row["facet_name_en"]) or row["facet_name"], row) for row in rows),
            key=lambda item: item[:2],
        )
        for facet, label, row in labelled:
            choices.setdefault(facet, []).append((row["facet_slug"], f"{label} ({row['facet_count']})"))
        return choices

    def facet_queries(self) -> list[QuerySet]:
        """The parts of the one query: rows with facet, facet_slug, facet_name, facet_name_en and facet_count."""
        return [
            self._facet_query(name, field)
            for name, field in self.facets.items()
            if name in self.filters and self._has_field(field)
        ]

    def _has_field(self, name: str) -> bool:
        try:
            self.queryset.model._meta.get_field(name)
        except FieldDoesNotExist:
            return False
        return True

    def _facet_query(self, name: str, field: str) -> QuerySet:
        related = self.queryset.model._meta.get_field(field).related_model
        has_english = any(item.name == "name_en" for item in related._meta.get_fields())
        return (
            self.queryset.order_by()
            .filter(**{f"{field}__isnull": False})
            .values(
                facet=Value(name, output_field=CharField()),
                facet_slug=F(f"{field}__slug"),
                facet_name=F(f"{field}__name"),
                facet_name_en=F(f"{field}__name_en") if has_english else Value("", output_field=CharField()),
            )
            .annotate(facet_count=Count("pk"))
        )

    @property
    def qs(self) -> QuerySet:
        """The list, filtered and in an order that ends in the primary key, so that pages never overlap."""
        _label, fields = self.orders[self.order]
        return super().qs.order_by(*fields, "pk")

    @property
    def order(self) -> str:
        """The key of the order in use: the one asked for, or the first."""
        self.form.is_valid()
        return self.form.cleaned_data.get(ORDER) or next(iter(self.orders))

    @property
    def problems(self) -> list[str]:
        """One sentence for each value that was not applied."""
        problems = [gettext("Abbiamo tolto un carattere che non si può cercare.")] if self.had_null_characters else []
        for name, messages in self.form.errors.items():
            field = self.form.fields[name]
            start = "" if isinstance(field, forms.ChoiceField) else f"{field.label}: "
            problems += [f"{start}{message}" for message in messages]
        return problems

    @property
    def chosen(self) -> dict[str, tuple[str, str]]:
        """Filters that the reader chose and that apply: name -> (label, value in words)."""
        self.form.is_valid()
        result = {}
        for name, value in self.form.cleaned_data.items():
            if name == ORDER or value in (None, "") or self.defaults.get(name) == value:
                continue
            field = self.form.fields[name]
            words = value
            if isinstance(field, forms.ChoiceField):
                # A form's field gives its choices as pairs, whatever they were declared as.
                words = dict(cast(Iterable[tuple[str, object]], field.choices)).get(value, value)
            result[name] = (str(field.label), str(words))
        return result

    def active_filters(self, request: HttpRequest) -> list[ActiveFilter]:
        """What the reader chose, each with the address of this page without it."""
        filters = []
        for name, (label, value) in self.chosen.items():
            rest = request.GET.copy()
            for gone in (name, *self.halves.get(name, ()), PAGE_PARAMETER):
                rest.pop(gone, None)
            query = rest.urlencode()
            filters.append(ActiveFilter(label, value, f"{request.path}?{query}" if query else request.path))
        return filters

    def filter_words(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Pages with every word in the title or in the short description."""
        for word in value.split():
            queryset = queryset.filter(Q(title__icontains=word) | Q(short_description__icontains=word))
        return queryset

    def keep_order(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """The order is given at the end, by `qs`: here nothing is filtered."""
        return queryset
