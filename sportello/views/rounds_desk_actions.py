"""What the desk does to a round, each asked on a page of its own before it happens; and the fairness report."""

import csv
from typing import cast

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.users.models import User

from .. import rounds_fairness, tasks_rounds
from ..actions import round_runs
from ..actions import rounds as actions
from ..actions.round_runs import unsent
from ..enums_rounds import TOLD_STATES, RoundState
from ..errors import WrongState
from ..forms.desk import ReasonForm
from ..models import MatchRound
from ..permissions_rounds import supervises
from .desk import DeskActionView
from .rounds_desk import RoundPage


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

    def act(self, thing, values):
        actions.open_round(thing, self.request.user)


class CloseListsView(RoundActionView):
    page_title = gettext_lazy("Chiudi le liste")
    text = gettext_lazy(
        "Le liste non si cambiano più. Per ogni offerta nasce una bozza delle fasce, dai punteggi, e le realtà sono "
        "invitate a guardarla. Succede anche da solo, entro un'ora dalla scadenza."
    )
    submit_label = gettext_lazy("Chiudi le liste e prepara le fasce")
    done_message = gettext_lazy("Liste chiuse: le realtà hanno le loro fasce in bozza.")

    def act(self, thing, values):
        actions.close_lists(thing, self.request.user)


class ReadyView(RoundActionView):
    page_title = gettext_lazy("Chiudi le fasce")
    text = gettext_lazy(
        "Le realtà non cambiano più le fasce; chi non le ha guardate accetta la bozza. Lo Sportello può ancora "
        "correggere fasce e coppie, e fare prove, fino all'esecuzione."
    )
    submit_label = gettext_lazy("Chiudi le fasce")
    done_message = gettext_lazy("La tornata è pronta.")

    def act(self, thing, values):
        actions.make_ready(thing, self.request.user)


class RunActionView(RoundActionView):
    page_title = gettext_lazy("Esegui la tornata")
    text = gettext_lazy(
        "Si calcola il risultato con le liste, le fasce, le coppie e il seme pubblicato. Nessuno lo vede finché chi "
        "supervisiona non lo pubblica. Se qualcosa non va si riapre con un motivo: questa esecuzione resta scritta."
    )
    submit_label = gettext_lazy("Esegui")
    done_message = gettext_lazy("Eseguita: guarda le cifre, poi chi supervisiona la pubblica.")

    def act(self, thing, values):
        round_runs.run_final(thing, self.request.user)


class ReopenView(RoundActionView):
    form_class = ReasonForm
    page_title = gettext_lazy("Riapri prima di pubblicare")
    text = gettext_lazy(
        "Torna «Pronta»: si correggono fasce o coppie e si esegue di nuovo. Il seme non cambia, e l'esecuzione di "
        "adesso resta tra le altre. Il motivo resta nella storia."
    )
    submit_label = gettext_lazy("Riapri")
    done_message = gettext_lazy("Riaperta.")
    danger = True

    def act(self, thing, values):
        round_runs.reopen(thing, self.request.user, values["reason"])


class PublishView(RoundActionView):
    page_title = gettext_lazy("Pubblica il risultato")
    text = gettext_lazy(
        "Ciascuno legge il suo risultato e il perché, e riceve un'e-mail; le realtà vedono chi è stato abbinato. "
        "Non si torna indietro. I posti si propongono dopo, con un altro pulsante."
    )
    submit_label = gettext_lazy("Pubblica")
    done_message = gettext_lazy("Pubblicata. Adesso si possono proporre i posti.")
    for_supervisors = True

    def act(self, thing, values):
        round_runs.publish(thing, self.request.user)


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

    def act(self, thing, values):
        actions.close_round(thing, self.request.user)


class CancelView(RoundActionView):
    form_class = ReasonForm
    page_title = gettext_lazy("Annulla la tornata")
    text = gettext_lazy("Chi ha fatto una lista, e le realtà, ricevono il motivo per e-mail. Non si torna indietro.")
    submit_label = gettext_lazy("Annulla la tornata")
    done_message = gettext_lazy("Tornata annullata.")
    danger = True
    for_supervisors = True

    def act(self, thing, values):
        actions.cancel_round(thing, self.request.user, values["reason"])


class FairnessView(RoundPage):
    page_title = gettext_lazy("Chi è stato abbinato, e chi no")
    template_name = "wagtailadmin/sportello/round_fairness.html"

    def get(self, request, pk):
        self.find(pk)
        told = self.round.state in TOLD_STATES
        return self.page(tables=rounds_fairness.report(self.round) if told else [], told=told)


class FairnessFileView(RoundPage):
    def get(self, request, pk):
        self.find(pk)
        if self.round.state not in TOLD_STATES:
            raise Http404
        response = HttpResponse(content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="tornata-{self.round.pk}-equita.csv"'
        # Spreadsheets take UTF-8 for what it is only with this mark.
        response.write("\ufeff")
        writer = csv.writer(response)
        writer.writerow([_("che cosa"), _("gruppo"), _("persone"), _("abbinate"), _("non abbinate"), _("per cento")])
        for table in rounds_fairness.report(self.round):
            for row in (*table.rows, table.total):
                numbers = [row.people, row.placed, row.others, row.percent]
                label = f"'{row.label}" if row.label[:1] in "=+-@" else row.label
                writer.writerow([table.title, label, *("" if n is None else n for n in numbers)])
        return response
