"""What the desk does to a round, each asked on a page of its own before it happens."""

from typing import cast

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.users.models import User

from .. import tasks_rounds
from ..actions import round_runs
from ..actions import rounds as actions
from ..actions.round_runs import unsent
from ..enums_rounds import RoundState
from ..errors import WrongState
from ..forms.desk import HistoryReasonForm, ReasonForm
from ..models import MatchRound
from ..permissions import supervises
from .desk import DeskActionView


class RoundActionView(DeskActionView):
    """Asks first. A supervisor's action does not exist for who is not one."""

    model = MatchRound  # type: ignore[assignment]  # of_desks() is all that the base asks of it
    for_supervisors = False

    def _object(self, pk):
        thing = super()._object(pk)
        if self.for_supervisors and not supervises(self.request.user, thing.desk_id):
            raise Http404
        return thing


class OpenView(RoundActionView):
    page_title = gettext_lazy("Apri la tornata")
    text = gettext_lazy(
        "I giovani dello Sportello ricevono un'e-mail e fanno le loro liste. Le offerte non si cambiano più. "
        "Adesso viene estratto e pubblicato il seme del sorteggio: da qui in poi nessuno può sceglierlo."
    )
    submit_label = gettext_lazy("Apri le liste")
    done_message = gettext_lazy("Liste aperte: abbiamo scritto a giovani e realtà.")
    verb = staticmethod(actions.open_round)


class CloseListsView(RoundActionView):
    page_title = gettext_lazy("Chiudi le liste")
    text = gettext_lazy(
        "Le liste non si cambiano più. Per ogni offerta nasce una bozza delle fasce, dai punteggi, e le realtà sono "
        "invitate a guardarla. Succede anche da solo, entro un'ora dalla scadenza."
    )
    submit_label = gettext_lazy("Chiudi le liste e prepara le fasce")
    done_message = gettext_lazy("Liste chiuse: le realtà hanno le loro fasce in bozza.")
    verb = staticmethod(actions.close_lists)


class ReadyView(RoundActionView):
    page_title = gettext_lazy("Chiudi le fasce")
    text = gettext_lazy(
        "Le realtà non cambiano più le fasce; chi non le ha guardate accetta la bozza. Lo Sportello può ancora "
        "correggere fasce e coppie, e fare prove, fino all'esecuzione."
    )
    submit_label = gettext_lazy("Chiudi le fasce")
    done_message = gettext_lazy("La tornata è pronta.")
    verb = staticmethod(actions.make_ready)


class RunActionView(RoundActionView):
    page_title = gettext_lazy("Esegui la tornata")
    text = gettext_lazy(
        "Si calcola il risultato con le liste, le fasce, le coppie e il seme pubblicato. Nessuno lo vede finché chi "
        "supervisiona non lo pubblica. Se qualcosa non va si riapre con un motivo: questa esecuzione resta scritta."
    )
    submit_label = gettext_lazy("Esegui")
    done_message = gettext_lazy("Eseguita: guarda le cifre, poi chi supervisiona la pubblica.")
    verb = staticmethod(round_runs.run_final)


class ReopenView(RoundActionView):
    form_class = HistoryReasonForm
    page_title = gettext_lazy("Riapri prima di pubblicare")
    text = gettext_lazy(
        "Torna «Pronta»: si correggono fasce o coppie e si esegue di nuovo. Il seme non cambia, e l'esecuzione di "
        "adesso resta tra le altre. Il motivo resta nella storia."
    )
    submit_label = gettext_lazy("Riapri")
    done_message = gettext_lazy("Riaperta.")
    danger = True
    verb = staticmethod(round_runs.reopen)


class PublishView(RoundActionView):
    page_title = gettext_lazy("Pubblica il risultato")
    text = gettext_lazy(
        "Ciascuno legge il suo risultato e il perché, e riceve un'e-mail; le realtà vedono chi è stato abbinato. "
        "Non si torna indietro. I posti si propongono dopo, con un altro pulsante."
    )
    submit_label = gettext_lazy("Pubblica")
    done_message = gettext_lazy("Pubblicata. Adesso si possono proporre i posti.")
    for_supervisors = True
    verb = staticmethod(round_runs.publish)


class SendView(RoundActionView):
    page_title = gettext_lazy("Proponi i posti")
    text = gettext_lazy(
        "A ciascuno parte la proposta del posto, come se la facesse la realtà: ha 7 giorni per rispondere. "
        "Riga per riga si legge che cosa è stato fatto o perché no; chi è già a posto non riceve nulla di nuovo."
    )
    submit_label = gettext_lazy("Proponi tutti i posti")
    done_message = gettext_lazy("Fatto: qui sotto, riga per riga, che cosa è successo.")

    def act(self, thing, values):
        if thing.state != RoundState.PUBLISHED:
            raise WrongState(_("I posti si propongono dopo la pubblicazione e prima della chiusura."))
        if not unsent(thing):
            raise WrongState(_("Non c'è nessun posto da proporre: sono stati proposti tutti."))
        tasks_rounds.send_round_seats.enqueue(thing.pk, cast(User, self.request.user).pk)

    def _back(self):
        return reverse("sportello_round:results", args=[self.object.pk])


class CloseView(RoundActionView):
    page_title = gettext_lazy("Chiudi la tornata")
    text = gettext_lazy(
        "Da questa tornata non si propongono più posti. I risultati restano da leggere. La seconda tornata si può "
        "preparare anche dopo."
    )
    submit_label = gettext_lazy("Chiudi la tornata")
    done_message = gettext_lazy("Tornata chiusa.")
    verb = staticmethod(actions.close_round)


class CancelView(RoundActionView):
    form_class = ReasonForm
    page_title = gettext_lazy("Annulla la tornata")
    text = gettext_lazy("Chi ha fatto una lista, e le realtà, ricevono il motivo per e-mail. Non si torna indietro.")
    submit_label = gettext_lazy("Annulla la tornata")
    done_message = gettext_lazy("Tornata annullata.")
    danger = True
    for_supervisors = True
    verb = staticmethod(actions.cancel_round)
