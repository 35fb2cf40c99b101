"""Who calls are for: a controlled list, so that calls can be filtered by it."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.search import index

from progetti.models.aim import reads_english


class Recipient(index.Indexed, models.Model):
    """A kind of reader that a call is for ("Comuni", "Giovani sotto i 35 anni"). One row serves both languages."""

    name = models.CharField(_("nome"), max_length=80, unique=True)
    name_en = models.CharField(_("nome in inglese"), max_length=80)
    slug = models.SlugField(_("slug"), max_length=80, unique=True, help_text=_("Nome nell'indirizzo web."))

    panels = [FieldRowPanel([FieldPanel("name"), FieldPanel("name_en")]), FieldPanel("slug")]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        verbose_name = _("destinatario dei bandi")
        verbose_name_plural = _("destinatari dei bandi")
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return self.name_en if reads_english() else self.name
