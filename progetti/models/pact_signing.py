"""Who signs a pact, and who asks to."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from ..pact_enums import PENDING, RequestState, SignatoryRole
from ..pact_querysets import PactRequestQuerySet, SignatoryQuerySet
from .aim import reads_english

NOBODY = _("Indica un'organizzazione, una persona o entrambe.")


class Party(models.Model):
    """Somebody with a part in a pact: an organisation, a person, or a person for an organisation; abstract."""

    organisation_name = models.CharField(
        _("nome dell'organizzazione"), max_length=160, blank=True, help_text=_("Se non è nell'elenco qui sopra.")
    )
    person_name = models.CharField(_("nome della persona"), max_length=120, blank=True)
    consent = models.BooleanField(
        _("è d'accordo che il suo nome sia pubblico"), default=False, help_text=_("Senza, si conta e non si nomina.")
    )
    role = models.CharField(
        _("che cosa fa nel patto"), max_length=20, choices=SignatoryRole, default=SignatoryRole.CARER
    )
    commitments = models.TextField(_("impegni"), blank=True, help_text=_("Che cosa farà, in parole sue."))
    resources = models.TextField(
        _("che cosa mette a disposizione"), blank=True, help_text=_("Tempo, spazi, strumenti, denaro.")
    )
    email = models.EmailField(_("e-mail"), blank=True, help_text=_("Non è mai pubblica."))
    language = models.CharField(_("lingua"), max_length=5, default="it", editable=False)

    class Meta:
        abstract = True

    @property
    def public_name(self) -> str:
        """How pages name who it is: a person only if they agreed; empty when nothing may be said."""
        person = self.person_name if self.consent else ""
        return ", ".join(part for part in (self.organisation_label, person) if part)

    @property
    def organisation_label(self) -> str:
        """The name of the organisation, if it is one."""
        return self.organisation_name


class PactSignatory(Party):
    """Somebody who signed a version of a pact. On the page once verified, until they withdraw."""

    version = models.ForeignKey(
        "progetti.PactVersion", verbose_name=_("patto e versione"), on_delete=models.PROTECT, related_name="signatories"
    )
    organisation = models.ForeignKey(
        "registry.Organisation",
        verbose_name=_("organizzazione"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="pact_signatures",
    )
    commitments_en = models.TextField(_("impegni, in inglese"), blank=True)
    resources_en = models.TextField(_("che cosa mette a disposizione, in inglese"), blank=True)
    signed_on = models.DateField(_("firmato il"), default=timezone.localdate)
    verified_on = models.DateField(
        _("verificato il"),
        null=True,
        blank=True,
        help_text=_(
            "Quando qualcuno della redazione ha controllato che sia davvero così. Senza, la pagina non lo mostra."
        ),
    )
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("verificato da"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )
    withdrawn_on = models.DateField(_("firma ritirata il"), null=True, blank=True, editable=False)
    withdrawal_reason = models.CharField(_("perché è stata ritirata"), max_length=255, blank=True, editable=False)
    is_example = models.BooleanField(_("esempio inventato"), default=False)

    objects = SignatoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("sottoscrittore")
        verbose_name_plural = _("sottoscrittori")
        ordering = ["-signed_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | ~Q(organisation_name="") | ~Q(person_name=""),
                name="signatory_is_somebody",
                violation_error_message=NOBODY,
            ),
            models.CheckConstraint(condition=Q(role__in=SignatoryRole.values), name="signatory_role_known"),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gte=F("signed_on")),
                name="signatory_withdraws_after_signing",
            ),
            models.UniqueConstraint(
                fields=["version", "organisation"],
                condition=Q(withdrawn_on__isnull=True, organisation__isnull=False),
                name="signatory_organisation_once_per_version",
                violation_error_message=_("Questa organizzazione ha già firmato questa versione."),
            ),
        ]

    def __str__(self) -> str:
        # Also in Wagtail's log, which everybody of the redazione reads: no name of a person who did not agree.
        return self.public_name or _now("una persona")

    def clean(self):
        super().clean()
        errors = {}
        if not (self.organisation_id or self.organisation_name or self.person_name):
            errors["organisation"] = NOBODY
        if self.signed_on and self.signed_on > timezone.localdate():
            errors["signed_on"] = _("Una firma non può essere di un giorno che deve ancora venire.")
        if self.signed_on and self.version_id and self.signed_on < self.version.in_force_from:
            errors["signed_on"] = _("In quel giorno questa versione del testo non era ancora in vigore.")
        if errors:
            raise ValidationError(errors)

    @property
    def organisation_label(self) -> str:
        """The name of the organisation: as the registry has it, or as it was written."""
        return self.organisation.name if self.organisation is not None else self.organisation_name

    @property
    def commitments_label(self) -> str:
        """The commitments in the reader's language; as they were written where nobody translated them."""
        return (reads_english() and self.commitments_en) or self.commitments

    @property
    def foreign(self) -> str:
        """The language the commitments are in, where it is not the reader's; empty otherwise."""
        english = reads_english()
        if english and self.commitments_en:
            return ""
        return "" if self.language == ("en" if english else "it") else self.language

    @property
    def resources_label(self) -> str:
        """What they bring, in the reader's language; as it was written where nobody translated it."""
        return (reads_english() and self.resources_en) or self.resources


