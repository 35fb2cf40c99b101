"""What things are about: a controlled list of themes."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index


class Topic(index.Indexed, models.Model):
    """A theme. One row serves both languages, so that filters by topic work whatever the language of the page."""

    name = models.CharField(_("nome"), max_length=80, unique=True)
    name_en = models.CharField(_("nome in inglese"), max_length=80)
    slug = models.SlugField(_("slug"), max_length=80, unique=True, help_text=_("Nome nell'indirizzo web."))
    eurovoc = models.CharField(
        _("voce EuroVoc"), max_length=120, blank=True, help_text=_("La voce corrispondente, se esiste.")
    )

    panels = [FieldPanel("name"), FieldPanel("name_en"), FieldPanel("slug"), FieldPanel("eurovoc")]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        verbose_name = _("argomento")
        verbose_name_plural = _("argomenti")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return self.name_en if (get_language() or "").startswith("en") else self.name
