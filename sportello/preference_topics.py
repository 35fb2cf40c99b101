"""Which e-mails one may turn off. What is in no topic always goes out: a seat, a consent, a refusal, one's own data."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class NoticeTopic(models.TextChoices):
    """Kinds of e-mails that are a courtesy."""

    RECEIPTS = "receipts", _("Conferme di quello che hai appena fatto")
    PROGRESS = "progress", _("Novità che non chiedono di fare niente")
    MESSAGES = "messages", _("Avvisi di messaggi nuovi")
    REMINDERS = "reminders", _("Promemoria")


TOPIC_OF: dict[str, str] = {
    "application_sent": NoticeTopic.RECEIPTS,
    "host_registered": NoticeTopic.RECEIPTS,
    "application_withdrawn": NoticeTopic.PROGRESS,
    "application_withdrawn_by_desk": NoticeTopic.PROGRESS,
    "application_without_consent": NoticeTopic.PROGRESS,
    "seat_without_consent": NoticeTopic.PROGRESS,
    "application_superseded": NoticeTopic.PROGRESS,
    "seat_declined": NoticeTopic.PROGRESS,
    "offer_published": NoticeTopic.PROGRESS,
    "new_message": NoticeTopic.MESSAGES,
    "new_message_host": NoticeTopic.MESSAGES,
    "reminder_day_3": NoticeTopic.REMINDERS,
    "reminder_day_7": NoticeTopic.REMINDERS,
    "desk_reminds_host": NoticeTopic.REMINDERS,
}
