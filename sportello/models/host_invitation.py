"""An invitation to act for a host, sent to an e-mail address."""

import secrets
from datetime import datetime, timedelta

from django.conf import settings
from django.core import signing
from django.db import models
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..enums import HostRole, InvitationState
from ..querysets_hosts import HostInvitationQuerySet

INVITATION_DAYS = 14
_SALT = "sportello.host_invitation"


def new_key() -> str:
    """The part of the link that cannot be guessed."""
    return secrets.token_urlsafe(16)


def in_two_weeks() -> datetime:
    """Until when an invitation made now holds."""
    return timezone.now() + timedelta(days=INVITATION_DAYS)


class HostInvitation(models.Model):
    """Somebody is asked to act for a host. The link in the e-mail only opens a page that asks.

    The link is signed and holds a key that is nowhere else: who reads the database alone cannot make one.
    """

    host = models.ForeignKey("sportello.Host", on_delete=models.PROTECT, related_name="invitations")
    email = models.EmailField(_("e-mail"))
    role = models.CharField(_("ruolo"), max_length=12, choices=HostRole)
    state = models.CharField(_("stato"), max_length=12, choices=InvitationState, default=InvitationState.PENDING)
    key = models.CharField(max_length=32, default=new_key, editable=False)
    language = models.CharField(_("lingua dell'e-mail"), max_length=5, default="it")
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("invito di"), on_delete=models.PROTECT, related_name="+"
    )
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("accettato da"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    created_at = models.DateTimeField(_("creato il"), auto_now_add=True)
    sent_at = models.DateTimeField(_("mandato il"), default=timezone.now)
    # How many times in a row, each within a day of the one before: nobody's mailbox is filled.
    sends = models.PositiveSmallIntegerField(default=1, editable=False)
    expires_at = models.DateTimeField(_("vale fino al"), default=in_two_weeks)

    objects = HostInvitationQuerySet.as_manager()

    class Meta:
        verbose_name = _("invito")
        verbose_name_plural = _("inviti")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                "host",
                Lower("email"),
                condition=models.Q(state="pending"),
                name="host_invitation_one_pending",
                violation_error_message=_("Questa persona ha già un invito in attesa."),
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=InvitationState.values), name="host_invitation_state_known"
            ),
            models.CheckConstraint(condition=models.Q(role__in=HostRole.values), name="host_invitation_role_known"),
            models.CheckConstraint(
                condition=models.Q(state="accepted", accepted_by__isnull=False)
                | (~models.Q(state="accepted") & models.Q(accepted_by__isnull=True)),
                name="host_invitation_accepted_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether it can still be accepted."""
        return self.state == InvitationState.PENDING and self.expires_at > timezone.now()

    @property
    def has_expired(self) -> bool:
        """Whether nobody answered in time."""
        return self.state == InvitationState.PENDING and not self.is_open

    def renew(self) -> None:
        """Let it hold for two weeks from now; the links sent before hold too."""
        now = timezone.now()
        self.sends = self.sends + 1 if self.sent_at > now - timedelta(days=1) else 1
        self.sent_at, self.expires_at = now, in_two_weeks()

    @property
    def token(self) -> str:
        """What the link in the e-mail holds."""
        return signing.dumps([self.pk, self.key], salt=_SALT)

    @property
    def link(self) -> str:
        """The path of the page that asks."""
        return reverse("area:host_invitation", args=[self.token])

    @classmethod
    def from_token(cls, token: str) -> "HostInvitation | None":
        """Return the invitation of a link, whatever its state; None when the link is not one of ours."""
        try:
            pk, key = signing.loads(token, salt=_SALT)
        except (signing.BadSignature, TypeError, ValueError):
            return None
        return cls.objects.for_page().filter(pk=pk, key=key).first()
