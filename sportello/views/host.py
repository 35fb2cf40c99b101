"""The host's own pages: registration and inbox."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views import View

from portal.pages.words import moment_words

from .. import permissions, presentation
from ..actions.hosts import register_host
from ..enums import ApplicationState, OfferState
from ..errors import ActionError
from ..forms.host import RegistrationForm
from ..models import Application, Offer
from ..presentation_rounds import waiting_for_host
from .common import area_page, host_of, host_readers, member_of, noindex

S = ApplicationState
SHOWN_CLOSED = 20


class RegisterView(LoginRequiredMixin, View):
    """Register an organisation that wants to offer experiences."""

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        if permissions.works_at_desk(request.user):
            # Who decides at the desk takes no side in front of it.
            raise Http404
        if permissions.host_of(request.user) is not None:
            messages.info(request, _("Hai già registrato la tua realtà."))
            return noindex(redirect("area:host_inbox"))
        if permissions.profile_of(request.user) is not None:
            messages.info(request, _("Con questo account cerchi un'esperienza: per offrirne usane un altro."))
            return noindex(redirect("area:home"))
        return noindex(super().dispatch(request, *args, **kwargs))

    def get(self, request):
        initial = {"contact_name": request.user.get_full_name()}
        return self._page(RegistrationForm(initial=initial))

    def post(self, request):
        form = RegistrationForm(request.POST)
        if not form.is_valid():
            return self._page(form)
        try:
            register_host(user=request.user, **form.values())
        except ActionError as error:
            form.add_error("fiscal_code" if error.code == "already_registered" else None, str(error))
            return self._page(form)
        messages.success(
            request, _("Registrazione arrivata. Lo Sportello la verifica; intanto puoi scrivere la prima offerta.")
        )
        return redirect("area:host_inbox")

    def _page(self, form: RegistrationForm) -> HttpResponse:
        return area_page(self.request, "host_register", {"form": form})


@host_readers
def inbox(request: HttpRequest) -> HttpResponse:
    """What waits for the host's answer first."""
    host, member = host_of(request), member_of(request)
    rows = list(Application.objects.for_inbox(host).seen_by(member))
    has_offers = Offer.objects.filter(host=host).exists()
    context = {
        "host": host,
        "organisation": host.organisation,
        "rounds": waiting_for_host(host) if member.works else [],
        "to_answer": [_row(row) for row in rows if row.turn == 0 and not _picks(row)],
        "waiting_for_others": [_row(row) for row in rows if row.turn == 1 or _picks(row)],
        "accepted": [_row(row) for row in rows if row.state == S.ACCEPTED],
        "closed": [_row(row) for row in rows if row.turn == 3][:SHOWN_CLOSED],
        "works": member.works,
        "owns": member.owns,
        "to_correct": list(Offer.objects.filter(host=host, state=OfferState.RETURNED).order_by("pk")),
        "has_offers": has_offers,
        "follows_offers": has_offers if member.works else Offer.objects.seen_by(member).exists(),
        "nobody_yet": has_offers and not rows,
    }
    return area_page(request, "host_inbox", context)


def _picks(application: Application) -> bool:
    """Whether the young person is choosing when to meet."""
    return application.state == S.SHORTLISTED and application.times_to_pick


def _row(application: Application) -> dict:
    return {
        "application": application,
        "name": application.applicant_name,
        "offer": application.offer,
        "state": presentation.application_state(application),
        "waiting": presentation.waiting_since(application),
        "meets": moment_words(application.meets_at) if application.meets_at else "",
        "picks": _picks(application),
        "band": presentation.host_band(application),
    }
