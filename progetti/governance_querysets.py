"""How meetings and decisions are read."""

from datetime import date

from django.db.models import Count, DateTimeField, F, Q, Window
from django.db.models.functions import Cast, Coalesce, RowNumber
from django.utils import timezone
from wagtail.models import Page, PageManager

from portal.pages.querysets import ListingQuerySet, ReadAlongQuerySet, public

from .enums import STILL_TO_CARRY_OUT, CarryingOut, DecisionOutcome

# Long texts that no list shows.
MEETING_TEXTS = ("minutes", "attachments", "related_pages", "update_notes")
DECISION_TEXTS = ("body", "reason", "attachments", "easy_read", "related_pages", "update_notes")


class MeetingQuerySet(ReadAlongQuerySet, ListingQuerySet):
    """Reads the meetings of the bodies."""

    def for_cards(self) -> "MeetingQuerySet":
        """Live, public meetings with their body and place, without their long texts."""
        related = ("place_municipality", "meeting_of")
        return super().for_cards().select_related(*related).defer(*MEETING_TEXTS)

    def for_calendar(self, locale_id: int) -> "MeetingQuerySet":
        """Meetings of today and later that anybody may come to, in one language, soonest first: one query."""
        today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        return (
            self.live()
            .public()
            .filter(locale_id=locale_id, is_public=True, start__gte=today)
            .select_related("place_municipality")
            .defer(*MEETING_TEXTS)
            .order_by("start", "pk")
        )


class DecisionQuerySet(ListingQuerySet):
    """Reads the register of decisions."""

    def for_cards(self) -> "DecisionQuerySet":
        """Live, public decisions with their body, without their long texts."""
        return super().for_cards().select_related("taken_by").defer(*DECISION_TEXTS)

    def late(self, today: date) -> "DecisionQuerySet":
        """Approved decisions past their day that nobody has carried out or dropped."""
        return self.filter(outcome=DecisionOutcome.APPROVED, carrying_out__in=STILL_TO_CARRY_OUT, due__lt=today)

    def of_project(self, project) -> "DecisionQuerySet":
        """Live, public decisions from which a project was born, in the language in which it is read."""
        return (
            self.live()
            .public()
            .filter(projects__translation_key=project.translation_key, locale_id=project.locale_id)
            .defer(*DECISION_TEXTS)
            .order_by("-date", "pk")
            .distinct()
        )


MeetingPageManager = PageManager.from_queryset(MeetingQuerySet)


class MeetingManager(MeetingPageManager):  # type: ignore[valid-type,misc]  # made at run time by from_queryset
    """Meetings, read with what their page names: one query instead of three."""

    def get_queryset(self):
        return super().get_queryset().select_related("place_municipality", "organisation")


DecisionManager = PageManager.from_queryset(DecisionQuerySet)


def around_meeting(meeting):
    """The body of a meeting and the decisions taken in it, by number: one query.

    Live, public pages; decisions in the language in which the meeting is read. Each row is a `Page`, with
    `decisionpage` where it is one.
    """
    taken = Q(decisionpage__meeting__translation_key=meeting.translation_key, locale_id=meeting.locale_id)
    return (
        public(Page.objects.live().filter(taken | Q(pk=meeting.meeting_of_id)))
        .select_related("decisionpage")
        .defer(*(f"decisionpage__{name}" for name in DECISION_TEXTS))
        .order_by("decisionpage__date", "decisionpage__number", "pk")
    )


def around_body(body, today: date, most: int):
    """The bodies that depend on a body, its latest meetings and its latest decisions: one query.

    Live, public pages in the language in which the body is read; at most so many of each type. Each row is a `Page`
    with `bodypage`, `meetingpage` or `decisionpage`, and with the figures of all the decisions: `taken` (approved),
    `done` (carried out), `late`.
    """
    key = body.translation_key
    approved = Q(decisionpage__outcome=DecisionOutcome.APPROVED)
    late = approved & Q(decisionpage__carrying_out__in=STILL_TO_CARRY_OUT, decisionpage__due__lt=today)
    related = Q(bodypage__parent_body__translation_key=key, bodypage__ended_on__isnull=True)
    related |= Q(meetingpage__meeting_of__translation_key=key) | Q(decisionpage__taken_by__translation_key=key)
    texts = [
        *(f"bodypage__{name}" for name in ("body", "rules", "purpose", "attachments", "easy_read", "related_pages")),
        *(f"meetingpage__{name}" for name in MEETING_TEXTS),
        *(f"decisionpage__{name}" for name in DECISION_TEXTS),
    ]
    return (
        public(Page.objects.live().filter(related, locale_id=body.locale_id))
        .annotate(
            moment=Coalesce("meetingpage__start", Cast("decisionpage__date", DateTimeField())),
            taken=Window(Count("pk", filter=approved)),
            done=Window(Count("pk", filter=approved & Q(decisionpage__carrying_out=CarryingOut.DONE))),
            late=Window(Count("pk", filter=late)),
            place=Window(
                RowNumber(), partition_by=F("content_type"), order_by=[F("moment").desc(nulls_last=True), F("title")]
            ),
        )
        .filter(place__lte=most)
        .select_related("bodypage", "meetingpage", "decisionpage")
        .defer(*texts)
        .order_by("place")
    )
