"""The e-mail to the people who review for a territory, and to nobody else: they are the ones who may act."""

from typing import Any

from wagtail.admin.mail import EmailNotificationMixin, Notifier
from wagtail.models import TaskState
from wagtail.signals import task_submitted

from .models import TerritoryTaskState


class TerritoryReviewNotifier(EmailNotificationMixin, Notifier):
    """Tells the readers of a page that it waits for them; Wagtail's own notifier knows only steps for groups."""

    notification = "submitted"

    def __init__(self) -> None:
        super().__init__((TerritoryTaskState,))

    def get_recipient_users(self, instance: TaskState, **kwargs: Any) -> set:
        """The readers, but not whoever caused the e-mail."""
        sender = kwargs.get("user")
        return {person for person in instance.task.specific.readers(instance) if person != sender}

    def get_context(self, instance: TaskState, **kwargs: Any) -> dict[str, Any]:
        """What Wagtail gives to its own templates, and for which territories it is read."""
        page = instance.workflow_state.content_object
        rows = instance.task.specific.own_readers(instance).select_related("territory")
        return {
            **super().get_context(instance, **kwargs),
            "task": instance.task,
            "object": page,
            "page": page.specific,
            "territories": ", ".join(dict.fromkeys(row.territory.name for row in rows)),
        }


def connect() -> None:
    """Listen to pages that are sent to the reviewers of their territories."""
    task_submitted.connect(
        _notifier, sender=TerritoryTaskState, dispatch_uid="territory_review_submitted_email_notification"
    )


_notifier = TerritoryReviewNotifier()
