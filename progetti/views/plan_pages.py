"""The pages of a plan: the whole tree, one node, the picture, the data, the reports."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext

from portal.navigation.menus import Link, language_links
from portal.pages.base import BasePage
from portal.pages.csv_files import csv_response, write_rows
from portal.pages.reading import breadcrumbs

from ..line_of_sight import Step, step_label
from ..models import Indicator, PlanPage, PlanReport
from ..plan_contributions import contributors
from ..plan_csv import export_actions
from ..plan_figure import draw
from ..plan_indicators import IndicatorView
from ..plan_node_facts import node_facts, node_meta
from ..plan_reading import Node, Tree, read_branch, read_tree
from ..plan_report import Report, read_report, report_csv_rows
from ..plan_report_pdf import progress_sentence
from ..plan_report_pdf import report_pdf as make_pdf
from ..plan_summary import summary

TYPE, NUMBER = "tipo", "pagina"


def whole(page: PlanPage, request: HttpRequest) -> HttpResponse:
    """The whole tree with its progress."""
    tree = read_tree(page, request)
    context = page.get_context(request)
    context.update(
        tree=tree,
        summary=summary(tree),
        indicators=[IndicatorView(row) for row in Indicator.objects.filter(plan_id=tree.source_id).with_latest()],
        figure_url=f"{tree.url}figura/",
    )
    return TemplateResponse(request, page.get_template(request), context)


def node(page: PlanPage, request: HttpRequest, code: str) -> HttpResponse:
    """An axis, objective or action: how far it is, and all that contributes to it."""
    branch = read_branch(page, code, request)
    if branch is None:
        raise Http404(f"no {code} in plan {page.pk}")
    tree, found = branch
    groups = contributors(tree, found, request)
    only = next((group for group in groups if group.key == request.GET.get(TYPE)), None)
    context = _context(page, request, f"{code}/")
    context.update(
        tree=tree,
        node=found,
        kind_label=step_label(found.kind, found.code),
        steps=_steps(page, request, tree, found),
        crumbs=_crumbs(page, request),
        groups=groups,
        only=only,
        results=only.page(request.GET.get(NUMBER)) if only else None,
        indicators=[IndicatorView(row) for row in _indicators_of(found).with_latest()],
        meta=node_meta(found),
        facts=node_facts(found, request),
        changes=list(found.action.changes.all()) if found.action else [],
        updates=list(found.action.updates.select_related("evidence_document")) if found.action else [],
    )
    return TemplateResponse(request, "pages/progetti/plan_node.html", context)


def figure(page: PlanPage, request: HttpRequest) -> HttpResponse:
    """The plan as a picture: SVG by itself, so that the page stays light."""
    return HttpResponse(draw(read_tree(page, request)), content_type="image/svg+xml")


def data(page: PlanPage, request: HttpRequest) -> HttpResponse:
    """Axes, objectives and actions as open data, in the format that can be imported again."""
    return csv_response(export_actions(read_tree(page, request).source_id), f"{page.slug}-azioni.csv")


def reports(page: PlanPage, request: HttpRequest) -> HttpResponse:
    """All reports of the plan, newest first."""
    context = _context(page, request, "rapporti/")
    context.update(reports=list(_reports(read_tree(page, request).source_id)), crumbs=_crumbs(page, request))
    return TemplateResponse(request, "pages/progetti/plan_reports.html", context)


def report(page: PlanPage, request: HttpRequest, year: int, half: int) -> HttpResponse:
    """A half-yearly report as a page."""
    found = _report_or_404(page, request, year, half)
    context = _context(page, request, f"rapporti/{year}-{half}/")
    context.update(
        report=found,
        sentence=progress_sentence(found),
        has_examples=found.has_examples,
        crumbs=_crumbs(page, request),
    )
    return TemplateResponse(request, "pages/progetti/plan_report.html", context)


def report_pdf(page: PlanPage, request: HttpRequest, year: int, half: int) -> HttpResponse:
    """The same report as an accessible PDF."""
    found = _report_or_404(page, request, year, half)
    response = HttpResponse(make_pdf(found), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{page.slug}-{year}-{half}.pdf"'
    return response


def report_csv(page: PlanPage, request: HttpRequest, year: int, half: int) -> HttpResponse:
    """The same report as a table."""
    found = _report_or_404(page, request, year, half)
    return csv_response(write_rows(report_csv_rows(found)), f"{page.slug}-rapporto-{year}-{half}.csv")


def _context(page: PlanPage, request: HttpRequest, below: str) -> dict[str, Any]:
    """What every page below the plan needs: in another language it leads to the same thing below that plan."""
    context = BasePage.get_context(page, request)

    def links() -> list[Link]:
        return [
            Link(link.title, f"{link.url}{below}" if link.exact else link.url, link.active, link.code, link.exact)
            for link in language_links(request, page)
        ]

    context["language_links"] = SimpleLazyObject(links)
    return context


def _crumbs(page: PlanPage, request: HttpRequest) -> list[Link]:
    return [*breadcrumbs(request, page), Link(title=page.title, url=page.get_url(request) or "")]


def _steps(page: PlanPage, request: HttpRequest, tree: Tree, found: Node) -> list[Step]:
    vision = page.vision
    steps = [Step(gettext("Visione"), vision.title, vision.get_url(request) or "")] if vision and vision.live else []
    path: list[Step] = []
    node: Node | None = found.parent
    while node is not None:
        path.insert(0, Step(step_label(node.kind, node.code), node.title, node.url, node.in_italian))
        node = node.parent
    return [*steps, *path]


def _indicators_of(node: Node):
    below = {
        "axis": Indicator.objects.under_axis,
        "objective": Indicator.objects.under_objective,
        "action": Indicator.objects.under_action,
    }
    return below[node.kind](node.pk)


def _reports(source_id: int):
    return PlanReport.objects.filter(plan_id=source_id, is_public=True)


def _report_or_404(page: PlanPage, request: HttpRequest, year: int, half: int) -> Report:
    tree = read_tree(page, request)
    row = _reports(tree.source_id).filter(year=year, half=half).first()
    if row is None:
        raise Http404(f"no report {year}-{half} for plan {page.pk}")
    return read_report(row, tree)
