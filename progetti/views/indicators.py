"""Indicators: all of them, and one with its chart, table and data, side by side by territory."""

from collections.abc import Iterable

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext
from wagtail.models import Page

from portal.pages.csv_files import csv_response
from portal.pages.querysets import public

from ..facts import Fact, fact
from ..models import Indicator, PlanPage, ProjectPage
from ..plan_csv import export_measurements
from ..plan_indicators import IndicatorView


def readable():
    """Indicators of plans and projects that everybody may read."""
    plans = public(PlanPage.objects.live())
    projects = public(ProjectPage.objects.live())
    return Indicator.objects.filter(Q(plan=None) | Q(plan__in=plans)).filter(Q(project=None) | Q(project__in=projects))


def siblings(indicator: Indicator):
    """The same indicator in every territory that measures it, itself included."""
    return readable().filter(plan_id=indicator.plan_id, project_id=indicator.project_id, code=indicator.code)


def grouped(indicators: Iterable[Indicator]) -> list[list[Indicator]]:
    """Indicators with the same code of the same plan and project together, in the order they come."""
    groups: dict[tuple, list[Indicator]] = {}
    for item in indicators:
        groups.setdefault((item.plan_id, item.project_id, item.code), []).append(item)
    return list(groups.values())


def index(request: HttpRequest) -> HttpResponse:
    """All indicators, those that several territories measure once."""
    groups = [
        {"first": rows[0], "views": [IndicatorView(row) for row in rows]}
        for rows in grouped(readable().with_series().select_related("project", "plan", "territory"))
    ]
    return render(request, "pages/progetti/indicators.html", {"groups": groups})


def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One indicator in each of its territories."""
    rows = _rows_or_404(pk)
    first = rows[0]
    context = {
        "first": first,
        "views": [IndicatorView.with_chart(row) for row in rows],
        "facts": _facts(first, request),
        "data_url": f"{request.path}csv/",
    }
    return render(request, "pages/progetti/indicator.html", context)


def data(request: HttpRequest, pk: int) -> HttpResponse:
    """The measurements as open data."""
    rows = _rows_or_404(pk)
    return csv_response(export_measurements(rows), f"indicatore-{rows[0].code}.csv")


def _rows_or_404(pk: int) -> list[Indicator]:
    indicator = readable().filter(pk=pk).first()
    if indicator is None:
        raise Http404(f"no indicator {pk}")
    return list(siblings(indicator).with_series())


def _facts(first: Indicator, request: HttpRequest) -> list[Fact]:
    ids = [pk for pk in (first.plan_id, first.project_id) if pk]
    pages = {page.pk: page for page in public(Page.objects.live().filter(pk__in=ids))}
    plan, project = pages.get(first.plan_id), pages.get(first.project_id)
    plan_url = plan.get_url(request) or "" if plan else ""
    project_url = project.get_url(request) or "" if project else ""
    node = first.node
    return [
        fact(gettext("Piano"), plan.title if plan else "", plan_url),
        fact(gettext("Misura"), str(node) if node else "", f"{plan_url}{node.code}/" if node and plan else ""),
        fact(gettext("Progetto"), project.title if project else "", project_url),
        fact(gettext("Direzione"), first.get_direction_display()),
        fact(gettext("Ogni quanto"), first.get_frequency_display()),
        fact(gettext("Come si misura"), first.method),
        fact(gettext("Fonte"), first.source),
    ]
