"""«Chi ci sta?» for the public: the form on the call, and the page that the link in the e-mail opens."""

from http import HTTPStatus

from allauth.core import ratelimit
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ..actions.interests import confirm_interest, say_interest, withdraw_interest, write_to
from ..enums import InterestState
from ..errors import ActionRefused
from ..interest_forms import InterestForm, MessageForm
from ..interest_links import interest_of
from ..models import CallInterest
from ..reading import call_at, in_language_of

SENT = "inviata"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, slug: str) -> HttpResponse:
    """The form to join. What a program fills in is thanked for and thrown away."""
    call = call_at(slug)
    form, status = InterestForm(request.POST or None), HTTPStatus.OK
    if request.method == "POST" and form.is_trap_sprung:
        return redirect(f"{request.path}?{SENT}=1")
    if request.method == "POST" and form.is_valid():
        if not ratelimit.consume(request, action="call_interest", key=form.cleaned_data["email"].lower()):
            status = HTTPStatus.TOO_MANY_REQUESTS
            form.add_error(None, gettext("Hai fatto troppe richieste in poco tempo: aspetta un'ora e riprova."))
        else:
            try:
                say_interest(call, form.values(), (get_language() or "it").split("-")[0])
            except ActionRefused as refused:
                form.add_error(None, str(refused))
            else:
                return redirect(f"{request.path}?{SENT}=1")
    context = {
        "call": call,
        "call_url": call.get_url(request) or "",
        "form": form,
        "is_open": call.takes_interests,
        "sent": SENT in request.GET,
    }
    return _private(render(request, "pages/bandi/interest_join.html", context, status=status))


@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm, see how far it is and who else is in, or withdraw. Opening it changes nothing, its buttons do."""
    interest = _found(token)
    if request.method == "POST":
        try:
            _act(request, interest)
        except ActionRefused as refused:
            messages.warning(request, str(refused))
        return redirect(request.path)
    is_in = interest.state == InterestState.ACCEPTED
    others = CallInterest.objects.to_show(interest.call).exclude(pk=interest.pk) if is_in else []
    context = {
        "interest": interest,
        "token": token,
        "call": in_language_of(request, interest.call),
        "others": others,
        "may_withdraw": interest.state not in (InterestState.WITHDRAWN, InterestState.REFUSED),
    }
    context["call_url"] = (context["call"].get_url(request) or "") if context["call"].live else ""
    return _private(render(request, "pages/bandi/interest.html", context))


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, token: str, pk: int) -> HttpResponse:
    """Write to somebody who is in the same call, without learning the address."""
    sender = _found(token)
    if sender.state != InterestState.ACCEPTED:
        raise Http404("not in")
    receivers = CallInterest.objects.to_show(sender.call).filter(may_be_shown=True).exclude(pk=sender.pk)
    receiver = get_object_or_404(receivers, pk=pk)
    form, status = MessageForm(request.POST or None), HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        if not ratelimit.consume(request, action="call_message", key=str(sender.pk)):
            status = HTTPStatus.TOO_MANY_REQUESTS
            form.add_error(None, gettext("Hai scritto molti messaggi oggi: riprova domani."))
        else:
            try:
                write_to(sender, receiver, form.cleaned_data["text"])
            except ActionRefused as refused:
                form.add_error(None, str(refused))
            else:
                words = gettext("Messaggio inviato a «%(organisation)s»: se risponde, la risposta arriva a te.")
                messages.success(request, words % {"organisation": receiver.shown_name})
                return redirect("call_interest", token)
    context = {"interest": sender, "receiver": receiver, "form": form, "token": token, "call": sender.call}
    return _private(render(request, "pages/bandi/interest_write.html", context, status=status))


def _found(token: str) -> CallInterest:
    interest = interest_of(token)
    if interest is None:
        raise Http404("no such interest")
    return interest


def _act(request: HttpRequest, interest: CallInterest) -> None:
    act = request.POST.get("act")
    if act == "confirm":
        confirm_interest(interest)
        messages.success(request, gettext("Grazie: hai confermato. Ora la redazione controlla e ti scrive."))
    elif act == "withdraw":
        withdraw_interest(interest)
        messages.success(request, gettext("Adesione ritirata: la pagina del bando non la mostra più."))


def _private(response: HttpResponse) -> HttpResponse:
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    # The address may be a key: no other site may learn it from a link that is followed here.
    response.headers["Referrer-Policy"] = "same-origin"
    return response
