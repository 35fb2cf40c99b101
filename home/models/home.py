"""The home page: composed from what the other apps publish."""

from django.utils.translation import gettext_lazy as _

from portal.pages.base import BasePage


class HomePage(BasePage):
    """The first page of a site in one language."""

    parent_page_types = ["wagtailcore.Page"]
    template = "pages/home/home_page.html"

    class Meta:
        verbose_name = _("home page")
        verbose_name_plural = _("home page")
