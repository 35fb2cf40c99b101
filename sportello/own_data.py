"""Everything that the Sportello keeps about one person, in words: for the page that shows it and for the file."""

from django.utils.translation import gettext as _

from . import week
from .models import Application, ApplicationMessage, Consent, GuardianLink, HostMembership, YouthProfile

Section = tuple[str, list[dict[str, str]]]
"""A title, and its entries: each a mapping of labels to values."""


def collect(user) -> list[Section]:
    """Return the sections that have something, in the reader's language. The number of queries does not grow."""
    sections: list[Section] = [
        (
            _("Account"),
            [
                _words(
                    {
                        _("Nome"): user.first_name,
                        _("Cognome"): user.last_name,
                        _("Indirizzo e-mail"): user.email,
                        _("Creato il"): user.date_joined,
                        _("Ultimo accesso"): user.last_login,
                        _("Informativa letta il"): user.privacy_read_at,
                    }
                )
            ],
        )
    ]
    profile = YouthProfile.objects.with_lists().filter(user=user).first()
    if profile is not None:
        sections += _youth(profile)
    sections.append((_("Risposte date per altri"), [_consent(row) for row in _given(user)]))
    sections.append(
        (
            _("Per chi rispondi"),
            [
                _words({_("Chi"): str(row.youth), _("Legame"): row.get_relation_display(), _("Dal"): row.confirmed_at})
                for row in GuardianLink.objects.of(user).for_list()
            ],
        )
    )
    sections.append(
        (
            _("Realtà per cui agisci"),
            [
                _words({_("Realtà"): str(row.host), _("Ruolo"): row.get_role_display(), _("Dal"): row.created_at})
                for row in HostMembership.objects.filter(user=user).select_related("host__organisation").order_by("pk")
            ],
        )
    )
    sections.append(
        (
            _("E-mail che non vuoi"),
            [_words({_("Quali"): row.get_topic_display()}) for row in user.muted_topics.order_by("pk")],
        )
    )
    return [section for section in sections if section[1]]


def _given(user):
    return Consent.objects.filter(given_by=user).exclude(youth__user=user).for_list()


def _youth(profile: YouthProfile) -> list[Section]:
    applications = (
        Application.objects.filter(youth=profile)
        .select_related("offer__host__organisation", "attached_cv__cv")
        .order_by("pk")
    )
    return [
        (
            _("Profilo"),
            [
                _words(
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
            ],
        ),
        (_("Consensi"), [_consent(row) for row in profile.consents.for_list()]),
        (
            _("Chi risponde per te"),
            [
                _words(
                    {_("Chi"): str(row.guardian), _("Legame"): row.get_relation_display(), _("Dal"): row.confirmed_at}
                )
                for row in profile.guardian_links.for_list()
            ],
        ),
        (
            _("Curriculum"),
            [_words({_("File"): row.name, _("Caricato il"): row.uploaded_at}) for row in profile.curricula.all()],
        ),
        (
            _("Candidature"),
            [
                _words(
                    {
                        _("Offerta"): row.offer.title,
                        _("Chi ospita"): str(row.offer.host),
                        _("Stato"): row.get_state_display(),
                        _("Inviata il"): row.submitted_at,
                        _("Che cosa hai scritto"): row.motivation,
                        _("Nome mostrato"): row.shared.get("name", ""),
                        _("Punteggio all'invio"): row.score,
                        _("Dal"): row.start_date,
                        _("Al"): row.end_date,
                    }
                )
                for row in applications
            ],
        ),
        (
            _("Messaggi scritti da te"),
            [
                _words({_("Quando"): row.at, _("Testo"): row.text})
                for row in ApplicationMessage.objects.filter(user_id=profile.user_id).order_by("pk")
            ],
        ),
        (
            _("Percorsi"),
            [
                _words({_("Dal"): row.start_date, _("Al"): row.end_date, _("Stato"): row.get_state_display()})
                for row in profile.placements.order_by("pk")
            ],
        ),
    ]


def _consent(row: Consent) -> dict[str, str]:
    return _words(
        {
            _("Per che cosa"): row.get_purpose_display(),
            _("Testo"): row.text.question,
            _("Versione"): row.text.version,
            _("Dato il"): row.granted_at,
            _("Negato il"): row.refused_at,
            _("Revocato il"): row.revoked_at,
        }
    )


def _words(values: dict) -> dict[str, str]:
    """Keep what is there, as text that a person reads and a program too: days and moments as in ISO 8601."""
    kept = {}
    for label, value in values.items():
        if value in (None, ""):
            continue
        kept[str(label)] = value.isoformat(timespec="minutes") if hasattr(value, "hour") else str(value)
    return kept
