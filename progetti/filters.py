"""Filters of the lists of projects and bodies."""

from collections.abc import Mapping

import django_filters
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.pages.filters import ListingFilterSet

from .enums import BodyKind, ProjectStatus


class ProjectFilterSet(ListingFilterSet):
    """Projects by words, topic, territory, status and aim."""

    orders = {
        "recenti": (pgettext_lazy("list order", "Più recenti"), (F("start").desc(nulls_last=True), "title")),
        "titolo": (pgettext_lazy("list order", "Titolo"), ("title",)),
    }

    stato = django_filters.ChoiceFilter(
        field_name="status",
        choices=ProjectStatus.choices,
        label=pgettext_lazy("project status", "Stato"),
        empty_label=_("Tutti"),
    )


class BodyFilterSet(ListingFilterSet):
    """Bodies by words and kind."""

    # Bodies are few: kind and words find them.
    facets: Mapping[str, str] = {}
    orders = {"titolo": (pgettext_lazy("list order", "Titolo"), ("title",))}

    tipo = django_filters.ChoiceFilter(
        field_name="kind", choices=BodyKind.choices, label=_("Tipo"), empty_label=_("Tutti")
    )
