"""How calls are read: their state in SQL, by the same rules as bandi.states."""

from datetime import datetime, timedelta

from django.db.models import Case, CharField, DateTimeField, Exists, F, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone
from wagtail.models import PageManager

from portal.pages.querysets import ListingQuerySet
from progetti.querysets import LONG_TEXTS

from .enums import ACTS_ON_COURSE, ACTS_ON_DEADLINE, OPEN_STATES, CallActKind, CallState
from .states import EVALUATION_DAYS, rome_day, start_of_day

# What cards and feeds of calls never show.
CALL_TEXTS = (
    "update_notes", "faq", "how_to_apply", "requirements", "what_it_funds", "eligible_costs", "criteria", "forms",
    "outcomes_note",
)  # fmt: skip


class CallQuerySet(ListingQuerySet):
    """Reads calls."""

    def with_state(self, now: datetime | None = None) -> "CallQuerySet":
        """Each call with `state_now` and `deadline_now`: its state and the deadline that holds at a moment."""
        from .models import CallAct

        now = now or timezone.now()
        today = rome_day(now)
        # The deadline's day + EVALUATION_DAYS <= today, said of moments so that no database has to know about days.
        evaluated = start_of_day(today - timedelta(days=EVALUATION_DAYS - 1))
        # The same for a call without deadline, which counts as due EVALUATION_DAYS after its opening.
        opened_and_due = start_of_day(today - timedelta(days=EVALUATION_DAYS))
        opened_and_evaluated = start_of_day(today - timedelta(days=2 * EVALUATION_DAYS - 1))

        acts = CallAct.objects.filter(page=OuterRef("pk"), date__lte=today)
        latest = acts.order_by("-date", Coalesce("sort_order", 0).desc(), "-pk")
        moving = acts.filter(kind__in=ACTS_ON_DEADLINE, new_deadline__isnull=False)
        on_deadline = latest.filter(kind__in=ACTS_ON_DEADLINE, new_deadline__isnull=False)
        no_deadline = Q(deadline_now__isnull=True)
        incomplete = no_deadline & Q(until_funds_run_out=False)
        past_closing = Q(deadline_now__lt=now) | (incomplete & Q(opening__lt=opened_and_due))
        return self.annotate(
            revoked_now=Exists(acts.filter(kind=CallActKind.REVOCATION)),
            course_now=Subquery(latest.filter(kind__in=ACTS_ON_COURSE).values("kind")[:1]),
            # Most calls have no such act: whether one has is looked up in a list made once, and the last of its acts is
            # sought only then. The expression stands many times in the state below.
            deadline_now=Case(
                When(Exists(moving), then=Subquery(on_deadline.values("new_deadline")[:1])),
                default=F("deadline"),
                output_field=DateTimeField(),
            ),
            deadline_act_now=Subquery(on_deadline.values("kind")[:1]),
        ).annotate(
            state_now=Case(
                When(revoked_now=True, then=Value(CallState.REVOKED.value)),
                When(incomplete & Q(opening__isnull=True), then=Value(CallState.CLOSED.value)),
                When(end_of_procedure__lte=today, then=Value(CallState.CLOSED.value)),
                When(
                    Q(end_of_procedure__isnull=True, publication_of_outcomes__lte=today) & past_closing,
                    then=Value(CallState.CLOSED.value),
                ),
                When(
                    Q(end_of_procedure__isnull=True, publication_of_outcomes__isnull=True)
                    & (Q(deadline_now__lt=evaluated) | (incomplete & Q(opening__lt=opened_and_evaluated))),
                    then=Value(CallState.CLOSED.value),
                ),
                When(course_now=CallActKind.SUSPENSION, then=Value(CallState.SUSPENDED.value)),
                When(opening__gt=now, then=Value(CallState.SCHEDULED.value)),
                When(past_closing, then=Value(CallState.UNDER_EVALUATION.value)),
                When(deadline_act_now=CallActKind.EXTENSION, then=Value(CallState.EXTENDED.value)),
                default=Value(CallState.OPEN.value),
                output_field=CharField(),
            )
        )

    def in_state(self, *states: str, now: datetime | None = None) -> "CallQuerySet":
        """Calls in one of the states at a moment (now by default)."""
        return self.with_state(now).that_are(*states)

    def that_are(self, *states: str) -> "CallQuerySet":
        """Of calls that have their state already, those in one of the states.

        Said by the states that they are not in: PostgreSQL takes a computed value that must be one of a few for very
        rare (one row in 200), and then joins thousands of calls one by one. Of one that must not be, it expects many.
        """
        others = [state for state in CallState.values if state not in states]
        return self.filter(~Q(state_now__in=others))

    def open(self, now: datetime | None = None) -> "CallQuerySet":
        """Calls that an application can be presented to at a moment (now by default)."""
        return self.in_state(*OPEN_STATES, now=now)

    def by_nearest_deadline(self, now: datetime | None = None) -> "CallQuerySet":
        """The most urgent first; those without a deadline at the end."""
        return self.with_state(now).order_by(F("deadline_now").asc(nulls_last=True), "pk")

    def for_cards(self) -> "CallQuerySet":
        """Live, public calls with their state, for the list of calls and the home page, without their long texts."""
        return super().for_cards().with_state().select_related("issuing_body").defer(*LONG_TEXTS, *CALL_TEXTS)


CallManager = PageManager.from_queryset(CallQuerySet)
