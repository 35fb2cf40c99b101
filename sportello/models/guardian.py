"""Who answers for a young person under age."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from ..enums import Actor
from ..enums_people import GuardianRelation
from ..querysets_people import GuardianLinkQuerySet


class Guardian(models.Model):
    """An adult who was asked to answer for somebody; with an account once they have opened the invitation."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        verbose_name=_("account"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="guardian",
    )
    email = models.EmailField(_("e-mail"))
    language = models.CharField(_("lingua delle e-mail"), max_length=5, default="it")
    created_at = models.DateTimeField(_("creato il"), auto_now_add=True)

    class Meta:
        verbose_name = _("genitore o tutore")
        verbose_name_plural = _("genitori e tutori")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(Lower("email"), name="guardian_email_unique_any_case")]

    def __str__(self) -> str:
        return str(self.user) if self.user else self.email

    @property
    def address(self) -> str:
        """Where to write: the account's address once there is one."""
        return self.user.email if self.user else self.email


class GuardianLink(models.Model):
    """That a guardian answers for a young person: asked, confirmed by the guardian, ended.

    The invitation's key is kept as a digest only: who reads the database cannot open anybody's page. The letter itself
    stays in the queue for a day: see `sportello.retention`.
    """

    youth = models.ForeignKey(
        "sportello.YouthProfile", verbose_name=_("giovane"), on_delete=models.CASCADE, related_name="guardian_links"
    )
    guardian = models.ForeignKey(
        Guardian, verbose_name=_("genitore o tutore"), on_delete=models.PROTECT, related_name="links"
    )
    invited_as = models.CharField(_("invito da"), max_length=8, choices=Actor, default=Actor.YOUTH)
    invited_at = models.DateTimeField(_("invito del"))
    # How many times in a row, each within a day of the one before: nobody's mailbox is filled.
    sends = models.PositiveSmallIntegerField(default=1, editable=False)
    key_digest = models.CharField(max_length=64, blank=True, editable=False)
    key_expires_at = models.DateTimeField(_("invito valido fino al"), null=True, blank=True)
    relation = models.CharField(_("legame"), max_length=8, choices=GuardianRelation, blank=True)
    confirmed_at = models.DateTimeField(_("confermato il"), null=True, blank=True)
    ended_at = models.DateTimeField(_("finito il"), null=True, blank=True)
    turned_down_at = models.DateTimeField(_("rifiutato il"), null=True, blank=True)
    created_at = models.DateTimeField(_("creato il"), auto_now_add=True)

    objects = GuardianLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("chi risponde per un minore")
        verbose_name_plural = _("chi risponde per i minori")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["youth", "guardian"],
                name="guardian_link_once",
                violation_error_message=_("Questa persona è già stata invitata."),
            ),
            models.UniqueConstraint(
                fields=["key_digest"], condition=~models.Q(key_digest=""), name="guardian_link_key_unique"
            ),
            models.CheckConstraint(
                condition=models.Q(key_digest="", key_expires_at__isnull=True)
                | (~models.Q(key_digest="") & models.Q(key_expires_at__isnull=False)),
                name="guardian_link_key_expires",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_at__isnull=True) | ~models.Q(relation=""),
                name="guardian_link_confirmed_with_relation",
            ),
            models.CheckConstraint(
                condition=models.Q(relation="") | models.Q(relation__in=GuardianRelation.values),
                name="guardian_link_relation_known",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def is_confirmed(self) -> bool:
        """Whether the guardian has said to be one, and still is."""
        return self.confirmed_at is not None and self.ended_at is None
