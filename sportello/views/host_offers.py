"""The host's offers: writing, sending to the desk, pausing."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from .. import presentation
from ..actions import offers as actions
from ..enums import Actor, OfferState
from ..errors import ActionError
from ..forms.host import OfferForm
from ..models import Offer
from ..transitions import OFFER, find
from .common import ConfirmView, area_page, enter_as_host, host_of, host_only, noindex


@host_only
def offers(request: HttpRequest) -> HttpResponse:
    """All of the host's offers."""
    rows = [
        {
            "offer": row,
            "state": presentation.offer_state(row),
            "meta": presentation.offer_meta(row),
        }
        for row in Offer.objects.filter(host=host_of(request)).for_host_list()
    ]
    return area_page(request, "host_offers", {"rows": rows, "host": host_of(request)})


def _own(request: HttpRequest, pk: int) -> Offer:
    return get_object_or_404(Offer.objects.for_detail().filter(host=host_of(request)), pk=pk)


def _may(offer: Offer, target: str) -> bool:
    row = find(OFFER, offer.state, target)
    return row is not None and Actor.HOST in row.actors


@host_only
def offer(request: HttpRequest, pk: int) -> HttpResponse:
    """One offer as the public will read it, its state, and what can be done."""
    row = _own(request, pk)
    context = {
        "offer": row,
        "host": host_of(request),
        "state": presentation.offer_state(row),
        "facts": presentation.offer_facts(row),
        "meta": presentation.offer_meta(row),
        "can_submit": _may(row, OfferState.IN_REVIEW),
        "can_pause": _may(row, OfferState.PAUSED),
        "can_resume": _may(row, OfferState.PUBLISHED),
        "is_public": row.state in (OfferState.PUBLISHED, OfferState.FULL) and host_of(request).may_publish,
    }
    return area_page(request, "host_offer", context)


class _OfferFormView(LoginRequiredMixin, View):
    """Write an offer: keep it as a draft, or send it to the desk at once."""

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        answer = enter_as_host(request)
        if answer is None:
            self.offer = _own(request, kwargs["pk"]) if "pk" in kwargs else None
            if self.offer is not None and not self.offer.is_editable:
                messages.info(request, _("Questa offerta è già stata inviata: per cambiarla scrivi allo Sportello."))
                answer = redirect("area:host_offer", pk=self.offer.pk)
        return noindex(answer or super().dispatch(request, *args, **kwargs))

    def get(self, request, pk=None):
        return self._page(OfferForm(offer=self.offer, host=host_of(request)))

    def post(self, request, pk=None):
        form = OfferForm(request.POST, offer=self.offer, host=host_of(request))
        if not form.is_valid():
            return self._page(form)
        try:
            row = actions.save_offer(host_of(request), request.user, form.values(), self.offer)
            if "save_draft" in request.POST:
                messages.success(request, _("Bozza salvata: la trovi tra le tue offerte."))
            else:
                actions.submit_offer(row, request.user)
                messages.success(
                    request, _("Inviata. Lo Sportello la legge e la pubblica, di solito entro tre giorni lavorativi.")
                )
        except ActionError as error:
            form.add_error(None, str(error))
            return self._page(form)
        return redirect("area:host_offer", pk=row.pk)

    def _page(self, form: OfferForm) -> HttpResponse:
        context = {"form": form, "offer": self.offer, "back_url": reverse("area:host_offers")}
        return area_page(self.request, "host_offer_form", context)


class OfferCreateView(_OfferFormView):
    """A new offer."""


class OfferEditView(_OfferFormView):
    """An offer that is not out yet."""


class _OfferActionView(ConfirmView):
    """Something that the host does with one of its offers."""

    def enter(self, request):
        return enter_as_host(request)

    def get_object(self, pk):
        return _own(self.request, pk)

    def back_url(self):
        return reverse("area:host_offer", args=[self.object.pk])


class SubmitView(_OfferActionView):
    title = gettext_lazy("Invii l'offerta allo Sportello?")
    submit_label = gettext_lazy("Invia allo Sportello")
    done_message = gettext_lazy("Inviata. Lo Sportello la legge e la pubblica, di solito entro tre giorni lavorativi.")

    def text(self):
        return _("Lo Sportello la legge, e la pubblica o ti scrive che cosa correggere.")

    def act(self, form):
        actions.submit_offer(self.object, self.request.user)


class PauseView(_OfferActionView):
    title = gettext_lazy("Metti in pausa l'offerta?")
    submit_label = gettext_lazy("Metti in pausa")
    done_message = gettext_lazy("L'offerta è in pausa.")

    def text(self):
        return _("Non riceverà nuove candidature finché non la riapri. Quelle che hai già ricevuto restano.")

    def act(self, form):
        actions.pause_offer(self.object, self.request.user)


class ResumeView(_OfferActionView):
    title = gettext_lazy("Riapri l'offerta?")
    submit_label = gettext_lazy("Riapri")
    done_message = gettext_lazy("L'offerta è di nuovo pubblicata.")

    def text(self):
        return _("Torna subito visibile sul portale.")

    def act(self, form):
        actions.resume_offer(self.object, self.request.user)
