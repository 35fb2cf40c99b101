"""How reliably a host answers, from what happened, and without a word about anybody.

It is counted for all hosts at once, when time is tended to (`actions.host_answers`), and kept in columns of the host:
the same figures on its page, at the desk and in every score, at the cost of no query.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Avg, Count, DurationField, ExpressionWrapper, F, OuterRef, Q, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .application_enums import ANSWER_DAYS
from .enums import Actor, ApplicationState
from .models import Application, ApplicationEvent, Host

FROM_ANSWERS = 5
"""With fewer, one late answer would say more of one person than of the host."""

MONTHS_BACK = 24
_WAITING = (ApplicationState.SUBMITTED, ApplicationState.SHORTLISTED, ApplicationState.WAITLISTED)


@dataclass(frozen=True, slots=True)
class Reliability:
    """Of the applications that a host had to answer in the last two years: how many it did, and how fast.

    Attributes:
        due: the applications that it had to answer.
        given: those that it did answer.
        days: how many days it took, on average, in whole days.
    """

    due: int
    given: int
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
            "answered": self.given,
            "received": self.due,
        }


def reliability_of(host: Host) -> Reliability | None:
    """Return how a host answers, as it was last counted; None with too few answers to say. No query."""
    if host.answers_due is None or host.answers_given is None or host.answers_days is None:
        return None
    return Reliability(host.answers_due, host.answers_given, host.answers_days)


def count_answers(now: datetime) -> dict[int, Reliability]:
    """Count how each host answers, by its key; who has too few answers to say is not there. One query.

    An answer is the first thing that the host did after the application came. Not counted: what its young person took
    back before, and what may still wait. Counted as not answered: what waited longer than the answer guarantee.
    """
    first = (
        ApplicationEvent.objects.filter(application=OuterRef("pk"), actor=Actor.HOST, at__gte=OuterRef("submitted_at"))
        .order_by("at", "pk")
        .values("at")[:1]
    )
    rows = Application.objects.filter(submitted_at__gte=now - timedelta(days=MONTHS_BACK * 30)).annotate(
        first_answer=Subquery(first)
    )
    silent = Q(first_answer__isnull=True) & (
        Q(state=ApplicationState.EXPIRED) | Q(state__in=_WAITING, submitted_at__lt=now - timedelta(days=ANSWER_DAYS))
    )
    mean = Avg(ExpressionWrapper(F("first_answer") - F("submitted_at"), output_field=DurationField()))
    counted = (
        rows.order_by()
        .values("offer__host")
        .annotate(given=Count("first_answer"), silent=Count("pk", filter=silent), mean=mean)
        .filter(given__gte=FROM_ANSWERS)
        .values_list("offer__host", "given", "silent", "mean")
    )
    return {
        host: Reliability(given + silent, given, round(mean / timedelta(days=1)))
        for host, given, silent, mean in counted
    }
