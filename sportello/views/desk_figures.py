"""«Numeri»: the figures of the desk as charts, tables and CSV. Auditors read them too."""

from django.http import Http404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.pages.csv_files import csv_response, write_rows

from ..desk.access import figures_desks_of
from ..desk.bars import bars
from ..desk.figures import TABLE_KEYS, figures
from ..desk.suppression import FLOOR
from ..forms.desk_figures import PeriodForm
from .desk_page import DeskPageView


class FiguresView(DeskPageView):
    template_name = "wagtailadmin/sportello/figures.html"
    page_title = gettext_lazy("Numeri")
    header_icon = "table"

    def allowed_desks(self):
        return figures_desks_of(self.request.user)

    def get_context_data(self, **kwargs):
        # The usual period is written into the fields, so that one sees what to change.
        form = PeriodForm(self.request.GET or PeriodForm.usual())
        found = figures(self.scope.ids, form.period())
        query = self.request.GET.urlencode()
        tables = [
            {"table": table, "chart": bars(table.counted.cells, _hidden()), "csv": f"{table.key}.csv?{query}"}
            for table in found.tables
        ]
        return super().get_context_data(**kwargs) | {
            "form": form,
            "figures": found,
            "tables": tables,
            "floor": FLOOR,
        }


class FiguresCsvView(DeskPageView):
    """One table as CSV, with the same small groups hidden."""

    def allowed_desks(self):
        return figures_desks_of(self.request.user)

    def get(self, request, key):
        if key not in TABLE_KEYS:
            raise Http404
        found = figures(self.scope.ids, PeriodForm(request.GET).period())
        table = next(item for item in found.tables if item.key == key)
        rows = [(cell.label, _hidden() if cell.value is None else cell.value) for cell in table.counted.cells]
        total = _hidden() if table.counted.total is None else table.counted.total
        header = (table.title, f"{table.what}, {found.period.words}")
        return csv_response(write_rows([header, *rows, (_("Totale"), total)]), f"{key}.csv")


def _hidden() -> str:
    return _("nascosto")
