"""What a kind of experience asks for, where and since when: the law and the region's rules, as rows."""

from datetime import date, timedelta

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sportello.matching import HeadcountStep, RuleFacts

from ..enums import OfferKind, RuleSigner, YouthStatus
from ..querysets_rules import ProgrammeRuleQuerySet

RULES_CACHE_KEY = "sportello:rules"


class ProgrammeRule(models.Model):
    """A rule holds from its first day until the next one of the same kind and region begins.

    There is deliberately no last day: two validities of one kind and region cannot overlap, because each ends where
    the next begins. The unique constraint says all of it, on every database and in raw SQL. A regional rule replaces
    the national one whole; a row that `ends` a regional series gives the word back to the national one.
    """

    kind = models.CharField(_("tipo di esperienza"), max_length=16, choices=OfferKind)
    region = models.CharField(
        _("regione"),
        max_length=60,
        blank=True,
        help_text=_("Vuota: vale in tutta Italia, dove una regione non dice altro."),
    )
    valid_from = models.DateField(_("vale dal"))
    ends = models.BooleanField(
        _("qui la serie finisce"),
        default=False,
        help_text=_("Da questo giorno la regione non ha più regole sue: vale quella nazionale."),
    )
    minimum_age = models.PositiveSmallIntegerField(_("età minima"), null=True, blank=True)
    maximum_age = models.PositiveSmallIntegerField(_("età massima"), null=True, blank=True)
    # Empty: whatever the person does now.
    statuses = models.JSONField(_("per chi"), default=list, blank=True)
    minimum_days = models.PositiveSmallIntegerField(_("durata minima in giorni"), null=True, blank=True)
    maximum_days = models.PositiveSmallIntegerField(_("durata massima in giorni"), null=True, blank=True)
    daily_hours = models.PositiveSmallIntegerField(_("ore al giorno, al massimo"), null=True, blank=True)
    # Pairs (age, hours): who is younger than that age may do at most so many hours a week.
    weekly_hours_by_age = models.JSONField(_("ore alla settimana per età"), default=list, blank=True)
    minors_in_the_evening = models.BooleanField(_("i minorenni anche di sera (18-22)"), default=True)
    indemnity = models.PositiveSmallIntegerField(_("indennità minima al mese, in euro"), null=True, blank=True)
    # Triples (staff or null, places or null, percent or null): see `matching.HeadcountStep`.
    headcount = models.JSONField(_("quanti posti per dipendenti"), default=list, blank=True)
    once_per_host = models.BooleanField(_("una volta sola con la stessa realtà"), default=False)
    documents = models.TextField(_("documenti"), blank=True, help_text=_("Uno per riga."))
    signers = models.JSONField(_("chi firma"), default=list, blank=True)
    source = models.TextField(_("da dove viene"), help_text=_("Legge, delibera o accordo, con la data."))
    created_at = models.DateTimeField(_("scritta il"), auto_now_add=True)

    objects = ProgrammeRuleQuerySet.as_manager()

    # What `in_order()` adds to each row: the day on which the next rule of the series begins.
    next_from: date | None

    class Meta:
        verbose_name = _("regola")
        verbose_name_plural = _("regole")
        ordering = ["kind", "region", "-valid_from", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "region", "valid_from"],
                name="rule_one_from_a_day",
                violation_error_message=_("C'è già una regola di questo tipo e di questa regione da quel giorno."),
            ),
            models.CheckConstraint(condition=models.Q(kind__in=OfferKind.values), name="rule_kind_known"),
            models.CheckConstraint(
                condition=models.Q(minimum_age__isnull=True)
                | models.Q(maximum_age__isnull=True)
                | models.Q(minimum_age__lte=models.F("maximum_age")),
                name="rule_ages_in_order",
                violation_error_message=_("L'età massima è più bassa di quella minima."),
            ),
            models.CheckConstraint(
                condition=models.Q(minimum_days__isnull=True)
                | models.Q(maximum_days__isnull=True)
                | models.Q(minimum_days__lte=models.F("maximum_days")),
                name="rule_days_in_order",
                violation_error_message=_("La durata massima è più breve di quella minima."),
            ),
            models.CheckConstraint(
                condition=models.Q(daily_hours__isnull=True) | models.Q(daily_hours__range=(1, 12)),
                name="rule_daily_hours_in_a_day",
                violation_error_message=_("Le ore al giorno vanno da 1 a 12."),
            ),
            models.CheckConstraint(
                condition=models.Q(ends=False) | ~models.Q(region=""),
                name="rule_only_a_region_ends",
                violation_error_message=_("Solo una serie regionale può finire: quella nazionale si sostituisce."),
            ),
            models.CheckConstraint(condition=~models.Q(source=""), name="rule_has_a_source"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.where}"

    def save(self, *args, **kwargs):
        if self.pk is not None:
            raise TypeError("A rule is never changed: another one begins on a later day.")
        super().save(*args, **kwargs)
        cache.delete(RULES_CACHE_KEY)

    def delete(self, *args, **kwargs):
        if self.has_begun:
            raise TypeError("A rule that holds or held is never deleted.")
        deleted = super().delete(*args, **kwargs)
        cache.delete(RULES_CACHE_KEY)
        return deleted

    @property
    def has_begun(self) -> bool:
        """Whether its first day has come."""
        return self.valid_from <= timezone.localdate()

    @property
    def where(self) -> str:
        """Where it holds."""
        return self.region or str(_("tutta Italia"))

    @property
    def valid_until(self) -> date | None:
        """Its last day, when a later rule is already written; the row comes from `in_order()`."""
        return self.next_from - timedelta(days=1) if self.next_from else None

    def clean(self):
        """Refuse lists that the matching could not read."""
        super().clean()
        for status in self.statuses:
            if status not in YouthStatus.values:
                raise ValidationError({"statuses": _("«%(value)s» non è tra le scelte.") % {"value": status}})
        for signer in self.signers:
            if signer not in RuleSigner.values:
                raise ValidationError({"signers": _("«%(value)s» non è tra le scelte.") % {"value": signer}})
        try:
            self.facts()
        except (TypeError, ValueError) as error:
            raise ValidationError(_("Le tabelle della regola non si leggono: controllale.")) from error

    def facts(self) -> RuleFacts:
        """What the matching may know of it."""
        return RuleFacts(
            kind=self.kind,
            minimum_age=self.minimum_age,
            maximum_age=self.maximum_age,
            statuses=frozenset(self.statuses) or None,
            minimum_days=self.minimum_days,
            maximum_days=self.maximum_days,
            weekly_hours_by_age=tuple((int(age), int(hours)) for age, hours in self.weekly_hours_by_age),
            headcount=tuple(HeadcountStep(staff, places, percent) for staff, places, percent in self.headcount),
            once_per_host=self.once_per_host,
        )

    @property
    def documents_lines(self) -> list[str]:
        """What is needed before it starts, one by one."""
        return [line.strip() for line in self.documents.splitlines() if line.strip()]

    @property
    def signers_labels(self) -> list[str]:
        """Who signs, in words."""
        return [str(signer.label) for signer in RuleSigner if signer in self.signers]
