"""The desk's applications."""

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from portal.pages.words import moment_words

from .. import presentation, review, scoring
from ..application_enums import CLOSED_STATES, TO_ANSWER_STATES
from ..desk import export_lists, sections
from ..enums import ApplicationState
from ..models import Application, Host, Offer, YouthProfile
from ..permissions import desks_of
from ..presentation_applications import interviews
from ..presentation_people import needs_experience_consent
from ..views.desk import DeskInspectView
from ..views.desk_applications import (
    CancelView,
    MessagesView,
    OfferSeatView,
    PassReviewView,
    RemindView,
    ReopenView,
    ReturnReviewView,
    WithdrawView,
)
from .columns import Column, DateColumn
from .common import DeskViewSet, action_link, title_column

S = ApplicationState
ACTIONS: tuple[tuple[str, str | Promise, tuple[str, ...]], ...] = (
    ("pass", gettext_lazy("Lascia passare"), (S.IN_REVIEW,)),
    ("return", gettext_lazy("Rimanda indietro"), (S.IN_REVIEW,)),
    ("remind", gettext_lazy("Sollecita la realtà"), TO_ANSWER_STATES),
    ("offer", gettext_lazy("Offri un posto per suo conto"), TO_ANSWER_STATES),
    ("withdraw", gettext_lazy("Ritira per suo conto"), (S.IN_REVIEW, *TO_ANSWER_STATES, S.WAITLISTED)),
    ("cancel", gettext_lazy("Annulla il percorso"), (S.ACCEPTED,)),
    ("reopen", gettext_lazy("Riapri"), CLOSED_STATES),
    ("messages", gettext_lazy("Messaggi"), tuple(state for state in S if state != S.DRAFT)),
)
"""What can be tried from which state; whether it goes is the action's to say."""


_PAGES = {YouthProfile: "sportello_youth", Offer: "sportello_offer", Host: "sportello_host"}


def _days(application: Application) -> str:
    """From when to when, while a seat is theirs."""
    if application.start_date is None or application.end_date is None:
        return ""
    return presentation.period_words(application.start_date, application.end_date)


def _reached_the_desk(application: Application) -> bool:
    """Whether it has been sent at least once: what somebody is still writing, or threw away, is theirs alone."""
    return any(event.to_state in (S.IN_REVIEW, S.SUBMITTED) for event in application.events.all())


def _person(user) -> str:
    return str(user) if user.is_forgotten else f"{user.get_full_name()} ({user.email})"


class ApplicationInspectView(DeskInspectView):
    def get_rows(self):
        return super().get_rows().for_detail()

    def get_page_subtitle(self):
        return f"{self.object.youth}, {self.object.offer.title}"

    def facts(self):
        row = self.object
        meeting = interviews(row)["picked"] if row.state == S.SHORTLISTED else None
        causes = "\n".join(review.sentences(row)) if row.state == S.IN_REVIEW else ""
        return [
            (_("Stato"), row.get_state_display()),
            (_("Motivo"), row.reason),
            (_("La legge prima lo Sportello perché"), causes),
            (_("Giovane"), self._linked(_person(row.youth.user), row.youth)),
            (_("Offerta"), self._linked(row.offer.title, row.offer)),
            (_("Realtà"), self._linked(row.offer.host.organisation.name, row.offer.host)),
            (pgettext("experience", "Giorni"), _days(row)),
            (pgettext("application", "Incontro"), f"{meeting['when']}, {meeting['place']}" if meeting else ""),
            (_("Che cosa manca"), _("il sì di chi risponde per lei o lui") if needs_experience_consent(row) else ""),
            (
                _("Motivazione"),
                row.motivation
                if _reached_the_desk(row)
                else pgettext("motivation", "non ancora inviata: si legge quando arriva"),
            ),
            (_("Punteggio all'invio"), row.score),
            (_("Letta dalla realtà il"), moment_words(row.read_at) if row.read_at else ""),
            (_("Posto tenuto fino a"), moment_words(row.expires_at) if row.expires_at else ""),
            (_("Percorso"), row.placement.get_state_display() if hasattr(row, "placement") else ""),
        ]

    def _linked(self, words: str, thing: YouthProfile | Offer | Host) -> str:
        """Words that lead to the page of what they name, unless it is another desk's."""
        desk_ids = desks_of(self.request.user)
        if desk_ids is not None and thing.desk_id not in desk_ids:
            return words
        return format_html('<a href="{}">{}</a>', reverse(f"{_PAGES[type(thing)]}:inspect", args=[thing.pk]), words)

    def sections(self):
        items = [sections.Item(str(line["title"]), f"{line['date']}. {line['text']}") for line in self.history()]
        return [sections.Section("solleciti", _("Solleciti dello Sportello"), items, _("Nessun sollecito."))]

    def actions(self):
        return [
            action_link(str(label), f"sportello_application:{name}", self.object, danger=name in ("withdraw", "cancel"))
            for name, label, states in ACTIONS
            if self.object.state in states and not (name == "reopen" and self.object.youth.user.is_forgotten)
        ]

    def get_context_data(self, **kwargs):
        timeline = presentation.timeline(self.object, "desk")
        factors = scoring.from_json(self.object.breakdown, "host")
        return super().get_context_data(**kwargs) | {"timeline": timeline, "factors": factors}


class ApplicationViewSet(DeskViewSet):
    model = Application
    name = "sportello_application"
    url_prefix = "sportello/candidature"
    icon = "mail"
    menu_label = gettext_lazy("Candidature")
    empty_text = gettext_lazy("Quando qualcuno si candida a un'offerta dello Sportello compare qui.")
    inspect_view_class = ApplicationInspectView
    list_filter = ["state"]
    search_fields = ["youth__user__last_name", "youth__user__first_name", "offer__title"]
    search_backend_name = None
    export_list = export_lists.APPLICATIONS
    list_display = [
        title_column(gettext_lazy("Giovane"), "youth", "sportello_application:inspect"),
        Column("offer", label=gettext_lazy("Offerta"), accessor="offer.title"),
        Column("host", label=gettext_lazy("Realtà"), accessor="offer.host.organisation.name"),
        Column("state", label=gettext_lazy("Stato"), accessor="get_state_display"),
        DateColumn("updated_at", label=gettext_lazy("Ultimo cambiamento")),
    ]
    action_views = {
        "pass": PassReviewView,
        "return": ReturnReviewView,
        "remind": RemindView,
        "offer": OfferSeatView,
        "withdraw": WithdrawView,
        "cancel": CancelView,
        "reopen": ReopenView,
        "messages": MessagesView,
    }
