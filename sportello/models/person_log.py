"""What the desk did with a young person's data: opened the CV, corrected the birth date."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..desk.kinds import NotePurpose
from .support_note import WrittenOnce


class CvAccess(WrittenOnce):
    """Who of the desk opened a CV, when and what for: written once, never changed."""

    # CV and person may go; that somebody has looked may not.
    cv = models.ForeignKey("sportello.CurriculumVitae", null=True, on_delete=models.SET_NULL, related_name="accesses")
    youth = models.ForeignKey(
        "sportello.YouthProfile", null=True, on_delete=models.SET_NULL, related_name="cv_accesses"
    )
    desk = models.ForeignKey("sportello.Desk", verbose_name=_("sportello"), on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("chi"), on_delete=models.PROTECT, related_name="+"
    )
    purpose = models.CharField(_("a che scopo"), max_length=12, choices=NotePurpose)
    at = models.DateTimeField(_("quando"), auto_now_add=True)

    class Meta:
        verbose_name = _("curriculum aperto")
        verbose_name_plural = _("curriculum aperti")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["desk", "-at"], name="cv_access_by_desk")]
        constraints = [
            models.CheckConstraint(condition=models.Q(purpose__in=NotePurpose.values), name="cv_access_purpose_known"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class BirthDateCorrection(models.Model):
    """That the desk corrected a birth date, from what to what, and why. It goes when the person is forgotten."""

    youth = models.ForeignKey(
        "sportello.YouthProfile",
        verbose_name=_("giovane"),
        on_delete=models.CASCADE,
        related_name="birth_date_corrections",
    )
    before = models.DateField(_("prima"))
    after = models.DateField(_("dopo"))
    reason = models.CharField(_("motivo"), max_length=300)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("corretta da"), on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField(_("quando"), auto_now_add=True)

    class Meta:
        verbose_name = _("correzione della data di nascita")
        verbose_name_plural = _("correzioni della data di nascita")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(reason=""), name="birth_date_corrected_with_reason"),
            models.CheckConstraint(condition=~models.Q(before=models.F("after")), name="birth_date_corrected_differs"),
        ]

    def __str__(self) -> str:
        # Never the dates: this shows in logs and error reports.
        return f"#{self.pk}"
