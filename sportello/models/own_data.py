"""What people ask about their own data, and what they would rather not be written about."""

from datetime import date, timedelta

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..preference_topics import NoticeTopic
from ..querysets_people import DeletionRequestQuerySet


class DeletionRequest(models.Model):
    """Somebody asked for their data to be deleted: done on `due_at`, unless they change their mind before."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("persona"), on_delete=models.CASCADE, related_name="deletion_requests"
    )
    asked_at = models.DateTimeField(_("chiesta il"))
    due_at = models.DateTimeField(_("da fare dal"))
    undone_at = models.DateTimeField(_("ripensamento del"), null=True, blank=True)
    done_at = models.DateTimeField(_("fatta il"), null=True, blank=True)

    objects = DeletionRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("richiesta di cancellazione")
        verbose_name_plural = _("richieste di cancellazione")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=models.Q(undone_at__isnull=True, done_at__isnull=True),
                name="deletion_one_open",
            ),
            models.CheckConstraint(
                condition=models.Q(undone_at__isnull=True) | models.Q(done_at__isnull=True),
                name="deletion_done_or_undone",
            ),
            models.CheckConstraint(condition=models.Q(asked_at__lt=models.F("due_at")), name="deletion_leaves_time"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


WARNED = timedelta(days=30)
"""How long before an unused profile is deleted its owner is told."""


class RetentionWarning(models.Model):
    """That somebody was told that their unused profile will be deleted: written once for each silence."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name=_("persona"), on_delete=models.CASCADE, related_name="retention_warning"
    )
    sent_at = models.DateTimeField(_("avviso del"))

    class Meta:
        verbose_name = _("avviso di cancellazione")
        verbose_name_plural = _("avvisi di cancellazione")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def erased_from(self) -> date:
        """The day from which the profile is deleted, if nobody has come back."""
        return timezone.localdate(self.sent_at + WARNED)


class MutedTopic(models.Model):
    """A kind of e-mail that somebody does not want."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("persona"), on_delete=models.CASCADE, related_name="muted_topics"
    )
    topic = models.CharField(_("quali e-mail"), max_length=12, choices=NoticeTopic)

    class Meta:
        verbose_name = _("e-mail non volute")
        verbose_name_plural = _("e-mail non volute")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["user", "topic"], name="muted_topic_once"),
            models.CheckConstraint(condition=models.Q(topic__in=NoticeTopic.values), name="muted_topic_known"),
        ]

    def __str__(self) -> str:
        return self.topic
