"""Writing a candidature: begun, left, gone on with, sent."""

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from .. import consents, cv, presentation, scoring
from ..actions import applications as actions
from ..actions import cv as cv_actions
from ..enums import ApplicationState
from ..errors import ActionError
from ..forms.applications import ApplyForm
from ..models import Application, Offer
from ..presentation_people import guardian_step
from .common import WANTED_OFFER_KEY, area_page, enter_as_youth, noindex, youth_of

S = ApplicationState


class ApplyView(LoginRequiredMixin, View):
    """Write to a host, after seeing what it will read; save and go on later as often as one likes."""

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        answer = enter_as_youth(request)
        if answer is not None:
            request.session[WANTED_OFFER_KEY] = kwargs["pk"]
        return noindex(answer or super().dispatch(request, *args, **kwargs))

    def get(self, request, pk):
        offer, draft = self._find(pk)
        sent = self._sent(offer)
        if sent is not None:
            return self._already(sent)
        initial = {"motivation": draft.motivation if draft else ""}
        return self._page(offer, draft, ApplyForm(initial=initial, cv_name=self._cv_name()))

    def post(self, request, pk):
        offer, draft = self._find(pk)
        saving = "save" in request.POST
        form = ApplyForm(request.POST, saving=saving, cv_name=self._cv_name())
        if not form.is_valid():
            return self._page(offer, draft, form)
        verb = actions.save_draft if saving else actions.apply
        try:
            with transaction.atomic():
                row = verb(youth_of(request), offer, form.cleaned_data["motivation"], request.user)
                if form.cleaned_data.get("include_cv") and not saving:
                    cv_actions.attach(row, request.user)
        except ActionError as error:
            sent = self._sent(offer) if error.code == "already_applied" else None
            if sent is not None:
                return self._already(sent)
            form.add_error(None, str(error))
            return self._page(offer, draft, form)
        if saving:
            messages.success(request, _("Bozza salvata: la ritrovi tra le tue candidature."))
            return redirect("area:youth_applications")
        if row.state == S.IN_REVIEW:
            messages.success(request, _("Ricevuta. La legge prima una persona dello Sportello, poi parte."))
        else:
            messages.success(request, _("La candidatura è partita. Ti scriviamo appena rispondono."))
        return redirect("area:youth_application", pk=row.pk)

    def _cv_name(self) -> str:
        """The name of the CV that may be attached; empty if none."""
        profile = youth_of(self.request)
        current = cv.current(profile)
        return current.name if current and cv.may_attach(profile) else ""

    def _find(self, pk: int) -> tuple[Offer, Application | None]:
        """The offer and one's draft for it; an offer that is gone from the public is still shown to who has one."""
        draft = Application.objects.filter(youth=youth_of(self.request), offer_id=pk, state=S.DRAFT).first()
        offers = Offer.objects.all() if draft else Offer.objects.on_show(timezone.localdate())
        offer = offers.for_matching().filter(pk=pk).first()
        if offer is None:
            raise Http404
        return offer, draft

    def _sent(self, offer: Offer) -> Application | None:
        return Application.objects.filter(youth=youth_of(self.request), offer=offer).ever_sent().first()

    def _already(self, sent: Application) -> HttpResponse:
        messages.info(self.request, _("Ti eri già candidata o candidato a questa offerta: eccola."))
        return redirect("area:youth_application", pk=sent.pk)

    def _page(self, offer: Offer, draft: Application | None, form: ApplyForm) -> HttpResponse:
        profile = youth_of(self.request)
        if profile.missing:
            self.request.session[WANTED_OFFER_KEY] = offer.pk
        obstacles = scoring.obstacles(profile, offer) if profile.is_complete else ()
        # The same words that the host will read, before anything is sent.
        preview = Application(youth=profile, offer=offer, shared=scoring.shared_with_host(profile, offer))
        context = {
            "offer": offer,
            "draft": draft,
            "kicker": presentation.offer_kicker(offer),
            "form": form,
            "missing": [item.label for item in profile.missing],
            "takes_applications": offer.is_published,
            "lacking": consents.missing(profile, consents.first_day(profile, offer, timezone.localdate())),
            "guardian_step": guardian_step(profile),
            "obstacles": [scoring.sentence(obstacle) for obstacle in obstacles],
            "shared": presentation.shared_facts(preview),
            "back_url": reverse("area:youth_applications") if draft else reverse("area:youth_offers"),
        }
        return area_page(self.request, "youth_apply", context)
