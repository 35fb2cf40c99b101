"""«In arrivo», the desk's first page: everything that waits, filters, several rows at once, and what became of them."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from ..desk import batch, inbox
from ..desk.export import MAX_ROWS, export
from ..desk.export_lists import INBOX
from ..desk.kinds import WaitingKind
from ..errors import GuardRefused
from ..forms.desk_inbox import InboxFilterForm
from .desk_page import DeskPageView

RESULT_KEY = "sportello_batch"
PER_PAGE = 30
QUEUES = (
    (WaitingKind.MODERATE, "sportello_queues:offers", gettext_lazy("Controlla le offerte una dopo l'altra")),
    (WaitingKind.VERIFY, "sportello_queues:hosts", gettext_lazy("Verifica le realtà una dopo l'altra")),
)
_FILTERS = tuple(InboxFilterForm.base_fields)


def _kept(params: QueryDict, **changes: str) -> str:
    """The filters of an address as another address, with some changed; empty ones are left out."""
    kept = QueryDict(mutable=True)
    for name in _FILTERS:
        value = changes.get(name, params.get(name, ""))
        if value:
            kept[name] = value
    return kept.urlencode()


def _inbox_url(query: str = "") -> str:
    address = reverse("sportello_inbox:index")
    return f"{address}?{query}" if query else address


class InboxView(DeskPageView):
    template_name = "wagtailadmin/sportello/inbox.html"
    page_title = gettext_lazy("In arrivo")
    header_icon = "tasks"

    def post(self, request):
        """Take what waits, as the address filters it, out of the portal."""
        filters = InboxFilterForm(request.GET).filters(request.user)
        rows = inbox.read(inbox.waiting(self.scope.ids, filters)[: MAX_ROWS + 1])
        try:
            return export(INBOX, rows, request.GET, request.user, self.scope.ids)
        except GuardRefused as error:
            messages.error(request, str(error))
            return redirect(_inbox_url(_kept(request.GET)))

    def get_context_data(self, **kwargs):
        params = self.request.GET
        form = InboxFilterForm(params)
        filters = form.filters(self.request.user)
        counts = inbox.counts(self.scope.ids, filters)
        page = Paginator(inbox.waiting(self.scope.ids, filters), PER_PAGE).get_page(params.get("p"))
        # The words of kinds with something first say what there is; the chosen one stays even when it is empty.
        kinds = [
            {
                "label": WaitingKind(kind).label,
                "n": n,
                "on": dict(inbox.ON_CHOICES)[inbox.KINDS[kind].on],
                "url": _inbox_url(_kept(params, tipo="" if filters.kind == kind else kind)),
                "current": filters.kind == kind,
            }
            for kind, n in counts.items()
            if n or filters.kind == kind
        ]
        return super().get_context_data(**kwargs) | {
            "form": form,
            "kinds": kinds,
            "total": sum(counts.values()),
            "page_obj": page,
            "rows": inbox.read(page.object_list),
            "all_ticked": params.get("scegli") == "tutte",
            "batch_actions": batch.choices(),
            "filtering": bool(_kept(params)),
            "kept": _kept(params),
            "clear_url": _inbox_url(),
            "queues": [{"url": reverse(name), "label": label} for kind, name, label in QUEUES if counts.get(kind)],
        }


class InboxBatchView(DeskPageView):
    """Asks before several rows change, then does it; what became of each is on the next page."""

    template_name = "wagtailadmin/sportello/inbox_batch.html"
    header_icon = "tasks"
    trail = (("sportello_inbox:index", gettext_lazy("In arrivo")),)

    def get(self, request, *args, **kwargs):
        return redirect(_inbox_url())

    def post(self, request):
        self.kept = _kept(QueryDict(request.POST.get("filtri", "")))
        action = batch.BATCH.get(request.POST.get("azione", ""))
        self.rows = batch.chosen(request.POST.getlist("riga"), request.user)
        if action is None or not self.rows:
            messages.error(
                request,
                _("Scegli almeno una riga.") if not self.rows else _("Scegli che cosa fare con le righe."),
            )
            return redirect(_inbox_url(self.kept))
        self.action = action
        confirmed = request.POST.get("confermo") == "1"
        if self.action.form is not None:
            self.form = self.action.form(request.POST if confirmed else None)
            if not confirmed or not self.form.is_valid():
                return self.render_to_response(self.get_context_data())
            values = self.form.cleaned_data
        else:
            values = {}
        outcomes = batch.run(self.action, self.rows, request.user, values)
        request.session[RESULT_KEY] = {
            "action": self.action.key,
            "kept": self.kept,
            "rows": [[item.key, item.title, item.ok, item.text] for item in outcomes],
        }
        return redirect("sportello_inbox:result")

    def get_page_title(self):
        return self.action.label

    def get_context_data(self, **kwargs):
        touched = [row for row in self.rows if row.kind in self.action.kinds]
        return super().get_context_data(**kwargs) | {
            "action": self.action,
            "form": self.form,
            "rows": self.rows,
            "others": len(self.rows) - len(touched),
            "kept": self.kept,
            "back_url": _inbox_url(self.kept),
        }


class InboxResultView(DeskPageView):
    """What became of the rows of the last action of this session."""

    template_name = "wagtailadmin/sportello/inbox_result.html"
    page_title = gettext_lazy("Com'è andata")
    header_icon = "tasks"
    trail = (("sportello_inbox:index", gettext_lazy("In arrivo")),)

    def get_context_data(self, **kwargs):
        found = self.request.session.get(RESULT_KEY) or {}
        action = batch.BATCH.get(found.get("action", ""))
        rows = [dict(zip(("key", "title", "ok", "text"), row, strict=True)) for row in found.get("rows", [])]
        done = [row for row in rows if row["ok"]]
        inverse = batch.BATCH.get(action.inverse) if action and done else None
        return super().get_context_data(**kwargs) | {
            "action": action,
            "rows": rows,
            "done": done,
            "refused": len(rows) - len(done),
            "inverse": inverse,
            "kept": found.get("kept", ""),
            "back_url": _inbox_url(found.get("kept", "")),
        }
