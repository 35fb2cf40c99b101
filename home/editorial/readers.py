"""Who reads a page before it goes live: beside the editor, and in words after sending it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.admin.ui.side_panels import BaseSidePanel
from wagtail.models import GroupApprovalTask, Page, Task, TaskState

from home.models import TerritoryReviewer, TerritoryReviewTask
from home.models.territory_review import territories_of
from portal.users.models import User

MOST_NAMES = 6
"""A group of twenty is told by its name and how many they are."""


@dataclass(frozen=True, slots=True)
class ReadingStep:
    """One step of the way of a page; `who` is empty where it is passed over."""

    name: str
    who: str
    state: str
    is_now: bool


def reading_steps(page: Page, author: User) -> list[ReadingStep]:
    """Who reads a page: where it is, while it is in review; otherwise what would happen if the author sent it.

    Speaks of the page as it was last saved.
    """
    workflow_state = page.current_workflow_state
    if workflow_state is None:
        workflow = page.get_workflow()
        tasks = [(task, None) for task in workflow.tasks.filter(active=True)] if workflow else []
    else:
        tasks = [(task, task.task_state) for task in workflow_state.all_tasks_with_state()]
    steps = []
    for position, (task, state) in enumerate(tasks):
        is_last = position == len(tasks) - 1
        steps.append(
            ReadingStep(
                name=task.name,
                who=_who(task.specific, state, page, author, is_last),
                state=state.get_status_display() if state else "",
                is_now=bool(state and state.status == TaskState.STATUS_IN_PROGRESS),
            )
        )
    return steps


def who_reads_now(page: Page) -> str:
    """After sending: who reads the page at the step where it is now; empty if it is at none."""
    state = page.current_workflow_task_state
    if state is None or state.status != TaskState.STATUS_IN_PROGRESS:
        return ""
    who = _who(state.task.specific, state, page, None, True)
    return _now("Chi la legge ora: %(who)s.") % {"who": who} if who else ""


def _who(task: Task, state: TaskState | None, page: Page, author: User | None, is_last: bool) -> str:
    if isinstance(task, TerritoryReviewTask):
        return _of_territory(task, state, page, author, is_last)
    if isinstance(task, GroupApprovalTask):
        return _of_groups(task)
    return task.name


def _of_territory(task: TerritoryReviewTask, state: TaskState | None, page: Page, author, is_last: bool) -> str:
    if state is not None:
        if state.status == TaskState.STATUS_SKIPPED:
            return ""
        return _names(list(task.readers(state)))
    territories = territories_of(page.get_latest_revision_as_object())
    rows = TerritoryReviewer.objects.who_may_read(territories, [author])
    people = list(User.objects.filter(pk__in=rows.values("person")).order_by("last_name", "first_name", "pk"))
    if people or not is_last:
        return _names(people)
    return _of_groups(task)


def _of_groups(task: GroupApprovalTask | TerritoryReviewTask) -> str:
    groups = list(task.groups.all())
    people = User.objects.filter(is_active=True, groups__in=groups).distinct().order_by("last_name", "first_name", "pk")
    return _names(list(people)) or ", ".join(group.name for group in groups)


def _names(people: list[User]) -> str:
    shown = ", ".join(str(person) for person in people[:MOST_NAMES])
    more = len(people) - MOST_NAMES
    if more > 0:
        shown += ngettext(" e un'altra persona", " e altre %(count)d persone", more) % {"count": more}
    return shown


class ReadersSidePanel(BaseSidePanel):
    """«Chi la legge»: the steps before the page is on the site, with the names of people."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        """The button."""

        aria_label = _("Apri o chiudi chi legge la pagina")
        icon_name = "group"

    name = "readers"
    title = _("Chi la legge prima del sito")
    template_name = "wagtailadmin/home/readers_side_panel.html"
    # Right after the advice (340), before Wagtail's own checks (350).
    order = 345

    def __init__(self, object, request):
        super().__init__(object, request)
        self.steps = reading_steps(object, request.user)

    def get_context_data(self, parent_context):
        return {
            **super().get_context_data(parent_context),
            "steps": self.steps,
            "in_review": any(step.state for step in self.steps),
        }
