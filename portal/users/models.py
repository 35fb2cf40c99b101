"""The one kind of account: people sign in with their e-mail address."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from .managers import UserManager

FORGOTTEN_DOMAIN = "cancellato.invalid"
"""Where the addresses end that take the place of deleted ones; nothing is ever sent there."""

NAMELESS = _("Una persona di cui non teniamo più il nome")
"""What to call somebody whose name is gone."""


class User(AbstractUser):
    """A person with an account. What they may do comes from groups and memberships, never from this row."""

    username = None  # type: ignore[assignment]  # removed on purpose: the e-mail address is the name
    email = models.EmailField(_("indirizzo e-mail"), unique=True)
    privacy_read_at = models.DateTimeField(
        _("informativa sulla privacy letta il"), null=True, blank=True, editable=False
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    objects = UserManager()  # type: ignore[assignment,misc]  # Django's stubs expect a manager with usernames

    class Meta:
        verbose_name = _("utente")
        verbose_name_plural = _("utenti")
        # Few: lists of many people leave them out.
        indexes = [models.Index(fields=["id"], condition=models.Q(is_active=False), name="user_inactive")]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique_any_case",
                violation_error_message=_("Esiste già un account con questo indirizzo e-mail."),
            ),
        ]

    def __str__(self) -> str:
        return str(NAMELESS) if self.is_forgotten else self.get_full_name() or self.email

    @property
    def is_forgotten(self) -> bool:
        """Whether this is what stays of somebody whose data were deleted: a row without name and address."""
        return self.email.endswith(f"@{FORGOTTEN_DOMAIN}")

    def save(self, *args, **kwargs):
        self.email = self.email.strip().lower()
        super().save(*args, **kwargs)
