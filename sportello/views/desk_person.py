"""What the desk does on the page of one young person: invite who answers for them, correct a date, open the CV."""

from django import forms
from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.pages.words import day_words

from .. import consents, cv
from ..actions import birth_dates, guardians
from ..actions import cv as cv_actions
from ..desk.access import note_desks_of
from ..errors import ActionError
from ..forms.desk_person import BirthDateForm, InviteForThemForm, OpenCvForm
from ..models import YouthProfile
from .desk_page import DeskPageView
from .profile import cv_file


class _PersonView(DeskPageView):
    """A form about one young person of the desk."""

    template_name = "wagtailadmin/sportello/desk_form.html"
    header_icon = "user"
    trail = (("sportello_youth:index", gettext_lazy("Giovani")),)
    form_class: type[forms.Form]
    submit_label: str | Promise = ""

    def person(self, pk: int) -> YouthProfile:
        """The young person, if they are of a desk one works at."""
        rows = YouthProfile.objects.of_desks(self.allowed).select_related("user", "desk", "home")
        return get_object_or_404(rows, pk=pk)

    def text(self) -> str:
        """What will happen."""
        return ""

    def act(self, values):
        """Call the action; return an answer, or None to go back to the person."""
        raise NotImplementedError

    def get_page_subtitle(self):
        return self.youth.user.get_full_name() or str(self.youth)

    def get(self, request, pk):
        self.youth = self.person(pk)
        return self._page(self.form_class())

    def post(self, request, pk):
        self.youth = self.person(pk)
        form = self.form_class(request.POST)
        if not form.is_valid():
            return self._page(form)
        try:
            answer = self.act(form.cleaned_data)
        except ActionError as error:
            form.add_error(error.code if error.code in form.fields else None, str(error))
            return self._page(form)
        return answer or redirect("sportello_youth:inspect", self.youth.pk)

    def _page(self, form):
        context = {
            "form": form,
            "text": self.text(),
            "submit_label": self.submit_label,
            "danger": False,
            "back_url": reverse("sportello_youth:inspect", args=[self.youth.pk]),
        }
        return self.render_to_response(self.get_context_data(**context))


class InviteGuardianView(_PersonView):
    """Ask somebody to answer for a minor, on the minor's behalf."""

    page_title = gettext_lazy("Invita chi risponde per questa persona")
    form_class = InviteForThemForm
    submit_label = gettext_lazy("Manda l'invito per suo conto")

    def person(self, pk):
        youth = super().person(pk)
        if not consents.is_minor(youth, timezone.localdate()):
            raise Http404
        return youth

    def text(self):
        return _("Parte un'e-mail con un link. Resta scritto che l'invito è dello Sportello, e chi l'ha mandato.")

    def act(self, values):
        guardians.invite(self.youth, values["email"], self.request.user)
        messages.success(self.request, _("L'invito è partito. Lo vedi nella scheda, con la risposta quando arriva."))


class BirthDateView(_PersonView):
    """Correct a birth date."""

    page_title = gettext_lazy("Correggi la data di nascita")
    form_class = BirthDateForm
    submit_label = gettext_lazy("Correggi la data")

    def text(self):
        return _(
            "Nel profilo c'è scritto %(day)s. Correggila solo se hai visto un documento. Prima di cambiarla il "
            "portale guarda candidature, posti e tornate: se qualcosa non sarebbe più possibile te lo dice e non "
            "cambia niente. Alla persona arriva un'e-mail."
        ) % {"day": day_words(self.youth.birth_date, weekday=False)}

    def act(self, values):
        was_minor = consents.is_minor(self.youth, timezone.localdate())
        youth = birth_dates.correct_birth_date(self.youth, values["birth_date"], values["reason"], self.request.user)
        now_minor = consents.is_minor(youth, timezone.localdate())
        messages.success(self.request, _("La data è corretta, e resta scritto perché."))
        if now_minor and not was_minor:
            messages.warning(
                self.request, _("Adesso risulta minorenne: per candidarsi serve il sì di chi risponde. Invitalo.")
            )
        elif was_minor and not now_minor:
            messages.warning(self.request, _("Adesso risulta maggiorenne: chi rispondeva non vede più niente."))


class OpenCvView(_PersonView):
    """Open the CV in use, after saying what for. Being a superuser opens nothing here."""

    page_title = gettext_lazy("Apri il curriculum")
    header_icon = "lock"
    form_class = OpenCvForm
    submit_label = gettext_lazy("Apri il curriculum")

    def allowed_desks(self):
        return note_desks_of(self.request.user)

    def person(self, pk):
        youth = super().person(pk)
        found = cv.current(youth)
        if found is None:
            raise Http404
        self.cv = found
        return youth

    def text(self):
        return _("%(name)s, caricato il %(day)s.") % {
            "name": self.cv.name,
            "day": day_words(self.cv.uploaded_at, weekday=False),
        }

    def act(self, values):
        return cv_file(cv_actions.open_for_desk(self.cv, self.request.user, values["purpose"]))
