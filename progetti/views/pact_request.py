"""The page of one request, reached by the link in the e-mail: opening it changes nothing, its buttons do."""

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ..actions.pact_requests import cancel_request, confirm_request, withdraw_signature
from ..errors import ActionRefused
from ..models import PactRequest
from ..pact_enums import RequestState
from ..pact_forms import WithdrawForm
from ..pact_links import request_of


@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """Confirm, see how far it is, cancel, or withdraw the signature."""
    found = request_of(token)
    if found is None:
        raise Http404("no such request")
    if request.method == "POST":
        try:
            _act(request, found)
        except ActionRefused as refused:
            messages.warning(request, str(refused))
        return redirect(request.path)
    response = render(request, "pages/progetti/pact_request.html", _context(request, found))
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    # The address is a key: no other site may learn it from a link that is followed here. Not "no-referrer": then the
    # page's own form says that it comes from nowhere (Origin: null), and is refused.
    response.headers["Referrer-Policy"] = "same-origin"
    return response


def _act(request: HttpRequest, found: PactRequest) -> None:
    act = request.POST.get("act")
    if act == "confirm":
        number = request.POST.get("number", "")
        confirm_request(found, int(number) if number.isdecimal() else 0)
        messages.success(request, _("Grazie: hai confermato. Ora la redazione verifica e ti scrive."))
    elif act == "cancel":
        cancel_request(found)
        messages.success(request, _("Richiesta annullata."))
    elif act == "withdraw" and found.signatory is not None:
        form = WithdrawForm(request.POST)
        withdraw_signature(found.signatory, by=None, reason=form.cleaned_data["reason"] if form.is_valid() else "")
        messages.success(request, _("Firma ritirata: la pagina del patto non la mostra più."))


def _context(request: HttpRequest, found: PactRequest) -> dict[str, object]:
    pact = found.version.pact
    in_force = pact.version_in_force() or found.version
    # What waits is shown with the text in force now: that is the one to be confirmed.
    version = in_force if found.state == RequestState.WAITING else found.version
    signatory = found.signatory
    return {
        "found": found,
        "version": version,
        "pact": pact,
        "pact_url": (pact.get_url(request) or "") if pact.live else "",
        "signed": signatory is not None and signatory.withdrawn_on is None,
        "withdrawn": signatory is not None and signatory.withdrawn_on is not None,
        "form": WithdrawForm() if signatory is not None else forms.Form(),
    }
