"""How the reports about offers are read."""

from django.db import models

from .enums import ReportState


class OfferReportQuerySet(models.QuerySet):
    """Reads the reports."""

    def of_desks(self, desk_ids: list[int] | None) -> "OfferReportQuerySet":
        """Reports of these desks; None means all of them, for superusers."""
        return self if desk_ids is None else self.filter(desk_id__in=desk_ids)

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
