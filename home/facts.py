"""Facts that news and events have in common, as `components/facts.html` shows them."""

from django.http import HttpRequest
from django.utils.translation import gettext

from progetti.facts import Fact, fact
from progetti.models import ProjectPage


def project_facts(project: ProjectPage | None, request: HttpRequest) -> list[Fact]:
    """The project that a page belongs to, in the reader's language where translated; nothing while it is a draft."""
    if project is None:
        return []
    page = project.localized
    return [fact(gettext("Progetto"), page.title, page.get_url(request) or "")] if page.live else []
