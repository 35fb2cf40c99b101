"""A host's signature under the Patto di corresponsabilità, and what it was told about new texts."""

import hashlib

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _

from portal.media.private import private_storage

from ..enums import PactReminderKind
from ..querysets_hosts import PactSignatureQuerySet


class PactSignature(models.Model):
    """Which text was signed, by whom, for which subject, when: written once, never changed nor deleted.

    Names and fiscal code are kept as they were on that day. The PDF is made from the row right afterwards, kept
    privately, and added once.
    """

    host = models.ForeignKey("sportello.Host", on_delete=models.PROTECT, related_name="pact_signatures")
    version = models.ForeignKey(
        "progetti.PactVersion", verbose_name=_("testo firmato"), on_delete=models.PROTECT, related_name="+"
    )
    sha256 = models.CharField(_("impronta del testo"), max_length=64)
    organisation_name = models.CharField(_("realtà"), max_length=160)
    fiscal_code = models.CharField(_("partita IVA o codice fiscale"), max_length=16)
    signer_name = models.CharField(_("firma di"), max_length=160)
    # The account may be forgotten; who signed may not.
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    at = models.DateTimeField(_("firmato il"), auto_now_add=True)
    pdf = models.FileField(_("PDF"), upload_to="patti/", storage=private_storage, blank=True)
    pdf_sha256 = models.CharField(_("impronta del PDF"), max_length=64, blank=True)

    objects = PactSignatureQuerySet.as_manager()

    class Meta:
        verbose_name = _("firma del patto")
        verbose_name_plural = _("firme del patto")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["host", "version", "fiscal_code"],
                name="pact_signature_once",
                violation_error_message=_("Questo testo è già firmato."),
            ),
            models.CheckConstraint(condition=Exact(Length("sha256"), 64), name="pact_signature_has_hash"),
            models.CheckConstraint(condition=~models.Q(signer_name=""), name="pact_signature_has_signer"),
            models.CheckConstraint(
                condition=models.Q(pdf="", pdf_sha256="")
                | (~models.Q(pdf="") & models.Q(Exact(Length("pdf_sha256"), 64))),
                name="pact_signature_pdf_with_hash",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    def save(self, *args, **kwargs):
        if self.pk is not None:
            raise TypeError("A signature is written once and never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("A signature is never deleted.")

    def keep_pdf(self, content: bytes) -> None:
        """Put the PDF beside the signature, if there is none yet."""
        if self.pdf:
            return
        name = self.pdf.storage.save(f"patti/{self.host_id}-{self.pk}.pdf", ContentFile(content))
        digest = hashlib.sha256(content).hexdigest()
        if not type(self).objects.without_pdf().filter(pk=self.pk).add_pdf(name, digest):
            self.pdf.storage.delete(name)
        self.refresh_from_db()


class PactReminder(models.Model):
    """A host was told, once, that a text of the pact waits for its signature."""

    host = models.ForeignKey("sportello.Host", on_delete=models.CASCADE, related_name="pact_reminders")
    version = models.ForeignKey("progetti.PactVersion", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=PactReminderKind)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("promemoria del patto")
        verbose_name_plural = _("promemoria del patto")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["host", "version", "kind"], name="pact_reminder_once"),
            models.CheckConstraint(
                condition=models.Q(kind__in=PactReminderKind.values), name="pact_reminder_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
