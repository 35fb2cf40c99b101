"""Meetings: the host proposes times, the young person picks one, either calls it off; a file for both calendars."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..actions import applications_interviews as actions
from ..application_enums import MAX_INTERVIEW_TIMES, InterviewState
from ..enums import ApplicationState
from ..forms.applications import CallOffForm, InterviewForm
from ..interview_calendar import CONTENT_TYPE, FILE_NAME, calendar_of
from ..models import InterviewSlot
from ..presentation_applications import interviews, slot_words
from .common import ConfirmView, enter_as_host, enter_as_youth, host_of, host_only, youth_of, youth_only
from .host_applications import received_application


def _rows():
    return InterviewSlot.objects.select_related("application__youth__user", "application__offer__host__organisation")


def _own_slot(request: HttpRequest, pk: int) -> InterviewSlot:
    return get_object_or_404(_rows().filter(application__youth=youth_of(request)), pk=pk)


def _hosts_slot(request: HttpRequest, pk: int) -> InterviewSlot:
    return get_object_or_404(_rows().filter(host=host_of(request)), pk=pk)


class ProposeView(ConfirmView):
    """Some times to choose from."""

    template = "host_interviews"
    title = gettext_lazy("Quando potreste incontrarvi?")
    submit_label = gettext_lazy("Proponi questi momenti")
    done_message = gettext_lazy("Proposti: ti scriviamo appena ne sceglie uno.")

    def enter(self, request):
        return enter_as_host(request)

    def get_object(self, pk):
        application = received_application(self.request, pk)
        self.now = interviews(application)
        return application

    def get(self, request, pk):
        if self.object.state != ApplicationState.SHORTLISTED:
            return redirect(self.back_url())
        return super().get(request, pk)

    def back_url(self):
        return reverse("area:host_application", args=[self.object.pk])

    def get_form(self, data=None):
        offer = self.object.offer
        place = ", ".join(part for part in (offer.address, str(offer.municipality)) if part)
        room = max(1, MAX_INTERVIEW_TIMES - len(self.now["proposed"]))
        return InterviewForm(data, room=room, initial={"place": place})

    def text(self):
        return _("Proponi a %(person)s due o tre momenti: ne sceglie uno, e arriva nel calendario di tutti e due.") % {
            "person": self.object.applicant_name
        }

    def extra_context(self):
        return {"proposed": self.now["proposed"], "picked": self.now["picked"]}

    def act(self, form):
        values = form.cleaned_data
        actions.propose(self.object, form.times(), values["minutes"], values["place"], self.request.user)


class PickView(ConfirmView):
    title = gettext_lazy("Vi incontrate qui?")
    submit_label = gettext_lazy("Sì, scelgo questo")
    done_message = gettext_lazy("L'incontro è fissato: vi abbiamo scritto, con l'appuntamento per il calendario.")

    def enter(self, request):
        return enter_as_youth(request)

    def get_object(self, pk):
        return _own_slot(self.request, pk)

    def back_url(self):
        return reverse("area:youth_application", args=[self.object.application_id])

    def text(self):
        return _("%(when)s, con %(host)s. Dove: %(place)s.") % {
            "when": slot_words(self.object).capitalize(),
            "host": self.object.application.offer.host.organisation.name,
            "place": self.object.place,
        }

    def act(self, form):
        actions.pick(self.object, self.request.user)


class _CallOffView(ConfirmView):
    title = gettext_lazy("Annulli l'incontro?")
    submit_label = gettext_lazy("Annullo l'incontro")
    done_message = gettext_lazy("L'incontro è annullato: vi abbiamo scritto.")
    danger = True
    application_name = ""

    def back_url(self):
        return reverse(self.application_name, args=[self.object.application_id])

    def get_form(self, data=None):
        return CallOffForm(data)

    def text(self):
        return _("%(when)s. Poi se ne può fissare un altro.") % {"when": slot_words(self.object).capitalize()}

    def act(self, form):
        actions.call_off(self.object, self.request.user, form.cleaned_data["reason"])


class YouthCallOffView(_CallOffView):
    application_name = "area:youth_application"

    def enter(self, request):
        return enter_as_youth(request)

    def get_object(self, pk):
        return _own_slot(self.request, pk)


class HostCallOffView(_CallOffView):
    application_name = "area:host_application"

    def enter(self, request):
        return enter_as_host(request)

    def get_object(self, pk):
        return _hosts_slot(self.request, pk)


@youth_only
def youth_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """The meeting as a file for the young person's calendar."""
    return _file(request, _own_slot(request, pk), "area:youth_application")


@host_only
def host_calendar(request: HttpRequest, pk: int) -> HttpResponse:
    """The meeting as a file for the host's calendar."""
    return _file(request, _hosts_slot(request, pk), "area:host_application")


def _file(request: HttpRequest, slot: InterviewSlot, page: str) -> HttpResponse:
    if slot.state == InterviewState.PROPOSED:
        raise Http404
    address = request.build_absolute_uri(reverse(page, args=[slot.application_id]))
    response = HttpResponse(calendar_of(slot, address), content_type=CONTENT_TYPE)
    response.headers["Content-Disposition"] = f'attachment; filename="{FILE_NAME}"'
    return response
