"""The addresses below a plan: its nodes, its picture, its data, its reports."""

from collections.abc import Callable

from django.http import HttpResponse
from wagtail.contrib.routable_page.models import RoutablePageMixin, path, re_path

NODE_CODE = r"[A-Z][0-9]{1,2}(?:\.[0-9]{1,2}(?:\.[0-9]{1,3})?)?"


def _view(name: str) -> Callable[..., HttpResponse]:
    """A method of the page that hands over to `progetti.views.plan_pages`, which reads the models."""

    def serve(self, request, **kwargs) -> HttpResponse:
        from ..views import plan_pages

        return getattr(plan_pages, name)(self, request, **kwargs)

    serve.__name__ = name
    return serve


class PlanRoutes(RoutablePageMixin):
    """/piano/ is the whole tree, /piano/A1.2/ one of its nodes, /piano/rapporti/2019-1/ a report.

    `progetti.urls` lets addresses with dots through to the page: Wagtail's own pattern does not.
    """

    whole = path("", name="whole")(_view("whole"))
    node = re_path(rf"^(?P<code>{NODE_CODE})/$", name="node")(_view("node"))
    figure = path("figura/", name="figure")(_view("figure"))
    data = path("azioni/csv/", name="data")(_view("data"))
    reports = path("rapporti/", name="reports")(_view("reports"))
    report = path("rapporti/<int:year>-<int:half>/", name="report")(_view("report"))
    report_pdf = path("rapporti/<int:year>-<int:half>/pdf/", name="report_pdf")(_view("report_pdf"))
    report_csv = path("rapporti/<int:year>-<int:half>/csv/", name="report_csv")(_view("report_csv"))
