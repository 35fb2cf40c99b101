"""Tags for the templates of pages."""

from django import template

from portal.pages import reading

register = template.Library()


@register.simple_tag(takes_context=True)
def breadcrumbs(context, page) -> list:
    """Links from the home page down to the parent of the page."""
    return reading.breadcrumbs(context["request"], page)


@register.simple_tag(takes_context=True)
def related_pages(context, page) -> list:
    """The related pages that the reader may read, in their language where translated."""
    return reading.related_pages(context["request"], page)
