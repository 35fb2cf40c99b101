"""An experience that a host offers, and its places."""

from datetime import date

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from .. import search, week
from ..enums import (
    EDITABLE_OFFER_STATES,
    MAX_SEATS,
    MIN_SEATS,
    MODERATED_OFFER_STATES,
    OfferKind,
    OfferState,
    StudyPath,
)
from ..querysets_offers import OfferQuerySet, SeatQuerySet
from .sector import terms_of


def days_needed(start: date, end: date, duration_weeks: int | None) -> int:
    """Return how many days an experience lasts within its period; the whole of it without a duration."""
    whole = (end - start).days + 1
    return min(whole, duration_weeks * 7) if duration_weeks else whole


class Offer(models.Model):
    """What a young person would do, learn and need; when, where and with whom."""

    host = models.ForeignKey(
        "sportello.Host", verbose_name=_("realtà ospitante"), on_delete=models.PROTECT, related_name="offers"
    )
    desk = models.ForeignKey(
        "sportello.Desk", verbose_name=_("sportello"), on_delete=models.PROTECT, related_name="offers"
    )
    title = models.CharField(_("titolo"), max_length=120, help_text=_("Che cosa si fa, in poche parole."))
    summary = models.CharField(
        _("in una frase"), max_length=255, help_text=_("Appare negli elenchi: fa venire voglia di leggere il resto.")
    )
    slug = models.SlugField(max_length=80, editable=False)
    kind = models.CharField(_("tipo di esperienza"), max_length=16, choices=OfferKind)
    sector = models.ForeignKey(
        "sportello.Sector", verbose_name=_("settore"), on_delete=models.PROTECT, related_name="offers"
    )
    tasks = models.TextField(_("che cosa si fa"), max_length=3000)
    learning = models.TextField(_("che cosa si impara"), max_length=2000, blank=True)
    goals = models.ManyToManyField(
        "sportello.Skill", verbose_name=_("competenze che si imparano"), blank=True, related_name="+"
    )
    skills = models.ManyToManyField(
        "sportello.Skill", verbose_name=_("competenze e lingue utili"), blank=True, related_name="+"
    )
    # The slugs of the two lists, kept by `refresh_terms`: see `YouthProfile.terms`.
    terms = models.JSONField(default=dict, editable=False)
    study_paths = models.JSONField(_("percorsi di studio adatti"), default=list, blank=True)
    schedule = models.PositiveIntegerField(_("giorni e fasce orarie"), default=0)
    weekly_hours = models.PositiveSmallIntegerField(
        _("ore alla settimana"), validators=[MinValueValidator(1), MaxValueValidator(40)]
    )
    start_date = models.DateField(_("non prima del"))
    end_date = models.DateField(_("non oltre il"))
    duration_weeks = models.PositiveSmallIntegerField(
        _("durata in settimane"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(104)],
        help_text=_("Se è più breve del periodo indicato. Vuoto: tutto il periodo."),
    )
    municipality = models.ForeignKey(
        "registry.Municipality", verbose_name=_("comune"), on_delete=models.PROTECT, related_name="+"
    )
    address = models.CharField(_("indirizzo"), max_length=160, blank=True)
    remote = models.BooleanField(_("si può fare a distanza"), default=False)
    indemnity = models.PositiveIntegerField(
        _("indennità mensile in euro"), null=True, blank=True, validators=[MaxValueValidator(5000)]
    )
    hazards = models.CharField(
        _("rischi particolari"),
        max_length=255,
        blank=True,
        help_text=_("Macchine, lavori in quota, sostanze. Vuoto se non ce ne sono."),
    )
    minimum_age = models.PositiveSmallIntegerField(
        _("età minima"), default=18, validators=[MinValueValidator(14), MaxValueValidator(35)]
    )
    maximum_age = models.PositiveSmallIntegerField(
        _("età massima"), null=True, blank=True, validators=[MinValueValidator(14), MaxValueValidator(35)]
    )
    tutor_name = models.CharField(_("chi accompagna"), max_length=120, help_text=_("Nome e ruolo del tutor."))
    seats_count = models.PositiveSmallIntegerField(
        _("posti"),
        default=1,
        validators=[
            MinValueValidator(MIN_SEATS, _("Un'offerta ha almeno un posto.")),
            MaxValueValidator(MAX_SEATS, _("Un'offerta ha al massimo %(limit_value)s posti: contatta lo Sportello.")),
        ],
    )
    state = models.CharField(_("stato"), max_length=12, choices=OfferState, default=OfferState.DRAFT)
    state_reason = models.TextField(_("motivo"), blank=True)
    submitted_at = models.DateTimeField(_("inviata allo sportello il"), null=True, blank=True)
    moderated_at = models.DateTimeField(_("controllata il"), null=True, blank=True)
    moderated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("controllata da"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    published_at = models.DateTimeField(_("pubblicata il"), null=True, blank=True)
    # The last time that its host said that it still stands; asked for by e-mail before it is too long ago.
    confirmed_at = models.DateTimeField(_("riconfermata il"), null=True, blank=True)
    confirmation_asked_at = models.DateTimeField(_("riconferma chiesta il"), null=True, blank=True)
    closed_at = models.DateTimeField(_("chiusa il"), null=True, blank=True)
    # Steps of the wizard that its host has not been through yet, with a blank between: see `sportello.wizard`.
    steps_left = models.CharField(max_length=80, blank=True, default="", editable=False)
    # Its own words, ready to be looked for: see `sportello.search`.
    search_words = models.TextField(blank=True, default="", editable=False)
    created_at = models.DateTimeField(_("creata il"), auto_now_add=True)
    updated_at = models.DateTimeField(_("aggiornata il"), auto_now=True)

    objects = OfferQuerySet.as_manager()

    # What `with_counts()`, `with_hosted()` and `candidates.offers_for()` add to each row.
    seats_taken: int
    seats_free: int
    open_count: int
    hosted: int
    applied: int | None

    class Meta:
        verbose_name = _("offerta")
        verbose_name_plural = _("offerte")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["state", "-published_at", "-id"], name="offer_newest"),
            models.Index(fields=["desk", "state"], name="offer_by_desk"),
            # The public list in its usual order: twelve rows without reading the others.
            models.Index(
                models.F("published_at").desc(),
                models.F("id").desc(),
                condition=models.Q(state__in=(OfferState.PUBLISHED, OfferState.FULL)),
                name="offer_on_show",
            ),
            # Everything by which the candidates for a young person are cut first, without the long texts of the rows.
            # All are fields of the index: SQLite has no other way to answer from an index alone.
            models.Index(
                fields=[
                    "remote",
                    "municipality",
                    "sector",
                    "host",
                    "state",
                    "start_date",
                    "end_date",
                    "minimum_age",
                    "maximum_age",
                    "weekly_hours",
                    "kind",
                    "schedule",
                    "duration_weeks",
                    "seats_count",
                    "published_at",
                    "id",
                ],
                condition=models.Q(state=OfferState.PUBLISHED),
                name="offer_in_reach",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(state__in=OfferState.values), name="offer_state_known"),
            models.CheckConstraint(condition=models.Q(kind__in=OfferKind.values), name="offer_kind_known"),
            models.CheckConstraint(
                condition=models.Q(seats_count__gte=MIN_SEATS, seats_count__lte=MAX_SEATS),
                name="offer_seats_within_limits",
                violation_error_message=_("I posti vanno da 1 a 50."),
            ),
            models.CheckConstraint(
                condition=models.Q(start_date__lte=models.F("end_date")),
                name="offer_dates_in_order",
                violation_error_message=_("La data di fine viene prima di quella di inizio."),
            ),
            models.CheckConstraint(
                condition=models.Q(maximum_age__isnull=True) | models.Q(minimum_age__lte=models.F("maximum_age")),
                name="offer_ages_in_order",
                violation_error_message=_("L'età massima è più bassa di quella minima."),
            ),
            models.CheckConstraint(
                condition=models.Q(schedule__gte=0, schedule__lte=week.ALL_WEEK), name="offer_schedule_is_a_week"
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=MODERATED_OFFER_STATES)
                | models.Q(moderated_at__isnull=False, moderated_by__isnull=False, published_at__isnull=False),
                name="offer_published_means_moderated",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=[OfferState.RETURNED, OfferState.REFUSED, OfferState.SUSPENDED])
                | ~models.Q(state_reason=""),
                name="offer_sent_back_with_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=EDITABLE_OFFER_STATES) | models.Q(steps_left=""),
                name="offer_sent_means_complete",
            ),
            models.CheckConstraint(
                condition=~models.Q(state=OfferState.CLOSED) | models.Q(closed_at__isnull=False),
                name="offer_closed_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args, **kwargs):
        self.slug = slugify(self.title)[:80].strip("-") or "offerta"
        super().save(*args, **kwargs)

    def get_absolute_url(self) -> str:
        """Where the public reads it once it is published."""
        return reverse("sportello:offer", kwargs={"number": self.pk, "slug": self.slug})

    def refresh_terms(self) -> None:
        """Write down the slugs of the lists after they have changed."""
        self.terms = terms_of(self.skills, self.goals)
        self.search_words = self.words_to_find()
        self.save(update_fields=["terms", "search_words"])

    def words_to_find(self) -> str:
        """Everything that somebody may look for it by, ready for `search_words`. The slugs of its lists are words."""
        organisation = self.host.organisation
        terms = [slug for slugs in self.terms.values() for slug in slugs]
        kind = OfferKind(self.kind)
        with translation.override("it"):
            lists = [self.sector.name, self.sector.name_en, self.municipality.name, str(kind.label), *terms]
        return search.document((self.title, self.summary, self.tasks, self.learning, organisation.name, *lists))

    @property
    def days_needed(self) -> int:
        """How many days the experience lasts, within its period."""
        return days_needed(self.start_date, self.end_date, self.duration_weeks)

    @property
    def study_paths_labels(self) -> list[str]:
        """The studies that suit it, in words."""
        return [str(StudyPath(value).label) for value in self.study_paths if value in StudyPath.values]

    @property
    def map_codes(self) -> list[str]:
        """What its map shows: the municipality where it takes place."""
        return [self.municipality.istat_code]

    @property
    def map_seed(self) -> int:
        """A number from 0 to 255 that makes its map its own."""
        return self.pk % 256

    @property
    def is_editable(self) -> bool:
        """Whether its host may still change it."""
        return self.state in EDITABLE_OFFER_STATES

    @property
    def is_published(self) -> bool:
        """Whether one can apply."""
        return self.state == OfferState.PUBLISHED

    @property
    def is_on_show(self) -> bool:
        """Whether everybody can read it on the portal: what `OfferQuerySet.on_show` says of many."""
        out = self.state in (OfferState.PUBLISHED, OfferState.FULL) and self.end_date >= timezone.localdate()
        return out and self.host.takes_applications


class Seat(models.Model):
    """One place in an offer. Applications take seats, so the last one cannot be given twice."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="seats")
    n = models.PositiveSmallIntegerField(_("numero"))

    objects = SeatQuerySet.as_manager()

    class Meta:
        verbose_name = _("posto")
        verbose_name_plural = _("posti")
        ordering = ["offer", "n"]
        constraints = [
            models.UniqueConstraint(fields=["offer", "n"], name="seat_number_unique_in_offer"),
            models.CheckConstraint(condition=models.Q(n__gte=MIN_SEATS, n__lte=MAX_SEATS), name="seat_number_limits"),
        ]

    def __str__(self) -> str:
        return f"{self.offer_id}/{self.n}"
