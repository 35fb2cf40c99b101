"""The young person, as they tell about themselves."""

from dataclasses import dataclass

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from .. import week
from ..enums import StudyPath, TravelMeans, YouthStatus
from ..querysets_people import YouthProfileQuerySet
from .sector import terms_of


@dataclass(frozen=True, slots=True)
class CompletenessItem:
    """One thing that a complete profile has."""

    key: str
    label: str
    done: bool


class YouthProfile(models.Model):
    """A young person, from 14 on. Hosts never read this row: they see what an application shares with them."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name=_("account"), on_delete=models.PROTECT, related_name="youth_profile"
    )
    desk = models.ForeignKey(
        "sportello.Desk", verbose_name=_("sportello"), on_delete=models.PROTECT, related_name="young_people"
    )
    birth_date = models.DateField(_("data di nascita"))
    home = models.ForeignKey(
        "registry.Municipality", verbose_name=_("comune in cui vivi"), on_delete=models.PROTECT, related_name="+"
    )
    phone = models.CharField(_("telefono"), max_length=40, blank=True)
    status = models.CharField(_("che cosa fai adesso"), max_length=12, choices=YouthStatus, blank=True)
    study_path = models.CharField(_("percorso di studi"), max_length=30, choices=StudyPath, blank=True)
    study_note = models.CharField(
        _("i tuoi studi in due parole"),
        max_length=160,
        blank=True,
        help_text=_("Per esempio: diploma di perito agrario."),
    )
    interests = models.ManyToManyField(
        "sportello.Sector", verbose_name=_("settori che ti interessano"), blank=True, related_name="+"
    )
    skills = models.ManyToManyField(
        "sportello.Skill", verbose_name=_("che cosa sai fare"), blank=True, related_name="+"
    )
    goals = models.ManyToManyField(
        "sportello.Skill", verbose_name=_("che cosa vuoi imparare"), blank=True, related_name="+"
    )
    # The slugs of the three lists, kept by `refresh_terms`: the matching reads many rows and must not join for each.
    terms = models.JSONField(default=dict, editable=False)
    availability = models.PositiveIntegerField(_("quando puoi"), default=0)
    available_from = models.DateField(_("disponibile dal"), null=True, blank=True)
    available_until = models.DateField(_("disponibile fino al"), null=True, blank=True)
    weekly_hours_max = models.PositiveSmallIntegerField(
        _("ore alla settimana, al massimo"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(40)],
    )
    travel_means = models.JSONField(_("come ti sposti"), default=list, blank=True)
    max_distance_km = models.PositiveIntegerField(
        _("fin dove puoi arrivare"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(200)],
        help_text=_("Chilometri da casa, in linea d'aria."),
    )
    matching_consent_at = models.DateTimeField(_("consenso all'abbinamento dal"), null=True, blank=True)
    language = models.CharField(_("lingua delle e-mail"), max_length=5, default="it")
    is_example = models.BooleanField(_("esempio inventato"), default=False)
    created_at = models.DateTimeField(_("creato il"), auto_now_add=True)
    updated_at = models.DateTimeField(_("aggiornato il"), auto_now=True)

    objects = YouthProfileQuerySet.as_manager()

    # What `permissions.profile_of` adds: whether the person also answers for another one.
    answers: bool

    class Meta:
        verbose_name = _("profilo di giovane")
        verbose_name_plural = _("giovani")
        ordering = ["-created_at", "-pk"]
        indexes = [
            # The order in which candidates for an offer are looked for among all.
            models.Index(
                models.F("updated_at").desc(),
                models.F("id").desc(),
                condition=models.Q(matching_consent_at__isnull=False),
                name="youth_to_match",
            ),
            # Everything by which they are cut first round an offer's place; see `offer_in_reach`.
            models.Index(
                fields=[
                    "home",
                    "desk",
                    "birth_date",
                    "weekly_hours_max",
                    "available_from",
                    "available_until",
                    "max_distance_km",
                    "status",
                    "availability",
                    "user",
                    "matching_consent_at",
                    "updated_at",
                    "id",
                ],
                condition=models.Q(matching_consent_at__isnull=False),
                name="youth_in_reach",
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(availability__gte=0, availability__lte=week.ALL_WEEK),
                name="youth_availability_is_a_week",
            ),
            models.CheckConstraint(
                condition=models.Q(available_from__isnull=True)
                | models.Q(available_until__isnull=True)
                | models.Q(available_from__lte=models.F("available_until")),
                name="youth_availability_dates_in_order",
                violation_error_message=_("La data di fine viene prima di quella di inizio."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)

    def refresh_terms(self) -> None:
        """Write down the slugs of the lists after they have changed."""
        self.terms = {"interests": [row.slug for row in self.interests.all()], **terms_of(self.skills, self.goals)}
        self.save(update_fields=["terms"])

    @property
    def travel_means_labels(self) -> list[str]:
        """How the person moves around, in words."""
        return [str(TravelMeans(value).label) for value in self.travel_means if value in TravelMeans.values]

    @property
    def first_name(self) -> str:
        """How to address the person; empty if they have not told."""
        return self.user.first_name

    def completeness(self) -> list[CompletenessItem]:
        """What the profile needs before it can be used to apply. It asks the database nothing."""
        return [
            CompletenessItem("name", str(_("nome e cognome")), bool(self.user.first_name and self.user.last_name)),
            CompletenessItem("home", str(_("comune in cui vivi")), bool(self.home_id)),
            CompletenessItem("status", str(_("che cosa fai adesso")), bool(self.status)),
            CompletenessItem("study_path", str(_("percorso di studi")), bool(self.study_path)),
            CompletenessItem("interests", str(_("settori che ti interessano")), bool(self.terms.get("interests"))),
            CompletenessItem(
                "skills", str(_("che cosa sai fare")), bool(self.terms.get("skills") or self.terms.get("languages"))
            ),
            CompletenessItem("availability", str(_("quando puoi")), bool(self.availability)),
            CompletenessItem("max_distance_km", str(_("fin dove puoi arrivare")), bool(self.max_distance_km)),
            CompletenessItem("consent", str(_("consenso all'abbinamento")), bool(self.matching_consent_at)),
        ]

    @property
    def missing(self) -> list[CompletenessItem]:
        """What is still to be told."""
        return [item for item in self.completeness() if not item.done]

    @property
    def is_complete(self) -> bool:
        """Whether it can be used to apply."""
        return not self.missing
