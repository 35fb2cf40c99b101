"""What the editing form of a call shows of its outcomes, which are kept beside the page."""

from django.db.models import Count, Q
from django.urls import reverse
from wagtail.admin.panels import Panel


class CallOutcomesPanel(Panel):
    """How many outcomes there are and wait, with the way to them."""

    class BoundPanel(Panel.BoundPanel):
        template_name = "wagtailadmin/bandi/call_outcomes_panel.html"

        def is_shown(self):
            return self.instance.pk is not None

        def get_context_data(self, parent_context=None):
            from .models import CallOutcome

            rows = CallOutcome.objects.of_source(self.instance)
            return {
                **super().get_context_data(parent_context),
                **rows.aggregate(count=Count("pk"), waiting=Count("pk", filter=Q(is_public=False))),
                "url": reverse("call_outcomes_admin", args=[self.instance.pk]),
            }
