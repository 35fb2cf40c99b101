"""From rows to what the components of the design system show: states, small facts, timelines."""

import re
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from portal.pages.words import day_words, moment_words
from sportello.matching import band_number

from . import scoring
from .application_enums import ANSWER_DAYS
from .enums import ApplicationState, OfferState, StudyPath, YouthStatus
from .models import Application, Offer, Skill
from .timeline import timeline as timeline
from .week import describe

A = ApplicationState

_OFFER_TONES: dict[str, str] = {
    OfferState.IN_REVIEW: "accent",
    OfferState.RETURNED: "warning",
    OfferState.REFUSED: "danger",
    OfferState.PUBLISHED: "success",
    OfferState.STALE: "warning",
    OfferState.SUSPENDED: "danger",
}
_APPLICATION_TONES: dict[str, str] = {
    A.OFFERED: "accent",
    A.ACCEPTED: "success",
    A.EXPIRED: "warning",
    A.RESCINDED: "warning",
}

_ELIDED = {"dal": "dall'", "al": "all'", "il": "l'"}
WITH_FREE_SEATS = (OfferState.PUBLISHED, OfferState.FULL, OfferState.PAUSED)
"""Offers whose free places mean something: in the others nobody can be given one."""


def offer_state(offer: Offer) -> dict:
    """A state for `components/state.html`."""
    return {"label": offer.get_state_display(), "tone": _OFFER_TONES.get(offer.state, ""), "icon": ""}


def application_state(application: Application) -> dict:
    """A state for `components/state.html`."""
    tone = _APPLICATION_TONES.get(application.state, "")
    return {"label": application.get_state_display(), "tone": tone, "icon": ""}


def period_words(start: date, end: date) -> str:
    """From one day to another in words: in Italian the article is cut before eight and eleven, "dall'8 all'11"."""
    return _cut(_("dal %(start)s al %(end)s") % _days(start, end))


def offer_days(offer: Offer) -> str:
    """When it takes place: its days, or how long it lasts and between which days if that is shorter."""
    if not offer.duration_weeks:
        return period_words(offer.start_date, offer.end_date)
    weeks = ngettext("%(n)s settimana", "%(n)s settimane", offer.duration_weeks) % {"n": offer.duration_weeks}
    between = _cut(_("tra il %(start)s e il %(end)s") % _days(offer.start_date, offer.end_date))
    return _("%(weeks)s, %(period)s") % {"weeks": weeks, "period": between}


def _days(start: date, end: date) -> dict[str, str]:
    """Two days in words; the year of the first only if the second has another."""
    first = day_words(start, weekday=False)
    return {
        "start": first.removesuffix(f" {start.year}") if start.year == end.year else first,
        "end": day_words(end, weekday=False),
    }


def _cut(words: str) -> str:
    """Cut the Italian article before eight and eleven."""
    return re.sub(r"\b(dal|al|il) (?=(?:8|11)\b)", lambda found: _ELIDED[found[1]], words)


def seats_left(offer: Offer) -> str:
    """How many places are free, in words, or how many there are when nobody can have one now.

    The offer comes from `with_counts()`.
    """
    if offer.state not in WITH_FREE_SEATS:
        return ngettext("%(seats)s posto", "%(seats)s posti", offer.seats_count) % {"seats": offer.seats_count}
    if offer.seats_free <= 0:
        return _("posti esauriti")
    return ngettext("%(free)s posto libero", "%(free)s posti liberi", offer.seats_free) % {"free": offer.seats_free}


def place(offer: Offer) -> str:
    """Where it takes place."""
    if offer.remote:
        return _("%(municipality)s o a distanza") % {"municipality": offer.municipality}
    return str(offer.municipality)


def full_place(offer: Offer) -> str:
    """Where it takes place, with the street if it is known."""
    return ", ".join(part for part in (offer.address, place(offer)) if part)


def offer_meta(offer: Offer) -> list[dict]:
    """The small facts of an offer for cards and headers; that no place is left, its state says beside them."""
    facts = [
        {"icon": "it-map-marker", "text": place(offer)},
        {"icon": "it-calendar", "text": offer_days(offer)},
    ]
    if offer.state != OfferState.FULL:
        facts.append({"icon": "it-user", "text": seats_left(offer)})
    return facts


def offer_kicker(offer: Offer) -> str:
    """Kind and host, in one line; invented hosts are plainly marked."""
    words = f"{offer.get_kind_display()} · {offer.host.organisation.name}"
    return f"{words} ({_('esempio inventato')})" if offer.host.organisation.is_example else words


def offer_card(offer: Offer, url: str = "") -> dict:
    """Variables of `components/card.html`."""
    return {
        "offer": offer,
        "title": offer.title,
        "url": url or offer.get_absolute_url(),
        "kicker": offer_kicker(offer),
        "text": offer.summary,
        "meta": offer_meta(offer),
        "state": offer_state(offer) if offer.state == OfferState.FULL else None,
    }


