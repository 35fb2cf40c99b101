"""Tags that lead from other pages to calls."""

from django import template
from django.http import HttpRequest

from bandi.models import CallOutcome, CallPage
from portal.navigation.menus import Link

register = template.Library()


@register.simple_tag(takes_context=True)
def funding_calls(context, project) -> list[Link]:
    """The calls that fund a project, each once, in the reader's language where translated: one query."""
    if not project.pk:
        return []
    request: HttpRequest = context["request"]
    found: dict[str, Link] = {}
    for outcome in CallOutcome.objects.funding(project):
        # An address needs no more of a page than where it is in the tree.
        url = CallPage(url_path=outcome.call_path).get_url(request) or ""
        found.setdefault(outcome.call_path, Link(title=outcome.call_name, url=url))
    return list(found.values())
