"""The panel «Allo Sportello» on the first page of the admin: what waits, each number a link to the rows."""

from django.urls import reverse
from wagtail.admin.ui.components import Component

from . import inbox
from .kinds import WaitingKind


class DeskPanel(Component):
    """How much waits, kind by kind, at the desks of who works there."""

    name = "desk"
    template_name = "wagtailadmin/sportello/desk_panel.html"
    # Before what is to be put right on the pages (150): here people are waiting.
    order = 140

    def __init__(self, desk_ids: list[int] | None) -> None:
        self.desk_ids = desk_ids

    def get_context_data(self, parent_context):
        address = reverse("sportello_inbox:index")
        on = dict(inbox.ON_CHOICES)
        rows = [
            {
                "label": WaitingKind(kind).label,
                "on": on[inbox.KINDS[kind].on],
                "count": count,
                "url": f"{address}?tipo={kind}",
            }
            for kind, count in inbox.counts(self.desk_ids, inbox.Filters()).items()
            if count
        ]
        return {"rows": rows, "url": address}
