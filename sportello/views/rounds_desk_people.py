"""Who is in a round, for its desk: who made a list, the bands of each offer, pairs agreed on or ruled out."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import rounds_bands
from ..actions import round_bands
from ..enums_rounds import BandSource, PairKind
from ..errors import ActionError
from ..forms.rounds import (
    BandsForm,
    PairForm,
)
from ..models import RoundOffer, RoundPair, RoundPerson
from .rounds_desk_page import RoundPage
from .rounds_host import saved_words

PER_PAGE = 50


class PeopleView(RoundPage):
    page_title = gettext_lazy("Chi ha fatto la lista")
    template_name = "wagtailadmin/sportello/round_people.html"

    def get(self, request, pk):
        self.find(pk)
        rows = RoundPerson.objects.filter(round=self.round, saved_at__isnull=False).for_desk_list()
        page = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
        return self.page(page_obj=page, rows=page.object_list)


class BandsView(RoundPage):
    page_title = gettext_lazy("Fasce, offerta per offerta")
    template_name = "wagtailadmin/sportello/round_bands.html"

    def get(self, request, pk):
        self.find(pk)
        rows = self.round.offers.select_related("offer__host__organisation").with_claims().with_band_counts()
        return self.page(rows=list(rows.order_by("-claims", "offer__title", "pk")))


class OfferBandsView(RoundPage):
    """The bands of one offer; `pk` is that of the offer in the round."""

    page_title = gettext_lazy("Fasce di un'offerta")
    template_name = "wagtailadmin/sportello/round_offer_bands.html"

    def _load(self, pk: int, data=None) -> None:
        self.row = get_object_or_404(
            RoundOffer.objects.select_related("round__desk", "offer__host__organisation"), pk=pk
        )
        self.find(self.row.round_id)
        self.people = rounds_bands.people_of(self.row)
        self.form = BandsForm(data, rows=[(line.label, line.band) for line in self.people])

    def get(self, request, pk):
        self._load(pk)
        return self._page()

    def post(self, request, pk):
        self._load(pk, request.POST)
        if not self.form.is_valid():
            return self._page()
        try:
            moved = round_bands.set_bands(self.row, self.form.bands(), request.user)
        except ActionError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, saved_words(moved))
        return redirect("sportello_round:offer_bands", pk)

    def get_page_subtitle(self):
        return self.row.offer.title

    def _page(self):
        return self.page(
            row=self.row,
            form=self.form,
            groups=rounds_bands.groups(self.people, self.form),
            impossible=[line for line in self.people if line.band.is_obstacle],
            why_not=round_bands.why_no_bands(self.round, BandSource.DESK),
        )


class PairsView(RoundPage):
    page_title = gettext_lazy("Coppie già concordate o escluse")
    template_name = "wagtailadmin/sportello/round_pairs.html"

    def get(self, request, pk):
        self.find(pk)
        return self._page(PairForm(match_round=self.round))

    def post(self, request, pk):
        self.find(pk)
        form = PairForm(request.POST, match_round=self.round)
        if not form.is_valid() or form.profile is None:
            return self._page(form)
        cleaned = form.cleaned_data
        try:
            round_bands.add_pair(
                self.round, form.profile, cleaned["round_offer"], cleaned["kind"], cleaned["reason"], request.user
            )
        except ActionError as error:
            form.add_error("reason" if error.code == "reason" else "email", str(error))
            return self._page(form)
        messages.success(request, _("Coppia salvata."))
        return redirect("sportello_round:pairs", pk)

    def _page(self, form):
        rows = RoundPair.objects.filter(person__round=self.round).select_related(
            "person__youth__user", "round_offer__offer", "by"
        )
        return self.page(
            form=form,
            rows=list(rows.order_by("kind", "pk")),
            may_change=self.round.state in round_bands.PAIR_STATES,
            pin=PairKind.PIN,
        )


class PairRemoveView(RoundPage):
    """Takes a pair back; `pk` is that of the pair."""

    page_title = gettext_lazy("Togli la coppia")
    template_name = "wagtailadmin/sportello/action.html"

    def _load(self, pk: int) -> RoundPair:
        pair = get_object_or_404(
            RoundPair.objects.select_related("person__round", "person__youth__user", "round_offer__offer"), pk=pk
        )
        self.find(pair.person.round_id)
        return pair

    def get(self, request, pk):
        pair = self._load(pk)
        text = _("«%(who)s, %(offer)s» torna alle regole di tutti. Che c'era resta scritto nella storia.") % {
            "who": pair.person.youth.user.get_full_name(),
            "offer": pair.round_offer.offer.title,
        }
        back = reverse("sportello_round:pairs", args=[self.round.pk])
        return self.page(form=[], text=text, submit_label=_("Togli la coppia"), danger=True, back_url=back)

    def post(self, request, pk):
        pair = self._load(pk)
        try:
            round_bands.remove_pair(pair, request.user)
        except ActionError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Coppia tolta."))
        return redirect("sportello_round:pairs", self.round.pk)
