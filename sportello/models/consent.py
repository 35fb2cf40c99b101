"""What people say yes to, in which words, when, and until when."""

import hashlib

from django.conf import settings
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from ..enums import Actor
from ..enums_people import GIVEN_BY, ConsentPurpose
from ..querysets_people import ConsentQuerySet, ConsentTextQuerySet


class ConsentText(models.Model):
    """The words of one purpose, in one version. Words that somebody has said yes to never change: a new version does.

    A new version is asked of whoever says yes from then on. What was given before stands as it was given, unless the
    new one `asks_again`: then it counts for nothing until it is given anew, and stays written as it was.
    """

    purpose = models.CharField(_("per che cosa"), max_length=12, choices=ConsentPurpose)
    version = models.PositiveSmallIntegerField(_("versione"))
    valid_from = models.DateField(_("vale dal"))
    title = models.CharField(_("domanda"), max_length=160)
    title_en = models.CharField(_("domanda in inglese"), max_length=160)
    body = models.TextField(_("spiegazione"))
    body_en = models.TextField(_("spiegazione in inglese"))
    # A change of substance: who said yes to an older version is asked again from `valid_from` on.
    asks_again = models.BooleanField(_("chiede di nuovo il consenso"), default=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("scritto da"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(_("scritto il"), auto_now_add=True)

    objects = ConsentTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("testo di consenso")
        verbose_name_plural = _("testi di consenso")
        ordering = ["purpose", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["purpose", "version"], name="consent_text_version_once"),
            models.CheckConstraint(
                condition=models.Q(purpose__in=ConsentPurpose.values), name="consent_text_purpose_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}, {self.version}"

    def save(self, *args, **kwargs):
        if self.pk is not None:
            raise TypeError("The words of a consent never change: write a new version.")
        super().save(*args, **kwargs)

    @property
    def question(self) -> str:
        """What is asked, in the reader's language."""
        return self.title_en if _reads_english() else self.title

    @property
    def explanation(self) -> str:
        """What it means, in the reader's language; paragraphs are separated by an empty line."""
        return self.body_en if _reads_english() else self.body

    @property
    def digest(self) -> str:
        """SHA-256 of all the words, kept with each consent as evidence of what was read."""
        words = "\n".join((self.title, self.body, self.title_en, self.body_en))
        return hashlib.sha256(words.encode()).hexdigest()


def _reads_english() -> bool:
    return (get_language() or "").startswith("en")


def _given_as_purpose_wants() -> models.Q:
    condition = models.Q()
    for purpose, actor in GIVEN_BY.items():
        condition |= models.Q(purpose=purpose, given_as=actor)
    return condition


class Consent(models.Model):
    """One answer about one purpose: a yes that stands until it is taken back, or a no."""

    youth = models.ForeignKey(
        "sportello.YouthProfile", verbose_name=_("giovane"), on_delete=models.CASCADE, related_name="consents"
    )
    purpose = models.CharField(_("per che cosa"), max_length=12, choices=ConsentPurpose)
    application = models.ForeignKey(
        "sportello.Application",
        verbose_name=_("candidatura"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="consents",
    )
    text = models.ForeignKey(ConsentText, verbose_name=_("testo"), on_delete=models.PROTECT, related_name="consents")
    # The person may be forgotten; that a yes was given, and as what, may not.
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("risposta di"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    given_as = models.CharField(_("risposta come"), max_length=8, choices=Actor)
    granted_at = models.DateTimeField(_("dato il"), null=True, blank=True)
    refused_at = models.DateTimeField(_("negato il"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revocato il"), null=True, blank=True)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("revocato da"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # How it was given: door, language, digest of the words, and for an experience its first and last day.
    evidence = models.JSONField(_("prova"), default=dict)

    objects = ConsentQuerySet.as_manager()

    # What `with_outdated` adds: whether a later version of the words asks again.
    outdated: bool

    class Meta:
        verbose_name = _("consenso")
        verbose_name_plural = _("consensi")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["youth", "purpose"],
                condition=models.Q(application__isnull=True, granted_at__isnull=False, revoked_at__isnull=True),
                name="consent_one_standing",
                violation_error_message=_("Questo consenso c'è già."),
            ),
            models.UniqueConstraint(
                fields=["application", "purpose"],
                condition=models.Q(application__isnull=False, granted_at__isnull=False, revoked_at__isnull=True),
                name="consent_one_standing_for_an_experience",
                violation_error_message=_("Questo consenso c'è già."),
            ),
            models.CheckConstraint(
                condition=models.Q(granted_at__isnull=False, refused_at__isnull=True)
                | models.Q(granted_at__isnull=True, refused_at__isnull=False),
                name="consent_yes_or_no",
            ),
            models.CheckConstraint(
                condition=models.Q(revoked_at__isnull=True) | models.Q(granted_at__lte=models.F("revoked_at")),
                name="consent_revoked_after_given",
            ),
            models.CheckConstraint(
                condition=models.Q(purpose=ConsentPurpose.EXPERIENCE, application__isnull=False)
                | (~models.Q(purpose=ConsentPurpose.EXPERIENCE) & models.Q(application__isnull=True)),
                name="consent_to_an_experience_names_it",
            ),
            models.CheckConstraint(condition=_given_as_purpose_wants(), name="consent_given_by_who_may"),
        ]

    def __str__(self) -> str:
        return f"#{self.pk}"

    @property
    def is_standing(self) -> bool:
        """Whether it is a yes that nobody has taken back."""
        return self.granted_at is not None and self.revoked_at is None
