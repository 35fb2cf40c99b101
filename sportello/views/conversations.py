"""The conversation inside an application, one page for each side."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import View

from ..actions import applications_messages as actions
from ..enums import Actor
from ..errors import ActionError, NotPermitted
from ..forms.applications import MessageForm
from ..models import Application
from ..presentation_applications import conversation
from .common import area_page, enter_as_host, enter_as_youth, noindex
from .host_applications import received_application
from .youth_applications import own_application


class _ConversationView(LoginRequiredMixin, View):
    """Reads marks what is new as seen, which is the one thing that a GET changes; POST writes."""

    side = ""
    page_name = ""
    application_name = ""

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        answer: HttpResponseBase | None = self.enter(request)
        if answer is None:
            self.application = self.find(request, kwargs["pk"])
            answer = super().dispatch(request, *args, **kwargs)
        return noindex(answer)

    def enter(self, request: HttpRequest) -> HttpResponse | None:
        """Let in who has a part here."""
        raise NotImplementedError

    def find(self, request: HttpRequest, pk: int) -> Application:
        """The application, or Http404 to whom it does not concern."""
        raise NotImplementedError

    def get(self, request, pk):
        response = self._page(MessageForm())
        actions.see(self.application, self.side)
        return response

    def post(self, request, pk):
        form = MessageForm(request.POST)
        if not form.is_valid():
            return self._page(form)
        try:
            actions.write(self.application, request.user, form.cleaned_data["text"])
        except NotPermitted as error:
            raise Http404 from error
        except ActionError as error:
            form.add_error("text", str(error))
            return self._page(form)
        messages.success(request, _("Messaggio inviato."))
        return redirect(self.page_name, pk=pk)

    def _page(self, form: MessageForm) -> HttpResponse:
        row = self.application
        other = row.offer.host.organisation.name if self.side == Actor.YOUTH else row.applicant_name
        context = {
            "application": row,
            "offer": row.offer,
            "other": other,
            "rows": conversation(row, self.side),
            "form": form,
            "may_write": actions.may_write(row, self.side),
            "back_url": reverse(self.application_name, args=[row.pk]),
        }
        return area_page(self.request, "conversation", context)


class YouthView(_ConversationView):
    side = Actor.YOUTH
    page_name = "area:youth_application_messages"
    application_name = "area:youth_application"

    def enter(self, request):
        return enter_as_youth(request)

    def find(self, request, pk):
        return own_application(request, pk)


class HostView(_ConversationView):
    side = Actor.HOST
    page_name = "area:host_application_messages"
    application_name = "area:host_application"

    def enter(self, request):
        return enter_as_host(request)

    def find(self, request, pk):
        return received_application(request, pk)
