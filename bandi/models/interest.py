"""«Chi ci sta?»: organisations that are interested in a call and look for company."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..enums import InterestState

# States in which an organisation is in, or asks to be.
STANDING = (InterestState.WAITING, InterestState.CONFIRMED, InterestState.ACCEPTED)


class InterestQuerySet(models.QuerySet):
    """Reads who is interested."""

    def of_call(self, call) -> "InterestQuerySet":
        """Those of a call, whatever the language of the page given."""
        return self.filter(call__translation_key=call.translation_key)

    def accepted(self) -> "InterestQuerySet":
        """Those that the redazione has let in."""
        return self.filter(state=InterestState.ACCEPTED)

    def to_show(self, call) -> "InterestQuerySet":
        """What the page of a call shows: let in, in the order in which they came; those who stay unnamed last."""
        found = self.of_call(call).accepted().select_related("organisation")
        return found.order_by("-may_be_shown", "confirmed_at", "pk")

    def to_moderate(self) -> "InterestQuerySet":
        """Those whose address is confirmed and that wait for the redazione."""
        return self.filter(state=InterestState.CONFIRMED)


class CallInterest(models.Model):
    """An organisation that says it is interested in a call.

    Who writes for it and where to answer is for the portal and the redazione only, and is emptied when it withdraws.
    """

    call = models.ForeignKey(
        "bandi.CallPage", verbose_name=_("bando"), on_delete=models.CASCADE, related_name="interests"
    )
    organisation_name = models.CharField(_("organizzazione"), max_length=160)
    organisation = models.ForeignKey(
        "registry.Organisation",
        verbose_name=_("organizzazione del registro"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="call_interests",
    )
    contact_name = models.CharField(_("persona che scrive"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    brings = models.TextField(_("che cosa porta"), max_length=600)
    seeks = models.TextField(_("che cosa cerca"), max_length=600, blank=True)
    may_be_shown = models.BooleanField(_("si può mostrare nella pagina"), default=False)
    language = models.CharField(pgettext_lazy("of a person", "lingua"), max_length=2, default="it")
    state = models.CharField(
        pgettext_lazy("interest", "stato"), max_length=10, choices=InterestState, default=InterestState.WAITING
    )
    reason = models.TextField(_("motivo"), blank=True)
    asked_at = models.DateTimeField(_("chiesto il"))
    confirmed_at = models.DateTimeField(_("confermato il"), null=True, blank=True)
    decided_at = models.DateTimeField(_("deciso il"), null=True, blank=True)
    decided_by = models.ForeignKey(
        "users.User", verbose_name=_("deciso da"), null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_example = models.BooleanField(_("esempio inventato"), default=False)

    objects: ClassVar = InterestQuerySet.as_manager()

    class Meta:
        verbose_name = _("interesse per un bando")
        verbose_name_plural = _("interessi per i bandi")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=InterestState.values), name="call_interest_state_known"),
            models.CheckConstraint(
                condition=Q(state=InterestState.WAITING)
                | Q(state=InterestState.WITHDRAWN)
                | Q(confirmed_at__isnull=False),
                name="call_interest_decided_only_once_confirmed",
            ),
            models.CheckConstraint(
                condition=~Q(state=InterestState.WITHDRAWN) | Q(email="", contact_name=""),
                name="call_interest_withdrawn_keeps_no_contact",
            ),
            models.UniqueConstraint(
                "call",
                Lower("email"),
                Lower("organisation_name"),
                condition=Q(state__in=STANDING) & ~Q(email=""),
                name="call_interest_once",
            ),
        ]

    def __str__(self) -> str:
        return self.shown_name

    @property
    def shown_name(self) -> str:
        """The organisation, by its name in the registry where the redazione has found it."""
        return self.organisation.name if self.organisation else self.organisation_name
