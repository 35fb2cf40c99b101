"""Where things happen: the municipalities of Italy, and the territories that the portal serves."""

from django.core.validators import RegexValidator
from django.db import models
from django.db.models.functions import Upper
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.search import index

from ..enums import TerritoryKind
from ..maps.atlas import region_code
from ..querysets import MunicipalityQuerySet, TerritoryQuerySet


class Municipality(index.Indexed, models.Model):
    """A municipality of Italy as ISTAT lists it; imported, never edited by hand."""

    istat_code = models.CharField(
        _("codice ISTAT"), max_length=6, unique=True, validators=[RegexValidator(r"^\d{6}$", _("Sei cifre."))]
    )
    name = models.CharField(_("nome"), max_length=120, db_index=True)
    province = models.CharField(_("provincia"), max_length=60)
    province_code = models.CharField(_("sigla della provincia"), max_length=2)
    region = models.CharField(_("regione"), max_length=60)
    cadastral_code = models.CharField(_("codice catastale"), max_length=4, blank=True)
    latitude = models.FloatField(_("latitudine"), help_text=_("Gradi, WGS 84."))
    longitude = models.FloatField(_("longitudine"), help_text=_("Gradi, WGS 84."))
    population = models.PositiveIntegerField(_("residenti"))
    population_15_29 = models.PositiveIntegerField(_("residenti tra 15 e 29 anni"))

    objects = MunicipalityQuerySet.as_manager()

    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        verbose_name = _("comune italiano")
        verbose_name_plural = _("comuni italiani")
        ordering = ["name", "istat_code"]
        # Readers write names in any case.
        indexes = [models.Index(Upper("name"), name="municipality_upper_name")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(population_15_29__lte=models.F("population")),
                name="municipality_young_within_population",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.province_code})"


class Territory(index.Indexed, ClusterableModel):
    """A municipality, union, district, inner area or region that the portal serves."""

    kind = models.CharField(_("tipo"), max_length=20, choices=TerritoryKind, default=TerritoryKind.MUNICIPALITY)
    name = models.CharField(_("nome"), max_length=120)
    slug = models.SlugField(_("slug"), max_length=120, unique=True, help_text=_("Nome nell'indirizzo web."))
    region = models.CharField(
        _("regione"), max_length=60, blank=True, help_text=_("Per le regioni: tutta la regione è il territorio.")
    )
    municipalities = ParentalManyToManyField(
        Municipality, verbose_name=_("comuni"), blank=True, related_name="territories"
    )
    map_codes = models.JSONField(
        _("codici per la mappa"), default=list, editable=False, help_text=_("Calcolati da comuni e regione.")
    )

    objects = TerritoryQuerySet.as_manager()

    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("slug")]),
        FieldPanel("municipality_names"),
        FieldPanel("region"),
    ]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name"), index.FilterField("kind")]

    class Meta:
        verbose_name = _("territorio")
        verbose_name_plural = _("territori")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        self.refresh_map_codes()

    def refresh_map_codes(self) -> None:
        """Store the codes that the map is drawn from, so that a listing needs no query for each territory."""
        if self.kind == TerritoryKind.REGION:
            codes = [region_code(self.region or self.name)]
        else:
            codes = sorted(self.municipalities.values_list("istat_code", flat=True))
        if codes != self.map_codes:
            self.map_codes = codes
            type(self).objects.filter(pk=self.pk).update(map_codes=codes)
