"""A round on the desk's side: its pages in the Wagtail admin. What changes something goes through the actions."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from .. import permissions, rounds, rounds_bands
from ..actions import round_bands, round_runs
from ..actions import rounds as actions
from ..enums import OfferState
from ..enums_rounds import TOLD_STATES, BandSource, PairKind, RoundState
from ..errors import ActionError
from ..forms.rounds import (
    BandsForm,
    CompareForm,
    DeadlinesForm,
    DryRunForm,
    FollowingForm,
    OffersForm,
    PairForm,
    RoundForm,
)
from ..models import Desk, MatchRound, Offer, RoundOffer, RoundPair, RoundPerson, RoundResult
from .desk import DeskOnlyMixin
from .rounds_files import input_file, output_file
from .rounds_host import saved_words

PER_PAGE = 50
MOVES_SHOWN = 200


class RoundPage(DeskOnlyMixin, WagtailAdminTemplateMixin, View):
    """A page about one round of the reader's desks."""

    page_title: str | Promise = ""
    header_icon = "order"

    def find(self, pk: int) -> MatchRound:
        """Return the round, or 404 to whom it does not concern."""
        rows = MatchRound.objects.of_desks(permissions.desks_of(self.request.user)).for_desk_page()
        self.round = get_object_or_404(rows, pk=pk)
        return self.round

    def page(self, **context):
        """Draw the page."""
        return self.render_to_response(self.get_context_data(**context))

    def get_page_subtitle(self):
        return str(getattr(self, "round", ""))

    def get_breadcrumbs_items(self):
        items = [
            *super().get_breadcrumbs_items(),
            {"url": reverse("sportello_round:index"), "label": _("Tornate")},
        ]
        if hasattr(self, "round"):
            items.append({"url": self.back(), "label": str(self.round)})
        return [*items, {"url": "", "label": self.page_title}]

    def back(self) -> str:
        """The round's own page."""
        return reverse("sportello_round:inspect", args=[self.round.pk])

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"round": getattr(self, "round", None)}


class FormPage(RoundPage):
    """A form on a page of its own."""

    template_name = "wagtailadmin/sportello/action.html"
    text: str | Promise = ""
    submit_label: str | Promise = gettext_lazy("Salva")

    def form_page(self, form, back: str):
        """Draw the form; errors stand beside its fields and nothing typed is lost."""
        return self.page(form=form, text=self.text, submit_label=self.submit_label, danger=False, back_url=back)

    def refused(self, form, error: ActionError, back: str):
        """Say at the right field why an action refused."""
        form.add_error(error.code if error.code in form.fields else None, str(error))
        if error.code not in form.fields:
            messages.error(self.request, str(error))
        return self.form_page(form, back)


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
        self.form = BandsForm(data, rows=[line.band for line in self.people])

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


class RunsView(RoundPage):
    page_title = gettext_lazy("Prove ed esecuzioni")
    template_name = "wagtailadmin/sportello/round_runs.html"

    def get(self, request, pk):
        self.find(pk)
        return self._page(DryRunForm(match_round=self.round))

    def post(self, request, pk):
        self.find(pk)
        form = DryRunForm(request.POST, match_round=self.round)
        if not form.is_valid():
            return self._page(form)
        cleaned = form.cleaned_data
        seats = ((cleaned["round_offer"].pk, cleaned["seats"]),) if cleaned["round_offer"] else ()
        what_if = rounds.WhatIf(
            seats=seats,
            ignore_pins=cleaned["ignore_pins"],
            ignore_bans=cleaned["ignore_bans"],
            one_band=cleaned["one_band"],
        )
        try:
            run = round_runs.dry_run(self.round, request.user, what_if, _label(cleaned))
        except ActionError as error:
            messages.error(request, str(error))
            return self._page(form)
        messages.success(request, _("Prova fatta: non è cambiato nulla per nessuno."))
        return redirect("sportello_round:run_detail", pk, run.number)

    def _page(self, form):
        runs = list(self.round.runs.select_related("by").defer("input", "output").order_by("-number"))
        return self.page(
            form=form, runs=runs, may_try=self.round.state in round_runs.DRY_STATES, compare=self._compare_form()
        )

    def _compare_form(self):
        return CompareForm(runs=self.round.runs.defer("input", "output").order_by("-number"))


