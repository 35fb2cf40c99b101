"""Who works on one section of the tree: its own authors, its own reviewer, then who publishes.

The workflow of the whole tree has one step, which is enough for a small redazione: whoever reviews publishes. A section
(the pages of one territory, or all the calls) that has people of its own gets two: the section's reviewer looks first,
then somebody of «Redazione: responsabili» publishes.
"""

from dataclasses import dataclass

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import GroupApprovalTask, Page, Workflow, WorkflowPage, WorkflowTask

from home.roles import ensure_roles, give_rights
from portal.users import roles


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the tree with its people: authors and reviewers are groups, each may be given to persons."""

    page: Page
    authors: Group
    reviewers: Group
    workflow: Workflow


@transaction.atomic
def ensure_section(page: Page, name: str) -> Section:
    """Give a part of the tree its own authors, reviewers and two-step workflow; safe to run again.

    Authors write and submit only there; reviewers may write too, and approve the first step, which publishes nothing.
    It only ever adds, except that the workflow of that page is replaced.

    Args:
        page: the first page of the section; everything below it belongs to the section.
        name: as people call it («Friuli Occidentale»); groups and workflow are named after it.
    """
    publishers = ensure_roles()[roles.PUBLISHERS]
    access = Permission.objects.get(content_type__app_label="wagtailadmin", codename="access_admin")
    authors, _new = Group.objects.get_or_create(name=f"{name}: autori")
    reviewers, _new = Group.objects.get_or_create(name=f"{name}: revisori")
    for group in (authors, reviewers):
        group.permissions.add(access)
        give_rights(group, roles.AUTHORS, page)
    workflow = _two_steps(name, reviewers, publishers)
    WorkflowPage.objects.update_or_create(page=page, defaults={"workflow": workflow})
    return Section(page=page, authors=authors, reviewers=reviewers, workflow=workflow)


def _two_steps(name: str, reviewers: Group, publishers: Group) -> Workflow:
    workflow, created = Workflow.objects.get_or_create(name=f"Revisione: {name}")
    if created:
        for order, (title, group) in enumerate(
            ((f"Revisione: {name}", reviewers), (f"Pubblicazione: {name}", publishers))
        ):
            task = GroupApprovalTask.objects.create(name=title)
            task.groups.add(group)
            WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    return workflow
