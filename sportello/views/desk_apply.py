"""The desk applies on behalf of somebody who sits at it, or has called."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import scoring
from ..actions import applications
from ..errors import ActionError
from ..forms.desk_on_behalf import ApplyForThemForm
from ..models import Offer, YouthProfile
from .desk_page import DeskPageView

MOST = 30


class ApplyForThemView(DeskPageView):
    template_name = "wagtailadmin/sportello/apply.html"
    page_title = gettext_lazy("Candida per suo conto")
    header_icon = "user"
    trail = (("sportello_youth:index", gettext_lazy("Giovani")),)

    def setup(self, request, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.form = None

    def get_page_subtitle(self):
        return self.youth.user.get_full_name() or str(self.youth)

    def _person(self, pk: int) -> YouthProfile:
        return get_object_or_404(YouthProfile.objects.of_desks(self.allowed).with_lists(), pk=pk)

    def _form(self, data=None) -> ApplyForThemForm:
        found = scoring.suggestions(self.youth, timezone.localdate(), MOST)
        offers = [
            (
                str(row.offer.pk),
                _("%(offer)s, %(host)s (corrispondenza %(score)s su 100)")
                % {"offer": row.offer.title, "host": row.offer.host.organisation.name, "score": row.score},
            )
            for row in found.possible
            if row.offer.applied is None
        ]
        return ApplyForThemForm(data, offers=offers)

    def get(self, request, pk):
        self.youth = self._person(pk)
        self.form = self._form()
        return self.render_to_response(self.get_context_data())

    def post(self, request, pk):
        self.youth = self._person(pk)
        self.form = self._form(request.POST)
        if self.form.is_valid():
            offer = get_object_or_404(Offer, pk=self.form.cleaned_data["offer"])
            try:
                made = applications.apply(self.youth, offer, self.form.cleaned_data["motivation"], request.user)
            except ActionError as error:
                self.form.add_error(None, str(error))
            else:
                messages.success(request, _("Candidatura inviata per suo conto."))
                return redirect("sportello_application:inspect", made.pk)
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {
            "form": self.form,
            "youth": self.youth,
            "missing": [item.label for item in self.youth.missing],
            "back_url": reverse("sportello_youth:inspect", args=[self.youth.pk]),
        }
