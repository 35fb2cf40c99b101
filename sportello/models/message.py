"""What a young person, a host and their desk write to each other about an application."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..application_enums import WRITERS
from ..enums import Actor
from ..querysets_applications import MessageQuerySet


class ApplicationMessage(models.Model):
    """One message: written once; who has seen it is marked on it."""

    application = models.ForeignKey(
        "sportello.Application", verbose_name=_("candidatura"), on_delete=models.PROTECT, related_name="messages"
    )
    side = models.CharField(_("per conto di"), max_length=8, choices=Actor)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    text = models.TextField(_("messaggio"), max_length=2000)
    at = models.DateTimeField(_("quando"), auto_now_add=True)
    seen_by_youth_at = models.DateTimeField(_("visto da chi si è candidato il"), null=True, blank=True)
    seen_by_host_at = models.DateTimeField(_("visto dalla realtà ospitante il"), null=True, blank=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = _("messaggio")
        verbose_name_plural = _("messaggi")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(side__in=WRITERS), name="message_side_known"),
            models.CheckConstraint(condition=~models.Q(text=""), name="message_says_something"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
