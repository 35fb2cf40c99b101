"""The panel «Da sistemare» on the first page of the admin."""

from django.urls import reverse
from wagtail.admin.ui.components import Component

from .quality import count_awaiting, count_problems
from .report import URL_NAME


class ToDoPanel(Component):
    """How many pages have each kind of problem, each number a link to the pages."""

    name = "to_do"
    template_name = "wagtailadmin/home/to_do_panel.html"
    # After the summary of the site (100), before the pages awaiting review (200) and one's own in moderation (210).
    order = 150

    def __init__(self, request):
        self.request = request

    def get_context_data(self, parent_context):
        report = reverse(URL_NAME)
        counts = count_problems(self.request.user)
        rows = [
            {"label": problem.label, "count": count, "url": f"{report}?problem={problem.value}"}
            for problem, count in counts.items()
            if count
        ]
        return {"rows": rows, "awaiting": count_awaiting(self.request.user)}
