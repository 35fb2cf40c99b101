"""Who wants to be told of a project by e-mail."""

from datetime import datetime
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class FollowerQuerySet(models.QuerySet):
    """Reads who follows."""

    def to_tell(self, until: datetime) -> "FollowerQuerySet":
        """Those who have confirmed and were last told before a moment, project by project."""
        return self.filter(confirmed_at__isnull=False, told_until__lt=until, project__live=True).order_by(
            "project_id", "pk"
        )

    def never_confirmed(self, asked_before: datetime) -> "FollowerQuerySet":
        """Addresses that somebody left before a moment and nobody confirmed."""
        return self.filter(confirmed_at__isnull=True, asked_at__lt=asked_before)


class ProjectFollower(models.Model):
    """An address that follows a project. Nobody is shown it; who stops following is deleted."""

    project = models.ForeignKey(
        "progetti.ProjectPage",
        verbose_name=_("progetto"),
        on_delete=models.CASCADE,
        related_name="followers",
        help_text=_("La pagina nella lingua in cui è nata: chi la segue in un'altra lingua segue la stessa."),
    )
    email = models.EmailField(_("e-mail"))
    language = models.CharField(pgettext_lazy("of a person", "lingua"), max_length=2, default="it")
    asked_at = models.DateTimeField(_("chiesto il"))
    confirmed_at = models.DateTimeField(_("confermato il"), null=True, blank=True)
    told_until = models.DateTimeField(
        _("informato fino a"), null=True, blank=True, help_text=_("Ciò che è uscito prima non gli si scrive più.")
    )

    objects: ClassVar = FollowerQuerySet.as_manager()

    class Meta:
        verbose_name = _("chi segue un progetto")
        verbose_name_plural = _("chi segue i progetti")
        constraints = [
            models.UniqueConstraint("project", Lower("email"), name="project_followed_once"),
            models.CheckConstraint(condition=~Q(email=""), name="project_follower_has_an_address"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, told_until__isnull=True)
                | Q(confirmed_at__isnull=False, told_until__isnull=False),
                name="project_follower_told_once_confirmed",
            ),
        ]

    def __str__(self) -> str:
        # Without the address: this may get into a log.
        return f"{self._meta.verbose_name} {self.pk}"
