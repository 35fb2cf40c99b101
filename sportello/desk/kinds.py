"""The closed lists of the desk's own tables."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class WaitingKind(models.TextChoices):
    """What waits in the inbox of the desk; on whom it waits is said in `desk.inbox`."""

    VERIFY = "verify", _("Realtà da verificare")
    MODERATE = "moderate", _("Offerte da controllare")
    REPORT = "report", _("Offerte segnalate")
    REVIEW = "review", _("Candidature in controllo")
    UNANSWERED = "unanswered", _("Candidature senza risposta")
    SEAT = "seat", _("Posti che stanno per scadere")
    STALE = "stale", _("Offerte da riconfermare")

    @property
    def of_one(self) -> Promise:
        """What one row of this kind is called."""
        return _OF_ONE[self]


_OF_ONE = {
    WaitingKind.VERIFY: _("Realtà da verificare"),
    WaitingKind.MODERATE: _("Offerta da controllare"),
    WaitingKind.REPORT: _("Offerta segnalata"),
    WaitingKind.REVIEW: _("Candidatura in controllo"),
    WaitingKind.UNANSWERED: _("Candidatura senza risposta"),
    WaitingKind.SEAT: _("Posto che sta per scadere"),
    WaitingKind.STALE: _("Offerta da riconfermare"),
}


class NotePurpose(models.TextChoices):
    """Why a support note is written, and why one is read: without one of these there is no note."""

    WELCOME = "welcome", _("Preparare l'accoglienza e gli adattamenti che servono")
    SAFETY = "safety", pgettext_lazy("support note", "Sicurezza della persona")
    CONTACT = "contact", _("Come e quando contattare la persona")
    FOLLOW_UP = "follow_up", _("Accompagnare durante l'esperienza")
    PLACEMENT = "placement", _("Cercare un'esperienza adatta")


class NoteAccessKind(models.TextChoices):
    """What somebody did with a support note."""

    WRITTEN = "written", pgettext_lazy("support note", "Scritta")
    READ = "read", pgettext_lazy("support note", "Letta")
    REMOVED = "removed", pgettext_lazy("support note", "Tolta")
