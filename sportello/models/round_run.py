"""What was run of a round, what came out of it and what happened to it: written once."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums import Actor
from ..enums_rounds import RoundState, RunKind
from ..querysets_rounds import AppendOnlyQuerySet
from .round import MatchRound, RoundOffer


class AppendOnly(models.Model):
    """A row that is written once and never changed nor deleted."""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if self.pk is not None:
            raise TypeError(f"A {type(self).__name__} is written once and never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError(f"A {type(self).__name__} is never deleted.")


class RoundRun(AppendOnly):
    """One run, dry or final: its whole input and output as they can be downloaded, byte by byte."""

    round = models.ForeignKey(MatchRound, on_delete=models.PROTECT, related_name="runs")
    number = models.PositiveSmallIntegerField(_("numero"))
    kind = models.CharField(_("tipo"), max_length=8, choices=RunKind)
    label = models.CharField(_("che cosa prova"), max_length=300, blank=True)
    input = models.TextField()
    input_sha256 = models.CharField(_("impronta dell'ingresso"), max_length=64)
    output = models.TextField()
    output_sha256 = models.CharField(_("impronta dell'uscita"), max_length=64)
    figures = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("esecuzione")
        verbose_name_plural = _("esecuzioni")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["round", "number"], name="round_run_number_once"),
            models.CheckConstraint(condition=models.Q(kind__in=RunKind.values), name="round_run_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"


class RoundResult(AppendOnly):
    """What a published round says to one person: an offer and its seat, or none; and why not each preferred offer."""

    round = models.ForeignKey(MatchRound, on_delete=models.PROTECT, related_name="results")
    run = models.ForeignKey(RoundRun, on_delete=models.PROTECT, related_name="results")
    youth = models.ForeignKey(
        "sportello.YouthProfile", verbose_name=_("giovane"), on_delete=models.PROTECT, related_name="round_results"
    )
    round_offer = models.ForeignKey(RoundOffer, null=True, blank=True, on_delete=models.PROTECT, related_name="results")
    seat = models.ForeignKey(
        "sportello.Seat", null=True, blank=True, on_delete=models.PROTECT, related_name="round_results"
    )
    rank = models.PositiveSmallIntegerField(_("posto nella lista"), null=True, blank=True)
    pinned = models.BooleanField(_("già concordato"), default=False)
    why = models.JSONField(default=list)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("risultato")
        verbose_name_plural = _("risultati")
        ordering = ["round", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "youth"], name="round_result_one_each"),
            models.UniqueConstraint(fields=["round", "seat"], name="round_result_seat_once"),
            models.CheckConstraint(
                condition=models.Q(round_offer__isnull=True, seat__isnull=True, rank__isnull=True, pinned=False)
                | models.Q(round_offer__isnull=False, seat__isnull=False),
                name="round_result_offer_iff_seat",
            ),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"


class RoundSending(AppendOnly):
    """One attempt to offer the seat of a result; the one that worked carries its application."""

    result = models.ForeignKey(RoundResult, on_delete=models.PROTECT, related_name="sendings")
    application = models.ForeignKey(
        "sportello.Application", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    code = models.CharField(max_length=40, blank=True)
    message = models.TextField(blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("posto proposto")
        verbose_name_plural = _("posti proposti")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["result"], condition=models.Q(application__isnull=False), name="round_result_sent_once"
            ),
            models.CheckConstraint(
                condition=models.Q(application__isnull=False) | ~models.Q(message=""),
                name="round_sending_refused_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.code or "ok"


class RoundEvent(AppendOnly):
    """One thing that happened to a round."""

    round = models.ForeignKey(MatchRound, on_delete=models.PROTECT, related_name="events")
    verb = models.CharField(max_length=40)
    from_state = models.CharField(max_length=12, choices=RoundState, blank=True)
    to_state = models.CharField(max_length=12, choices=RoundState, blank=True)
    actor = models.CharField(max_length=8, choices=Actor)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    reason = models.TextField(_("motivo"), blank=True)
    at = models.DateTimeField(auto_now_add=True)

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        verbose_name = _("fatto della tornata")
        verbose_name_plural = _("fatti della tornata")
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(actor__in=Actor.values), name="round_event_actor_known"),
        ]

    def __str__(self) -> str:
        return self.verb
