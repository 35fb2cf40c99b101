"""Put the reviewers of the territory before the groups in the portal's own workflow, where it exists.

Nothing changes until somebody reviews for a territory: the step is passed over. Pages in review stay where they are.
Back again, those that are with the reviewers of a territory go to the next step.
"""

from django.db import migrations
from django.db.models import F

WORKFLOW = "Revisione"
STEP = "Revisione del territorio"


def put_first(apps, schema_editor):
    workflow = apps.get_model("wagtailcore", "Workflow").objects.filter(name=WORKFLOW, active=True).first()
    places = apps.get_model("wagtailcore", "WorkflowTask").objects
    first = workflow and places.filter(workflow=workflow).order_by("sort_order", "pk").select_related("task").first()
    # Somebody's own workflow of the same name is left to them.
    if not first or first.task.name != WORKFLOW:
        return
    kind, _new = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="home", model="territoryreviewtask"
    )
    step = apps.get_model("home", "TerritoryReviewTask").objects.create(name=STEP, content_type=kind)
    groups = apps.get_model("wagtailcore", "GroupApprovalTask").objects.filter(pk=first.task_id)
    step.groups.set(apps.get_model("auth", "Group").objects.filter(pk__in=groups.values("groups")))
    places.filter(workflow=workflow).update(sort_order=F("sort_order") + 1)
    places.create(workflow=workflow, task_id=step.pk, sort_order=0)


def take_away(apps, schema_editor):
    states = apps.get_model("wagtailcore", "TaskState").objects
    places = apps.get_model("wagtailcore", "WorkflowTask").objects
    kind, _new = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="wagtailcore", model="taskstate"
    )
    for step in apps.get_model("home", "TerritoryReviewTask").objects.all():
        waiting = apps.get_model("wagtailcore", "WorkflowState").objects.filter(current_task_state__task_id=step.pk)
        for page in waiting.select_related("current_task_state"):
            own = places.filter(workflow_id=page.workflow_id, task_id=step.pk).first()
            others = places.filter(workflow_id=page.workflow_id, task__active=True).exclude(task_id=step.pk)
            others = others.order_by("sort_order", "pk")
            following = (own and others.filter(sort_order__gt=own.sort_order).first()) or others.last()
            if following is None:
                page.status = "cancelled"
            else:
                old = page.current_task_state
                page.current_task_state = states.create(
                    workflow_state=page, task_id=following.task_id, revision_id=old.revision_id,
                    status=old.status, comment=old.comment, content_type=kind,
                )  # fmt: skip
            page.save()
        apps.get_model("wagtailcore", "Task").objects.filter(pk=step.pk).delete()


class Migration(migrations.Migration):
    dependencies = [("home", "0002_territory_reviewers"), ("contenttypes", "0002_remove_content_type_name")]

    operations = [migrations.RunPython(put_first, take_away)]
