"""The aims that everything the territory does answers to."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.search import index


def reads_english() -> bool:
    """Whether the reader's language is English."""
    return (get_language() or "").startswith("en")


class Aim(index.Indexed, models.Model):
    """One of the aims of accompanying a territory. One row serves both languages, like a topic."""

    order = models.PositiveSmallIntegerField(_("ordine"), unique=True)
    slug = models.SlugField(_("slug"), max_length=80, unique=True, help_text=_("Nome nell'indirizzo web."))
    name = models.CharField(_("nome"), max_length=80)
    name_en = models.CharField(_("nome in inglese"), max_length=80)
    text = models.TextField(_("che cosa vuol dire"))
    text_en = models.TextField(_("che cosa vuol dire, in inglese"))

    panels = [
        FieldRowPanel([FieldPanel("order"), FieldPanel("slug")]),
        FieldRowPanel([FieldPanel("name"), FieldPanel("name_en")]),
        FieldPanel("text"),
        FieldPanel("text_en"),
    ]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        verbose_name = _("finalità")
        verbose_name_plural = _("finalità")
        ordering = ["order", "pk"]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The name in the reader's language."""
        return self.name_en if reads_english() else self.name

    @property
    def text_label(self) -> str:
        """What the aim means, in the reader's language."""
        return self.text_en if reads_english() else self.text


class AimsMixin(models.Model):
    """Which aims a page answers to."""

    aims = ParentalManyToManyField("progetti.Aim", verbose_name=_("finalità"), blank=True, related_name="+")

    class Meta:
        abstract = True
