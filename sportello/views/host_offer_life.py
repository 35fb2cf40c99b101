"""What a host does with an offer after it was written: pause, reopen, reconfirm, close, change places, copy, delete."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from ..actions import offer_life as life
from ..actions import offers as actions
from ..enums import OPEN_STATES, ApplicationState, OfferState
from ..errors import NotPermitted
from ..forms.offer_steps import ChangeSeatsForm
from ..models import Offer
from .common import ConfirmView, enter_as_host, host_of, host_only


class OfferActionView(ConfirmView):
    """Something that the host does with one of its offers."""

    def enter(self, request):
        return enter_as_host(request)

    def get_object(self, pk):
        return get_object_or_404(Offer.objects.for_detail().filter(host=host_of(self.request)), pk=pk)

    def kicker(self):
        return self.object.title

    def back_url(self):
        return reverse("area:host_offer", args=[self.object.pk])


class SubmitView(OfferActionView):
    title = gettext_lazy("Invii l'offerta allo Sportello?")
    submit_label = gettext_lazy("Invia allo Sportello")
    done_message = gettext_lazy("Inviata. Lo Sportello la legge e la pubblica, di solito entro tre giorni lavorativi.")

    def text(self):
        return _("Lo Sportello la legge, e la pubblica o ti scrive che cosa correggere.")

    def act(self, form):
        actions.submit_offer(self.object, self.request.user)


class PauseView(OfferActionView):
    title = gettext_lazy("Metti in pausa l'offerta?")
    submit_label = gettext_lazy("Metti in pausa")
    done_message = gettext_lazy("L'offerta è in pausa.")

    def text(self):
        return _("Non riceverà nuove candidature finché non la riapri. Quelle che hai già ricevuto restano.")

    def act(self, form):
        actions.pause_offer(self.object, self.request.user)


class ResumeView(OfferActionView):
    title = gettext_lazy("Riapri l'offerta?")
    submit_label = gettext_lazy("Riapri")
    done_message = gettext_lazy("L'offerta è di nuovo pubblicata.")

    def text(self):
        return _("Torna subito visibile sul portale.")

    def act(self, form):
        actions.resume_offer(self.object, self.request.user)


class ConfirmOfferView(OfferActionView):
    """Where the e-mail of the ninetieth day leads: one button."""

    template = "offer_confirm"
    title = gettext_lazy("L'offerta è ancora valida?")
    submit_label = gettext_lazy("Sì, è ancora valida")
    done_message = gettext_lazy("Grazie: l'offerta resta sul portale.")

    def text(self):
        if self.object.state == OfferState.STALE:
            return _("Non la vede nessuno perché non l'hai riconfermata: basta un clic e torna nell'elenco.")
        return _("Se le date, i posti e chi accompagna sono ancora gli stessi, conferma. Altrimenti chiudila.")

    def extra_context(self):
        return {"close_url": reverse("area:host_offer_close", args=[self.object.pk])}

    def act(self, form):
        life.confirm_offer(self.object, self.request.user)


class CloseOfferView(OfferActionView):
    title = gettext_lazy("Chiudi l'offerta?")
    submit_label = gettext_lazy("Chiudi l'offerta")
    done_message = gettext_lazy("L'offerta è chiusa.")
    danger = True

    def text(self):
        return _("Non si può riaprire; se ti serve di nuovo, la duplichi.")

    def extra_context(self):
        states = list(self.object.applications.values_list("state", flat=True))
        seated = sum(state in (ApplicationState.OFFERED, ApplicationState.ACCEPTED) for state in states)
        waiting = sum(state in OPEN_STATES and state != ApplicationState.OFFERED for state in states)
        lines = [_("Sparisce subito dal portale e nessuno può più candidarsi.")]
        if waiting:
            lines.append(
                ngettext(
                    "%(count)s persona aspetta ancora una risposta: le scriviamo noi che l'offerta è chiusa.",
                    "%(count)s persone aspettano ancora una risposta: scriviamo noi che l'offerta è chiusa.",
                    waiting,
                )
                % {"count": waiting}
            )
        if seated:
            lines.append(
                ngettext(
                    "%(count)s posto già offerto o accettato resta valido.",
                    "%(count)s posti già offerti o accettati restano validi.",
                    seated,
                )
                % {"count": seated}
            )
        return {"consequences": lines, "consequences_title": _("Che cosa succede")}

    def act(self, form):
        life.close_offer(self.object, self.request.user)


class SeatsView(OfferActionView):
    title = gettext_lazy("Cambia i posti")
    submit_label = gettext_lazy("Salva")
    done_message = gettext_lazy("I posti sono cambiati.")
    refused_at = "seats_count"

    def get_form(self, data=None):
        return ChangeSeatsForm(data, initial={"seats_count": self.object.seats_count})

    def text(self):
        taken = self.object.seats_taken
        if not taken:
            return _("Per ora nessun posto è offerto o accettato.")
        return ngettext(
            "%(taken)s posto è già offerto o accettato: non puoi scendere sotto.",
            "%(taken)s posti sono già offerti o accettati: non puoi scendere sotto.",
            taken,
        ) % {"taken": taken}

    def act(self, form):
        life.change_seats(self.object, self.request.user, form.cleaned_data["seats_count"])


class DeleteDraftView(OfferActionView):
    title = gettext_lazy("Elimini la bozza?")
    submit_label = gettext_lazy("Elimina la bozza")
    done_message = gettext_lazy("Bozza eliminata.")
    danger = True

    def text(self):
        return _("Quello che hai scritto in «%(title)s» va perso.") % {"title": self.object.title}

    def back_url(self):
        return reverse("area:host_offers")

    def act(self, form):
        life.delete_draft(self.object, self.request.user)


@host_only
@require_POST
def duplicate(request: HttpRequest, pk: int) -> HttpResponse:
    """Copy an offer into a new draft, and go on writing there."""
    offer = get_object_or_404(Offer.objects.filter(host=host_of(request)), pk=pk)
    try:
        copy = life.duplicate_offer(offer, request.user)
    except NotPermitted as error:
        raise Http404 from error
    messages.success(request, _("Ecco la copia: guarda le date, poi inviala."))
    return redirect("area:host_offer_edit", pk=copy.pk)
