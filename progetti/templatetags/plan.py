"""Tags for what plans show."""

from django import template

from ..line_of_sight import sights
from ..models import Indicator
from ..plan_indicators import IndicatorView

register = template.Library()


@register.inclusion_tag("components/line_of_sight.html", takes_context=True)
def line_of_sight(context, page) -> dict:
    """Where the page stands in the plan; nothing for pages that contribute to nothing."""
    return {"sights": sights(context["request"], page)}


@register.simple_tag
def indicators_of(project) -> list[IndicatorView]:
    """What a project measures, place beside place, with the last value of each: one query."""
    if not project.pk:
        return []
    found = Indicator.objects.filter(project__translation_key=project.translation_key).with_latest()
    return [IndicatorView(indicator) for indicator in found]
