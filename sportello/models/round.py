"""A round: who ranks what, who is put before whom. What was run and what came out is in `round_run`.

Names inside a run are pseudonyms, drawn here for people and offers alike: whoever checks a round learns nobody's name.
"""

import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..enums_rounds import (
    BANDS_COUNT,
    LIST_LENGTH,
    PSEUDONYM_BYTES,
    RUN_STATES,
    SEEDED_STATES,
    TOLD_STATES,
    BandSource,
    PairKind,
    RoundState,
)
from ..querysets_rounds import MatchRoundQuerySet, RoundOfferQuerySet, RoundPersonQuerySet


def person_pseudonym() -> str:
    """A name that says nothing, for a person inside one round."""
    return f"y{secrets.token_hex(PSEUDONYM_BYTES)}"


def offer_pseudonym() -> str:
    """A name that says nothing, for an offer inside one round."""
    return f"o{secrets.token_hex(PSEUDONYM_BYTES)}"


class MatchRound(models.Model):
    """A round of a desk. What it does goes through `actions.rounds` and its siblings."""

    desk = models.ForeignKey(
        "sportello.Desk", verbose_name=_("sportello"), on_delete=models.PROTECT, related_name="rounds"
    )
    name = models.CharField(_("nome"), max_length=120)
    intro = models.TextField(_("a chi è rivolta"), max_length=1000, blank=True)
    number = models.PositiveSmallIntegerField(_("numero nella serie"), default=1)
    previous = models.OneToOneField(
        "self",
        verbose_name=_("tornata precedente"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="following",
    )
    wider_percent = models.PositiveSmallIntegerField(_("raggio in percentuale"), default=100)
    lists_open_at = models.DateTimeField(_("liste dal"))
    lists_close_at = models.DateTimeField(_("liste fino al"))
    bands_close_at = models.DateTimeField(_("fasce fino al"))
    state = models.CharField(_("stato"), max_length=12, choices=RoundState, default=RoundState.DRAFT)
    state_reason = models.TextField(_("motivo"), blank=True)
    seed = models.CharField(_("seme del sorteggio"), max_length=64, blank=True)
    weights_version = models.CharField(_("versione dei pesi"), max_length=60, blank=True)
    weights_sha256 = models.CharField(_("impronta dei pesi"), max_length=64, blank=True)
    run = models.ForeignKey(
        "sportello.RoundRun",
        verbose_name=_("esecuzione che vale"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    published_at = models.DateTimeField(_("pubblicata il"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("pubblicata da"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    is_example = models.BooleanField(_("esempio inventato"), default=False)
    created_at = models.DateTimeField(_("creata il"), auto_now_add=True)

    objects = MatchRoundQuerySet.as_manager()

    # What the lists add to each row.
    lists_count: int
    offers_count: int

    class Meta:
        verbose_name = _("tornata di abbinamento")
        verbose_name_plural = _("tornate di abbinamento")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=RoundState.values), name="round_state_known"),
            models.CheckConstraint(
                condition=models.Q(lists_open_at__lt=models.F("lists_close_at"))
                & models.Q(lists_close_at__lte=models.F("bands_close_at")),
                name="round_dates_in_order",
                violation_error_message=_("Le date devono essere in ordine: apertura, fine delle liste, fine fasce."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=SEEDED_STATES) | ~models.Q(seed=""), name="round_seed_once_open"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=RUN_STATES, run__isnull=False)
                | (~models.Q(state__in=RUN_STATES) & models.Q(run__isnull=True)),
                name="round_run_iff_run",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=TOLD_STATES, published_at__isnull=False, published_by__isnull=False)
                | (
                    ~models.Q(state__in=TOLD_STATES)
                    & models.Q(published_at__isnull=True)
                    & models.Q(published_by__isnull=True)
                ),
                name="round_published_by_somebody",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=RoundState.CANCELLED) | ~models.Q(state_reason=""),
                name="round_cancelled_with_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(number=1, previous__isnull=True) | models.Q(number__gt=1, previous__isnull=False),
                name="round_number_follows",
            ),
            models.CheckConstraint(
                condition=models.Q(wider_percent__gte=100, wider_percent__lte=1000), name="round_never_narrower"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def wider(self) -> float:
        """How many times farther than people said they are asked to look."""
        return self.wider_percent / 100


class RoundOffer(models.Model):
    """An offer in a round."""

    round = models.ForeignKey(MatchRound, on_delete=models.PROTECT, related_name="offers")
    offer = models.ForeignKey(
        "sportello.Offer", verbose_name=_("offerta"), on_delete=models.PROTECT, related_name="in_rounds"
    )
    pseudonym = models.CharField(max_length=24, default=offer_pseudonym, editable=False)

    objects = RoundOfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offerta della tornata")
        verbose_name_plural = _("offerte della tornata")
        ordering = ["round", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "offer"], name="round_offer_once"),
            models.UniqueConstraint(fields=["round", "pseudonym"], name="round_offer_pseudonym_once"),
        ]

    def __str__(self) -> str:
        return str(self.offer)