class PactRequest(Party):
    """Somebody asks to join a pact from its page. `progetti.actions.pact_requests` moves it from state to state.

    It belongs to the version that the person read; confirmed by a link in an e-mail, then verified by the redazione.
    """

    version = models.ForeignKey(
        "progetti.PactVersion", verbose_name=_("patto e versione"), on_delete=models.PROTECT, related_name="requests"
    )
    state = models.CharField(_("stato"), max_length=20, choices=RequestState, default=RequestState.WAITING)
    created_at = models.DateTimeField(_("scritta il"), default=timezone.now)
    asked_at = models.DateTimeField(
        _("conferma chiesta il"), default=timezone.now, help_text=_("L'ultima volta che è partito il link.")
    )
    confirmed_at = models.DateTimeField(_("confermata il"), null=True, blank=True)
    decided_at = models.DateTimeField(_("decisa il"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decisa da"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    reason = models.TextField(_("motivo"), blank=True)
    signatory = models.OneToOneField(
        PactSignatory,
        verbose_name=_("sottoscrittore"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="request",
    )

    objects = PactRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("richiesta di adesione")
        verbose_name_plural = _("richieste di adesione")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=RequestState.values), name="pact_request_state_known"),
            models.CheckConstraint(condition=Q(role__in=SignatoryRole.values), name="pact_request_role_known"),
            models.CheckConstraint(
                condition=~Q(email="") & ~Q(person_name=""), name="pact_request_has_a_person_and_an_address"
            ),
            models.CheckConstraint(
                condition=~Q(state=RequestState.REFUSED) | ~Q(reason=""), name="pact_request_refused_with_a_reason"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[RequestState.CONFIRMED, RequestState.ACCEPTED]) | Q(confirmed_at__isnull=False),
                name="pact_request_decided_after_confirmation",
            ),
            # One address has one request under way for each name on a text, so that a double click is one request.
            models.UniqueConstraint(
                "version",
                Lower("email"),
                Lower("organisation_name"),
                condition=Q(state__in=PENDING),
                name="pact_request_once_while_pending",
            ),
        ]

    def __str__(self) -> str:
        return _now("Richiesta %(number)s") % {"number": self.pk}


class PactReminder(models.Model):
    """A reminder that a pact is about to end has been sent: once for each end and each number of days."""

    pact = models.ForeignKey("progetti.PactPage", on_delete=models.CASCADE, related_name="reminders")
    end = models.DateField(_("scadenza"))
    days = models.PositiveSmallIntegerField(_("giorni prima"))
    sent_at = models.DateTimeField(_("inviato il"), default=timezone.now)

    class Meta:
        verbose_name = _("promemoria di scadenza")
        verbose_name_plural = _("promemoria di scadenza")
        constraints = [
            models.UniqueConstraint(fields=["pact", "end", "days"], name="pact_end_reminder_once"),
        ]

    def __str__(self) -> str:
        return f"{self.end:%d/%m/%Y} −{self.days}"
