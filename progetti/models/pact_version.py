"""The text of a pact, version by version: what somebody signed is never changed."""

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Length
from django.db.models.lookups import Exact
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField

from ..pact_querysets import PactVersionQuerySet
from ..pact_text import TEXT_FEATURES, TextBlock, canonical_text, fingerprint, text_blocks
from .aim import reads_english

SIGNED_FIELDS = ("pact_id", "number", "title", "text", "in_force_from", "sha256")


class PactVersion(models.Model):
    """A version of the text of a pact. From its first day in force the text is kept as it is, in the database too.

    The Italian text is the one that is signed and hashed; the English one is a courtesy and may be added later.
    Made by `progetti.actions.pacts.publish_version`.
    """

    pact = models.ForeignKey(
        "progetti.PactPage", verbose_name=_("patto"), on_delete=models.PROTECT, related_name="versions"
    )
    number = models.PositiveSmallIntegerField(_("numero"), editable=False)
    title = models.CharField(_("titolo del testo"), max_length=160)
    text = RichTextField(_("testo"), features=TEXT_FEATURES)
    title_en = models.CharField(_("titolo in inglese"), max_length=160, blank=True)
    text_en = RichTextField(
        _("testo in inglese"),
        features=TEXT_FEATURES,
        blank=True,
        help_text=_("Una traduzione per chi legge: si firma il testo italiano."),
    )
    what_changed = models.CharField(
        _("che cosa cambia"),
        max_length=255,
        blank=True,
        help_text=_("Rispetto alla versione di prima, in una o due frasi."),
    )
    in_force_from = models.DateField(
        _("in vigore dal"),
        default=timezone.localdate,
        help_text=_("Da quel giorno il testo non si può più cambiare: si fa una nuova versione."),
    )
    sha256 = models.CharField(_("impronta SHA-256"), max_length=64, editable=False)
    created_at = models.DateTimeField(_("scritta il"), default=timezone.now, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("scritta da"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        editable=False,
    )

    objects = PactVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("versione del testo")
        verbose_name_plural = _("versioni dei testi")
        ordering = ["pact", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["pact", "number"],
                name="pact_version_number_once",
                violation_error_message=_("Questo patto ha già una versione con questo numero."),
            ),
            models.UniqueConstraint(
                fields=["pact", "in_force_from"],
                name="pact_version_one_a_day",
                violation_error_message=_("Un'altra versione di questo patto entra in vigore lo stesso giorno."),
            ),
            models.CheckConstraint(condition=Q(number__gte=1), name="pact_version_number_from_1"),
            models.CheckConstraint(condition=~Q(text=""), name="pact_version_has_text"),
            models.CheckConstraint(condition=Exact(Length("sha256"), 64), name="pact_version_has_hash"),
        ]

    def __str__(self) -> str:
        return f"{self.title}, {self.number}"

    def save(self, *args, **kwargs):
        """Save with the hash of the text.

        Raises:
            TypeError: the text was in force already and something that is signed differs.
        """
        kept = getattr(self, "_kept", {})
        if self.pk and self.has_begun(kept.get("in_force_from")):
            if any(getattr(self, name) != value for name, value in kept.items()):
                raise TypeError("a text that has been in force is never changed")
        else:
            self.sha256 = fingerprint(self.canonical)
        super().save(*args, **kwargs)
        self._kept = {name: getattr(self, name) for name in SIGNED_FIELDS}

    def delete(self, *args, **kwargs):
        if self.has_begun(getattr(self, "_kept", {}).get("in_force_from")):
            raise TypeError("a text that has been in force is never deleted")
        return super().delete(*args, **kwargs)

    @classmethod
    def from_db(cls, *args, **kwargs):
        """Remember what was read, so that a text in force cannot be saved differently."""
        version = super().from_db(*args, **kwargs)
        version._kept = {name: version.__dict__[name] for name in SIGNED_FIELDS if name in version.__dict__}
        return version

    def clean(self):
        super().clean()
        if not text_blocks(self.text):
            raise ValidationError({"text": _("Scrivi il testo del patto.")})

    @staticmethod
    def has_begun(day: date | None) -> bool:
        """Whether a first day in force has come."""
        return day is not None and day <= timezone.localdate()

    @property
    def is_fixed(self) -> bool:
        """Whether the text has been in force, and so can never change."""
        return self.pk is not None and self.has_begun(self.in_force_from)

    @property
    def canonical(self) -> str:
        """The text that `sha256` is of; served as a file, so that anybody can check it with `sha256sum`."""
        return canonical_text(self.title, self.number, self.in_force_from, self.text)

    @property
    def blocks(self) -> list[TextBlock]:
        """The Italian text, the one that is signed, as headings, paragraphs and lists."""
        return text_blocks(self.text)

    @property
    def in_english(self) -> bool:
        """Whether the reader reads English and there is a translation."""
        return reads_english() and bool(self.text_en)

    @property
    def title_label(self) -> str:
        """The title in the reader's language; in Italian where it is not translated."""
        return (reads_english() and self.title_en) or self.title

    @property
    def blocks_label(self) -> list[TextBlock]:
        """The text in the reader's language as headings, paragraphs and lists."""
        return text_blocks(self.text_label)

    @property
    def text_label(self) -> str:
        """The text in the reader's language; in Italian where it is not translated."""
        return self.text_en if self.in_english else self.text
