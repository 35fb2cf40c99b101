"""The host at a glance, and changing what it says of itself."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views import View

from portal.pages.words import day_words

from .. import permissions
from ..actions.host_data import update_host
from ..enums import HostState
from ..errors import ActionError
from ..forms.host_data import HostDataForm
from ..models import Host
from .common import area_page, enter_as_host, host_of, host_readers, member_of, noindex

_TONES: dict[str, str] = {
    HostState.REGISTERED: "accent",
    HostState.VERIFIED: "info",
    HostState.SIGNED: "success",
    HostState.SUSPENDED: "danger",
}


@host_readers
def profile(request: HttpRequest) -> HttpResponse:
    """The host at a glance: where it stands, what it says of itself, what comes next."""
    host, me = host_of(request), member_of(request)
    context = {
        "host": host,
        "organisation": host.organisation,
        "owns": me.owns,
        "works": me.works,
        "state": {"label": host.get_state_display(), "tone": _TONES[host.state], "icon": ""},
        "paused_until": day_words(host.paused_until) if host.is_paused and host.paused_until else "",
        "public_url": host.get_absolute_url() if host.may_publish else "",
        "facts": _facts(host),
    }
    return area_page(request, "host_profile", context)


def _facts(host: Host) -> list[dict]:
    organisation = host.organisation
    staff = "" if host.permanent_staff is None else str(host.permanent_staff)
    return [
        {"label": _("Che cosa fate"), "value": organisation.description},
        {"label": _("Settori"), "entries": [{"title": sector.label} for sector in host.sectors.all()]},
        {"label": pgettext("municipality", "Comune"), "value": str(organisation.municipality or "")},
        {"label": _("Sito web"), "value": organisation.url, "url": organisation.url},
        {"label": _("Persona di riferimento"), "value": host.contact_name},
        {"label": _("Telefono"), "value": host.phone},
        {"label": _("Dipendenti a tempo indeterminato"), "value": staff},
        {"label": _("Partita IVA o codice fiscale"), "value": host.fiscal_code},
    ]


class HostDataView(LoginRequiredMixin, View):
    """Change the host's data; for its owner."""

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        answer = enter_as_host(request, permissions.may_decide)
        return noindex(answer or super().dispatch(request, *args, **kwargs))

    def get(self, request):
        return self._page(HostDataForm(host=host_of(request)))

    def post(self, request):
        form = HostDataForm(request.POST, request.FILES, host=host_of(request))
        if not form.is_valid():
            return self._page(form)
        try:
            update_host(host_of(request), request.user, form.values())
        except ActionError as error:
            form.add_error(error.code if error.code in form.fields else None, str(error))
            return self._page(form)
        messages.success(request, _("Dati salvati."))
        return redirect("area:host_profile")

    def _page(self, form: HostDataForm) -> HttpResponse:
        context = {"form": form, "host": host_of(self.request), "back_url": reverse("area:host_profile")}
        return area_page(self.request, "host_data_form", context)
