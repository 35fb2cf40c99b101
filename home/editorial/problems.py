"""What can be wrong with a published page, type by type, as conditions of the database.

A `Check` is one sentence an editor understands, with the condition under which it is true of a page and since when.
`checks_of` gives those of a type of page; `home.editorial.quality` asks them, one query for each type.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, F, Model, OuterRef, Q, TextChoices, TextField
from django.db.models.functions import Cast, Coalesce, TruncDate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from bandi.enums import OPEN_STATES, CallState
from bandi.models import CallInterest, CallOutcome, CallPage
from home.enums import EventMode
from home.models import ContentPage, EventPage, NewsPage
from portal.pages.mixins import ClassificationMixin, ContactsMixin, PictureMixin, ReviewMixin
from portal.pages.words import ROME, day_words
from progetti.enums import STILL_TO_CARRY_OUT, DecisionOutcome
from progetti.models import (
    BodyPage,
    DecisionPage,
    MeetingPage,
    PactPage,
    PactRequest,
    PactVersion,
    PlanPage,
    ProjectPage,
    VisionPage,
)

# A page that nobody touches for so long is asked about, unless somebody set the day of its next review.
STALE_AFTER = timedelta(days=365)
# What ends within so many days is announced.
SOON = timedelta(days=30)
# After so long people expect to read the minutes of a public meeting.
MINUTES_WITHIN = timedelta(days=30)

PAGE_TYPES: tuple[type[Page], ...] = (
    ProjectPage,
    CallPage,
    EventPage,
    NewsPage,
    ContentPage,
    PlanPage,
    VisionPage,
    BodyPage,
    PactPage,
    MeetingPage,
    DecisionPage,
)
# What they say belongs to its day: growing old is no fault of theirs.
_OF_THEIR_DAY = (EventPage, NewsPage, MeetingPage, DecisionPage)
# For everybody in the territory, about no theme in particular.
_WITHOUT_THEME = (ContentPage, VisionPage, BodyPage, MeetingPage)
_STREAMS = ("body",)


class Problem(TextChoices):
    """The kinds of problem, in the order in which the dashboard names them."""

    INCOMPLETE = "incomplete", gettext_lazy("Pagine incomplete")
    STALE = "stale", gettext_lazy("Pagine da rivedere")
    EXPIRING = "expiring", gettext_lazy("In scadenza entro 30 giorni")
    WITHOUT_OUTCOME = "without_outcome", gettext_lazy("Bandi chiusi senza esito")
    LATE_DECISIONS = "late_decisions", gettext_lazy("Decisioni in ritardo")
    SIGNATURES = "signatures", gettext_lazy("Patti con firme da verificare")
    INTERESTS = "interests", gettext_lazy("Bandi con organizzazioni da accogliere")
    SILENT_ACTIONS = "silent_actions", gettext_lazy("Azioni senza aggiornamenti")
    UNTRANSLATED = "untranslated", gettext_lazy("Pagine senza inglese")
    WITHOUT_ALT = "without_alt", gettext_lazy("Pagine con immagini senza testo alternativo")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that can be wrong.

    `condition` is a Q on the annotated type of page; `since` is an expression that gives a day, and `say` makes the
    sentence from that day (None where nobody knows it).
    """

    problem: Problem
    condition: Q
    say: Callable[[date | None], str]
    since: Any = None


def checks_of(model: type[Page], today: date, silent_plans: dict[int, int]) -> list[Check]:
    """The checks of one type of page, in the order in which the problems are told.

    Args:
        today: the day in Europe/Rome to judge by.
        silent_plans: how many actions of each plan nobody has written about for too long, by the plan's id.
    """
    return [
        *_incomplete(model, today),
        *_stale(model, today),
        *_expiring(model, today),
        *_calls_without_outcome(model, today),
        *_late_decisions(model, today),
        *_pacts(model, today),
        *_interests(model),
        *_silent_actions(model, silent_plans),
        _untranslated(),
        *_without_alt(model),
    ]


def _always(words: Any) -> Callable[[date | None], str]:
    return lambda _day: str(words)


def _has_none(model: type[Page], field: str) -> Q:
    """No row of a many-to-many field: as a subquery, so that no join multiplies the pages."""
    through = getattr(model, field).through
    return Q(~Exists(through.objects.filter(**{model._meta.model_name: OuterRef("pk")})))


