"""Who does things: municipalities, foundations, cooperatives, schools, businesses."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.search import index

from ..enums import OrganisationKind


class Organisation(index.Indexed, models.Model):
    """An actor of the territory; pages name it by its role."""

    name = models.CharField(_("nome"), max_length=160)
    slug = models.SlugField(_("slug"), max_length=160, unique=True, help_text=_("Nome nell'indirizzo web."))
    kind = models.CharField(_("tipo"), max_length=20, choices=OrganisationKind, default=OrganisationKind.OTHER)
    description = models.CharField(_("descrizione breve"), max_length=255, blank=True)
    url = models.URLField(_("sito web"), blank=True)
    municipality = models.ForeignKey(
        "registry.Municipality",
        verbose_name=_("comune"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="organisations",
    )
    is_example = models.BooleanField(
        _("esempio inventato"), default=False, help_text=_("Non esiste: serve a mostrare come funziona il portale.")
    )

    panels = [
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("slug")]),
        FieldPanel("description"),
        FieldPanel("url"),
        FieldPanel("municipality"),
        FieldPanel("is_example"),
    ]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name"), index.FilterField("kind")]

    class Meta:
        verbose_name = _("organizzazione")
        verbose_name_plural = _("organizzazioni")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name
