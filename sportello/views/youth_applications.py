"""The young person's candidatures: sending, following, answering."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from portal.pages.words import day_words

from .. import presentation, scoring
from ..actions import applications as actions
from ..enums import Actor, ApplicationState
from ..errors import ActionError, GuardRefused
from ..forms.youth import ApplyForm
from ..models import Application, Offer
from ..transitions import APPLICATION, find
from .common import ConfirmView, area_page, enter_as_youth, noindex, youth_of, youth_only

S = ApplicationState


@youth_only
def applications(request: HttpRequest) -> HttpResponse:
    """All of them: what waits for an answer first."""
    rows = [
        {
            "application": row,
            "state": presentation.application_state(row),
            "next": presentation.youth_next(row),
            "kicker": presentation.offer_kicker(row.offer),
        }
        for row in Application.objects.for_youth(youth_of(request))
    ]
    return area_page(request, "youth_applications", {"rows": rows})


def _own(request: HttpRequest, pk: int) -> Application:
    rows = Application.objects.for_detail().filter(youth=youth_of(request)).exclude(state=S.DRAFT)
    return get_object_or_404(rows, pk=pk)


def _may(application: Application, target: str) -> bool:
    row = find(APPLICATION, application.state, target)
    return row is not None and Actor.YOUTH in row.actors


@youth_only
def application(request: HttpRequest, pk: int) -> HttpResponse:
    """One of them: where it is, what to do, what happened."""
    row = _own(request, pk)
    context = {
        "application": row,
        "offer": row.offer,
        "kicker": presentation.offer_kicker(row.offer),
        "state": presentation.application_state(row),
        "next": presentation.youth_next(row),
        "timeline": presentation.timeline(row, "youth"),
        "shared": presentation.shared_facts(row),
        "can_accept": _may(row, S.ACCEPTED) and (row.expires_at is None or row.expires_at > timezone.now()),
        "can_decline": _may(row, S.DECLINED),
        "can_withdraw": _may(row, S.WITHDRAWN),
    }
    return area_page(request, "youth_application", context)


class ApplyView(LoginRequiredMixin, View):
    """Send a candidature, after seeing what the host will read."""

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        answer = enter_as_youth(request)
        return noindex(answer or super().dispatch(request, *args, **kwargs))

    def get(self, request, pk):
        return self._page(self._offer(pk), ApplyForm())

    def post(self, request, pk):
        offer = self._offer(pk)
        form = ApplyForm(request.POST)
        if not form.is_valid():
            return self._page(offer, form)
        try:
            row = actions.apply(youth_of(request), offer, form.cleaned_data["motivation"], request.user)
        except GuardRefused as error:
            if error.code == "already_applied":
                return self._already(offer)
            form.add_error(None, str(error))
            return self._page(offer, form)
        except ActionError as error:
            form.add_error(None, str(error))
            return self._page(offer, form)
        messages.success(request, _("La candidatura è partita. Ti scriviamo appena rispondono."))
        return redirect("area:youth_application", pk=row.pk)

    def _offer(self, pk: int) -> Offer:
        return get_object_or_404(Offer.objects.on_show(timezone.localdate()).for_cards(), pk=pk)

    def _already(self, offer: Offer) -> HttpResponse:
        existing = Application.objects.filter(youth=youth_of(self.request), offer=offer).first()
        if existing is None:
            raise Http404
        messages.info(self.request, _("Ti eri già candidata o candidato a questa offerta: eccola."))
        return redirect("area:youth_application", pk=existing.pk)

    def _page(self, offer: Offer, form: ApplyForm) -> HttpResponse:
        profile = youth_of(self.request)
        if not form.is_bound and Application.objects.filter(youth=profile, offer=offer).exists():
            return self._already(offer)
        obstacles = scoring.obstacles(profile, offer) if profile.is_complete else ()
        # The same words that the host will read, before anything is sent.
        preview = Application(youth=profile, offer=offer, shared=scoring.shared_with_host(profile, offer))
        context = {
            "offer": offer,
            "kicker": presentation.offer_kicker(offer),
            "form": form,
            "missing": [item.label for item in profile.missing],
            "obstacles": [scoring.sentence(obstacle) for obstacle in obstacles],
            "shared": presentation.shared_facts(preview),
            "back_url": reverse("area:youth_offers"),
        }
        return area_page(self.request, "youth_apply", context)


class _AnswerView(ConfirmView):
    """A young person's answer about one of their candidatures."""

    def enter(self, request):
        return enter_as_youth(request)

    def get_object(self, pk):
        return _own(self.request, pk)

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
        closed = actions.closed_by_accepting(self.object)
        return {
            "consequences_title": _("Si chiudono le candidature per gli stessi giorni:"),
            "consequences": [f"{row.offer.title} ({row.offer.host.organisation.name})" for row in closed],
        }

    def act(self, form):
        actions.accept(self.object, self.request.user)


class DeclineView(_AnswerView):
    title = gettext_lazy("Rifiuti questo posto?")
    submit_label = gettext_lazy("Rifiuto il posto")
    done_message = gettext_lazy("Hai rifiutato il posto: grazie per aver risposto.")
    danger = True

    def text(self):
        return _("Il posto torna libero per un'altra persona. Non si può tornare indietro da soli.")

    def act(self, form):
        actions.decline(self.object, self.request.user)


class WithdrawView(_AnswerView):
    title = gettext_lazy("Ritiri la candidatura?")
    submit_label = gettext_lazy("Ritiro la candidatura")
    done_message = gettext_lazy("La candidatura è ritirata.")
    danger = True

    def text(self):
        return _("Chi offre l'esperienza viene avvisato. Per riaprirla dovrai scrivere allo Sportello.")

    def act(self, form):
        actions.withdraw(self.object, self.request.user)
