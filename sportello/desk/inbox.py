"""Everything that waits, from every table, in one list: who has waited longest comes first, and on whom it waits.

The list is a union of small rows (kind, number, since when), so that counting, ordering and paging are the database's
work whatever there is; what a page shows of its rows is read with one query for each table.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, DateTimeField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.pages.words import moment_words

from ..application_enums import TO_ANSWER_STATES
from ..enums import SEAT_HELD_DAYS, Actor, ApplicationState, HostState, OfferState, ReportState
from ..models import Application, Host, InboxMark, Offer, OfferReport
from .kinds import WaitingKind

SEAT_ENDS_WITHIN_DAYS = 3
"""A seat that is held longer than this is nobody's worry yet."""

K = WaitingKind


@dataclass(frozen=True, slots=True)
class Waiting:
    """One kind of thing that waits.

    Attributes:
        rows: everything of that kind, with `since` on each row.
        on: who has to move.
        search: lookups for words.
    """

    kind: WaitingKind
    rows: Callable[[datetime], QuerySet]
    on: str
    search: tuple[str, ...]
    url_name: str


def _hosts(now: datetime) -> QuerySet:
    return Host.objects.filter(state=HostState.REGISTERED).annotate(since=F("created_at"))


def _offers_to_read(now: datetime) -> QuerySet:
    since = Coalesce("submitted_at", "created_at")
    return Offer.objects.filter(state=OfferState.IN_REVIEW).annotate(since=since)


def _offers_to_confirm(now: datetime) -> QuerySet:
    return Offer.objects.filter(state=OfferState.STALE).annotate(since=F("updated_at"))


def _reports(now: datetime) -> QuerySet:
    return OfferReport.objects.filter(state=ReportState.OPEN).annotate(since=F("created_at"))


def _to_review(now: datetime) -> QuerySet:
    return Application.objects.filter(state=ApplicationState.IN_REVIEW).annotate(since=F("updated_at"))


def _unanswered(now: datetime) -> QuerySet:
    since = Coalesce("waiting_from", "submitted_at", "created_at")
    return Application.objects.filter(state__in=TO_ANSWER_STATES).annotate(since=since)


def _seats(now: datetime) -> QuerySet:
    soon = now + timedelta(days=SEAT_ENDS_WITHIN_DAYS)
    rows = Application.objects.filter(state=ApplicationState.OFFERED, expires_at__lte=soon)
    # Held for so many days from the moment it was offered.
    offered = ExpressionWrapper(F("expires_at") - timedelta(days=SEAT_HELD_DAYS), output_field=DateTimeField())
    return rows.annotate(since=offered)


_PERSON = ("youth__user__first_name", "youth__user__last_name", "offer__title", "offer__host__organisation__name")
_OFFER = ("title", "host__organisation__name")

KINDS: dict[str, Waiting] = {
    item.kind: item
    for item in (
        Waiting(K.VERIFY, _hosts, Actor.DESK, ("organisation__name",), "sportello_host:inspect"),
        Waiting(K.MODERATE, _offers_to_read, Actor.DESK, _OFFER, "sportello_offer:inspect"),
        Waiting(K.REPORT, _reports, Actor.DESK, ("offer__title", "text"), "sportello_offer:inspect"),
        Waiting(K.REVIEW, _to_review, Actor.DESK, _PERSON, "sportello_application:inspect"),
        Waiting(K.UNANSWERED, _unanswered, Actor.HOST, _PERSON, "sportello_application:inspect"),
        Waiting(K.SEAT, _seats, Actor.YOUTH, _PERSON, "sportello_application:inspect"),
        Waiting(K.STALE, _offers_to_confirm, Actor.HOST, _OFFER, "sportello_offer:inspect"),
    )
}


