"""The home page: composed from what the other apps publish."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel

from portal.pages.base import BasePage
from progetti.panels import page_tabs

from ..composition import compose


class HomePage(BasePage):
    """The first page of the portal in one language: its own words, and parts that compose themselves."""

    hero_statement = models.CharField(
        _("la visione in una frase"),
        max_length=160,
        help_text=_("La frase grande sopra la mappa dell'Italia: è la prima cosa che si legge."),
    )
    hero_intro = models.TextField(
        _("che cosa si trova qui"), blank=True, help_text=_("Due o tre frasi sotto la visione.")
    )
    projects_intro = models.CharField(_("introduzione ai progetti"), max_length=255, blank=True)
    plan_intro = models.CharField(_("introduzione al piano"), max_length=255, blank=True)
    sportello_heading = models.CharField(_("titolo dello Sportello"), max_length=120, blank=True)
    sportello_intro = models.TextField(_("che cos'è lo Sportello"), blank=True)
    seek_text = models.CharField(_("a chi cerca un'esperienza"), max_length=255, blank=True)
    offer_text = models.CharField(_("a chi offre un'esperienza"), max_length=255, blank=True)

    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "progetti.VisionPage",
        "progetti.PlanPage",
        "progetti.ProjectIndexPage",
        "bandi.CallIndexPage",
        "home.EventIndexPage",
        "home.NewsIndexPage",
        "progetti.GovernanceIndexPage",
        "progetti.PactIndexPage",
        "home.ContentPage",
    ]
    template = "pages/home/home_page.html"

    edit_handler = page_tabs(
        [
            HelpPanel(
                _(
                    "Bandi aperti, agenda, progetti, piano e notizie si compongono da soli con ciò che è pubblicato: "
                    "una parte senza contenuti non appare."
                )
            ),
            *BasePage.content_panels,
            MultiFieldPanel([FieldPanel("hero_statement"), FieldPanel("hero_intro")], heading=_("Apertura")),
            MultiFieldPanel([FieldPanel("projects_intro"), FieldPanel("plan_intro")], heading=_("Progetti e piano")),
            MultiFieldPanel(
                [
                    FieldPanel("sportello_heading"),
                    FieldPanel("sportello_intro"),
                    FieldPanel("seek_text"),
                    FieldPanel("offer_text"),
                ],
                heading=_("Sportello Talenti"),
            ),
        ],
        classification=(),
    )

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home page")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context.update(compose(self, request))
        return context
