"""Telling the desk that something is wrong with an offer. Anybody may, signed in or not."""

from allauth.core import ratelimit
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ..actions.reports import report_offer
from ..errors import ActionError, WrongState
from ..forms.reports import ReportForm
from ..models import Offer
from .common import noindex

SENT = "inviata"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest, number: int) -> HttpResponse:
    """A short form; what it says goes to the desk's queue and nowhere else."""
    offer = get_object_or_404(
        Offer.objects.on_show(timezone.localdate()).select_related("host__organisation"), pk=number
    )
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if not ratelimit.consume(request, action="report_offer"):
            form.add_error(None, _("Hai inviato molte segnalazioni in poco tempo: riprova tra un'ora."))
        else:
            try:
                report_offer(offer, form.cleaned_data["reason"], form.cleaned_data["text"], request.user)
            except WrongState as error:
                messages.info(request, str(error))
                return redirect("sportello:offers")
            except ActionError as error:
                form.add_error(None, str(error))
            else:
                # Thanks are said here: the offer's own page is the same for every reader.
                return redirect(f"{request.path}?{SENT}=1")
    context = {"offer": offer, "form": form, "back_url": offer.get_absolute_url(), "sent": SENT in request.GET}
    response = render(request, "pages/sportello/report.html", context)
    noindex(response)
    return response
