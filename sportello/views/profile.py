"""The young person's profile, step by step, and the CV."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View

from portal.users.forms import BIRTH_DATE_KEY

from .. import cv as cv_reads
from .. import permissions
from ..actions import cv as cv_actions
from ..actions.youth import is_too_young, save_profile
from ..errors import ActionError
from ..forms.profile_steps import FIRST, STEPS, CvForm, Step, StepForm, after, first_open, step_named
from ..models import CurriculumVitae, Desk, Offer
from .common import WANTED_OFFER_KEY, ConfirmView, area_page, enter_as_youth, noindex, youth_of


class _ProfilePage(LoginRequiredMixin, View):
    """Who may tell about themselves: anybody but the desk, and who has chosen the other side already."""

    def dispatch(self, request, *args, **kwargs):
        if not request.user.is_authenticated:
            return self.handle_no_permission()
        if permissions.works_at_desk(request.user):
            # Who decides at the desk takes no side in front of it.
            raise Http404
        self.profile = permissions.profile_of(request.user)
        if self.profile is not None:
            request.youth = self.profile  # the menu reads it
        elif permissions.host_of(request.user) is not None:
            messages.info(request, _("Con questo account segui già una realtà che ospita: per cercare usane un altro."))
            return noindex(redirect("area:home"))
        return noindex(super().dispatch(request, *args, **kwargs))

    def step_page(self, step: Step, form, template: str = "profile_step", **more) -> HttpResponse:
        """One step, with where it is among the others."""
        place = STEPS.index(step) + 1
        following = after(step)
        context = {
            "step": step,
            "form": form,
            "profile": self.profile,
            "place": place,
            "places": len(STEPS),
            "percent": round(100 * (place - 1) / len(STEPS)),
            "previous": STEPS[place - 2] if place > 1 else None,
            "following": following,
            **more,
        }
        return area_page(self.request, template, context)

    def go_on(self, step: Step) -> HttpResponse:
        """Where to go after a step was saved."""
        following = after(step)
        if "save" in self.request.POST or following is None:
            if self.profile and self.profile.is_complete and self._wanted_offer():
                messages.success(self.request, _("Il profilo è completo: adesso puoi candidarti."))
                return redirect("area:youth_apply", self.request.session.pop(WANTED_OFFER_KEY))
            if self.profile and self.profile.is_complete and following is None:
                messages.success(self.request, _("Il profilo è completo: ecco le esperienze adatte a te."))
                return redirect("area:youth_offers")
            messages.success(self.request, _("Salvato. Puoi continuare quando vuoi: qui sotto vedi che cosa manca."))
            return redirect("area:youth_profile")
        return redirect(_address(following))

    def _wanted_offer(self) -> bool:
        """Whether who has just told about themselves came for an offer that still takes candidatures."""
        wanted = self.request.session.get(WANTED_OFFER_KEY)
        return wanted is not None and Offer.objects.on_show(timezone.localdate()).filter(pk=wanted).exists()


def _address(step: Step) -> str:
    if step.slug == "curriculum":
        return reverse("area:youth_cv")
    return reverse("area:youth_profile_step", args=[step.slug])


def _step_state(step: Step, is_done: bool) -> dict:
    """A state for `components/state.html`."""
    if is_done:
        return {"label": _("Fatto"), "tone": "success", "icon": ""}
    if not step.needs:
        return {"label": _("Facoltativo"), "tone": "", "icon": ""}
    return {"label": _("Da completare"), "tone": "accent", "icon": ""}


class ProfileStepView(_ProfilePage):
    """One step: what was written stays when something is wrong, and is saved when it is right."""

    def get(self, request, slug: str = FIRST.slug):
        step = self._step(slug)
        if self.profile is None and step != FIRST:
            return redirect("area:youth_profile")
        form = StepForm(step=step, profile=self.profile, user=request.user)
        if self.profile is None and BIRTH_DATE_KEY in request.session:
            # Said a moment ago, to have an account: nobody types it twice.
            form.initial.setdefault("birth_date", request.session[BIRTH_DATE_KEY])
        return self.step_page(step, form)

    def post(self, request, slug: str = FIRST.slug):
        step = self._step(slug)
        if self.profile is None and step != FIRST:
            return redirect("area:youth_profile")
        form = StepForm(request.POST, step=step, profile=self.profile, user=request.user)
        is_valid = form.is_valid()
        birth_date = form.cleaned_data.get("birth_date")
        if birth_date and is_too_young(birth_date):
            # Whatever else was written, nothing of it is kept.
            return area_page(request, "too_young", {"desk": Desk.objects.order_by("pk").first()})
        if not is_valid:
            return self.step_page(step, form)
        try:
            self.profile = save_profile(request.user, form.values())
            request.session.pop(BIRTH_DATE_KEY, None)
        except ActionError as error:
            form.add_error("birth_date" if error.code == "birth_date" else None, str(error))
            return self.step_page(step, form)
        return self.go_on(step)

    def _step(self, slug: str) -> Step:
        step = step_named(slug)
        if step is None or step.slug == "curriculum":
            raise Http404
        return step


class ProfileView(ProfileStepView):
    """The whole profile at a glance: what is told, what is missing, who sees what. At first, its first step."""

    def get(self, request, slug: str = FIRST.slug):
        if self.profile is None:
            return super().get(request)
        items = self.profile.completeness()
        done = {item.key for item in items if item.done}
        current = cv_reads.current(self.profile)
        rows = []
        for step in STEPS:
            is_done = bool(current) if step.slug == "curriculum" else set(step.needs) <= done
            rows.append({"step": step, "url": _address(step), "state": _step_state(step, is_done)})
        next_step = first_open(self.profile)
        context = {
            "profile": self.profile,
            "rows": rows,
            "missing": [item.label for item in items if not item.done],
            "percent": round(100 * len(done) / len(items)),
            "next_url": _address(next_step) if next_step else "",
        }
        return area_page(request, "youth_profile", context)


class CvView(_ProfilePage):
    """The CV: upload, replace, see what is there. It is optional."""

    step = next(step for step in STEPS if step.slug == "curriculum")

    def get(self, request):
        return self._page(CvForm())

    def post(self, request):
        if self.profile is None:
            return redirect("area:youth_profile")
        if not request.FILES:
            # «Vai avanti» with nothing chosen is an answer too.
            return self.go_on(self.step)
        form = CvForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(form)
        cv_actions.upload(self.profile, form.cleaned_data["file"], request.user)
        messages.success(request, _("Curriculum salvato: lo vede solo chi scegli tu, quando ti candidi."))
        return self.go_on(self.step)

    def _page(self, form: CvForm) -> HttpResponse:
        if self.profile is None:
            return redirect("area:youth_profile")
        form.fields["file"].required = False
        return self.step_page(self.step, form, "profile_cv", cv=cv_reads.current(self.profile))


class RemoveCvView(ConfirmView):
    """Take the CV away, everywhere."""

    title = gettext_lazy("Togli il curriculum?")
    submit_label = gettext_lazy("Tolgo il curriculum")
    done_message = gettext_lazy("Curriculum cancellato, anche dalle candidature a cui l'avevi allegato.")
    danger = True

    def enter(self, request):
        return enter_as_youth(request)

    def get_object(self, pk):
        return get_object_or_404(CurriculumVitae, pk=pk, youth=youth_of(self.request))

    def text(self):
        return _("Cancelliamo il file. Chi ospita non lo può più aprire, le candidature restano.")

    def act(self, form):
        cv_actions.remove(youth_of(self.request), self.request.user)

    def back_url(self):
        return reverse("area:youth_cv")


@login_required
def open_cv(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file itself, to who may open it and nobody else; never shown inside the portal's own pages.

    Raises:
        Http404: to everybody else, whether there is such a file or not.
    """
    row = CurriculumVitae.objects.select_related("youth").filter(pk=pk).first()
    if row is None or not cv_reads.may_open(request.user, row):
        raise Http404
    return cv_file(row)


def cv_file(row: CurriculumVitae) -> HttpResponseBase:
    """The file of a CV, to be saved and not shown.

    Raises:
        Http404: the storage has lost it.
    """
    try:
        file = row.file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(file, as_attachment=True, filename=row.name)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "private, no-store"
    return noindex(response)
