"""What is kept about one young person, in their words; see `own_data`."""

from collections.abc import Callable, Sequence
from datetime import date

from django.conf import settings
from django.db.models import Prefetch
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from . import timeline, week
from .enums import StudyPath, YouthStatus
from .enums_rounds import BAND_LABELS, TOLD_STATES
from .models import (
    Application,
    ApplicationMessage,
    Consent,
    CvAccess,
    InterviewSlot,
    RoundBand,
    RoundChoice,
    RoundPerson,
    RoundResult,
    Skill,
    SupportNoteAccess,
    YouthProfile,
)
from .own_data_words import Entries, Value, words
from .presentation import period_words
from .presentation_rounds import result_title, why_sentence


def consent_entry(row: Consent) -> dict[str, Value]:
    """One answer, with the words it was given to and how."""
    return words(
        {
            _("Per che cosa"): row.get_purpose_display(),
            _("Testo"): row.text.question,
            _("Versione"): row.text.version,
            _("Risposta come"): row.get_given_as_display(),
            _("Dato il"): row.granted_at,
            _("Negato il"): row.refused_at,
            _("Revocato il"): row.revoked_at,
            _("Per i giorni"): _days(row.evidence.get("days", ())),
            _("Lingua"): dict(settings.LANGUAGES).get(row.evidence.get("language", ""), ""),
            _("Impronta del testo"): row.evidence.get("text_sha256", ""),
        }
    )


def _days(days: Sequence[str]) -> str:
    """The first and last day that a consent was given for, as `evidence` keeps them."""
    if len(days) != 2 or not all(days):
        return ", ".join(days)
    start, end = (date.fromisoformat(day) for day in days)
    return period_words(start, end)


def _profile(profile: YouthProfile) -> Entries:
    return [
        words(
            {
                _("Data di nascita"): profile.birth_date,
                _("Comune"): str(profile.home),
                _("Telefono"): profile.phone,
                _("Adesso"): profile.get_status_display(),
                _("Percorso di studi"): profile.get_study_path_display(),
                _("Studi in due parole"): profile.study_note,
                _("Interessi"): ", ".join(str(row) for row in profile.interests.all()),
                _("Competenze e lingue"): ", ".join(str(row) for row in profile.skills.all()),
                _("Vuoi imparare"): ", ".join(str(row) for row in profile.goals.all()),
                _("Quando puoi"): "; ".join(week.describe(profile.availability)),
                _("Ore alla settimana"): profile.weekly_hours_max,
                _("Disponibile dal"): profile.available_from,
                _("Disponibile fino al"): profile.available_until,
                _("Come ti sposti"): ", ".join(profile.travel_means_labels),
                _("Chilometri"): profile.max_distance_km,
                _("Sportello"): str(profile.desk),
            }
        )
    ]


def _corrections(profile: YouthProfile) -> Entries:
    return [
        words({_("Quando"): row.at, _("Prima"): row.before, _("Dopo"): row.after, _("Motivo"): row.reason})
        for row in profile.birth_date_corrections.order_by("pk")
    ]


def _consents(profile: YouthProfile) -> Entries:
    return [consent_entry(row) for row in profile.consents.for_list()]


def _guardians(profile: YouthProfile) -> Entries:
    return [
        words(
            {
                _("Chi"): str(row.guardian),
                _("Legame"): row.get_relation_display(),
                _("Invito del"): row.invited_at,
                _("Dal"): row.confirmed_at,
                _("Fino al"): row.ended_at,
            }
        )
        for row in profile.guardian_links.for_list()
    ]


def _curricula(profile: YouthProfile) -> Entries:
    return [
        words(
            {
                _("File"): row.name,
                _("Caricato il"): row.uploaded_at,
                _("Allegato a"): "; ".join(attached.application.offer.title for attached in row.attachments.all()),
            }
        )
        for row in profile.curricula.prefetch_related("attachments__application__offer").order_by("pk")
    ]


def _shared(shared: dict, names: dict[str, str]) -> dict[str, str]:
    """What was shown to a host, label by label."""
    status, path = shared.get("status", ""), shared.get("study_path", "")
    return {
        _("Nome mostrato"): shared.get("name", ""),
        _("Comune mostrato"): shared.get("home", ""),
        _("Adesso, come mostrato"): str(YouthStatus(status).label) if status in YouthStatus.values else "",
        _("Studi mostrati"): str(StudyPath(path).label) if path in StudyPath.values else "",
        _("Studi in due parole, come mostrati"): shared.get("study_note", ""),
        _("Competenze mostrate"): ", ".join(names.get(slug, slug) for slug in shared.get("skills", ())),
        _("Quando puoi, come mostrato"): "; ".join(week.describe(shared.get("availability", 0))),
    }


def _skill_names(rows) -> dict[str, str]:
    slugs = {slug for row in rows for slug in row.shared.get("skills", ())}
    return {row.slug: str(row) for row in Skill.objects.filter(slug__in=slugs)} if slugs else {}


def _applications(profile: YouthProfile) -> Entries:
    rows = list(
        Application.objects.filter(youth=profile)
        .select_related("offer__host__organisation")
        .with_events()
        .order_by("pk")
    )
    names = _skill_names(rows)
    return [
        words(
            {
                _("Offerta"): row.offer.title,
                _("Chi ospita"): str(row.offer.host),
                _("Stato"): row.get_state_display(),
                _("Inviata il"): row.submitted_at,
                _("Che cosa hai scritto"): row.motivation,
                **_shared(row.shared, names),
                _("Punteggio all'invio"): row.score,
                _("Dal"): row.start_date,
                _("Al"): row.end_date,
                _("Che cosa è successo"): "\n".join(
                    ". ".join(part for part in (f"{item['date']}: {item['title']}", item["text"]) if part)
                    for item in timeline.timeline(row, "youth")
                ),
            }
        )
        for row in rows
    ]


