"""What the page of a call shows beside its own fields: criteria with their total, outcomes with theirs."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.translation import gettext, ngettext

from portal.pages.words import money_words
from progetti.models import ProjectPage

from .enums import OutcomeResult
from .models.interest import CallInterest
from .models.outcome import CallOutcome, OutcomeQuerySet


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """One outcome as everybody may read it; texts are empty where there is nothing to say."""

    rank: str
    beneficiary: str
    beneficiary_url: str
    project: str
    project_url: str
    project_page: str
    result: str
    funded: bool
    score: str
    amount: str


@dataclass(frozen=True, slots=True)
class Outcomes:
    """All outcomes of a call, which columns have something in them, and the totals in one sentence."""

    rows: list[OutcomeRow]
    summary: str
    with_rank: bool
    with_score: bool
    with_amount: bool
    with_project: bool

    @property
    def projects(self) -> list[tuple[str, str]]:
        """Title and address of each project of the portal that the call funds, each once."""
        found = {row.project_url: row.project_page for row in self.rows if row.funded and row.project_url}
        return [(title, url) for url, title in found.items()]


def outcomes_of(outcomes: OutcomeQuerySet, request: HttpRequest | None = None) -> Outcomes | None:
    """The outcomes for the page, as `of_call` reads them; None if there are none. No name that must not be read."""
    if not outcomes:
        return None
    rows = [_row(outcome, request) for outcome in outcomes]
    return Outcomes(
        rows=rows,
        summary=totals_words(outcomes),
        with_rank=any(row.rank for row in rows),
        with_score=any(row.score for row in rows),
        with_amount=any(row.amount for row in rows),
        with_project=any(row.project for row in rows),
    )


def _row(outcome, request: HttpRequest | None) -> OutcomeRow:
    # An address needs no more of a page than where it is in the tree.
    path = outcome.project_path
    project_url = ProjectPage(url_path=path).get_url(request) or "" if path else ""
    organisation = outcome.organisation
    return OutcomeRow(
        rank=str(outcome.rank or ""),
        beneficiary=outcome.shown_name,
        beneficiary_url=organisation.url if organisation else "",
        project=outcome.project_title or outcome.project_name or "",
        project_url=project_url,
        project_page=outcome.project_name or "",
        result=outcome.get_result_display(),
        funded=outcome.result == OutcomeResult.FUNDED,
        score="" if outcome.score is None else points_words(outcome.score),
        amount="" if outcome.amount is None else money_words(outcome.amount),
    )


def totals_words(outcomes: Iterable[CallOutcome]) -> str:
    """«3 domande, 2 finanziate per 30.000 €»."""
    found = list(outcomes)
    funded = [outcome for outcome in found if outcome.result == OutcomeResult.FUNDED]
    total = sum((outcome.amount for outcome in funded if outcome.amount is not None), Decimal(0))
    words = ngettext("%(count)s domanda", "%(count)s domande", len(found)) % {"count": len(found)}
    if not funded:
        return gettext("%(applications)s, nessuna finanziata.") % {"applications": words}
    count = ngettext("%(count)s finanziata", "%(count)s finanziate", len(funded)) % {"count": len(funded)}
    if not total:
        return gettext("%(applications)s, %(funded)s.") % {"applications": words, "funded": count}
    values = {"applications": words, "funded": count, "amount": money_words(total)}
    return gettext("%(applications)s, %(funded)s per %(amount)s in tutto.") % values


def points_words(points: Decimal) -> str:
    """«7,5»: without zeros that say nothing."""
    plain = points.normalize()
    places = max(0, -int(plain.as_tuple().exponent))
    return number_format(points, decimal_pos=places)


@dataclass(frozen=True, slots=True)
class Interests:
    """Who says they are interested in a call: those who may be named, and how many others there are."""

    named: list[CallInterest]
    unnamed: int

    @property
    def total(self) -> int:
        """All of them."""
        return len(self.named) + self.unnamed


def interests_of(interests: Iterable[CallInterest]) -> Interests:
    """Who is in, for the page, as `to_show` reads them."""
    found = list(interests)
    named = [interest for interest in found if interest.may_be_shown]
    return Interests(named=named, unnamed=len(found) - len(named))


def criteria_of(criteria: Iterable) -> dict[str, object] | None:
    """The criteria for the page: rows of (title, points) and the total of the points; None if there are none.

    Args:
        criteria: blocks with values as `bandi.blocks.CriterionBlock` gives them.
    """
    rows = [(block.value["title"], block.value["points"]) for block in criteria]
    if not rows:
        return None
    points = [value for _title, value in rows if value is not None]
    return {
        "rows": [(title, "" if value is None else points_words(value)) for title, value in rows],
        "total": points_words(sum(points, Decimal(0))) if points else "",
    }
