"""The young person's side of their guardians: whom they invited, and what was answered."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import consents
from .. import presentation_people as presentation
from ..actions import guardians as actions
from ..errors import ActionError
from ..forms.people import InviteGuardianForm
from ..models import GuardianLink
from .common import ConfirmView, area_page, enter_as_youth, youth_of, youth_only


@youth_only
def guardians(request: HttpRequest) -> HttpResponse:
    """Who answers for me, what they said, and a form to invite somebody."""
    youth = youth_of(request)
    form = InviteGuardianForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.invite(youth, form.cleaned_data["email"], request.user)
        except ActionError as error:
            form.add_error("email", str(error))
        else:
            messages.success(request, _("L'invito è partito. Ti scriviamo appena risponde."))
            return redirect("area:youth_guardians")
    rows = [
        {"link": link, "state": presentation.link_state(link), "words": presentation.link_words(link)}
        for link in GuardianLink.objects.open().filter(youth=youth).for_list()
    ]
    context = {
        "is_minor": consents.is_minor(youth, timezone.localdate()),
        "rows": rows,
        "answers": any(row["link"].confirmed_at for row in rows),
        "questions": presentation.general_questions(youth),
        "form": form,
        "desk": youth.desk,
    }
    return area_page(request, "youth_guardians", context)


class _InvitationView(ConfirmView):
    """Something about an invitation that has not been answered."""

    def enter(self, request):
        return enter_as_youth(request)

    def get_object(self, pk):
        rows = GuardianLink.objects.open().filter(youth=youth_of(self.request)).for_list()
        return get_object_or_404(rows, pk=pk)

    def text(self):
        return _("L'invito a %(email)s.") % {"email": self.object.guardian.address}

    def back_url(self):
        return reverse("area:youth_guardians")


class ResendView(_InvitationView):
    title = gettext_lazy("Mandi un nuovo link?")
    submit_label = gettext_lazy("Mando il nuovo link")
    done_message = gettext_lazy("Il nuovo link è partito; quello di prima non vale più.")

    def act(self, form):
        actions.invite(self.object.youth, self.object.guardian.address, self.request.user)


class CancelView(_InvitationView):
    title = gettext_lazy("Togli l'invito?")
    submit_label = gettext_lazy("Tolgo l'invito")
    done_message = gettext_lazy("Invito tolto: il link non vale più.")
    danger = True

    def act(self, form):
        actions.cancel_invitation(self.object, self.request.user)
