"""From guardians and consents to what pages show."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.pages.words import day_words, moment_words

from . import consents
from .enums import ApplicationState
from .enums_people import GENERAL_PURPOSES, ConsentPurpose
from .models import Application, Consent, ConsentText, GuardianLink, YouthProfile

P = ConsentPurpose


@dataclass(frozen=True, slots=True)
class Question:
    """One purpose as a page shows it: the words, and what was answered last."""

    text: ConsentText
    answer: Consent | None

    @property
    def purpose(self) -> str:
        """The purpose asked about."""
        return self.text.purpose

    @property
    def is_standing(self) -> bool:
        """Whether a yes stands, to words that still hold."""
        return self.answer is not None and self.answer.is_standing and not self.is_outdated

    @property
    def is_outdated(self) -> bool:
        """Whether a yes stands to words that have changed since, so that it is asked again."""
        return self.answer is not None and self.answer.is_standing and getattr(self.answer, "outdated", False)

    @property
    def state(self) -> dict:
        """A state for `components/state.html`."""
        if self.is_outdated:
            return {"label": _("Testo nuovo: rispondi ancora"), "tone": "accent", "icon": ""}
        return consent_state(self.answer)

    @property
    def when(self) -> str:
        """When it was answered, and by whom if that is known; empty if it was not."""
        if self.answer is None:
            return ""
        moment = self.answer.revoked_at or self.answer.granted_at or self.answer.refused_at
        who = self.answer.given_by.get_full_name() if self.answer.given_by else ""
        return " · ".join(part for part in (who, day_words(moment) if moment else "") if part)


def consent_state(consent: Consent | None) -> dict:
    """A state for `components/state.html`."""
    if consent is None:
        return {"label": _("Da decidere"), "tone": "accent", "icon": ""}
    if consent.is_standing:
        return {"label": _("Sì"), "tone": "success", "icon": ""}
    if consent.revoked_at:
        return {"label": _("Revocato"), "tone": "warning", "icon": ""}
    return {"label": _("Per ora no"), "tone": "warning", "icon": ""}


def general_questions(youth: YouthProfile) -> list[Question]:
    """What a guardian is asked in general, with the answers. Two queries."""
    texts = ConsentText.objects.all_current()
    answers: dict[str, Consent] = {}
    for consent in youth.consents.filter(application=None).with_outdated().select_related("given_by").order_by("pk"):
        answers[consent.purpose] = consent
    return [Question(texts[purpose], answers.get(purpose)) for purpose in GENERAL_PURPOSES if purpose in texts]


def experience_question(application: Application) -> Question:
    """What a guardian is asked about one experience: an answer about other days is none. Two queries."""
    days = consents.days_of(application)
    answers = application.consents.with_outdated().select_related("given_by").order_by("-pk")
    answer = next((row for row in answers if not days or row.evidence.get("days") == days), None)
    return Question(ConsentText.objects.current(P.EXPERIENCE), answer)


def needs_experience_consent(application: Application) -> bool:
    """Whether a seat waits for the guardian's yes. No query unless the person is under age on the first day."""
    return asks_guardian(application) and consents.experience_consent(application) is None


def asks_guardian(application: Application) -> bool:
    """Whether a seat is offered that the guardian has a say in: the person is under age on the first day."""
    return (
        application.state == ApplicationState.OFFERED
        and application.start_date is not None
        and consents.is_minor(application.youth, application.start_date)
    )


def link_state(link: GuardianLink) -> dict:
    """A state for `components/state.html`."""
    if link.ended_at:
        return {"label": _("Finito"), "tone": "", "icon": ""}
    if link.confirmed_at:
        return {"label": _("Risponde per te"), "tone": "success", "icon": ""}
    if link.key_expires_at and link.key_expires_at <= timezone.now():
        return {"label": _("Invito scaduto"), "tone": "warning", "icon": ""}
    return {"label": _("Invito mandato"), "tone": "accent", "icon": ""}


def link_words(link: GuardianLink) -> str:
    """What a young person reads of a guardian, in one line."""
    if link.confirmed_at:
        return _("%(relation)s, dal %(day)s") % {
            "relation": link.get_relation_display(),
            "day": day_words(link.confirmed_at, weekday=False),
        }
    if link.key_expires_at and link.key_expires_at > timezone.now():
        return _("Il link vale fino a %(until)s.") % {"until": moment_words(link.key_expires_at)}
    return _("Il link non vale più: mandane uno nuovo.")


def guardian_step(youth: YouthProfile) -> dict | None:
    """What a minor has to do next about who answers for them, for `components/alert.html`; None if nothing.

    No query for who is of age, two at most for the others.
    """
    if not consents.is_minor(youth, timezone.localdate()):
        return None
    url = reverse("area:youth_guardians")
    if consents.has_standing(youth, P.APPLYING):
        return None
    links = list(youth.guardian_links.open())
    if any(link.is_confirmed for link in links):
        return {
            "title": _("Manca un sì"),
            "text": _("Chi risponde per te non ha ancora detto di sì alle candidature: parlatene insieme."),
            "url": url,
            "link_text": _("Vedi a che punto è"),
        }
    if links:
        return {
            "title": _("L'invito è partito"),
            "text": _("Aspettiamo la risposta di chi hai invitato. Intanto puoi guardare le esperienze."),
            "url": url,
            "link_text": _("Vedi a che punto è"),
        }
    return {
        "title": _("Invita chi risponde per te"),
        "text": _("Hai meno di 18 anni: per candidarti serve il sì di un genitore o di un tutore. Basta un'e-mail."),
        "url": url,
        "link_text": _("Manda l'invito"),
    }
