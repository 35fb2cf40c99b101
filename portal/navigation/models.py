"""What the redazione sets once for the whole site: name, tagline, contacts, and the pages the footer links to."""

from django.core.cache import cache
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting
from wagtail.models import Page, PreviewableMixin

from portal.ops import freshness

from .names import name_key


def _footer_page(label):
    return models.ForeignKey(
        Page, verbose_name=label, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )


KEPT_SECONDS = 60


def _cache_key(site_id: int) -> str:
    # Under the number of the last change, where there is one: another process may have saved it.
    return f"navigation:site-settings:{site_id}:{freshness.of_request() or ''}"


@register_setting(icon="site")
class SiteSettings(PreviewableMixin, BaseSiteSetting):
    """Name, tagline, contacts and footer of a site; previewed on a sample page before saving."""

    site_name = models.CharField(_("nome del portale"), max_length=80, default="Territori Generativi")
    tagline = models.CharField(_("motto"), max_length=160, blank=True)
    tagline_en = models.CharField(_("motto in inglese"), max_length=160, blank=True)
    promoter = models.CharField(_("chi lo promuove"), max_length=160, blank=True)
    contact_email = models.EmailField(_("e-mail"), blank=True)
    contact_phone = models.CharField(_("telefono"), max_length=40, blank=True)
    contact_address = models.CharField(_("indirizzo"), max_length=255, blank=True)
    about_page = _footer_page(_("pagina «Chi siamo»"))
    accessibility_page = _footer_page(_("dichiarazione di accessibilità"))
    privacy_page = _footer_page(_("informativa sulla privacy"))
    legal_page = _footer_page(_("note legali"))
    example_notice = models.BooleanField(
        _("avviso di dimostrazione"),
        default=False,
        help_text=_("Mostra in ogni pagina che alcuni contenuti sono esempi inventati."),
    )

    panels = [
        MultiFieldPanel(
            [
                FieldPanel("site_name"),
                FieldPanel("tagline"),
                FieldPanel("tagline_en"),
                FieldPanel("promoter"),
            ],
            heading=_("Chi è"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("contact_email"), FieldPanel("contact_phone")]),
                FieldPanel("contact_address"),
            ],
            heading=_("Contatti"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("about_page"),
                FieldPanel("accessibility_page"),
                FieldPanel("privacy_page"),
                FieldPanel("legal_page"),
            ],
            heading=_("Pagine del piè di pagina"),
        ),
        FieldPanel("example_notice"),
    ]

    class Meta:
        verbose_name = _("impostazioni del portale")

    def save(self, *args, **kwargs):
        is_new = self._state.adding
        super().save(*args, **kwargs)
        cache.delete_many([_cache_key(self.site_id), name_key()])
        # Wagtail's own screens show the name of its site: one name for both, once somebody has written it.
        if not is_new and self.site.site_name != self.site_name:
            self.site.site_name = self.site_name
            self.site.save(update_fields=["site_name"])

    @classmethod
    def for_site(cls, site):
        """The settings of a site, kept like Wagtail keeps the paths of the sites: every page of the portal asks."""
        if site is None:
            return super().for_site(site)
        found = cache.get(_cache_key(site.pk))
        if found is None:
            found = super().for_site(site)
            cache.set(_cache_key(site.pk), found, KEPT_SECONDS)
        return found

    def __str__(self) -> str:
        return self.site_name

    @property
    def footer_pages(self) -> list[Page]:
        """The pages that the footer links to, in the order it shows them; read with the settings."""
        chosen = [self.about_page, self.accessibility_page, self.privacy_page, self.legal_page]
        return [page for page in chosen if page is not None]

    def get_preview_template(self, request, mode_name):
        return "pages/site_settings_preview.html"

    def get_preview_context(self, request, mode_name):
        return {**super().get_preview_context(request, mode_name), "site_settings": self}
