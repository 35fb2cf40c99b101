"""«Chi ci sta?» in the admin: who waits, who is in, and what the redazione decides."""

from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_http_methods
from wagtail.permissions import page_permission_policy

from ..actions.interests import accept_interest, refuse_interest
from ..enums import InterestState
from ..errors import ActionRefused
from ..interest_forms import AcceptForm, RefuseForm
from ..models import CallInterest
from ..permissions import may_publish, may_write

ON_A_PAGE = 50
# The first tab, where the work is.
DEFAULT_STATE = InterestState.CONFIRMED


def interests_for(user):
    """What a person of the redazione may read: that of the calls they may edit."""
    pages = page_permission_policy.instances_user_has_permission_for(user, "change")
    return CallInterest.objects.filter(call__in=pages.order_by().values("pk")).select_related("call", "organisation")


@require_GET
def interests(request: HttpRequest) -> HttpResponse:
    """Who is interested in which call, by state; those to be decided first."""
    if not page_permission_policy.user_has_any_permission(request.user, ["add", "change", "publish"]):
        raise PermissionDenied
    state = request.GET.get("stato", DEFAULT_STATE)
    state = state if state in InterestState.values else DEFAULT_STATE
    rows = interests_for(request.user).filter(state=state).order_by("asked_at", "pk")
    call = request.GET.get("bando", "")
    if call.isascii() and call.isdigit():
        rows = rows.filter(call_id=int(call))
    tabs = [(value, label, value == state) for value, label in InterestState.choices]
    page = Paginator(rows, ON_A_PAGE).get_page(request.GET.get("pagina"))
    context = {"page": page, "tabs": tabs, "call": call}
    return render(request, "wagtailadmin/bandi/interests.html", context)


@require_GET
def interest(request: HttpRequest, pk: int) -> HttpResponse:
    """All that is known of one, and what can be decided."""
    found = _to_read(request, pk)
    context = {
        "found": found,
        "may_decide": may_publish(request.user, found.call),
        "may_accept": found.state in (InterestState.CONFIRMED, InterestState.REFUSED),
        "may_refuse": found.state in (InterestState.CONFIRMED, InterestState.ACCEPTED),
    }
    return render(request, "wagtailadmin/bandi/interest.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Let an organisation in."""
    found = _to_decide(request, pk)
    form = AcceptForm(request.POST or None, initial={"organisation": found.organisation_id})
    if request.method == "POST" and form.is_valid():
        return _decided(
            request,
            found,
            partial(accept_interest, found, by=request.user, **form.cleaned_data),
            gettext("Adesione accolta."),
        )
    question = gettext("«%(name)s» esce nella pagina del bando, se è d'accordo, e riceve un'e-mail.")
    return _ask(request, found, form, question, gettext("Accogli"))


@require_http_methods(["GET", "HEAD", "POST"])
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Do not let an organisation in, or take it off the page."""
    found = _to_decide(request, pk)
    form = RefuseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        return _decided(
            request,
            found,
            partial(refuse_interest, found, by=request.user, **form.cleaned_data),
            gettext("Adesione rifiutata."),
        )
    question = gettext("«%(name)s» non esce nella pagina del bando, e riceve un'e-mail con il motivo.")
    return _ask(request, found, form, question, gettext("Rifiuta"))


def _to_read(request: HttpRequest, pk: int) -> CallInterest:
    found = get_object_or_404(CallInterest.objects.select_related("call", "organisation", "decided_by"), pk=pk)
    if not may_write(request.user, found.call):
        raise PermissionDenied
    return found


def _to_decide(request: HttpRequest, pk: int) -> CallInterest:
    found = _to_read(request, pk)
    if not may_publish(request.user, found.call):
        raise PermissionDenied
    return found


def _decided(request: HttpRequest, found: CallInterest, act, done: str) -> HttpResponse:
    try:
        act()
    except ActionRefused as refused:
        messages.warning(request, str(refused))
    else:
        messages.success(request, done)
    return redirect("call_interest_admin", found.pk)


def _ask(request: HttpRequest, found: CallInterest, form, question: str, yes: str) -> HttpResponse:
    context = {"call": found.call, "question": question % {"name": found.shown_name}, "yes": yes, "form": form}
    context["back_url"] = reverse("call_interest_admin", args=[found.pk])
    return render(request, "wagtailadmin/bandi/ask.html", context)
