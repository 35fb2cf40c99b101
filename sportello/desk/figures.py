"""The figures of a desk: how many, how fast, with whom. One query for each table, whatever there is to count."""

import calendar
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from statistics import median
from typing import Any

from django.db.models import Count, F, Min, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.pages.words import ROME, period_words
from sportello.matching import age_on

from ..application_enums import EventKind
from ..enums import Actor, ApplicationState, OfferKind, OfferState, PlacementState
from ..models import Application, Offer, Placement
from .suppression import FLOOR, Counted, open_counts, suppress

AGE_BANDS = ((14, 17), (18, 20), (21, 24), (25, 29))
PROMISED_DAYS = 15
"""Within so many days everybody has an answer: the answer guarantee."""


@dataclass(frozen=True, slots=True)
class Period:
    """Whole months: narrower periods could be laid one over the other to single somebody out."""

    first: date
    last: date

    @classmethod
    def of_months(cls, first: date, last: date) -> "Period":
        """From the first day of one month to the last of another."""
        return cls(first.replace(day=1), last.replace(day=calendar.monthrange(last.year, last.month)[1]))

    @classmethod
    def last_year(cls, today: date) -> "Period":
        """The current month and the eleven before it."""
        first = today.replace(day=1)
        return cls.of_months(date(first.year - (first.month < 12), (first.month % 12) + 1, 1), first)

    @property
    def moments(self) -> tuple[datetime, datetime]:
        """Start included, end not, in Europe/Rome."""
        after = self.last + timedelta(days=1)
        return datetime.combine(self.first, time.min, tzinfo=ROME), datetime.combine(after, time.min, tzinfo=ROME)

    @property
    def words(self) -> str:
        """«novembre 2026», «gennaio 2026 – marzo 2026»."""
        return period_words(self.first, self.last)


@dataclass(frozen=True, slots=True)
class Answers:
    """How fast hosts answer. Nothing is said about fewer than five answers.

    Attributes:
        days: the median, in days with one decimal; None if there are too few.
        within: how many of a hundred were answered within the promised days; None as above.
        answered: how many answers were counted, None if too few.
    """

    days: float | None
    within: int | None
    answered: int | None


@dataclass(frozen=True, slots=True)
class Table:
    """One breakdown with its words."""

    key: str
    title: str
    what: str
    text: str
    counted: Counted


@dataclass(frozen=True, slots=True)
class Figures:
    """Everything on the page of figures."""

    period: Period
    answers: Answers
    open_offers: int
    free_seats: int
    tables: list[Table]


TABLE_KEYS = ("offerte", "candidature", "settori", "eta", "comuni")


def _of(rows: Any, desk_ids: list[int] | None) -> Any:
    return rows if desk_ids is None else rows.filter(desk_id__in=desk_ids)


def figures(desk_ids: list[int] | None, period: Period) -> Figures:
    """Count for these desks (None is all) and these months. Four queries."""
    offers = list(_open_offers(desk_ids))
    placements = list(_placements(desk_ids, period))
    return Figures(
        period=period,
        answers=_answers(desk_ids, period),
        open_offers=len(offers),
        free_seats=sum(row.seats_free for row in offers),
        tables=[
            Table(
                "offerte",
                _("Offerte aperte oggi, per tipo"),
                _("Offerte"),
                _("Quelle su cui oggi ci si può candidare, qualunque periodo tu scelga."),
                open_counts(_ordered(Counter(str(OfferKind(row.kind).label) for row in offers))),
            ),
            Table(
                "candidature",
                _("Candidature inviate nel periodo, per stato di oggi"),
                _("Candidature"),
                _("Contate dal giorno in cui sono state inviate."),
                suppress(_applications(desk_ids, period)),
            ),
            Table(
                "settori",
                _("Percorsi del periodo, per settore"),
                _("Percorsi"),
                _("Contati dal giorno in cui il posto è stato accettato; senza quelli annullati prima di iniziare."),
                suppress(_ordered(Counter(row.application.offer.sector.label for row in placements))),
            ),
            Table(
                "eta",
                _("Percorsi del periodo, per età all'inizio"),
                _("Percorsi"),
                _("L'età è quella del primo giorno del percorso."),
                suppress(_bands(age_on(row.youth.birth_date, row.start_date) for row in placements)),
            ),
            Table(
                "comuni",
                _("Percorsi del periodo, per comune in cui vive chi li fa"),
                _("Percorsi"),
                _("Il comune è quello di oggi nel profilo."),
                suppress(_ordered(Counter(str(row.youth.home) for row in placements))),
            ),
        ],
    )


def _ordered(counter: Counter) -> list[tuple[str, int]]:
    """Most first, then by name."""
    return sorted(counter.items(), key=lambda pair: (-pair[1], pair[0]))


def _open_offers(desk_ids: list[int] | None) -> QuerySet:
    today = timezone.localdate()
    rows = _of(Offer.objects.on_show(today).filter(state=OfferState.PUBLISHED), desk_ids)
    return rows.with_counts().only("kind", "state", "seats_count")


def _applications(desk_ids: list[int] | None, period: Period) -> list[tuple[str, int]]:
    start, end = period.moments
    rows = _of(Application.objects.filter(submitted_at__gte=start, submitted_at__lt=end), desk_ids)
    counted = dict(rows.order_by().values_list("state").annotate(n=Count("pk")))
    return [(str(label), counted.get(state, 0)) for state, label in ApplicationState.choices]


def _answers(desk_ids: list[int] | None, period: Period) -> Answers:
    """The first thing that the host did about each application sent in the period: yes, no, or «let us meet»."""
    start, end = period.moments
    by_host = Q(events__actor=Actor.HOST, events__kind=EventKind.STATE, events__at__gte=F("submitted_at"))
    rows = _of(Application.objects.filter(submitted_at__gte=start, submitted_at__lt=end), desk_ids)
    pairs = (
        rows.annotate(answered_at=Min("events__at", filter=by_host))
        .filter(answered_at__isnull=False)
        .order_by()
        .values_list("submitted_at", "answered_at")
    )
    days = [(answered - sent).total_seconds() / 86_400 for sent, answered in pairs]
    if len(days) < FLOOR:
        return Answers(None, None, None)
    within = sum(1 for value in days if value <= PROMISED_DAYS)
    return Answers(round(median(days), 1), round(100 * within / len(days)), len(days))


def _placements(desk_ids: list[int] | None, period: Period) -> QuerySet:
    start, end = period.moments
    rows = Placement.objects.filter(created_at__gte=start, created_at__lt=end).exclude(state=PlacementState.CANCELLED)
    return _of(rows, desk_ids).select_related("application__offer__sector", "youth__home").order_by("pk")


def _bands(ages: Iterable[int]) -> list[tuple[str, int]]:
    counter: Counter[str] = Counter()
    for age in ages:
        band = next((band for band in AGE_BANDS if band[0] <= age <= band[1]), None)
        counter[_band_words(band)] += 1
    return [(words, counter[words]) for words in (*map(_band_words, AGE_BANDS), _band_words(None))]


def _band_words(band: tuple[int, int] | None) -> str:
    if band is None:
        return _("altre età")
    return _("da %(least)s a %(most)s anni") % {"least": band[0], "most": band[1]}
