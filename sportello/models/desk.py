"""The desk of a territory and who works at it."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import DeskRole
from ..querysets_desks import DeskMembershipQuerySet, DeskQuerySet


class Desk(models.Model):
    """One Sportello Talenti, in one territory. Hosts, young people, offers and applications carry theirs."""

    name = models.CharField(_("nome"), max_length=120)
    territory = models.OneToOneField(
        "registry.Territory", verbose_name=_("territorio"), on_delete=models.PROTECT, related_name="desk"
    )
    email = models.EmailField(_("e-mail"))
    phone = models.CharField(_("telefono"), max_length=40, blank=True)
    opening_hours = models.CharField(_("quando risponde"), max_length=160, blank=True)

    objects = DeskQuerySet.as_manager()

    # What `for_list()` adds to each row.
    people: int
    municipalities: int

    class Meta:
        verbose_name = _("sportello")
        verbose_name_plural = _("sportelli")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class DeskMembership(models.Model):
    """Somebody who works at a desk, or did."""

    desk = models.ForeignKey(Desk, verbose_name=_("sportello"), on_delete=models.PROTECT, related_name="memberships")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("persona"),
        on_delete=models.PROTECT,
        related_name="desk_memberships",
    )
    role = models.CharField(_("ruolo"), max_length=12, choices=DeskRole, default=DeskRole.OPERATOR)
    is_active = models.BooleanField(_("attivo"), default=True)
    created_at = models.DateTimeField(_("dal"), auto_now_add=True)

    objects = DeskMembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("persona dello sportello")
        verbose_name_plural = _("persone dello sportello")
        ordering = ["desk", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["desk", "user"],
                condition=models.Q(is_active=True),
                name="desk_membership_one_active",
                violation_error_message=_("Questa persona lavora già allo sportello."),
            ),
            models.CheckConstraint(condition=models.Q(role__in=DeskRole.values), name="desk_membership_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"
