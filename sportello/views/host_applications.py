"""The candidatures that a host receives: reading and answering."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from .. import cv, presentation
from ..actions import applications_host
from ..answers import Answer, for_answer
from ..calendar import earliest_days
from ..endings import how_it_ended
from ..enums import Actor, ApplicationState
from ..forms.applications import AnswerForm, RefusalForm, SeatForm
from ..models import Application, Seat
from ..presentation_applications import interviews, message_facts
from ..timeline import timeline
from ..transitions import APPLICATION, find
from .common import ConfirmView, area_page, enter_as_host, host_only, host_readers, member_of

S = ApplicationState


def received_application(request: HttpRequest, pk: int) -> Application:
    """One of the host's own, or of the offers a tutor follows; anybody else's does not exist for them."""
    rows = Application.objects.for_detail().seen_by(member_of(request))
    return get_object_or_404(rows, pk=pk)


def _may(request: HttpRequest, application: Application, target: str) -> bool:
    row = find(APPLICATION, application.state, target)
    return member_of(request).works and row is not None and Actor.HOST in row.actors


@host_readers
def application(request: HttpRequest, pk: int) -> HttpResponse:
    """What the person shared, why it fits, what to answer."""
    row = received_application(request, pk)
    meetings = interviews(row)
    # While times to meet are there to pick, it is not the host who is waited for.
    waits = row.state == S.SUBMITTED or (row.state == S.SHORTLISTED and not meetings["proposed"])
    seat_free = Seat.objects.filter(offer=row.offer).free().exists()
    context = {
        "application": row,
        "works": member_of(request).works,
        "offer": row.offer,
        "name": row.applicant_name,
        "state": presentation.application_state(row),
        "ended": how_it_ended(row, "host"),
        "waiting": presentation.waiting_since(row) if waits else "",
        "shared": presentation.shared_facts(row),
        "cv": cv.shown_to_host(row),
        "factors": presentation.host_factors(row),
        "interviews": meetings,
        "can_propose": row.state == S.SHORTLISTED and member_of(request).works,
        "messages_facts": message_facts(row, Actor.HOST) if member_of(request).works else {},
        "in_line": row.place_in_line() if row.state == S.WAITLISTED else 0,
        "timeline": timeline(row, "host"),
        # The address is shared with who will really work together, not with everybody one applies to.
        "contact": row.youth.user.email if row.state == S.ACCEPTED else "",
        "can_mark_read": member_of(request).works and row.state == S.SUBMITTED and row.read_at is None,
        "can_shortlist": _may(request, row, S.SHORTLISTED),
        "can_offer": _may(request, row, S.OFFERED) and seat_free,
        "no_seat": _may(request, row, S.OFFERED) and not seat_free,
        "can_waitlist": _may(request, row, S.WAITLISTED) and not seat_free,
        "can_reject": _may(request, row, S.REJECTED),
        "can_rescind": _may(request, row, S.RESCINDED),
    }
    return area_page(request, "host_application", context)


@require_POST
@host_only
def mark_read(request: HttpRequest, pk: int) -> HttpResponse:
    """Tell the young person that it has been read."""
    row = received_application(request, pk)
    applications_host.mark_read(row, request.user)
    messages.success(request, _("Chi si è candidato ora sa che l'hai letta."))
    return redirect("area:host_application", pk=row.pk)


class _AnswerView(ConfirmView):
    """A host's answer to a candidature: from a pre-written text, changed as it likes."""

    template = "host_answer"
    target = ""
    form_class: type[AnswerForm] = AnswerForm

    def enter(self, request):
        return enter_as_host(request)

    def get_object(self, pk):
        return received_application(self.request, pk)

    def back_url(self):
        return reverse("area:host_application", args=[self.object.pk])

    def text(self):
        return _("%(person)s, per «%(offer)s».") % {
            "person": self.object.applicant_name,
            "offer": self.object.offer.title,
        }

    def answers(self) -> list[Answer]:
        """The pre-written texts to start from."""
        return for_answer(self.object, self.target)

    def get_form(self, data=None):
        return self.form_class(data, answers=self.answers(), chosen=self.request.GET.get("testo", ""))

    def extra_context(self):
        answers = self.answers()
        chosen = self.request.GET.get("testo") or (answers[0].key if answers else "")
        return {
            "answers": [{"label": row.label, "key": row.key, "current": row.key == chosen} for row in answers]
            if len(answers) > 1
            else [],
        }


class ShortlistView(_AnswerView):
    title = gettext_lazy("Vuoi conoscere questa persona?")
    submit_label = gettext_lazy("Sì, voglio conoscerla")
    done_message = gettext_lazy("L'abbiamo avvisata. Ora proponi quando incontrarvi.")
    target = S.SHORTLISTED

    def act(self, form):
        applications_host.shortlist(self.object, self.request.user, form.cleaned_data["message"])

    def done_url(self):
        return reverse("area:host_application_interviews", args=[self.object.pk])


class WaitlistView(_AnswerView):
    title = gettext_lazy("La metti in lista d'attesa?")
    submit_label = gettext_lazy("Metti in lista d'attesa")
    done_message = gettext_lazy("È in lista d'attesa: se si libera un posto, lo offriamo da soli.")
    target = S.WAITLISTED

    def text(self):
        return _("%(who)s I posti sono tutti presi: appena se ne libera uno, va a chi aspetta da più tempo.") % {
            "who": super().text()
        }

    def act(self, form):
        applications_host.waitlist(self.object, self.request.user, form.cleaned_data["message"])


class OfferSeatView(_AnswerView):
    title = gettext_lazy("Offri un posto")
    submit_label = gettext_lazy("Offro il posto")
    done_message = gettext_lazy("Posto offerto: ha sette giorni per rispondere.")
    target = S.OFFERED

    def get_form(self, data=None):
        start, end = earliest_days(self.object.offer, timezone.localdate())
        return SeatForm(
            data, answers=self.answers(), offer=self.object.offer, initial={"start_date": start, "end_date": end}
        )

    def text(self):
        return _("%(who)s Il posto resta riservato per sette giorni, poi torna libero.") % {"who": super().text()}

    def act(self, form):
        values = form.cleaned_data
        applications_host.offer_seat(
            self.object, self.request.user, values["start_date"], values["end_date"], values["message"]
        )


class RejectView(_AnswerView):
    title = gettext_lazy("Rispondi di no")
    submit_label = gettext_lazy("Invia la risposta")
    done_message = gettext_lazy("Risposta inviata: grazie per non averla fatta aspettare.")
    danger = True
    target = S.REJECTED
    form_class = RefusalForm

    def act(self, form):
        values = form.cleaned_data
        applications_host.reject(
            self.object, self.request.user, values["reason"], message=values["message"], share=values["share"]
        )


class RescindView(_AnswerView):
    title = gettext_lazy("Ritiri il posto che avevi offerto?")
    submit_label = gettext_lazy("Ritiro il posto")
    done_message = gettext_lazy("Posto ritirato. Lo Sportello lo sa.")
    danger = True
    target = S.RESCINDED
    form_class = RefusalForm

    def act(self, form):
        values = form.cleaned_data
        applications_host.rescind(
            self.object, self.request.user, values["reason"], message=values["message"], share=values["share"]
        )
