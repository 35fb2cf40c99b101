"""Tags that lead from a project to what was published about it."""

from collections import defaultdict

from django import template
from django.db.models import Q
from wagtail.models import Page

from bandi.models import CallOutcome, CallPage
from home.models import EventPage, NewsPage
from portal.pages.querysets import public
from progetti.models import DecisionPage

register = template.Library()
SHOWN = 4
KINDS = {NewsPage: "news", EventPage: "events", DecisionPage: "decisions", CallPage: "calls"}
WHOLE = ("decisions", "calls")


@register.simple_tag
def about_project(project) -> dict[str, list[Page]]:
    """The latest valid news, the next events, the decisions and the funding calls of a project: one query.

    Decisions and calls come whole; of the others the first few, the most recently published first. A call that is not
    translated comes in its own language.
    """
    found: dict[str, list[Page]] = {kind: [] for kind in KINDS.values()}
    if not project.pk:
        return found
    same = {"project__translation_key": project.translation_key, "locale_id": project.locale_id}
    wanted = (
        Q(pk__in=NewsPage.objects.valid().filter(**same).values("pk"))
        | Q(pk__in=EventPage.objects.upcoming().filter(**same).values("pk"))
        | Q(url_path__in=CallOutcome.objects.funding(project).values("call_path"))
        | Q(pk__in=DecisionPage.objects.of_project(project).values("pk"))
    )
    rows = public(Page.objects.live().filter(wanted)).order_by("-first_published_at", "-pk")
    groups: dict[str, list[Page]] = defaultdict(list)
    for page in rows:
        groups[KINDS[page.specific_class]].append(page)
    return found | {kind: pages if kind in WHOLE else pages[:SHOWN] for kind, pages in groups.items()}
