"""The CV of a young person: a private file, and which applications it was attached to."""

import secrets
from pathlib import PurePath

from django.db import models
from django.utils.translation import gettext_lazy as _

from portal.media.private import private_storage

CV_FOLDER = "curricula/"
"""In the storage of private files, which nothing serves by path."""


def _private_path(cv: "CurriculumVitae", name: str) -> str:
    # The name says nothing about anybody: who reads a listing of the folder learns nothing.
    return f"{CV_FOLDER}{secrets.token_hex(16)}{PurePath(name).suffix.lower()}"


class CurriculumVitae(models.Model):
    """One uploaded file. A newer one takes its place; the former stays only while an application carries it."""

    youth = models.ForeignKey(
        "sportello.YouthProfile", verbose_name=_("giovane"), on_delete=models.CASCADE, related_name="curricula"
    )
    file = models.FileField(_("file"), upload_to=_private_path, storage=private_storage, max_length=120)
    name = models.CharField(_("nome del file"), max_length=100)
    size = models.PositiveIntegerField(_("dimensione in byte"))
    is_current = models.BooleanField(_("in uso"), default=True)
    uploaded_at = models.DateTimeField(_("caricato il"), auto_now_add=True)

    class Meta:
        verbose_name = _("curriculum")
        verbose_name_plural = _("curriculum")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["youth"], condition=models.Q(is_current=True), name="cv_one_current"),
        ]

    def __str__(self) -> str:
        return self.name


class AttachedCv(models.Model):
    """That a young person included a CV in an application, so that its host may open it."""

    application = models.OneToOneField(
        "sportello.Application", verbose_name=_("candidatura"), on_delete=models.CASCADE, related_name="attached_cv"
    )
    cv = models.ForeignKey(
        CurriculumVitae, verbose_name=_("curriculum"), on_delete=models.CASCADE, related_name="attachments"
    )
    attached_at = models.DateTimeField(_("allegato il"), auto_now_add=True)

    class Meta:
        verbose_name = _("curriculum allegato")
        verbose_name_plural = _("curriculum allegati")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"#{self.pk}"
