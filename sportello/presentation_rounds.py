"""What pages say about rounds, in the reader's language."""

from typing import Literal

from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from portal.pages.words import moment_words
from sportello.matching import Exposure, Refusal

from .actions.round_lists import lists_are_open
from .enums_rounds import LIVE_STATES, TOLD_STATES, PairKind, RoundState
from .models import Host, MatchRound, RoundEvent, RoundOffer, RoundResult, YouthProfile

R = RoundState


def youth_state(match_round: MatchRound) -> dict:
    """The state of a round for a young person, ready for `components/state.html`."""
    if match_round.state == R.OPEN:
        if lists_are_open(match_round):
            return {"label": _("Liste aperte"), "tone": "success"}
        if match_round.lists_open_at > timezone.now():
            return {"label": _("Apre presto"), "tone": "info"}
    if match_round.state in LIVE_STATES:
        return {"label": _("Liste chiuse, risultato in arrivo"), "tone": "accent"}
    if match_round.state in TOLD_STATES:
        return {"label": _("Risultato pronto"), "tone": "info"}
    return {"label": str(match_round.get_state_display()), "tone": "warning"}


def youth_next(match_round: MatchRound, saved: bool) -> str:
    """What a young person should know or do now."""
    if match_round.state == R.OPEN:
        if lists_are_open(match_round):
            until = {"until": moment_words(match_round.lists_close_at)}
            if saved:
                return _("La tua lista è salvata. Puoi cambiarla fino a %(until)s.") % until
            return _("Hai tempo fino a %(until)s per salvare la tua lista.") % until
        if match_round.lists_open_at > timezone.now():
            return _("Le liste aprono %(day)s.") % {"day": moment_words(match_round.lists_open_at)}
    if match_round.state in LIVE_STATES:
        if match_round.bands_close_at < timezone.now():
            return _("Le liste e le fasce sono chiuse: appena esce il risultato ti scriviamo.")
        return _(
            "Le realtà mettono in fasce chi ha scelto le loro offerte fino a %(until)s; poi esce il risultato "
            "e ti scriviamo."
        ) % {"until": moment_words(match_round.bands_close_at)}
    if match_round.state in TOLD_STATES:
        return _("Leggi che cosa è successo per ogni offerta della tua lista.")
    return match_round.state_reason


def crowding(exposure: Exposure) -> str:
    """Why an offer stands lower in a draft than its points alone would put it; empty when it does not.

    What is open in a round are candidatures and lists together: only how many they are is said.
    """
    if not exposure.penalty:
        return ""
    return _(
        "Più è chiesta, più sta in basso nella bozza: candidature e liste %(open)s, posti liberi %(seats)s, "
        "%(penalty)s punti in meno."
    ) % {"penalty": exposure.penalty, "open": exposure.open_applications, "seats": exposure.seats_free}


def why_sentence(line: dict) -> str:
    """One kept reason in the reader's language, in words that reveal nobody."""
    language: Literal["it", "en"] = "en" if (get_language() or "").startswith("en") else "it"
    return Refusal(str(line["offer"]), line["reason"], line["decided_by"]).sentence(language)


def result_title(result: RoundResult) -> str:
    """What the round says to a person, in a line."""
    if result.round_offer:
        return _("C'è una proposta per te: %(offer)s") % {"offer": result.round_offer.offer.title}
    return _("Questa volta non è uscito un posto")


def event_words(event: RoundEvent) -> str:
    """What happened to a round, for the desk."""
    words = {
        "created": _("Tornata preparata"),
        "offers_chosen": _("Offerte scelte"),
        "deadlines_changed": _("Date cambiate (fine liste, fine fasce)"),
        R.OPEN: _("Liste aperte, seme pubblicato"),
        R.BANDS: _("Liste chiuse, fasce in bozza"),
        R.READY: _("Pronta per l'esecuzione") if event.from_state != R.RUN else _("Riaperta prima di pubblicare"),
        R.RUN: pgettext("round", "Eseguita"),
        R.PUBLISHED: pgettext("round", "Pubblicata"),
        R.CLOSED: pgettext("round", "Chiusa"),
        R.CANCELLED: pgettext("round", "Annullata"),
        "bands_saved": _("Fasce salvate"),
        "reminded": _("Promemoria a chi non ha salvato la lista"),
        "seats_sent": _("Posti proposti"),
        f"{PairKind.PIN}_added": _("Coppia già concordata"),
        f"{PairKind.BAN}_added": _("Coppia esclusa"),
        f"{PairKind.PIN}_removed": _("Coppia concordata tolta"),
        f"{PairKind.BAN}_removed": _("Esclusione tolta"),
    }
    return str(words.get(event.verb, event.verb))


def timeline(match_round: MatchRound) -> list[dict]:
    """The story of a round for the desk, newest last. One query."""
    return [
        {
            "date": moment_words(event.at),
            "title": event_words(event),
            "text": " · ".join(
                part for part in (str(event.user) if event.user else event.get_actor_display(), event.reason) if part
            ),
        }
        for event in match_round.events.select_related("user").order_by("at", "pk")
    ]


RESULT_DAYS = 30
"""How long a result stands on a young person's first page."""


def waiting_for_youth(profile: YouthProfile) -> list[dict]:
    """What of rounds belongs on a young person's first page: a list to make, a fresh result. One query."""
    found = []
    now = timezone.now()
    for row in MatchRound.objects.for_youth(profile).filter(state__in=(R.OPEN, *TOLD_STATES)):
        if lists_are_open(row):
            label = _("Cambia la lista") if row.has_part else _("Fai la tua lista")
            found.append({"round": row, "text": youth_next(row, row.has_part), "label": label})
        elif row.published_at and row.has_part and (now - row.published_at).days < RESULT_DAYS:
            found.append({"round": row, "text": _("Il risultato è pronto."), "label": _("Leggi il risultato")})
    return found


def waiting_for_host(host: Host) -> list[RoundOffer]:
    """A host's offers whose bands are still those of the draft, while there is time. One query."""
    rows = RoundOffer.objects.for_host(host).with_band_counts()
    return list(rows.filter(round__state=R.BANDS, round__bands_close_at__gt=timezone.now(), drafted__gt=0))
