"""The plan in the admin: the whole tree with links to edit, import with a trial, export."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET
from wagtail.models import Site

from portal.pages.csv_files import csv_response

from ..indicator_import import import_indicators
from ..models import PlanPage
from ..plan_csv import export_actions, export_indicators
from ..plan_import import ImportResult, import_plan
from ..plan_reading import read_tree
from ..plan_summary import summary
from .csv_import import import_csv

ACTIONS, INDICATORS = "azioni", "indicatori"


def _plans():
    return PlanPage.objects.filter(locale__language_code="it").order_by("title", "pk")


def _require(user, *permissions: str) -> None:
    if not user.has_perms([f"progetti.{name}" for name in permissions]):
        raise PermissionDenied


def index(request: HttpRequest) -> HttpResponse:
    """The plans, each with its tree; straight to the tree when there is only one."""
    _require(request.user, "change_action")
    plans = list(_plans())
    if len(plans) == 1:
        return redirect("plan_admin_tree", plans[0].pk)
    return render(request, "wagtailadmin/progetti/plans.html", {"plans": plans, "add_url": _add_url(request.user)})


def _add_url(user) -> str:
    """The form of a new plan below the home page in the source language; empty when the person may not."""
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    if site is None or not site.root_page.permissions_for_user(user).can_add_subpage():
        return ""
    return reverse("wagtailadmin_pages:add", args=["progetti", "planpage", site.root_page_id])


def tree(request: HttpRequest, pk: int) -> HttpResponse:
    """The whole tree of a plan, each node a link to its form."""
    _require(request.user, "change_action")
    plan = get_object_or_404(_plans(), pk=pk)
    found = read_tree(plan, request)
    context = {"plan": plan, "tree": found, "nodes": list(found.walk()), "summary": summary(found)}
    return render(request, "wagtailadmin/progetti/plan_tree.html", context)


@require_GET
def export(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Actions or indicators of a plan, in the columns that the import reads."""
    _require(request.user, "change_action")
    plan = get_object_or_404(_plans(), pk=pk)
    texts: dict[str, Callable[[int], str]] = {ACTIONS: export_actions, INDICATORS: export_indicators}
    if kind not in texts:
        raise Http404(kind)
    return csv_response(texts[kind](plan.pk), f"{plan.slug}-{kind}.csv")


def import_file(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """First the file is tried, and nothing changes; then the same text is sent back and imported for good."""
    needed = {
        ACTIONS: ("add_action", "change_action", "add_objective", "change_objective"),
        INDICATORS: ("add_indicator", "change_indicator"),
    }
    if kind not in needed:
        raise Http404(kind)
    _require(request.user, *needed[kind])
    plan = get_object_or_404(_plans(), pk=pk)

    def run(text: str, commit: bool) -> ImportResult:
        if kind == INDICATORS:
            return import_indicators(plan, text, commit=commit)
        # Axes are part of the page of the plan: who may not publish it cannot change it through a file either.
        may_publish = plan.permissions_for_user(request.user).can_publish()
        return import_plan(plan, text, by=request.user, commit=commit, axes_too=may_publish)

    return import_csv(
        request,
        run,
        back_url=reverse("plan_admin_tree", args=[plan.pk]),
        back_label=gettext("Torna all'albero del piano"),
        subtitle=plan.title,
        row_label=gettext("Codice"),
    )