def offer_facts(offer: Offer, *, public: bool = False, seats: bool = True) -> list[dict]:
    """The items of the facts box of an offer; the public page names no person, not even who accompanies.

    Args:
        seats: whether to say how many there are and are left: who holds one need not read that there are none.
    """
    ages = _("da %(least)s anni") % {"least": offer.minimum_age}
    if offer.maximum_age:
        ages = _("da %(least)s a %(most)s anni") % {"least": offer.minimum_age, "most": offer.maximum_age}
    free = f" ({seats_left(offer)})" if seats and offer.state in WITH_FREE_SEATS else ""
    indemnity = _("%(euro)s € al mese") % {"euro": offer.indemnity} if offer.indemnity else _("non prevista")
    return [
        {"label": _("Chi ospita"), "value": offer.host.organisation.name},
        {"label": _("Tipo"), "value": offer.get_kind_display()},
        {"label": _("Settore"), "value": offer.sector.label},
        {"label": _("Quando"), "value": offer_days(offer)},
        {
            "label": _("Orari"),
            "entries": [{"title": line} for line in describe(offer.schedule)],
        },
        {
            "label": _("Ore alla settimana"),
            "value": str(offer.weekly_hours),
        },
        {"label": _("Dove"), "value": full_place(offer)},
        {"label": _("Indennità"), "value": indemnity},
        {"label": _("Posti"), "value": f"{offer.seats_count}{free}" if seats else ""},
        {"label": _("Età"), "value": ages},
        {
            "label": _("Chi ti accompagna") if public else _("Chi accompagna"),
            "value": _("una persona di chi ospita, che conosci prima di cominciare") if public else offer.tutor_name,
        },
        {"label": _("Rischi particolari"), "value": offer.hazards},
    ]


def youth_next(application: Application) -> str:
    """What a young person should know or do now, in one sentence or two."""
    state = application.state
    if state == A.OFFERED and application.expires_at:
        return _("Il posto è tuo fino a %(until)s. Scegli se accettarlo.") % {
            "until": moment_words(application.expires_at)
        }
    if state == A.SUBMITTED:
        if application.read_at:
            return _("L'hanno letta. Ti scriviamo appena rispondono.")
        return _("Ora tocca a loro: hanno %(days)s giorni, e ti scriviamo appena rispondono.") % {"days": ANSWER_DAYS}
    if state == A.DRAFT:
        return _("È una bozza: finiscila quando vuoi, poi inviala.")
    if state == A.IN_REVIEW:
        return _("La legge prima una persona dello Sportello: ti scriviamo appena parte.")
    if state == A.SHORTLISTED:
        return _("Vogliono conoscerti: ti scriviamo appena propongono quando.")
    if state == A.WAITLISTED:
        return _("Per ora i posti sono presi. Non devi fare nulla: appena se ne libera uno per te, ti scriviamo.")
    if state == A.ACCEPTED and application.start_date and application.end_date:
        return _("Da %(start)s a %(end)s. Lo Sportello ti contatta per i documenti.") % {
            "start": day_words(application.start_date),
            "end": day_words(application.end_date),
        }
    return ""


def youth_next_in_list(application: Application) -> str:
    """The same for a row that was read with `for_youth`, which knows about the meeting too."""
    if application.state == A.SHORTLISTED:
        if application.times_to_pick:
            return _("Scegli quando incontrarvi.")
        if application.meets_at and application.meets_at > timezone.now():
            return _("Vi incontrate %(when)s.") % {"when": moment_words(application.meets_at)}
        if application.meets_at:
            return _("Vi siete incontrati: ora tocca a loro.")
    return youth_next(application)


def waiting_since(application: Application) -> str:
    """How long an application has waited for the host, in words."""
    days = application.days_waiting(timezone.now())
    if days < 0:
        return _("dopo l'incontro")
    if not days:
        return _("arrivata oggi") if application.state == A.SUBMITTED else _("da oggi")
    return ngettext("aspetta da %(days)s giorno", "aspetta da %(days)s giorni", days) % {"days": days}


def shared_facts(application: Application) -> list[dict]:
    """What the young person shared with the host when sending, as items of the facts box. One query."""
    shared = application.shared
    by_slug = {skill.slug: skill.label for skill in Skill.objects.filter(slug__in=shared.get("skills", []))}
    return [
        {"label": _("Nome"), "value": shared.get("name", "")},
        {"label": _("Comune"), "value": shared.get("home", "")},
        {"label": _("Adesso"), "value": _choice(YouthStatus, shared.get("status"))},
        {"label": _("Percorso di studi"), "value": _choice(StudyPath, shared.get("study_path"))},
        {"label": _("Studi in due parole"), "value": shared.get("study_note", "")},
        {
            "label": _("Competenze e lingue"),
            "entries": [{"title": by_slug[slug]} for slug in shared.get("skills", []) if slug in by_slug],
        },
        {"label": _("Quando può"), "entries": [{"title": line} for line in describe(shared.get("availability", 0))]},
    ]


def _choice(choices, value: str | None) -> str:
    return str(choices(value).label) if value in choices.values else ""


_BAND_WORDS = (
    gettext_lazy("Molto vicina a quello che cerchi"),
    gettext_lazy("Vicina a quello che cerchi"),
    gettext_lazy("In parte vicina a quello che cerchi"),
    gettext_lazy("Diversa da quello che cerchi: guarda che cosa la muove"),
)


def host_band(application: Application) -> str:
    """How near an application is to what the host asks for, in four wide bands: never a number to rank people by.

    Empty when no score was kept. The bands are those in which a round drafts its lists.
    """
    if application.score is None:
        return ""
    points = sum(row["points"] for row in application.breakdown.get("host", []))
    return str(_BAND_WORDS[band_number(points)])


def host_factors(application: Application) -> list[dict]:
    """The host's side of the score kept when the application was sent."""
    return scoring.from_json(application.breakdown, "host")
