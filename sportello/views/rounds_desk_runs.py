"""Runs of a round: tried, done, compared, and taken away as files."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import rounds
from ..actions import round_runs
from ..errors import ActionError
from ..forms.rounds import (
    CompareForm,
    DryRunForm,
)
from .rounds_desk_page import RoundPage
from .rounds_files import input_file, output_file

MOVES_SHOWN = 200


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
        runs = self.round.runs.defer("input", "output").order_by("-number")
        # What one mostly wants to know: what the last one changes of the one before.
        last = [run.pk for run in runs[:2]]
        first = {"first": last[1], "second": last[0]} if len(last) > 1 else {}
        return CompareForm(runs=runs, initial=first)


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
        form = CompareForm(request.GET or None, runs=self.round.runs.defer("input", "output").order_by("-number"))
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
