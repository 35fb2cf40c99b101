"""What every page of the portal is."""

from django.db import models
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, PageViewRestriction
from wagtail.search import index

from portal.navigation.menus import language_links

from .mixins import ClassificationMixin, PictureMixin


class BasePage(Page):
    """A page with a subtitle, a short description and a place in the portal; abstract."""

    subtitle = models.CharField(_("sottotitolo"), max_length=160, blank=True)
    short_description = models.CharField(
        _("descrizione breve"),
        max_length=255,
        help_text=_("Una o due frasi: appare negli elenchi, nei motori di ricerca e quando la pagina è condivisa."),
    )

    show_in_menus_default = False
    intro_panels = [*Page.content_panels, FieldPanel("subtitle"), FieldPanel("short_description")]
    content_panels = intro_panels
    search_fields = [
        *Page.search_fields,
        index.SearchField("short_description"),
        index.SearchField("subtitle"),
    ]

    class Meta:
        abstract = True

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context["language_links"] = SimpleLazyObject(lambda: language_links(request, self))
        return context

    def get_view_restrictions(self):
        """Wagtail's, unless portal.pages.routing has found out already that there are none."""
        if getattr(self, "known_unrestricted", False):
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()

    @property
    def meta_description(self) -> str:
        """What search engines and shared links say of the page."""
        return self.search_description or self.short_description

    @property
    def map_codes(self) -> list[str]:
        """Which places the page's map shows; none means all of Italy."""
        return []

    @property
    def map_seed(self) -> int:
        """A number from 0 to 255 that makes the page's map its own; the same in every language."""
        return self.translation_key.int % 256


class ArticlePage(ClassificationMixin, PictureMixin, BasePage):
    """A page with a picture (photo or map), topics, territories and somebody who answers for it; abstract."""

    class Meta:
        abstract = True

    content_panels = [*BasePage.intro_panels, *PictureMixin.picture_panels]
    search_fields = [*BasePage.search_fields, *ClassificationMixin.classification_search_fields]