@dataclass(frozen=True, slots=True)
class Filters:
    """What the desk wants to see of what waits.

    Attributes:
        on: who has to move; empty for everybody.
        days: waiting for so many days at least.
        whose: `mine`, `free` (nobody takes care of it) or empty.
        put_off: only what has been put off to a day still to come; otherwise only the rest.
        user: who asks, for `mine`.
    """

    kind: str = ""
    on: str = ""
    days: int = 0
    words: str = ""
    whose: str = ""
    put_off: bool = False
    user: Any = None


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list, ready to show."""

    key: str
    kind: str
    pk: int
    title: str
    text: str
    url: str
    since: datetime
    waits: str
    since_words: str
    on: str
    until: str
    mark: InboxMark | None
    thing: object

    @property
    def desk_id(self) -> int:
        """The desk it waits at."""
        return self.thing.desk_id  # type: ignore[attr-defined]

    @property
    def kind_label(self) -> str:
        """The kind, in words."""
        return str(K(self.kind).of_one)

    @property
    def on_label(self) -> str:
        """Who has to move, in words."""
        return str(_ON[self.on])


_ON: dict[str, Promise] = {
    Actor.DESK: gettext_lazy("Sportello"),
    Actor.HOST: gettext_lazy("Realtà"),
    Actor.YOUTH: gettext_lazy("Giovane"),
}
ON_CHOICES = tuple(_ON.items())


def _of_kind(item: Waiting, desk_ids: list[int] | None, filters: Filters, now: datetime) -> QuerySet:
    rows: QuerySet = item.rows(now)
    if desk_ids is not None:
        rows = rows.filter(desk_id__in=desk_ids)
    if filters.days:
        rows = rows.filter(since__lte=now - timedelta(days=filters.days))
    if filters.words:
        for word in filters.words.split():
            found = Q()
            for lookup in item.search:
                found |= Q(**{f"{lookup}__icontains": word})
            rows = rows.filter(found)
    # A mark from before it began to wait belongs to the time before.
    marks = InboxMark.objects.filter(kind=item.kind, row=OuterRef("pk"), at__gte=OuterRef("since"))
    put_off = Exists(marks.filter(put_off_until__gt=timezone.localdate(now)))
    rows = rows.filter(put_off) if filters.put_off else rows.exclude(put_off)
    if filters.whose == "mine":
        rows = rows.filter(Exists(marks.filter(taken_by=filters.user)))
    elif filters.whose == "free":
        rows = rows.exclude(Exists(marks.filter(taken_by__isnull=False)))
    return rows.order_by()


def _wanted(filters: Filters) -> list[Waiting]:
    return [
        item
        for item in KINDS.values()
        if (not filters.kind or item.kind == filters.kind) and (not filters.on or item.on == filters.on)
    ]


def waiting(desk_ids: list[int] | None, filters: Filters, now: datetime | None = None) -> QuerySet | list:
    """Everything that waits at these desks, longest first: rows of (kind, pk, since), to be paged."""
    now = now or timezone.now()
    parts = [
        _of_kind(item, desk_ids, filters, now)
        .annotate(kind_=Value(item.kind.value))
        .values_list("kind_", "pk", "since")
        for item in _wanted(filters)
    ]
    if not parts:
        return []
    first, *others = parts
    rows = first.union(*others, all=True) if others else first
    return rows.order_by("since", "kind_", "pk")


def counts(desk_ids: list[int] | None, filters: Filters, now: datetime | None = None) -> dict[str, int]:
    """How many wait of each kind, in one query; `filters.kind` and `filters.on` do not narrow it."""
    now = now or timezone.now()
    parts = [
        _of_kind(item, desk_ids, filters, now)
        .annotate(kind_=Value(item.kind.value))
        .values("kind_")
        .annotate(n=Count("pk"))
        .values_list("kind_", "n")
        for item in KINDS.values()
    ]
    first, *others = parts
    found = dict(first.union(*others, all=True))
    return {kind: found.get(kind, 0) for kind in KINDS}


def read(found: Iterable[tuple[str, int, datetime]], now: datetime | None = None) -> list[Row]:
    """What the list shows of some rows of `waiting`: one query for each table, one for the marks."""
    now = now or timezone.now()
    found = list(found)
    things = _things(found)
    marks = _marks(found)
    rows = []
    for kind, pk, since in found:
        thing = things.get((kind, pk))
        if thing is None:
            continue
        mark = marks.get((kind, pk))
        if mark is not None and mark.at < since:
            mark = None
        title, text, until = _words(kind, thing)
        rows.append(
            Row(
                key=f"{kind}:{pk}",
                kind=kind,
                pk=pk,
                title=title,
                text=text,
                url=reverse(KINDS[kind].url_name, args=[thing.offer_id if kind == K.REPORT else pk]),
                since=since,
                waits=wait_words(since, now),
                since_words=moment_words(since),
                on=KINDS[kind].on,
                until=until,
                mark=mark,
                thing=thing,
            )
        )
    return rows


def _ids(found: list, *kinds: str) -> list[int]:
    return [pk for kind, pk, _since in found if kind in kinds]


def _things(found: list) -> dict[tuple[str, int], Any]:
    hosts = Host.objects.select_related("organisation__municipality").in_bulk(_ids(found, K.VERIFY))
    offers = Offer.objects.select_related("host__organisation").in_bulk(_ids(found, K.MODERATE, K.STALE))
    applications = Application.objects.select_related("youth__user", "offer__host__organisation").in_bulk(
        _ids(found, K.REVIEW, K.UNANSWERED, K.SEAT)
    )
    reports = OfferReport.objects.select_related("offer__host__organisation").in_bulk(_ids(found, K.REPORT))
    tables: dict[str, dict] = {
        K.REPORT: reports,
        K.VERIFY: hosts,
        K.MODERATE: offers,
        K.STALE: offers,
        K.REVIEW: applications,
        K.UNANSWERED: applications,
        K.SEAT: applications,
    }
    return {(kind, pk): tables[kind][pk] for kind, pk, _since in found if pk in tables[kind]}


def _marks(found: list) -> dict[tuple[str, int], InboxMark]:
    wanted = {(kind, pk) for kind, pk, _since in found}
    rows = InboxMark.objects.filter(row__in=[pk for _kind, pk in wanted]).select_related("taken_by")
    return {(mark.kind, mark.row): mark for mark in rows if (mark.kind, mark.row) in wanted}


def _words(kind: str, thing) -> tuple[str, str, str]:
    """Title, second line, and until when there is time."""
    if kind == K.VERIFY:
        organisation = thing.organisation
        return (
            organisation.name,
            f"{organisation.get_kind_display()}, {organisation.municipality or ''}".strip(", "),
            "",
        )
    if kind in (K.MODERATE, K.STALE):
        return thing.title, thing.host.organisation.name, ""
    if kind == K.REPORT:
        return thing.offer.title, f"{thing.get_reason_display()}. {thing.text}".strip(), ""
    until = moment_words(thing.expires_at) if kind == K.SEAT and thing.expires_at else ""
    text = f"{thing.offer.title}, {thing.offer.host.organisation.name}"
    if kind == K.UNANSWERED:
        text = f"{text} ({thing.get_state_display()})"
    return thing.youth.user.get_full_name() or str(thing.youth), text, until


def wait_words(since: datetime, now: datetime) -> str:
    """«da 3 giorni», «da oggi»."""
    days = (timezone.localdate(now) - timezone.localdate(since)).days
    if days <= 0:
        return _("da oggi")
    return ngettext("da %(days)s giorno", "da %(days)s giorni", days) % {"days": days}


def locate(kind: str, pk: int, desk_ids: list[int] | None) -> object | None:
    """Return one thing that waits (or waited) if it is of these desks."""
    item = KINDS.get(kind)
    if item is None:
        return None
    rows = item.rows(timezone.now()).model.objects.all()
    if desk_ids is not None:
        rows = rows.filter(desk_id__in=desk_ids)
    return rows.filter(pk=pk).first()


def waiting_since(kind: str, pk: int) -> datetime | None:
    """Since when one thing waits; None if it does not."""
    return KINDS[kind].rows(timezone.now()).filter(pk=pk).values_list("since", flat=True).first()


def taken_by_others(kind: str, pks: list[int], user) -> list[int]:
    """Those of some things that a colleague takes care of."""
    marks = InboxMark.objects.filter(kind=kind, row__in=pks, taken_by__isnull=False).exclude(taken_by=user)
    return list(marks.values_list("row", flat=True))
