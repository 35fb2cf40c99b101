"""The desk's offers: to publish, to return."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import presentation, rules
from ..actions import offer_life
from ..actions import offers as offer_actions
from ..desk import export_lists, sections
from ..enums import CLOSABLE_OFFER_STATES, MODERATED_OFFER_STATES, OfferState
from ..forms.desk import ReasonForm
from ..models import Offer
from ..views.desk import DeskActionView, DeskInspectView
from .columns import Column, DateColumn
from .common import DeskViewSet, action_link, title_column


class OfferInspectView(DeskInspectView):
    def get_rows(self):
        return super().get_rows().for_detail().select_related("moderated_by")

    def facts(self):
        offer = self.object
        return [
            (_("Stato"), offer.get_state_display()),
            (_("Motivo"), offer.state_reason),
            (_("Contro le regole"), " ".join(str(row.sentence) for row in self._problems())),
            (_("Realtà"), f"{offer.host.organisation.name} ({offer.host.get_state_display()})"),
            (_("In una frase"), offer.summary),
            (_("Che cosa si fa"), offer.tasks),
            (_("Che cosa si impara"), offer.learning),
            *((item["label"], _words(item)) for item in presentation.offer_facts(offer)[1:]),
            (_("Competenze e lingue utili"), ", ".join(skill.label for skill in offer.skills.all())),
            (_("Competenze che si imparano"), ", ".join(skill.label for skill in offer.goals.all())),
            (_("Candidature aperte"), offer.open_count),
            (_("Controllata da"), str(offer.moderated_by) if offer.moderated_by else ""),
        ]

    def _problems(self):
        return rules.problems_of(self.object) if self.object.state == OfferState.IN_REVIEW else []

    def actions(self):
        actions = []
        if self.object.state == OfferState.IN_REVIEW:
            actions.append(action_link(_("Pubblica"), "sportello_offer:publish", self.object))
            actions.append(action_link(_("Rimanda indietro"), "sportello_offer:return", self.object, danger=True))
            actions.append(action_link(_("Rifiuta"), "sportello_offer:refuse", self.object, danger=True))
        if self.object.state == OfferState.PUBLISHED:
            actions.append(action_link(_("Giovani adatti"), "sportello_match:offer", self.object))
        if self.object.state == OfferState.SUSPENDED:
            actions.append(action_link(_("Riammetti"), "sportello_offer:reinstate", self.object))
        if self.object.state in MODERATED_OFFER_STATES:
            actions.append(action_link(_("Sospendi"), "sportello_offer:suspend", self.object, danger=True))
        if self.object.state in CLOSABLE_OFFER_STATES:
            actions.append(action_link(_("Chiudi"), "sportello_offer:close", self.object, danger=True))
        return actions

    def sections(self):
        reports = sections.reports_of_offer(self.object)
        return [reports] if reports.items else []

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"timeline": self.history()}


def _words(item: dict) -> str:
    if "entries" in item:
        return "; ".join(entry["title"] for entry in item["entries"])
    return str(item["value"] or "")


class PublishOfferView(DeskActionView):
    model = Offer
    page_title = gettext_lazy("Pubblica l'offerta")
    text = gettext_lazy("Da subito si legge sul portale e ci si può candidare.")
    submit_label = gettext_lazy("Pubblica")
    done_message = gettext_lazy("Offerta pubblicata: abbiamo avvisato chi l'ha scritta.")
    verb = staticmethod(offer_actions.publish_offer)


class ReturnOfferView(DeskActionView):
    model = Offer
    form_class = ReasonForm
    page_title = gettext_lazy("Rimanda indietro l'offerta")
    text = gettext_lazy("Chi l'ha scritta riceve il motivo per e-mail e può correggerla.")
    submit_label = gettext_lazy("Rimanda indietro")
    done_message = gettext_lazy("Offerta rimandata indietro.")
    verb = staticmethod(offer_actions.return_offer)


class RefuseOfferView(DeskActionView):
    model = Offer
    form_class = ReasonForm
    page_title = gettext_lazy("Rifiuta l'offerta")
    text = gettext_lazy("Non sarà pubblicata e non si può correggere: se basta una correzione, rimandala indietro.")
    submit_label = gettext_lazy("Rifiuta")
    done_message = gettext_lazy("Offerta rifiutata: chi l'ha scritta riceve il motivo per e-mail.")
    danger = True
    verb = staticmethod(offer_actions.refuse_offer)


class SuspendOfferView(DeskActionView):
    model = Offer
    form_class = ReasonForm
    page_title = gettext_lazy("Sospendi l'offerta")
    text = gettext_lazy("Sparisce subito dal portale; le candidature restano dove sono finché non la riammetti.")
    submit_label = gettext_lazy("Sospendi")
    done_message = gettext_lazy("Offerta sospesa: chi l'ha scritta riceve il motivo per e-mail.")
    danger = True
    verb = staticmethod(offer_life.suspend_offer)


class ReinstateOfferView(DeskActionView):
    model = Offer
    page_title = gettext_lazy("Riammetti l'offerta")
    text = gettext_lazy("Torna subito sul portale.")
    submit_label = gettext_lazy("Riammetti")
    done_message = gettext_lazy("Offerta riammessa.")
    verb = staticmethod(offer_life.reinstate_offer)


class CloseOfferView(DeskActionView):
    model = Offer
    page_title = gettext_lazy("Chiudi l'offerta")
    text = gettext_lazy(
        "Chi aspetta ancora una risposta riceve una chiusura cortese; i posti già offerti o accettati restano validi."
    )
    submit_label = gettext_lazy("Chiudi")
    done_message = gettext_lazy("Offerta chiusa.")
    danger = True
    verb = staticmethod(offer_life.close_offer)


class OfferViewSet(DeskViewSet):
    model = Offer
    name = "sportello_offer"
    url_prefix = "sportello/offerte"
    icon = "clipboard-list"
    menu_label = gettext_lazy("Offerte")
    empty_text = gettext_lazy(
        "Quando una realtà scrive un'offerta compare qui; quelle da leggere sono anche in «Da controllare»."
    )
    inspect_view_class = OfferInspectView
    list_filter = ["state", "kind", "sector"]
    search_fields = ["title", "host__organisation__name"]
    search_backend_name = None
    export_list = export_lists.OFFERS
    list_display = [
        title_column(gettext_lazy("Offerta"), None, "sportello_offer:inspect"),
        Column("host", label=gettext_lazy("Realtà"), accessor="host.organisation.name"),
        Column("state", label=gettext_lazy("Stato"), accessor="get_state_display"),
        Column("seats", label=gettext_lazy("Posti liberi"), accessor="seats_free"),
        DateColumn("submitted_at", label=gettext_lazy("Inviata")),
    ]
    action_views = {
        "publish": PublishOfferView,
        "return": ReturnOfferView,
        "refuse": RefuseOfferView,
        "suspend": SuspendOfferView,
        "reinstate": ReinstateOfferView,
        "close": CloseOfferView,
    }
