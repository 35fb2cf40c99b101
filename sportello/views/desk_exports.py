"""The record of what has been taken out of the portal, for supervisors and auditors."""

from django.core.paginator import Paginator
from django.utils.translation import gettext_lazy

from ..desk.access import log_desks_of
from ..desk.export_lists import BY_KEY
from ..models import ExportRecord
from .desk_page import DeskPageView

PER_PAGE = 50


class ExportsLogView(DeskPageView):
    """Who exported which list, when, with which filters, how many rows."""

    template_name = "wagtailadmin/sportello/exports_log.html"
    page_title = gettext_lazy("Registro delle esportazioni")
    header_icon = "download"

    def allowed_desks(self):
        return log_desks_of(self.request.user)

    def get_context_data(self, **kwargs):
        rows = ExportRecord.objects.select_related("user", "desk")
        if self.scope.ids is not None:
            rows = rows.filter(desk_id__in=self.scope.ids)
        page = Paginator(rows.order_by("-at", "-pk"), PER_PAGE).get_page(self.request.GET.get("p"))
        lines = [
            {
                "record": record,
                "what": BY_KEY[record.what].label if record.what in BY_KEY else record.what,
                "filters": "; ".join(f"{name}: {value}" for name, value in record.filters.items()),
            }
            for record in page.object_list
        ]
        return super().get_context_data(**kwargs) | {"page_obj": page, "lines": lines}
