"""How the reports about offers are read."""

from django.db import models

from .enums import ReportState
from .querysets_desks import DeskScoped


class OfferReportQuerySet(DeskScoped):
    """Reads the reports."""

    def open(self) -> "OfferReportQuerySet":
        """Reports that nobody has looked into yet."""
        return self.filter(state=ReportState.OPEN)

    def for_desk_list(self) -> "OfferReportQuerySet":
        """For the desk's queue: open ones first, the one that waits longest on top. One query."""
        waiting = models.Case(models.When(state=ReportState.OPEN, then=0), default=1)
        return (
            self.select_related("offer__host__organisation", "reporter", "closed_by")
            .annotate(waiting=waiting)
            .order_by("waiting", "created_at", "pk")
        )
