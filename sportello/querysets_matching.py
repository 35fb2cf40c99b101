"""How proposals are read."""

from datetime import date

from .enums import OfferState
from .enums_matching import ProposalState
from .querysets_desks import DeskScoped
from .querysets_hosts import hosts_on_show


class ProposalQuerySet(DeskScoped):
    """Reads what the desk has proposed."""

    def waiting(self) -> "ProposalQuerySet":
        """What nobody has answered yet."""
        return self.filter(state=ProposalState.SENT)

    def declined(self) -> "ProposalQuerySet":
        """What the young person said no to: it is not proposed again, though they may still apply by themselves."""
        return self.filter(state=ProposalState.DECLINED)

    def for_youth(self, youth, today: date) -> "ProposalQuerySet":
        """What waits for a young person's answer and can still be answered, the newest first. One query."""
        return (
            self.waiting()
            .filter(youth=youth, offer__state=OfferState.PUBLISHED, offer__end_date__gte=today)
            .filter(hosts_on_show(today, "offer__host__"))
            .select_related("offer__host__organisation", "offer__municipality", "offer__sector", "desk")
            .order_by("-created_at", "-pk")
        )
