"""Support notes: what only the desk of a young person may know, why, and who has looked."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..desk.kinds import NoteAccessKind, NotePurpose


class SupportNote(models.Model):
    """One thing that helps to accompany a young person. In no search, export or page but its own.

    Written once: a correction is another note, and a removal takes the words away but not that there was a note.
    """

    youth = models.ForeignKey(
        "sportello.YouthProfile", verbose_name=_("giovane"), on_delete=models.CASCADE, related_name="support_notes"
    )
    desk = models.ForeignKey("sportello.Desk", verbose_name=_("sportello"), on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("scritta da"), on_delete=models.PROTECT, related_name="+"
    )
    purpose = models.CharField(_("a che cosa serve"), max_length=12, choices=NotePurpose)
    text = models.TextField(_("nota"), max_length=2000, blank=True)
    created_at = models.DateTimeField(_("scritta il"), auto_now_add=True)
    removed_at = models.DateTimeField(_("tolta il"), null=True, blank=True)

    class Meta:
        verbose_name = _("nota di sostegno")
        verbose_name_plural = _("note di sostegno")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(purpose__in=NotePurpose.values), name="note_purpose_known"),
            models.CheckConstraint(
                condition=models.Q(removed_at__isnull=True) & ~models.Q(text="")
                | models.Q(removed_at__isnull=False, text=""),
                name="note_has_words_until_removed",
            ),
        ]

    def __str__(self) -> str:
        # Never the words: this shows in logs and error reports.
        return f"#{self.pk}"


class OnceQuerySet(models.QuerySet):
    """Rows of a log: written once."""

    def update(self, **kwargs):
        raise TypeError("A log is written once and never changed.")

    def delete(self):
        raise TypeError("A log is never deleted.")


class WrittenOnce(models.Model):
    """A row of a log: it refuses to be changed or deleted, as the triggers in the database do."""

    objects = OnceQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if self.pk is not None:
            raise TypeError("A log is written once and never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("A log is never deleted.")


class SupportNoteAccess(WrittenOnce):
    """Who wrote, read or removed a support note, when and for which purpose: written once, never changed."""

    # The note may go together with its young person; that somebody has read it may not.
    note = models.ForeignKey(SupportNote, null=True, on_delete=models.SET_NULL, related_name="accesses")
    desk = models.ForeignKey("sportello.Desk", verbose_name=_("sportello"), on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("chi"), on_delete=models.PROTECT, related_name="+"
    )
    what = models.CharField(_("che cosa"), max_length=8, choices=NoteAccessKind)
    purpose = models.CharField(_("a che scopo"), max_length=12, choices=NotePurpose)
    at = models.DateTimeField(_("quando"), auto_now_add=True)

    class Meta:
        verbose_name = _("accesso a una nota")
        verbose_name_plural = _("accessi alle note")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["desk", "-at"], name="note_access_by_desk")]
        constraints = [
            models.CheckConstraint(condition=models.Q(what__in=NoteAccessKind.values), name="note_access_kind_known"),
            models.CheckConstraint(
                condition=models.Q(purpose__in=NotePurpose.values), name="note_access_purpose_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.note_id or ''}".strip()
