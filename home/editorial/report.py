"""The report «Qualità dei contenuti»: every page with something to put right, to filter, to hand out, to export."""

import django_filters
from django.db.models import Q
from django.urls import path, reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import ContentTypeFilter, WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page, Site, get_page_content_types
from wagtail.permissions import page_permission_policy

from portal.registry.models import Territory

from .columns import DayColumn
from .problems import PAGE_TYPES, Problem
from .quality import Judged, judge, pages_with

URL_NAME = "portal_quality_report"
_NOTHING = Judged([], "")


def sections(request=None):
    """The sections of the Italian site: the pages right below its home page."""
    site = Site.objects.select_related("root_page").filter(is_default_site=True).first()
    if site is None:
        return Page.objects.none()
    return Page.objects.child_of(site.root_page).order_by("title", "pk")


class QualityFilterSet(WagtailFilterSet):
    """Which problem, where in the tree, which type of page, which territory."""

    problem = django_filters.ChoiceFilter(
        label=_("Che cosa c'è da sistemare"),
        choices=Problem.choices,
        method="filter_problem",
        empty_label=pgettext_lazy("problem", "Tutto"),
    )
    section = django_filters.ModelChoiceFilter(
        label=_("Sezione del sito"), queryset=sections, method="filter_section", empty_label=_("Tutto il sito")
    )
    territory = django_filters.ModelChoiceFilter(
        label=_("Territorio"),
        queryset=Territory.objects.all(),
        method="filter_territory",
        empty_label=pgettext_lazy("territories", "Tutti"),
    )
    content_type = ContentTypeFilter(
        label=_("Tipo di pagina"), queryset=lambda request: get_page_content_types(include_base_page_type=False)
    )

    class Meta:
        model = Page
        fields: list[str] = []

    def filter_problem(self, queryset, name, value):
        """Pages with that problem."""
        return queryset.filter(pk__in=pages_with(self.request.user, [Problem(value)]).values("pk"))

    def filter_section(self, queryset, name, value):
        """Pages in that part of the tree, its first page included."""
        return queryset.filter(path__startswith=value.path)

    def filter_territory(self, queryset, name, value):
        """Pages about that territory, whatever their type."""
        about = Q()
        for model in PAGE_TYPES:
            rows = model.territories.through.objects.filter(territory=value)
            about |= Q(pk__in=rows.values(f"{model._meta.model_name}_id"))
        return queryset.filter(about)


class ProblemsColumn(Column):
    """One sentence below the other."""

    cell_template_name = "wagtailadmin/home/problems_cell.html"


class QualityReportView(ReportView):
    """Pages that the reader may edit and that have something to put right, one line each."""

    model = Page
    permission_policy = page_permission_policy
    any_permission_required = ["add", "change", "publish"]
    page_title = _("Qualità dei contenuti")
    header_icon = "clipboard-list"
    index_url_name = URL_NAME
    index_results_url_name = f"{URL_NAME}_results"
    filterset_class = QualityFilterSet
    is_searchable = False
    default_ordering = "title"
    no_results_message = _("Qui non c'è niente da sistemare.")
    export_filename = "qualita-dei-contenuti"
    list_export = ["title", "type_name", "problems", "since", "responsible", "address"]
    export_headings = {
        "title": pgettext_lazy("report column", "Pagina"),
        "type_name": pgettext_lazy("report column", "Tipo"),
        "problems": pgettext_lazy("report column", "Che cosa sistemare"),
        "since": pgettext_lazy("report column", "Dal giorno"),
        "responsible": pgettext_lazy("report column", "Chi ne risponde"),
        "address": pgettext_lazy("report column", "Indirizzo per correggere"),
    }

    @cached_property
    def columns(self):
        """Page, type, problems in words, the day they speak of, who answers for the page."""
        return [
            TitleColumn(
                "title",
                label=pgettext_lazy("report column", "Pagina"),
                sort_key="title",
                get_url=lambda page: reverse("wagtailadmin_pages:edit", args=[page.pk]),
            ),
            Column(
                "type_name", label=pgettext_lazy("report column", "Tipo"), sort_key="content_type__model", width="12%"
            ),
            ProblemsColumn("problems", label=pgettext_lazy("report column", "Che cosa sistemare"), width="38%"),
            DayColumn("since", label=pgettext_lazy("report column", "Dal giorno"), width="10%"),
            Column("responsible", label=pgettext_lazy("report column", "Chi ne risponde"), width="15%"),
        ]

    def get_queryset(self):
        """The pages of the report; the sentences are added to the page of results that is shown."""
        return self.order_queryset(pages_with(self.request.user).select_related("content_type"))

    def decorate_paginated_queryset(self, object_list):
        """Give each page its problems, in as many queries as there are types of page."""
        pages = list(object_list)
        wanted = None if self.is_export else [page.pk for page in pages]
        judged = judge(self.request.user, wanted)
        base = self.request.build_absolute_uri("/").rstrip("/")
        for page in pages:
            told = judged.get(page.pk, _NOTHING)
            page.problems = " ".join(told.words) if self.is_export else told.words
            page.since = told.since
            page.responsible = told.responsible
            page.type_name = page.page_type_display_name
            page.address = base + reverse("wagtailadmin_pages:edit", args=[page.pk])
        return pages


def urlpatterns():
    """The addresses of the report, below the admin."""
    return [
        path("reports/qualita/", QualityReportView.as_view(), name=URL_NAME),
        path("reports/qualita/results/", QualityReportView.as_view(results_only=True), name=f"{URL_NAME}_results"),
    ]


def has_report(user) -> bool:
    """Whether the report has anything to do with a person: who edits no page does not see it."""
    return page_permission_policy.user_has_any_permission(user, ["add", "change", "publish"])
