"""A round before its lists close: a new one, the one that follows, its dates, its offers."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import permissions
from ..actions import rounds as actions
from ..enums import OfferState
from ..enums_rounds import RoundState
from ..errors import ActionError
from ..forms.rounds import (
    DeadlinesForm,
    FollowingForm,
    OffersForm,
    RoundForm,
)
from ..models import Desk, Offer
from .rounds_desk_page import FormPage, RoundPage


class NewView(FormPage):
    page_title = gettext_lazy("Nuova tornata")
    text = gettext_lazy(
        "Prima si prepara, poi si apre: finché è in preparazione non la vede nessuno e si può cambiare tutto."
    )
    submit_label = gettext_lazy("Prepara la tornata")

    def dispatch(self, request, *args, **kwargs):
        desk_ids = permissions.desks_of(request.user) if request.user.is_authenticated else []
        desks = Desk.objects.order_by("name", "pk")
        self.desks = list(desks if desk_ids is None else desks.filter(pk__in=desk_ids))
        return super().dispatch(request, *args, **kwargs)

    def get(self, request):
        return self.form_page(RoundForm(desks=self.desks), reverse("sportello_round:index"))

    def post(self, request):
        form = RoundForm(request.POST, desks=self.desks)
        if not form.is_valid() or not self.desks:
            return self.form_page(form, reverse("sportello_round:index"))
        desk = form.cleaned_data.get("desk") or self.desks[0]
        try:
            # Both or neither: who is told no and tries again has not made two.
            with transaction.atomic():
                made = actions.create_round(desk, form.values(), request.user)
                first = form.offers(_offers_of(desk.pk))
                actions.choose_offers(made, first.values_list("pk", flat=True), request.user)
        except ActionError as error:
            return self.refused(form, error, reverse("sportello_round:index"))
        messages.success(request, _("Tornata preparata. Controlla le offerte, poi aprila."))
        return redirect("sportello_round:offers", made.pk)


class FollowingView(FormPage):
    page_title = gettext_lazy("Prepara la seconda tornata")
    text = gettext_lazy(
        "È per chi è rimasto senza proposta, sui posti rimasti, guardando fino al doppio dei chilometri. "
        "Ciascuno conferma o cambia la sua nuova lista: senza, non partecipa."
    )
    submit_label = gettext_lazy("Prepara la seconda tornata")

    def get(self, request, pk):
        self.find(pk)
        initial = {"name": _("%(round)s, seconda tornata") % {"round": self.round.name}, "intro": self.round.intro}
        return self.form_page(FollowingForm(initial=initial), self.back())

    def post(self, request, pk):
        self.find(pk)
        form = FollowingForm(request.POST)
        if not form.is_valid():
            return self.form_page(form, self.back())
        try:
            made = actions.create_following(self.round, form.values(), request.user)
        except ActionError as error:
            return self.refused(form, error, self.back())
        messages.success(request, _("Seconda tornata preparata: controlla le offerte, poi aprila."))
        return redirect("sportello_round:inspect", made.pk)


class DeadlinesView(FormPage):
    page_title = gettext_lazy("Date della tornata")
    text = gettext_lazy("A liste aperte si può solo dare più tempo: chi conta sulla data annunciata non resta fuori.")

    def get(self, request, pk):
        self.find(pk)
        names = ("lists_open_at", "lists_close_at", "bands_close_at")
        return self.form_page(DeadlinesForm(initial={name: getattr(self.round, name) for name in names}), self.back())

    def post(self, request, pk):
        self.find(pk)
        form = DeadlinesForm(request.POST)
        if not form.is_valid():
            return self.form_page(form, self.back())
        try:
            actions.change_deadlines(self.round, self._values(form), request.user)
        except ActionError as error:
            return self.refused(form, error, self.back())
        messages.success(request, _("Date salvate."))
        return redirect(self.back())

    def _values(self, form) -> dict:
        """A field knows minutes only: a date that was not touched stays what it was, seconds and all."""
        values = form.values()
        for name, value in values.items():
            kept = getattr(self.round, name)
            if value == kept.replace(second=0, microsecond=0):
                values[name] = kept
        return values


def _offers_of(desk_id: int):
    rows = Offer.objects.filter(desk_id=desk_id, state=OfferState.PUBLISHED)
    return rows.select_related("host__organisation", "municipality").with_counts().order_by("title", "pk")


class OffersView(RoundPage):
    page_title = gettext_lazy("Offerte della tornata")
    template_name = "wagtailadmin/sportello/round_offers.html"

    def get(self, request, pk):
        self.find(pk)
        return self._page(OffersForm(offers=_offers_of(self.round.desk_id)))

    def post(self, request, pk):
        self.find(pk)
        form = OffersForm(request.POST, offers=_offers_of(self.round.desk_id))
        if not form.is_valid():
            return self._page(form)
        try:
            actions.choose_offers(self.round, [row.pk for row in form.cleaned_data["offers"]], request.user)
        except ActionError as error:
            messages.error(request, str(error))
            return self._page(form)
        messages.success(request, _("Offerte salvate."))
        return redirect(self.back())

    def _page(self, form):
        if self.round.state != RoundState.DRAFT:
            rows = [row.offer for row in self.round.offers.with_offers()]
            return self.page(form=form, rows=rows, chosen=set(), is_draft=False)
        if form.is_bound:
            chosen = {int(value) for value in form.data.getlist("offers") if value.isdecimal()}
        else:
            chosen = set(self.round.offers.values_list("offer_id", flat=True))
        return self.page(form=form, rows=list(_offers_of(self.round.desk_id)), chosen=chosen, is_draft=True)
