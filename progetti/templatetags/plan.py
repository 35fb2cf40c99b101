"""Tags for what plans show."""

from django import template

from ..line_of_sight import sights

register = template.Library()


@register.inclusion_tag("components/line_of_sight.html", takes_context=True)
def line_of_sight(context, page) -> dict:
    """Where the page stands in the plan; nothing for pages that contribute to nothing."""
    return {"sights": sights(context["request"], page)}
