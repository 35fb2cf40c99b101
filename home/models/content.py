"""Pages that belong to no section: who we are, accessibility, privacy, legal notes."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from portal.blocks.layout import BodyBlocks
from portal.pages.base import ArticlePage
from portal.pages.fields import StreamField
from portal.pages.mixins import AttachmentsMixin, ContactsMixin, EasyReadMixin, RelatedPagesMixin, ReviewMixin
from progetti.panels import page_tabs


class ContentPage(AttachmentsMixin, ContactsMixin, EasyReadMixin, RelatedPagesMixin, ReviewMixin, ArticlePage):
    """A page of running text."""

    body = StreamField(BodyBlocks(), verbose_name=_("testo"), blank=True)

    parent_page_types = ["home.HomePage", "home.ContentPage"]
    subpage_types = ["home.ContentPage"]
    template = "pages/home/content_page.html"

    edit_handler = page_tabs(
        [*ArticlePage.content_panels, FieldPanel("body")],
        people=ContactsMixin.contacts_panels,
        more=[
            *AttachmentsMixin.attachments_panels,
            *RelatedPagesMixin.related_panels,
            *EasyReadMixin.easy_read_panels,
            *ReviewMixin.review_panels,
        ],
    )
    search_fields = [*ArticlePage.search_fields, index.SearchField("body")]

    class Meta:
        verbose_name = _("pagina di contenuto")
        verbose_name_plural = _("pagine di contenuto")
