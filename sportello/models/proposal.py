"""A match that somebody of the desk proposes to a young person."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..enums_matching import ProposalState
from ..querysets_matching import ProposalQuerySet


class Proposal(models.Model):
    """The desk says «this could suit you», with the reasons of that day. The young person answers, nobody else."""

    youth = models.ForeignKey(
        "sportello.YouthProfile", verbose_name=_("giovane"), on_delete=models.PROTECT, related_name="proposals"
    )
    offer = models.ForeignKey(
        "sportello.Offer", verbose_name=_("offerta"), on_delete=models.PROTECT, related_name="proposals"
    )
    desk = models.ForeignKey(
        "sportello.Desk", verbose_name=_("sportello"), on_delete=models.PROTECT, related_name="proposals"
    )
    state = models.CharField(_("stato"), max_length=10, choices=ProposalState, default=ProposalState.SENT)
    message = models.TextField(_("due parole per chi la riceve"), max_length=600, blank=True)
    score = models.PositiveSmallIntegerField(_("punteggio"))
    breakdown = models.JSONField(_("ragioni del punteggio"), default=dict)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("proposta da"), null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(_("proposta il"), auto_now_add=True)
    answered_at = models.DateTimeField(_("chiusa il"), null=True, blank=True)

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("proposta")
        verbose_name_plural = _("proposte")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ProposalState.values), name="proposal_state_known"),
            models.UniqueConstraint(
                fields=["youth", "offer"],
                condition=Q(state=ProposalState.SENT),
                name="proposal_one_waiting",
                violation_error_message=_("Questa offerta è già stata proposta e aspetta una risposta."),
            ),
            models.CheckConstraint(
                condition=Q(state=ProposalState.SENT, answered_at__isnull=True)
                | (~Q(state=ProposalState.SENT) & Q(answered_at__isnull=False)),
                name="proposal_answered_iff_closed",
            ),
            models.CheckConstraint(condition=Q(score__lte=100), name="proposal_score_of_a_hundred"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"
