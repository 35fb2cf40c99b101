"""The desk's matches: for a young person the best offers, for an offer the best young people, and what they weigh."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sportello.matching import score_pair

from .. import candidates, scoring
from ..actions import match_weights, proposals
from ..desk.access import supervised_desks_of
from ..enums_matching import ProposalState
from ..errors import ActionError, GuardRefused, NotPermitted
from ..forms.desk_matching import ProposeForm, WeightsForm
from ..models import Application, Desk, MatchWeights, Offer, Proposal, YouthProfile
from ..weighing import weights_of
from .desk_page import DeskPageView

SHOWN = 15
PREVIEWED = 8


class OffersForYouthView(DeskPageView):
    """The offers that suit a young person best, each with its reasons and one button."""

    template_name = "wagtailadmin/sportello/match_youth.html"
    page_title = gettext_lazy("Offerte adatte")
    header_icon = "user"
    trail = (("sportello_youth:index", gettext_lazy("Giovani")),)

    def get(self, request, pk):
        rows = YouthProfile.objects.of_desks(self.allowed).for_matching()
        self.youth = get_object_or_404(rows, pk=pk)
        return self.render_to_response(self.get_context_data())

    def get_page_subtitle(self):
        return str(self.youth)

    def get_context_data(self, **kwargs):
        found = scoring.suggestions(self.youth, timezone.localdate(), SHOWN, SHOWN, audience="staff")
        states = dict(Proposal.objects.filter(youth=self.youth).order_by("pk").values_list("offer_id", "state"))
        rows = [
            {
                "offer": row.offer,
                "score": row.score,
                "factors": row.factors,
                "host_factors": row.host_factors,
                "sides": scoring.sides(row.pair, "staff") if row.pair else "",
                "penalty": row.penalty,
                "hints": row.hints,
                "applied": row.offer.applied,
                "waiting": states.get(row.offer.pk) == ProposalState.SENT,
                "declined": states.get(row.offer.pk) == ProposalState.DECLINED,
            }
            for row in found.possible
        ]
        return super().get_context_data(**kwargs) | {
            "youth": self.youth,
            "rows": rows,
            "more": found.more,
            "impossible": found.impossible,
            "agreed": bool(self.youth.matching_consent_at),
        }


class YouthsForOfferView(DeskPageView):
    """The young people whom an offer suits best, of those who agreed to be proposed things."""

    template_name = "wagtailadmin/sportello/match_offer.html"
    page_title = gettext_lazy("Giovani adatti")
    header_icon = "group"
    trail = (("sportello_offer:index", gettext_lazy("Offerte")),)

    def get(self, request, pk):
        self.offer = get_object_or_404(Offer.objects.of_desks(self.allowed).for_matching(), pk=pk)
        return self.render_to_response(self.get_context_data())

    def get_page_subtitle(self):
        return self.offer.title

    def get_context_data(self, **kwargs):
        found = candidates.youths_for(
            self.offer,
            scoring.offer_facts(self.offer),
            timezone.localdate(),
            limit=SHOWN,
            weights=weights_of(self.offer.desk_id),
        )
        waiting = set(Proposal.objects.waiting().filter(offer=self.offer).values_list("youth_id", flat=True))
        rows = [
            {
                "youth": found.rows[line.youth.key],
                "score": line.pair.value,
                "factors": [scoring.factor_line(factor, "staff") for factor in line.pair.youth.factors],
                "host_factors": [scoring.factor_line(factor, "staff") for factor in line.pair.host.factors],
                "sides": scoring.sides(line.pair, "staff"),
                "waiting": found.rows[line.youth.key].pk in waiting,
            }
            for line in found.ranked
        ]
        return super().get_context_data(**kwargs) | {"offer": self.offer, "rows": rows, "more": found.more}


class ProposeView(DeskPageView):
    """Asks, with room for a word, and proposes."""

    template_name = "wagtailadmin/sportello/propose.html"
    page_title = gettext_lazy("Proponi un'esperienza")
    header_icon = "mail"
    trail = (("sportello_youth:index", gettext_lazy("Giovani")),)

    def _find(self, youth, offer):
        self.youth = get_object_or_404(YouthProfile.objects.of_desks(self.allowed).for_matching(), pk=youth)
        self.offer = get_object_or_404(Offer.objects.of_desks(self.allowed).for_matching(), pk=offer)

    def get(self, request, youth, offer):
        self._find(youth, offer)
        return self.render_to_response(self.get_context_data(form=ProposeForm()))

    def post(self, request, youth, offer):
        self._find(youth, offer)
        form = ProposeForm(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form))
        try:
            proposals.propose(self.youth, self.offer, request.user, form.cleaned_data["message"])
        except NotPermitted as error:
            raise Http404 from error
        except ActionError as error:
            form.add_error(None, str(error))
            return self.render_to_response(self.get_context_data(form=form))
        messages.success(request, _("Proposta inviata: la persona la trova nella sua area e riceve un'e-mail."))
        return redirect("sportello_match:youth", pk=self.youth.pk)

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"youth": self.youth, "offer": self.offer}


class WeightsView(DeskPageView):
    """What the factors weigh at a desk: the table in use, its history, and a new one after a preview."""

    template_name = "wagtailadmin/sportello/match_weights.html"
    page_title = gettext_lazy("Pesi dell'abbinamento")
    header_icon = "sliders"

    def _desk(self) -> Desk:
        rows = Desk.objects.all() if self.scope.ids is None else Desk.objects.filter(pk__in=self.scope.ids)
        return get_object_or_404(rows.order_by("pk")[:1])

    def get(self, request):
        desk = self._desk()
        form = WeightsForm(current=weights_of(desk.pk))
        return self.render_to_response(self.get_context_data(desk=desk, form=form))

    def post(self, request):
        desk = self._desk()
        if not self._may_write(desk):
            raise Http404
        form = WeightsForm(request.POST, current=weights_of(desk.pk), trying="adotta" not in request.POST)
        preview = []
        if form.is_valid():
            if "adotta" in request.POST:
                try:
                    match_weights.adopt(
                        desk, form.table("youth"), form.table("host"), form.cleaned_data["note"], request.user
                    )
                except GuardRefused as error:
                    form.add_error(None, str(error))
                else:
                    messages.success(request, _("I nuovi pesi valgono da adesso."))
                    return redirect("sportello_match:weights")
            preview = _preview(desk, form.weights())
        context = self.get_context_data(desk=desk, form=form, preview=preview, previewed=form.is_valid())
        return self.render_to_response(context)

    def _may_write(self, desk: Desk) -> bool:
        desk_ids = supervised_desks_of(self.request.user)
        return desk_ids is None or desk.pk in desk_ids

    def get_context_data(self, **kwargs):
        desk = kwargs["desk"]
        history = MatchWeights.objects.filter(desk=desk).select_related("created_by").order_by("-number")
        context = {"may_write": self._may_write(desk), "history": history, "preview": [], "previewed": False}
        return super().get_context_data() | context | kwargs


def _preview(desk: Desk, weights) -> list[dict]:
    """The last pairs of the desk with the score in use and the one there would be. Two queries."""
    rows = (
        Application.objects.filter(desk=desk)
        .select_related("youth__user", "youth__home")
        .order_by("-created_at", "-pk")[:PREVIEWED]
    )
    pairs = list(rows)
    offers = Offer.objects.for_matching().in_bulk([row.offer_id for row in pairs])
    current = weights_of(desk.pk)
    lines = []
    for row in pairs:
        facts = scoring.youth_facts(row.youth, len(row.motivation)), scoring.offer_facts(offers[row.offer_id])
        before, after = score_pair(*facts, current), score_pair(*facts, weights)
        lines.append(
            {
                "application": row,
                "offer": offers[row.offer_id],
                "before": before.value,
                "after": after.value,
                "change": after.value - before.value,
                "url": reverse("sportello_application:inspect", args=[row.pk]),
            }
        )
    return lines
