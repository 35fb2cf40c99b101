"""Who offers experiences, and the people who act for it."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Length
from django.db.models.lookups import In
from django.urls import reverse
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from ..enums import HostRole, HostState
from ..querysets_hosts import WORKING_HOST_ROLES, HostMembershipQuerySet, HostQuerySet
from ..validators import validate_fiscal_code


class Host(models.Model):
    """An organisation that may offer experiences once the desk has verified it."""

    organisation = models.OneToOneField(
        "registry.Organisation", verbose_name=_("organizzazione"), on_delete=models.PROTECT, related_name="host"
    )
    desk = models.ForeignKey(
        "sportello.Desk", verbose_name=_("sportello"), on_delete=models.PROTECT, related_name="hosts"
    )
    fiscal_code = models.CharField(
        _("partita IVA o codice fiscale"), max_length=16, unique=True, validators=[validate_fiscal_code]
    )
    contact_name = models.CharField(_("persona di riferimento"), max_length=120)
    phone = models.CharField(_("telefono"), max_length=40, blank=True)
    permanent_staff = models.PositiveIntegerField(_("dipendenti a tempo indeterminato"), null=True, blank=True)
    sectors = models.ManyToManyField("sportello.Sector", verbose_name=_("settori"), blank=True, related_name="hosts")
    about = models.TextField(_("che cosa fate"), max_length=3000, blank=True)
    # Drawn again from the pixels of what was uploaded: see `sportello.logos`.
    logo = models.ImageField(
        _("logo"), upload_to="images/realta/", width_field="logo_width", height_field="logo_height", blank=True
    )
    logo_width = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    logo_height = models.PositiveSmallIntegerField(null=True, blank=True, editable=False)
    paused_until = models.DateField(
        _("in pausa fino al"),
        null=True,
        blank=True,
        help_text=_("Compreso. Fino a quel giorno le offerte non si vedono e non arrivano candidature nuove."),
    )
    state = models.CharField(_("stato"), max_length=12, choices=HostState, default=HostState.REGISTERED)
    state_reason = models.TextField(_("motivo"), blank=True)
    verified_at = models.DateTimeField(_("verificata il"), null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("verificata da"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    pact_signature = models.OneToOneField(
        "sportello.PactSignature",
        verbose_name=_("firma del patto"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    # How it answers, counted by `actions.host_answers` for pages and scores; empty with too few answers to say.
    answers_due = models.PositiveIntegerField(_("candidature a cui rispondere"), null=True, blank=True, editable=False)
    answers_given = models.PositiveIntegerField(_("risposte date"), null=True, blank=True, editable=False)
    answers_days = models.PositiveSmallIntegerField(
        _("giorni per rispondere, in media"), null=True, blank=True, editable=False
    )
    created_at = models.DateTimeField(_("registrata il"), auto_now_add=True)

    objects = HostQuerySet.as_manager()

    # What `for_public_list()` adds to each row.
    open_offers: int

    class Meta:
        verbose_name = _("realtà ospitante")
        verbose_name_plural = _("realtà ospitanti")
        ordering = ["-created_at", "-pk"]
        indexes = [
            # Few hosts: the public list leaves their offers out (`hosts_off_show`).
            models.Index(
                fields=["id"],
                condition=~models.Q(state=HostState.SIGNED) | models.Q(paused_until__isnull=False),
                name="host_off_show",
            )
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=HostState.values), name="host_state_known"),
            models.CheckConstraint(
                condition=In(Length("fiscal_code"), [11, 16]),
                name="host_fiscal_code_length",
                violation_error_message=_("La partita IVA ha 11 cifre, il codice fiscale 16 caratteri."),
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=[HostState.VERIFIED, HostState.SIGNED])
                | models.Q(verified_at__isnull=False, verified_by__isnull=False),
                name="host_verified_by_somebody",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=HostState.SIGNED) | models.Q(pact_signature__isnull=False),
                name="host_signed_has_signature",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=HostState.SUSPENDED) | ~models.Q(state_reason=""),
                name="host_suspended_with_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(answers_due=None, answers_given=None, answers_days=None)
                | models.Q(
                    answers_due__isnull=False,
                    answers_given__isnull=False,
                    answers_days__isnull=False,
                    answers_due__gte=models.F("answers_given"),
                    answers_given__gte=1,
                ),
                name="host_answers_all_or_none",
            ),
        ]

    def __str__(self) -> str:
        return self.organisation.name

    def get_absolute_url(self) -> str:
        """Where the public reads about it once it has signed the pact."""
        return reverse("sportello:host", kwargs={"number": self.pk, "slug": self.slug})

    @property
    def is_example(self) -> bool:
        """Whether the organisation is invented, to show how the portal works."""
        return self.organisation.is_example

    @property
    def map_codes(self) -> list[str]:
        """What its map shows: its municipality."""
        return [self.organisation.municipality.istat_code] if self.organisation.municipality else []

    @property
    def map_seed(self) -> int:
        """A number from 0 to 255 that makes its map its own."""
        return self.pk % 256

    @property
    def may_publish(self) -> bool:
        """Whether what it offers may be before the public: only after it signed the Patto di corresponsabilità."""
        return self.state == HostState.SIGNED

    @property
    def is_paused(self) -> bool:
        """Whether it asked not to receive anything new for now."""
        return self.paused_until is not None and self.paused_until >= timezone.localdate()

    @property
    def takes_applications(self) -> bool:
        """Whether one may apply to its published offers."""
        return self.may_publish and not self.is_paused

    @property
    def slug(self) -> str:
        """Its name in the address of its page."""
        return slugify(self.organisation.name)[:80].strip("-") or "realta"


class HostMembership(models.Model):
    """Somebody who acts for a host. One active owner at least: see `actions.host_members.end_membership`.

    "At least one row" is not something a constraint can say: a trigger does (`sportello.database_rules`). The action
    says it sooner, under the host's lock, so that two owners who leave at the same moment cannot both succeed.
    """

    host = models.ForeignKey(Host, on_delete=models.PROTECT, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="host_memberships")
    role = models.CharField(_("ruolo"), max_length=12, choices=HostRole, default=HostRole.OWNER)
    is_active = models.BooleanField(_("attivo"), default=True)
    # Which of several hosts somebody acts for: the one chosen last.
    chosen_at = models.DateTimeField(null=True, blank=True, editable=False)
    offers = models.ManyToManyField(
        "sportello.Offer",
        verbose_name=_("offerte che segue"),
        blank=True,
        related_name="followers",
        help_text=_("Per i tutor: vedono le candidature e i percorsi di queste offerte."),
    )
    language = models.CharField(_("lingua delle e-mail"), max_length=5, default="it")
    created_at = models.DateTimeField(_("dal"), auto_now_add=True)

    # What `permissions.host_memberships_of` adds: whether the person also answers for somebody under age.
    answers: bool

    objects = HostMembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("persona della realtà ospitante")
        verbose_name_plural = _("persone della realtà ospitante")
        ordering = ["host", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["host", "user"], condition=models.Q(is_active=True), name="host_membership_one_active"
            ),
            models.CheckConstraint(condition=models.Q(role__in=HostRole.values), name="host_membership_role_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()})"

    @property
    def owns(self) -> bool:
        """Whether this person decides everything, people and signature included."""
        return self.is_active and self.role == HostRole.OWNER

    @property
    def works(self) -> bool:
        """Whether this person writes offers and answers applications."""
        return self.is_active and self.role in WORKING_HOST_ROLES
