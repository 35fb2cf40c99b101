"""What the desk can do about one application, from its page: read it first, remind, and act on somebody's behalf."""

from django.utils.translation import gettext_lazy

from ..actions import (
    applications,
    applications_acceptance,
    applications_desk,
    applications_host,
    applications_messages,
    reminders,
)
from ..enums import Actor
from ..forms.applications import MessageForm
from ..forms.desk import ReasonForm
from ..forms.desk_on_behalf import SeatForm, WhyForm
from ..models import Application
from ..presentation_applications import conversation
from .desk import DeskActionView


class _ApplicationActionView(DeskActionView):
    model = Application

    def _object(self, pk: int):
        row = super()._object(pk)
        return Application.objects.for_detail().get(pk=row.pk)

    def get_page_subtitle(self):
        return f"{self.object.youth}, {self.object.offer.title}"


class PassReviewView(_ApplicationActionView):
    page_title = gettext_lazy("Lascia passare la candidatura")
    text = gettext_lazy("Da subito la realtà la riceve, e chi si è candidato lo sa.")
    submit_label = gettext_lazy("Lascia passare")
    done_message = gettext_lazy("Candidatura passata alla realtà.")
    verb = staticmethod(applications_desk.pass_review)


class ReturnReviewView(_ApplicationActionView):
    form_class = ReasonForm
    page_title = gettext_lazy("Rimanda la candidatura a chi l'ha scritta")
    text = gettext_lazy("Torna una bozza: chi l'ha scritta riceve il motivo e può rimandarla.")
    submit_label = gettext_lazy("Rimanda indietro")
    done_message = gettext_lazy("Candidatura rimandata a chi l'ha scritta.")
    verb = staticmethod(applications_desk.return_to_draft)


class RemindView(_ApplicationActionView):
    page_title = gettext_lazy("Sollecita la realtà")
    text = gettext_lazy("Le arriva un'e-mail che chiede di rispondere. Al massimo una al giorno.")
    submit_label = gettext_lazy("Manda il sollecito")
    done_message = gettext_lazy("Sollecito inviato.")
    verb = staticmethod(reminders.remind_host)


class OfferSeatView(_ApplicationActionView):
    form_class = SeatForm
    page_title = gettext_lazy("Offri un posto per conto della realtà")
    text = gettext_lazy("Solo se la realtà te lo ha chiesto. Il posto è tenuto sette giorni.")
    submit_label = gettext_lazy("Offri il posto")
    done_message = gettext_lazy("Posto offerto: chi si è candidato lo sa.")
    verb = staticmethod(applications_host.offer_seat)


class WithdrawView(_ApplicationActionView):
    form_class = WhyForm
    page_title = gettext_lazy("Ritira la candidatura per suo conto")
    text = gettext_lazy("Solo se te lo ha chiesto. La realtà e chi si è candidato ricevono un'e-mail.")
    submit_label = gettext_lazy("Ritira")
    done_message = gettext_lazy("Candidatura ritirata.")
    danger = True
    verb = staticmethod(applications.withdraw)


class ReopenView(_ApplicationActionView):
    form_class = WhyForm
    page_title = gettext_lazy("Riapri la candidatura")
    text = gettext_lazy("Si può una volta sola, se c'è un posto libero. Per la realtà il tempo ricomincia.")
    submit_label = gettext_lazy("Riapri")
    done_message = gettext_lazy("Candidatura riaperta.")
    verb = staticmethod(applications_desk.reopen)


class CancelView(_ApplicationActionView):
    form_class = ReasonForm
    page_title = gettext_lazy("Annulla il percorso")
    text = gettext_lazy("Prima che cominci. Il posto torna libero; chi doveva viverlo legge il motivo.")
    submit_label = gettext_lazy("Annulla il percorso")
    done_message = gettext_lazy("Percorso annullato.")
    danger = True
    verb = staticmethod(applications_acceptance.cancel)


class MessagesView(_ApplicationActionView):
    """The conversation of both sides; what the desk writes both read."""

    template_name = "wagtailadmin/sportello/conversation.html"
    form_class = MessageForm
    page_title = gettext_lazy("Messaggi")
    text = gettext_lazy("Quello che scrivi lo leggono tutti e due.")
    submit_label = gettext_lazy("Invia il messaggio")
    done_message = gettext_lazy("Messaggio inviato.")
    verb = staticmethod(applications_messages.write)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"rows": conversation(self.object, Actor.DESK)}
