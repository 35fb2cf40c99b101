"""Who a round placed, against who took part: by age, area, studies and distance. Groups under five are not shown.

A group is a set of people: those of a row, the placed among them, the others among them. One of one to four people is
hidden, and so is whatever would give it away by subtraction from the totals (primary and complementary suppression;
see Hundepool and others, "Statistical Disclosure Control", 2012, chapter 4).
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sportello.matching import Point, age_on, distance_km

from .enums import StudyPath
from .models import MatchRound, RoundPerson, RoundResult

SMALLEST = 5
AGES = ((18, gettext_lazy("meno di 18")), (21, "18-20"), (25, "21-24"), (30, "25-29"), (200, gettext_lazy("30 o più")))
DISTANCES = ((5, "0-5 km"), (10, "5-10 km"), (20, "10-20 km"), (50, "20-50 km"), (10_000, gettext_lazy("oltre 50 km")))


@dataclass(frozen=True, slots=True)
class Row:
    """One group of those who made a list or were pinned. None stands for hidden."""

    label: str
    people: int | None
    placed: int | None
    others: int | None

    @property
    def percent(self) -> int | None:
        """The share of placed people, rounded; None if hidden or if there is nobody."""
        return None if self.placed is None or not self.people else round(100 * self.placed / self.people)


@dataclass(frozen=True, slots=True)
class Table:
    """The groups of one trait, and all of them together."""

    title: str
    rows: tuple[Row, ...]
    total: Row

    @property
    def shown(self) -> list[Row]:
        """The groups of which something may be told: a name beside dashes would tell that somebody is there."""
        return [row for row in self.rows if row.people is not None]

    @property
    def hidden(self) -> int:
        """How many groups are not shown at all."""
        return len(self.rows) - len(self.shown)


def report(match_round: MatchRound) -> list[Table]:
    """Return the tables of a published round. Four queries, whatever its size."""
    placed = set(
        RoundResult.objects.filter(round=match_round, round_offer__isnull=False).values_list("youth_id", flat=True)
    )
    people = list(
        RoundPerson.objects.filter(round=match_round, youth__round_results__round=match_round)
        .select_related("youth__home")
        .with_lists()
        .order_by("pk")
    )
    places = {row.pk: row.offer for row in match_round.offers.with_offers()}
    day = match_round.lists_close_at.date()

    def age(person: RoundPerson) -> str:
        years = age_on(person.youth.birth_date, day)
        return str(next(label for limit, label in AGES if years < limit))

    def distance(person: RoundPerson) -> str:
        """From home to the nearest offer of the list: how far they would have had to go at least."""
        home, found = Point(person.youth.home.latitude, person.youth.home.longitude), []
        for choice in person.choices.all():
            offer = places[choice.round_offer_id]
            if offer.remote:
                return _("anche a distanza")
            found.append(distance_km(home, Point(offer.municipality.latitude, offer.municipality.longitude)))
        if not found:
            return _("nessuna lista")
        return str(next(label for limit, label in DISTANCES if min(found) < limit))

    traits: list[tuple[str, Callable[[RoundPerson], str]]] = [
        (_("Età"), age),
        (_("Comune in cui vivono"), lambda person: str(person.youth.home)),
        (_("Percorso di studi"), _study),
        (_("Distanza dall'offerta più vicina della lista"), distance),
    ]
    return [_table(title, trait, people, placed) for title, trait in traits]


def _study(person: RoundPerson) -> str:
    value = person.youth.study_path
    return str(StudyPath(value).label) if value in StudyPath.values else _("non detto")


def _table(title: str, trait: Callable[[RoundPerson], str], people: list[RoundPerson], placed: set[int]) -> Table:
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for person in people:
        counts[trait(person)][person.youth_id not in placed] += 1
    rows = [Row(label, yes + no, yes, no) for label, (yes, no) in counts.items()]
    rows.sort(key=lambda row: (_order(row.label), -(row.people or 0), row.label))
    shown, total = suppress(rows)
    return Table(title, tuple(shown), replace(total, label=_("Tutte le persone della tornata")))


def _order(label: str) -> int:
    known = [str(one) for _limit, one in (*AGES, *DISTANCES)]
    return known.index(label) if label in known else -1


def small(count: int) -> bool:
    """Whether a group of so many people is too small to be shown; nobody at all is not a group."""
    return 0 < count < SMALLEST


def suppress(rows: Iterable[Row]) -> tuple[list[Row], Row]:
    """Hide small groups of whole rows, and what would give them away; return the rows and their total.

    A row whose people are few shows nothing. A row whose placed or other people are few shows how many people it has
    and no more. Then further rows, the smallest first, are hidden until those hidden together are no small group
    either: otherwise the total less the rest would tell. Even who knows this rule cannot work out a hidden small
    group, nor that all or none of a hidden group were placed; the tests try every table of two and three rows.
    """
    rows = list(rows)
    total = Row(
        "", sum(r.people or 0 for r in rows), sum(r.placed or 0 for r in rows), sum(r.others or 0 for r in rows)
    )
    no_split = {i for i, row in enumerate(rows) if small(row.placed or 0) or small(row.others or 0)}
    no_count = {i for i, row in enumerate(rows) if small(row.people or 0)}
    _hide_more(rows, no_count, lambda row: (row.people or 0,))
    no_split |= no_count
    _hide_more(rows, no_split, lambda row: (row.placed or 0, row.others or 0))
    shown = [
        Row(
            row.label,
            None if i in no_count else row.people,
            None if i in no_split else row.placed,
            None if i in no_split else row.others,
        )
        for i, row in enumerate(rows)
    ]
    if small(total.people or 0):
        return [Row(row.label, None, None, None) for row in rows], Row("", None, None, None)
    if small(total.placed or 0) or small(total.others or 0):
        # Then every row has a small group or an empty one, and their sum would be the small group itself.
        shown = [replace(row, placed=None, others=None) for row in shown]
        total = replace(total, placed=None, others=None)
    return shown, total


def _hide_more(rows: list[Row], hidden: set[int], measures: Callable[[Row], tuple[int, ...]]) -> None:
    """Hide further rows, those of a size together, until the hidden ones give nothing away. Changes `hidden`.

    They do not when they are two rows or more, one of them no small group, and no measure summed over them is small
    or nothing at all: of a hidden sum of 0 everybody would know what happened to each of the few. Rows of one size
    stay together, so that nobody learns from which of them was taken.
    """
    in_all = [sum(values) for values in zip(*map(measures, rows), strict=True)]
    while hidden and len(hidden) < len(rows):
        sums = [sum(values) for values in zip(*(measures(rows[i]) for i in hidden), strict=True)]
        enough = all(count >= SMALLEST or not whole for count, whole in zip(sums, in_all, strict=True))
        if enough and len(hidden) > 1 and any((rows[i].people or 0) >= SMALLEST for i in hidden):
            return
        rest = set(range(len(rows))) - hidden
        smallest = min(rows[i].people or 0 for i in rest)
        hidden.update(i for i in rest if (rows[i].people or 0) == smallest)
