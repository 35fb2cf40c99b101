"""How reliably a host answers, from what happened: one query, and no word about anybody."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .enums import Actor, ApplicationState
from .models import Application, ApplicationEvent, Host

FROM_ANSWERS = 5
"""With fewer, one late answer would say more of one person than of the host."""

ANSWER_DAYS = 15
"""The answer guarantee: who has not answered by then has not answered."""

MONTHS_BACK = 24
_WAITING = (ApplicationState.SUBMITTED, ApplicationState.SHORTLISTED, ApplicationState.WAITLISTED)


@dataclass(frozen=True, slots=True)
class Reliability:
    """Of the applications that a host had to answer in the last two years: how many it did, and how fast."""

    received: int
    answered: int
    days: int

    @property
    def sentence(self) -> str:
        """What the host's page says: «Risponde in media in 4 giorni, a 8 candidature su 9»."""
        speed = (
            ngettext("in media in %(n)s giorno", "in media in %(n)s giorni", self.days) % {"n": self.days}
            if self.days
            else _("di solito in giornata")
        )
        return _("Risponde %(speed)s, a %(answered)s candidature su %(received)s.") % {
            "speed": speed,
            "answered": self.answered,
            "received": self.received,
        }


def reliability_of(host: Host, now: datetime | None = None) -> Reliability | None:
    """Return how a host answers; None with too few answers to say.

    An answer is the first thing that the host did after the application came. Not counted: what its young person took
    back before, and what may still wait. Counted as not answered: what waited longer than the answer guarantee.
    """
    now = now or timezone.now()
    first = (
        ApplicationEvent.objects.filter(application=OuterRef("pk"), actor=Actor.HOST, at__gte=OuterRef("submitted_at"))
        .order_by("at", "pk")
        .values("at")[:1]
    )
    rows = Application.objects.filter(
        offer__host=host, submitted_at__gte=now - timedelta(days=MONTHS_BACK * 30)
    ).annotate(first_answer=Subquery(first))
    silent = Q(first_answer__isnull=True) & (
        Q(state=ApplicationState.EXPIRED) | Q(state__in=_WAITING, submitted_at__lt=now - timedelta(days=ANSWER_DAYS))
    )
    found = rows.aggregate(
        answered=Count("first_answer"),
        silent=Count("pk", filter=silent),
        mean=Avg(ExpressionWrapper(F("first_answer") - F("submitted_at"), output_field=DurationField())),
    )
    if found["answered"] < FROM_ANSWERS:
        return None
    days = round(found["mean"] / timedelta(days=1))
    return Reliability(found["answered"] + found["silent"], found["answered"], days)
