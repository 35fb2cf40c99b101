"""What the desk proposes to a young person."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import presentation, scoring
from ..actions import proposals as actions
from ..models import Offer, Proposal
from .common import ConfirmView, area_page, enter_as_youth, youth_of, youth_only


@youth_only
def proposals(request: HttpRequest) -> HttpResponse:
    """What waits for an answer, each with the reasons it was proposed for."""
    waiting = list(Proposal.objects.for_youth(youth_of(request), timezone.localdate()))
    offers = Offer.objects.for_cards().in_bulk([row.offer_id for row in waiting])
    rows = [
        {
            "proposal": row,
            "offer": offers[row.offer_id],
            "kicker": presentation.offer_kicker(offers[row.offer_id]),
            "meta": presentation.offer_meta(offers[row.offer_id]),
            "factors": scoring.from_json(row.breakdown, "youth"),
        }
        for row in waiting
    ]
    return area_page(request, "youth_proposals", {"rows": rows})


class DeclineView(ConfirmView):
    """It does not interest them: no reason is asked for."""

    title = gettext_lazy("Non ti interessa?")
    submit_label = gettext_lazy("No, grazie")
    done_message = gettext_lazy("Va bene: lo Sportello lo sa e non te la propone più.")

    def enter(self, request):
        return enter_as_youth(request)

    def get_object(self, pk):
        return get_object_or_404(Proposal.objects.select_related("offer", "youth"), pk=pk, youth=youth_of(self.request))

    def text(self):
        return _("Togliamo «%(offer)s» dalle proposte. Se cambi idea puoi candidarti lo stesso, finché c'è posto.") % {
            "offer": self.object.offer.title
        }

    def act(self, form):
        actions.decline(self.object, self.request.user)

    def back_url(self):
        return reverse("area:youth_proposals")
