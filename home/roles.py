"""What the editorial staff may do: pages, images, documents, registries, translation; and who approves."""

from django.contrib.auth.models import Group, Permission
from django.db.models import Q
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

from portal.users import roles

from .models import TerritoryReviewTask

WORKFLOW = "Revisione"
TERRITORY_STEP = "Revisione del territorio"
# Wagtail's own, made by its migrations and given to the root of the tree.
_DEFAULT_WORKFLOW = "Moderators approval"

_ON_PAGES = {
    roles.AUTHORS: ("add", "change"),
    roles.REVIEWERS: ("add", "change", "publish", "lock", "unlock"),
    roles.PUBLISHERS: ("add", "change", "publish", "lock", "unlock", "bulk_delete"),
}
_ON_FILES = {
    roles.AUTHORS: ("add", "choose"),
    roles.REVIEWERS: ("add", "change", "choose"),
    roles.PUBLISHERS: ("add", "change", "choose", "delete"),
}
# Rows that pages refer to; municipalities are imported and never edited by hand.
_SHARED_ROWS = {
    "registry": ("territory", "organisation", "topic"),
    "progetti": ("aim", "objective", "action", "indicator", "planreport"),
    "bandi": ("recipient",),
}

# Putting a text in force is publishing it; requests and signatures hold addresses of people. Nothing of it is deleted.
_SIGNING = (
    *(f"{verb}_{model}" for model in ("pactversion", "pactsignatory") for verb in ("view", "add", "change")),
    "view_pactrequest",
    "change_pactrequest",
)


def ensure_roles() -> dict[str, Group]:
    """Give the groups of the editorial staff their permissions and the tree its workflow; safe to run again.

    It only ever adds: what an administrator gave beyond this stays.
    """
    groups = roles.ensure_roles()
    root = Page.get_first_root_node()
    for name in _ON_PAGES:
        give_rights(groups[name], name, root)
    _ensure_workflow(root, [groups[roles.REVIEWERS], groups[roles.PUBLISHERS]])
    return groups


def give_rights(group: Group, role: str, page: Page) -> None:
    """Let a group do what one of the roles of the editorial staff does, on a page and everything below it.

    Args:
        role: AUTHORS, REVIEWERS or PUBLISHERS of portal.users.roles.
    """
    files = Collection.get_first_root_node()
    for verb in _ON_PAGES[role]:
        permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=f"{verb}_page")
        GroupPagePermission.objects.get_or_create(group=group, page=page, permission=permission)
    for verb in _ON_FILES[role]:
        for permission in _file_permissions(verb):
            GroupCollectionPermission.objects.get_or_create(group=group, collection=files, permission=permission)
    group.permissions.add(*_row_permissions(role))


def _file_permissions(verb: str) -> list[Permission]:
    return list(
        Permission.objects.filter(
            content_type__app_label="media", codename__in=(f"{verb}_customimage", f"{verb}_customdocument")
        )
    )


def _row_permissions(role: str) -> list[Permission]:
    publisher = role == roles.PUBLISHERS
    verbs = ("view", "add", "change", "delete") if publisher else ("view", "add", "change")
    wanted = Q(content_type__app_label="wagtail_localize", codename="submit_translation")
    for app, models in _SHARED_ROWS.items():
        codenames = [f"{verb}_{model}" for verb in verbs for model in models]
        wanted |= Q(content_type__app_label=app, codename__in=codenames)
    if role != roles.AUTHORS:
        wanted |= Q(content_type__app_label="progetti", codename__in=_SIGNING)
    if publisher:
        wanted |= Q(content_type__app_label="navigation", codename="change_sitesettings")
        wanted |= Q(content_type__app_label="home", codename__endswith="_territoryreviewer")
    return list(Permission.objects.filter(wanted))


def _ensure_workflow(root: Page, approvers: list[Group]) -> None:
    """The workflow of the whole tree unless another is set.

    Authors submit; whoever reviews for the territory reads, and the step is passed over where nobody does; then a
    reviewer approves and the page goes live.
    """
    workflow, created = Workflow.objects.get_or_create(name=WORKFLOW)
    if created:
        steps = (
            TerritoryReviewTask.objects.create(name=TERRITORY_STEP),
            GroupApprovalTask.objects.create(name=WORKFLOW),
        )
        for order, step in enumerate(steps):
            step.groups.set(approvers)
            WorkflowTask.objects.create(workflow=workflow, task=step, sort_order=order)
    assigned = WorkflowPage.objects.filter(page=root).select_related("workflow").first()
    if assigned is None:
        WorkflowPage.objects.create(page=root, workflow=workflow)
    elif assigned.workflow.name == _DEFAULT_WORKFLOW:
        default = assigned.workflow
        assigned.workflow = workflow
        assigned.save()
        default.active = False
        default.save()
