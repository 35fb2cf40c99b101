"""What came of a round, for its desk: results, seats still to propose, and who was placed against the pool."""

import csv

from django.core.paginator import Paginator
from django.db.models import F
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .. import rounds_fairness
from ..actions import round_runs
from ..enums_rounds import TOLD_STATES, RoundState
from ..models import RoundResult
from .rounds_desk_page import RoundPage

PER_PAGE = 50


class ResultsView(RoundPage):
    page_title = gettext_lazy("Risultati e posti da proporre")
    template_name = "wagtailadmin/sportello/round_results.html"

    def get(self, request, pk):
        self.find(pk)
        rows = RoundResult.objects.filter(round=self.round).select_related("youth__user", "round_offer__offer")
        rows = rows.prefetch_related("sendings__application").order_by(
            F("round_offer__offer__title").asc(nulls_last=True), "youth__user__last_name", "pk"
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


class FairnessView(RoundPage):
    page_title = gettext_lazy("Chi è stato abbinato, e chi no")
    template_name = "wagtailadmin/sportello/round_fairness.html"

    def get(self, request, pk):
        self.find(pk)
        told = self.round.state in TOLD_STATES
        return self.page(tables=rounds_fairness.report(self.round) if told else [], told=told)


class FairnessFileView(RoundPage):
    def get(self, request, pk):
        self.find(pk)
        if self.round.state not in TOLD_STATES:
            raise Http404
        response = HttpResponse(content_type="text/csv; charset=utf-8")
        response.headers["Content-Disposition"] = f'attachment; filename="tornata-{self.round.pk}-equita.csv"'
        # Spreadsheets take UTF-8 for what it is only with this mark.
        response.write("\ufeff")
        writer = csv.writer(response)
        writer.writerow([_("che cosa"), _("gruppo"), _("persone"), _("abbinate"), _("non abbinate"), _("per cento")])
        for table in rounds_fairness.report(self.round):
            for row in (*table.shown, table.total):
                numbers = [row.people, row.placed, row.others, row.percent]
                label = f"'{row.label}" if row.label[:1] in "=+-@" else row.label
                writer.writerow([table.title, label, *("" if n is None else n for n in numbers)])
            if table.hidden:
                writer.writerow([table.title, _("gruppi non mostrati: %(n)s") % {"n": table.hidden}, "", "", "", ""])
        return response