def _meetings(profile: YouthProfile) -> Entries:
    rows = InterviewSlot.objects.filter(application__youth=profile).select_related("application__offer")
    return [
        words(
            {
                _("Offerta"): row.application.offer.title,
                _("Quando"): row.starts_at,
                _("Dove"): row.place,
                _("Stato"): row.get_state_display(),
            }
        )
        for row in rows.order_by("pk")
    ]


def _messages(profile: YouthProfile) -> Entries:
    rows = ApplicationMessage.objects.filter(application__youth=profile).select_related("application__offer")
    return [
        words(
            {
                _("Offerta"): row.application.offer.title,
                _("Quando"): row.at,
                _("Scritto da"): _("te") if row.user_id == profile.user_id else row.get_side_display(),
                _("Testo"): row.text,
            }
        )
        for row in rows.order_by("pk")
    ]


def _placements(profile: YouthProfile) -> Entries:
    return [
        words({_("Dal"): row.start_date, _("Al"): row.end_date, _("Stato"): row.get_state_display()})
        for row in profile.placements.order_by("pk")
    ]


def _proposals(profile: YouthProfile) -> Entries:
    return [
        words(
            {
                _("Offerta"): row.offer.title,
                _("Proposta il"): row.created_at,
                _("Due parole dello Sportello"): row.message,
                _("Punteggio"): row.score,
                _("Stato"): row.get_state_display(),
            }
        )
        for row in profile.proposals.select_related("offer").order_by("pk")
    ]


def _rounds(profile: YouthProfile) -> Entries:
    choices = RoundChoice.objects.select_related("round_offer__offer").order_by("rank")
    bands = RoundBand.objects.select_related("round_offer__offer").order_by("pk")
    people = list(
        RoundPerson.objects.filter(youth=profile)
        .select_related("round")
        .prefetch_related(Prefetch("choices", choices), Prefetch("bands", bands))
        .order_by("pk")
    )
    results = {
        row.round_id: row
        for row in RoundResult.objects.filter(youth=profile, round__state__in=TOLD_STATES).select_related(
            "round_offer__offer"
        )
    }
    names = _skill_names(people)
    return [
        words(
            {
                _("Tornata"): person.round.name,
                _("Nome inventato usato nel calcolo"): person.pseudonym,
                _("Lista salvata il"): person.saved_at,
                _("La tua lista"): "; ".join(
                    f"{row.rank}. {row.round_offer.offer.title}" for row in person.choices.all()
                ),
                _("Che cosa hai scritto"): person.motivation,
                **_shared(person.shared, names),
                **_outcome(person, results.get(person.round_id)),
            }
        )
        for person in people
    ]


def _outcome(person: RoundPerson, result: RoundResult | None) -> dict[str, str]:
    """Where hosts put somebody and what came out, once the round has been published."""
    if result is None:
        return {}
    return {
        _("Fasce"): "; ".join(
            f"{row.round_offer.offer.title}: {BAND_LABELS[row.band] if row.band else _('nessuna')}"
            for row in person.bands.all()
        ),
        _("Risultato"): result_title(result),
        _("Perché non le altre"): " ".join(why_sentence(line) for line in result.why),
    }


def _notes(profile: YouthProfile) -> Entries:
    return [
        words({_("Quando"): row.created_at, _("A che cosa serve"): row.get_purpose_display(), _("Nota"): row.text})
        for row in profile.support_notes.filter(removed_at__isnull=True).order_by("pk")
    ]


def _looked(profile: YouthProfile) -> Entries:
    """When the desk opened notes and CV, and what for: who it was is the desk's own log."""
    notes = SupportNoteAccess.objects.filter(note__youth=profile).order_by("pk")
    return [
        *(
            words(
                {
                    _("Che cosa"): _("Nota di sostegno, %(what)s") % {"what": row.get_what_display().lower()},
                    _("Quando"): row.at,
                    _("A che scopo"): row.get_purpose_display(),
                }
            )
            for row in notes
        ),
        *(
            words(
                {
                    _("Che cosa"): _("Curriculum, aperto dallo Sportello"),
                    _("Quando"): row.at,
                    _("A che scopo"): row.get_purpose_display(),
                }
            )
            for row in CvAccess.objects.filter(youth=profile).order_by("pk")
        ),
    ]


YOUTH_SECTIONS: tuple[tuple[str, str | Promise, Callable[[YouthProfile], Entries]], ...] = (
    ("profile", pgettext_lazy("own data", "Profilo"), _profile),
    ("corrections", gettext_lazy("Correzioni della data di nascita"), _corrections),
    ("consents", gettext_lazy("Consensi"), _consents),
    ("guardians", gettext_lazy("Chi risponde per te"), _guardians),
    ("curricula", pgettext_lazy("own data", "Curriculum"), _curricula),
    ("applications", gettext_lazy("Candidature"), _applications),
    ("meetings", gettext_lazy("Incontri"), _meetings),
    ("messages", gettext_lazy("Messaggi delle tue candidature"), _messages),
    ("placements", gettext_lazy("Percorsi"), _placements),
    ("proposals", gettext_lazy("Proposte dello Sportello"), _proposals),
    ("rounds", gettext_lazy("Tornate di abbinamento"), _rounds),
    ("notes", gettext_lazy("Note di sostegno"), _notes),
    ("looked", gettext_lazy("Chi ha aperto note e curriculum"), _looked),
)
"""What only a young person has here: key, title, and how it is read."""
