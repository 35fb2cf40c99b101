"""The young person's candidatures: following and answering. Writing one is in `youth_apply`."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.pages.words import day_words

from .. import cv, presentation
from ..actions import applications as actions
from ..actions import applications_acceptance
from ..answers import said_to_youth
from ..application_enums import CLOSED_STATES
from ..endings import how_it_ended, last_change
from ..enums import Actor, ApplicationState
from ..models import Application
from ..presentation_applications import interviews, message_facts
from ..presentation_people import asks_guardian, needs_experience_consent
from ..timeline import timeline
from ..transitions import APPLICATION, find
from .common import ConfirmView, area_page, enter_as_youth, youth_of, youth_only

S = ApplicationState


@youth_only
def applications(request: HttpRequest) -> HttpResponse:
    """All of them: what waits for an answer first."""
    rows = [
        {
            "application": row,
            "state": presentation.application_state(row),
            "next": presentation.youth_next_in_list(row),
            "kicker": presentation.offer_kicker(row.offer),
            "url": _address(row),
        }
        for row in Application.objects.for_youth(youth_of(request))
    ]
    return area_page(request, "youth_applications", {"rows": rows})


def _address(application: Application) -> str:
    """Where one goes on with it: a draft is written, the rest is read."""
    if application.state == S.DRAFT:
        return reverse("area:youth_apply", args=[application.offer_id])
    return reverse("area:youth_application", args=[application.pk])


def own_application(request: HttpRequest, pk: int) -> Application:
    """One of the young person's own; anybody else's does not exist for them."""
    rows = Application.objects.for_detail().filter(youth=youth_of(request))
    return get_object_or_404(rows, pk=pk)


def _who_says(application: Application) -> str:
    """Whose the words are that the application ended with: the desk cancels and withdraws in its own name."""
    last = last_change(application)
    if last is not None and last.actor == Actor.DESK:
        return application.desk.name
    return application.offer.host.organisation.name


def _may(application: Application, target: str) -> bool:
    row = find(APPLICATION, application.state, target)
    return row is not None and Actor.YOUTH in row.actors


@youth_only
def application(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them: where it is, what to do, what happened."""
    row = own_application(request, pk)
    if row.state == S.DRAFT:
        return redirect("area:youth_apply", pk=row.offer_id)
    meetings = interviews(row)
    waits_for_guardian = needs_experience_consent(row)
    context = {
        "application": row,
        "offer": row.offer,
        "kicker": presentation.offer_kicker(row.offer),
        "state": presentation.application_state(row),
        # The page has a box for the meeting, which says when, or asks.
        "next": ""
        if row.state == S.SHORTLISTED and (meetings["picked"] or meetings["proposed"])
        else presentation.youth_next(row) or how_it_ended(row, "youth"),
        "seeks_again": row.state in CLOSED_STATES and row.state != S.SUPERSEDED,
        "said": said_to_youth(row),
        "place": presentation.full_place(row.offer),
        # What one has applied to can be read again here when the portal no longer shows it.
        "offer_facts": [] if row.offer.is_on_show else presentation.offer_facts(row.offer, public=True, seats=False),
        "said_by": _who_says(row),
        "in_line": row.place_in_line() if row.state == S.WAITLISTED else 0,
        "interviews": meetings,
        "messages_facts": message_facts(row, Actor.YOUTH),
        "timeline": timeline(row, "youth"),
        "shared": presentation.shared_facts(row),
        "cv": cv.shown_to_host(row),
        "waits_for_guardian": waits_for_guardian,
        "guardian_agreed": asks_guardian(row) and not waits_for_guardian,
        "can_accept": _may(row, S.ACCEPTED) and (row.expires_at is None or row.expires_at > timezone.now()),
        "can_decline": _may(row, S.DECLINED),
        "can_withdraw": _may(row, S.WITHDRAWN),
    }
    return area_page(request, "youth_application", context)


class _AnswerView(ConfirmView):
    """A young person's answer about one of their candidatures."""

    def enter(self, request):
        return enter_as_youth(request)

    def get_object(self, pk):
        return own_application(self.request, pk)

    def back_url(self):
        return reverse("area:youth_application", args=[self.object.pk])


class AcceptView(_AnswerView):
    title = gettext_lazy("Accetti questo posto?")
    submit_label = gettext_lazy("Accetto il posto")
    done_message = gettext_lazy("Hai accettato. Lo Sportello ti contatta nei prossimi giorni.")

    def text(self):
        row = self.object
        if row.start_date is None or row.end_date is None:
            return row.offer.title
        return _("«%(offer)s» da %(host)s, da %(start)s a %(end)s.") % {
            "offer": row.offer.title,
            "host": row.offer.host.organisation.name,
            "start": day_words(row.start_date),
            "end": day_words(row.end_date),
        }

    def extra_context(self):
        closed = applications_acceptance.closed_by_accepting(self.object)
        return {
            "consequences_title": _("Si chiudono le candidature per gli stessi giorni:"),
            "consequences": [f"{row.offer.title} ({row.offer.host.organisation.name})" for row in closed],
        }

    def act(self, form):
        applications_acceptance.accept(self.object, self.request.user)


class DeclineView(_AnswerView):
    title = gettext_lazy("Rifiuti questo posto?")
    submit_label = gettext_lazy("Rifiuto il posto")
    done_message = gettext_lazy("Hai rifiutato il posto: grazie per aver risposto.")
    danger = True

    def text(self):
        return _("Il posto per «%(offer)s» torna libero per un'altra persona. Da qui non si può tornare indietro.") % {
            "offer": self.object.offer.title
        }

    def act(self, form):
        actions.decline(self.object, self.request.user)


class WithdrawView(_AnswerView):
    title = gettext_lazy("Ritiri la candidatura?")
    submit_label = gettext_lazy("Ritiro la candidatura")
    done_message = gettext_lazy("La candidatura è ritirata.")
    danger = True

    def text(self):
        return _(
            "%(host)s saprà che non ti interessa più «%(offer)s». Per riaprirla dovrai scrivere allo Sportello."
        ) % {
            "host": self.object.offer.host.organisation.name,
            "offer": self.object.offer.title,
        }

    def act(self, form):
        actions.withdraw(self.object, self.request.user)


class DiscardView(_AnswerView):
    title = gettext_lazy("Butti via la bozza?")
    submit_label = gettext_lazy("Butto la bozza")
    done_message = gettext_lazy("La bozza non c'è più.")
    danger = True

    def text(self):
        return _("Quello che hai scritto per «%(offer)s» si perde. Potrai candidarti di nuovo, da capo.") % {
            "offer": self.object.offer.title
        }

    def back_url(self):
        return reverse("area:youth_applications")

    def act(self, form):
        actions.discard(self.object, self.request.user)