def _incomplete(model: type[Page], today: date) -> Iterable[Check]:
    missing: list[tuple[Q, Any]] = []
    if issubclass(model, ClassificationMixin):
        if model not in _WITHOUT_THEME:
            missing.append((_has_none(model, "topics"), gettext_lazy("Mancano gli argomenti.")))
            missing.append((_has_none(model, "territories"), gettext_lazy("Mancano i territori.")))
        if model is not ContentPage:
            missing.append((Q(organisation__isnull=True), gettext_lazy("Non si sa chi ne risponde («a cura di»).")))
    if issubclass(model, ContactsMixin) and model not in (NewsPage, ContentPage):
        nobody = Q(contact_name="", contact_phone="", contact_email="", contact_pec="", contact_url="")
        missing.append((nobody, gettext_lazy("Non si sa a chi rivolgersi.")))
    if model is ProjectPage:
        missing.append((Q(lead__isnull=True), gettext_lazy("Manca il capofila.")))
        missing.append((Q(start__isnull=True), gettext_lazy("Non si sa quando comincia.")))
        missing.append((Q(expected_end__isnull=True, end__isnull=True), gettext_lazy("Non si sa quando finisce.")))
    if model is CallPage:
        missing.append((_has_none(model, "recipients"), gettext_lazy("Non dice a chi è rivolto.")))
        missing.append(
            (Q(official_url=""), gettext_lazy("Manca la pagina ufficiale, cioè il pulsante per partecipare."))
        )
        no_end = Q(deadline_now__isnull=True, until_funds_run_out=False)
        missing.append((no_end, gettext_lazy("Manca la scadenza.")))
    if model is EventPage:
        no_place = Q(place_name="", place_municipality__isnull=True) & ~Q(mode=EventMode.ONLINE)
        missing.append((no_place, gettext_lazy("Non dice dove si tiene.")))
        missing.append((Q(online_url="") & ~Q(mode=EventMode.IN_PERSON), gettext_lazy("Manca l'indirizzo on line.")))
    if model is MeetingPage:
        held = Q(start__lt=start_of(today - MINUTES_WITHIN), is_public=True)
        missing.append((held & Q(minutes=[], minutes_document__isnull=True), gettext_lazy("Manca il verbale.")))
    for condition, words in missing:
        yield Check(Problem.INCOMPLETE, condition, _always(words))


def _stale(model: type[Page], today: date) -> Iterable[Check]:
    if not issubclass(model, ReviewMixin):
        return
    yield Check(
        Problem.STALE,
        Q(next_review__lte=today),
        lambda day: _("La revisione era prevista per %(day)s.") % {"day": day_words(day)} if day else "",
        F("next_review"),
    )
    if model in _OF_THEIR_DAY:
        return
    oldest = today - STALE_AFTER
    yield Check(
        Problem.STALE,
        Q(next_review__isnull=True, touched_on__lt=oldest),
        lambda day: _("Nessuno la tocca da %(day)s.") % {"day": day_words(day, weekday=False)} if day else "",
        F("touched_on"),
    )


def _expiring(model: type[Page], today: date) -> Iterable[Check]:
    first, last = start_of(today), start_of(today + SOON)
    yield Check(
        Problem.EXPIRING,
        Q(expire_at__gte=first, expire_at__lt=last),
        lambda day: _("Sparirà dal sito %(day)s.") % {"day": day_words(day)} if day else "",
        _rome_day("expire_at"),
    )
    if model is CallPage:
        yield Check(
            Problem.EXPIRING,
            Q(state_now__in=[state.value for state in OPEN_STATES], deadline_now__gte=first, deadline_now__lt=last),
            lambda day: _("Il bando scade %(day)s.") % {"day": day_words(day)} if day else "",
            _rome_day("deadline_now"),
        )
    if model is NewsPage:
        yield Check(
            Problem.EXPIRING,
            Q(expiry__gte=today, expiry__lt=today + SOON),
            lambda day: _("L'avviso vale fino a %(day)s.") % {"day": day_words(day)} if day else "",
            F("expiry"),
        )


def _calls_without_outcome(model: type[Page], today: date) -> Iterable[Check]:
    """A call that is over, whose outcomes nobody has written: neither row by row nor in words.

    While the day on which they come out is still ahead nobody is asked for them.
    """
    if model is not CallPage:
        return
    over = Q(state_now__in=[CallState.UNDER_EVALUATION.value, CallState.CLOSED.value])
    yield Check(
        Problem.WITHOUT_OUTCOME,
        over
        & Q(outcomes_note="")
        & (Q(publication_of_outcomes__isnull=True) | Q(publication_of_outcomes__lte=today))
        & Q(~Exists(CallOutcome.objects.public().filter(call=OuterRef("pk")))),
        lambda day: (
            _("È scaduto %(day)s e la pagina non dice com'è finita.") % {"day": day_words(day)}
            if day
            else _("È chiuso e la pagina non dice com'è finita.")
        ),
        _rome_day("deadline_now"),
    )