def _label(cleaned: dict) -> str:
    """What a dry run tried, in words, so that it can be told from the others later."""
    parts = [cleaned["label"]]
    if cleaned["round_offer"]:
        parts.append(
            _("%(offer)s: posti %(seats)s") % {"offer": cleaned["round_offer"].offer, "seats": cleaned["seats"]}
        )
    parts += [
        words
        for name, words in (
            ("one_band", _("solo sorteggio")),
            ("ignore_pins", _("senza coppie concordate")),
            ("ignore_bans", _("senza esclusioni")),
        )
        if cleaned[name]
    ]
    return "; ".join(part for part in parts if part)


class RunView(RoundPage):
    page_title = gettext_lazy("Un'esecuzione")
    template_name = "wagtailadmin/sportello/round_run.html"

    def get(self, request, pk, number):
        self.find(pk)
        run = get_object_or_404(self.round.runs.select_related("by"), number=number)
        others = self.round.runs.exclude(pk=run.pk).defer("input", "output").order_by("-number")
        return self.page(run=run, others=list(others), counts=self.round.run_id == run.pk)


class CompareView(RoundPage):
    page_title = gettext_lazy("Confronto di due esecuzioni")
    template_name = "wagtailadmin/sportello/round_compare.html"

    def get(self, request, pk):
        self.find(pk)
        form = CompareForm(request.GET or None, runs=self.round.runs.order_by("-number"))
        if not form.is_valid():
            return self.page(form=form, moves=[], first=None, second=None, more=0, counts=[])
        first, second = form.cleaned_data["first"], form.cleaned_data["second"]
        moves = rounds.compare(first, second)
        names = {row.pseudonym: row.offer.title for row in self.round.offers.select_related("offer")}
        people = {
            row.pseudonym: row.youth.user.get_full_name()
            for row in self.round.people.filter(
                pseudonym__in=[move.pseudonym for move in moves[:MOVES_SHOWN]]
            ).select_related("youth__user")
        }
        words = {
            "gained": _("Ottiene un posto"),
            "lost": _("Resta senza posto"),
            "better": _("Più in alto nella sua lista"),
            "worse": _("Più in basso nella sua lista"),
            "other": _("Un altro posto"),
        }
        rows = [
            {
                "name": people.get(move.pseudonym, move.pseudonym),
                "kind": words[move.kind],
                "before": names.get(move.before or "", "-"),
                "after": names.get(move.after or "", "-"),
                "rank_before": move.rank_before,
                "rank_after": move.rank_after,
            }
            for move in moves[:MOVES_SHOWN]
        ]
        counts = [(label, sum(1 for move in moves if move.kind == kind)) for kind, label in words.items()]
        return self.page(form=form, first=first, second=second, moves=rows, more=len(moves) - len(rows), counts=counts)


class RunFileView(RoundPage):
    """The input or the output of a run, as it was kept."""

    def get(self, request, pk, number, what):
        self.find(pk)
        run = get_object_or_404(self.round.runs, number=number)
        return input_file(run) if what == "ingresso" else output_file(run)


class ResultsView(RoundPage):
    page_title = gettext_lazy("Risultati e posti da proporre")
    template_name = "wagtailadmin/sportello/round_results.html"

    def get(self, request, pk):
        self.find(pk)
        rows = RoundResult.objects.filter(round=self.round).select_related("youth__user", "round_offer__offer")
        rows = rows.prefetch_related("sendings__application").order_by(
            "round_offer__offer__title", "youth__user__last_name", "pk"
        )
        if request.GET.get("chi") == "senza":
            rows = rows.filter(round_offer__isnull=True)
        elif request.GET.get("chi") == "da-proporre":
            rows = rows.filter(round_offer__isnull=False).exclude(sendings__application__isnull=False)
        page = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
        waiting = len(round_runs.unsent(self.round)) if self.round.state == RoundState.PUBLISHED else 0
        return self.page(
            page_obj=page,
            rows=[{"result": row, "last": _last(row)} for row in page.object_list],
            waiting=waiting,
            who=request.GET.get("chi", ""),
            told=self.round.state in TOLD_STATES,
        )


def _last(result: RoundResult):
    """The attempt that worked, or the last one."""
    sendings = list(result.sendings.all())
    return next((row for row in sendings if row.application_id), sendings[-1] if sendings else None)