class RoundPerson(models.Model):
    """A young person in a round: who saved a list, or whom the desk named in a pair.

    `shared` is what hosts read while they put people into bands, copied when the list is saved; the name comes with
    the result only.
    """

    round = models.ForeignKey(MatchRound, on_delete=models.PROTECT, related_name="people")
    youth = models.ForeignKey(
        "sportello.YouthProfile", verbose_name=_("giovane"), on_delete=models.PROTECT, related_name="in_rounds"
    )
    pseudonym = models.CharField(max_length=24, default=person_pseudonym, editable=False)
    motivation = models.TextField(_("due righe su di te"), max_length=1000, blank=True)
    shared = models.JSONField(default=dict)
    saved_at = models.DateTimeField(_("lista salvata il"), null=True, blank=True)

    objects = RoundPersonQuerySet.as_manager()

    class Meta:
        verbose_name = _("giovane della tornata")
        verbose_name_plural = _("giovani della tornata")
        ordering = ["round", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["round", "youth"], name="round_person_once"),
            models.UniqueConstraint(fields=["round", "pseudonym"], name="round_person_pseudonym_once"),
        ]

    def __str__(self) -> str:
        return self.pseudonym


class RoundChoice(models.Model):
    """One line of a young person's list: 1 is what they want most."""

    person = models.ForeignKey(RoundPerson, on_delete=models.CASCADE, related_name="choices")
    round_offer = models.ForeignKey(RoundOffer, on_delete=models.PROTECT, related_name="choices")
    rank = models.PositiveSmallIntegerField(_("posto nella lista"))

    class Meta:
        verbose_name = _("scelta")
        verbose_name_plural = _("scelte")
        ordering = ["person", "rank"]
        constraints = [
            models.UniqueConstraint(fields=["person", "rank"], name="round_choice_rank_once"),
            models.UniqueConstraint(fields=["person", "round_offer"], name="round_choice_offer_once"),
            models.CheckConstraint(
                condition=models.Q(rank__gte=1, rank__lte=LIST_LENGTH), name="round_choice_rank_within_list"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rank}"


class RoundBand(models.Model):
    """Where a person stands for an offer of their list; no band means out, and says why."""

    person = models.ForeignKey(RoundPerson, on_delete=models.CASCADE, related_name="bands")
    round_offer = models.ForeignKey(RoundOffer, on_delete=models.PROTECT, related_name="bands")
    band = models.PositiveSmallIntegerField(_("fascia"), null=True, blank=True)
    reason = models.CharField(_("perché no"), max_length=300, blank=True)
    source = models.CharField(max_length=8, choices=BandSource, default=BandSource.DRAFT)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("fascia")
        verbose_name_plural = _("fasce")
        ordering = ["round_offer", "band", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "round_offer"], name="round_band_once"),
            models.CheckConstraint(
                condition=models.Q(band__isnull=True) | models.Q(band__gte=1, band__lte=BANDS_COUNT),
                name="round_band_known",
            ),
            models.CheckConstraint(
                condition=models.Q(band__isnull=False) | ~models.Q(reason=""), name="round_out_with_reason"
            ),
            models.CheckConstraint(condition=models.Q(source__in=BandSource.values), name="round_band_source_known"),
        ]

    def __str__(self) -> str:
        return str(self.band or "-")

    @property
    def is_obstacle(self) -> bool:
        """Whether a rule keeps the person out, and nobody's judgement."""
        return self.band is None and self.source == BandSource.DRAFT


class RoundPair(models.Model):
    """A pair that the desk agreed on, or ruled out, before the run."""

    person = models.ForeignKey(RoundPerson, on_delete=models.PROTECT, related_name="pairs")
    round_offer = models.ForeignKey(RoundOffer, on_delete=models.PROTECT, related_name="pairs")
    kind = models.CharField(_("tipo"), max_length=4, choices=PairKind)
    reason = models.CharField(_("motivo"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("coppia")
        verbose_name_plural = _("coppie")
        ordering = ["kind", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["person", "round_offer"], name="round_pair_once"),
            models.UniqueConstraint(
                fields=["person"], condition=models.Q(kind=PairKind.PIN), name="round_pinned_to_one_offer"
            ),
            models.CheckConstraint(condition=models.Q(kind__in=PairKind.values), name="round_pair_kind_known"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="round_pair_with_reason"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