def _late_decisions(model: type[Page], today: date) -> Iterable[Check]:
    """An approved decision whose day has passed and that nobody has said to be carried out or dropped."""
    if model is not DecisionPage:
        return
    yield Check(
        Problem.LATE_DECISIONS,
        Q(outcome=DecisionOutcome.APPROVED, carrying_out__in=STILL_TO_CARRY_OUT, due__lt=today),
        lambda day: _("Andava attuata entro %(day)s.") % {"day": day_words(day)} if day else "",
        F("due"),
    )


def _pacts(model: type[Page], today: date) -> Iterable[Check]:
    """A pact without text, one about to end or over without a word on how it went, signatures that wait."""
    if model is not PactPage:
        return
    texts = PactVersion.objects.begun(today).filter(pact=OuterRef("pk"))
    yield Check(Problem.INCOMPLETE, Q(~Exists(texts)), _always(gettext_lazy("Non ha un testo in vigore.")))
    yield Check(
        Problem.EXPIRING,
        Q(end__gte=today, end__lt=today + SOON),
        lambda day: _("Il patto scade %(day)s.") % {"day": day_words(day)} if day else "",
        F("end"),
    )
    yield Check(
        Problem.STALE,
        Q(end__lt=today) & (Q(last_review__isnull=True) | Q(last_review__lte=F("end"))),
        lambda day: (
            _("È scaduto %(day)s: di' com'è andata, o cambia la data di fine.") % {"day": day_words(day)} if day else ""
        ),
        F("end"),
    )
    waiting = PactRequest.objects.to_verify().order_by().filter(version__pact=OuterRef("pk"))
    words = gettext_lazy("Qualcuno aspetta che la sua firma sia verificata.")
    yield Check(Problem.SIGNATURES, Q(Exists(waiting)), _always(words))


def _interests(model: type[Page]) -> Iterable[Check]:
    """A call that organisations have said they are interested in, and that nobody has answered yet."""
    if model is CallPage:
        waiting = CallInterest.objects.to_moderate().order_by().filter(call=OuterRef("pk"))
        words = gettext_lazy("Un'organizzazione aspetta di essere accolta in «Chi ci sta?».")
        yield Check(Problem.INTERESTS, Q(Exists(waiting)), _always(words))


def _silent_actions(model: type[Page], silent_plans: dict[int, int]) -> Iterable[Check]:
    """One check for each number of silent actions: the sentence says how many they are."""
    if model is not PlanPage:
        return
    for count in sorted(set(silent_plans.values())):
        plans = [plan for plan, number in silent_plans.items() if number == count]
        words = _("Azioni di cui nessuno scrive da troppo tempo: %(count)s.") % {"count": count}
        yield Check(Problem.SILENT_ACTIONS, Q(pk__in=plans), _always(words))


def _untranslated() -> Check:
    english = Page.objects.filter(
        translation_key=OuterRef("translation_key"), locale__language_code="en", alias_of__isnull=True, live=True
    )
    return Check(Problem.UNTRANSLATED, Q(~Exists(english)), _always(gettext_lazy("Non c'è in inglese.")))


def _without_alt(model: type[Page]) -> Iterable[Check]:
    if issubclass(model, PictureMixin):
        yield Check(
            Problem.WITHOUT_ALT,
            Q(image__isnull=False, image_alt="", image__description=""),
            _always(gettext_lazy("L'immagine della pagina non ha un testo alternativo.")),
        )
    for field in _STREAMS:
        if not any(item.name == field for item in model._meta.get_fields()):
            continue
        # Python writes the keys of the block in this order, and PostgreSQL keeps them so: shorter names first.
        plain = Q(**{f"{field}_text__contains": '"alt_text": "", "decorative": false'})
        plain |= Q(**{f"{field}_text__contains": '"alt_text": null, "decorative": false'})
        yield Check(
            Problem.WITHOUT_ALT,
            plain,
            _always(gettext_lazy("Un'immagine nel testo non ha un testo alternativo.")),
        )


def annotate(pages: Any, model: type[Model]) -> Any:
    """What the conditions speak of beyond the fields: the state of a call, the text of a stream, the last touch."""
    if model is CallPage:
        pages = pages.with_state()
    streams = {
        f"{field}_text": Cast(F(field), TextField())
        for field in _STREAMS
        if any(item.name == field for item in model._meta.get_fields())
    }
    return pages.alias(
        touched_on=Coalesce(
            TruncDate("latest_revision_created_at", tzinfo=ROME), TruncDate("last_published_at", tzinfo=ROME)
        ),
        **streams,
    )


def start_of(day: date) -> datetime:
    """The first moment of a day in Europe/Rome."""
    return datetime(day.year, day.month, day.day, tzinfo=ROME)


def _rome_day(field: str) -> TruncDate:
    return TruncDate(field, tzinfo=ROME)
