"""The step of a workflow in which the people who answer for a territory read its pages.

Wagtail lets an administrator put this step into any workflow, beside its own step for groups (Wagtail's documentation,
«How to add new task types»). Who reviews for a territory is a row, so that a change of people holds at once, for pages
that are waiting too.
"""

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models, transaction
from django.db.models import Exists, Q, QuerySet
from django.forms import CheckboxSelectMultiple
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext
from wagtail.locks import WorkflowLock
from wagtail.models import Task, TaskState, WorkflowState
from wagtail.signals import task_submitted

from portal.registry.models import Territory
from portal.users.models import User

from ..review_querysets import TerritoryReviewerQuerySet


class TerritoryReviewer(models.Model):
    """A person who reviews the pages of a territory before they are published."""

    territory = models.ForeignKey(
        Territory, verbose_name=_("territorio"), on_delete=models.CASCADE, related_name="reviewers"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("persona"),
        on_delete=models.CASCADE,
        related_name="reviewed_territories",
    )

    objects = TerritoryReviewerQuerySet.as_manager()

    class Meta:
        verbose_name = _("revisore di un territorio")
        verbose_name_plural = _("revisori dei territori")
        ordering = ["territory__name", "person__last_name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "person"],
                name="territory_reviewer_once",
                violation_error_message=_("Questa persona rivede già le pagine di questo territorio."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} ({self.territory})"


class TerritoryTaskState(TaskState):
    """One page at this step: with the territories that it had when it was sent.

    A draft's territories are in its revision, where no query finds them; and who edits the page while reviewing it must
    not thereby choose who reviews it.
    """

    territories = models.ManyToManyField(Territory, verbose_name=_("territori"), related_name="review_states")

    class Meta:
        verbose_name = _("revisione del territorio in corso")
        verbose_name_plural = _("revisioni dei territori in corso")

    def get_comment(self) -> str:
        """Wagtail's history says of a step that was passed over only that it was: here is why."""
        if self.status == self.STATUS_SKIPPED:
            return _now("nessun altro rivede per i territori di questa pagina")
        return super().get_comment()


class TerritoryReviewLock(WorkflowLock):
    """While a page is read for its territory only its readers change it; who is kept out sees their names."""

    def get_message(self, user):
        """Wagtail's words and the names."""
        message = super().get_message(user)
        names = ", ".join(str(person) for person in self.task.readers_of_page(self.object))
        if not message or not names:
            return message
        return format_html("{} {}", message, _now("Chi la legge ora: %(who)s.") % {"who": names})


class TerritoryReviewTask(Task):
    """The reviewers of the page's territories read it; one of them is enough.

    Where nobody else reviews for those territories the step is passed over if another one follows, and otherwise the
    groups read. They also read where the last reviewer went away meanwhile: no page waits for nobody.
    """

    groups = models.ManyToManyField(
        Group,
        verbose_name=_("gruppi"),
        related_name="+",
        help_text=_("Chi rivede quando nessuno risponde per i territori della pagina e non c'è un passo dopo questo."),
    )

    lock_class = TerritoryReviewLock
    task_state_class = TerritoryTaskState
    admin_form_fields = [*Task.admin_form_fields, "groups"]
    admin_form_widgets = {"groups": CheckboxSelectMultiple}

    class Meta:
        verbose_name = _("revisione del territorio")
        verbose_name_plural = _("revisioni del territorio")

    @classmethod
    def get_description(cls) -> str:
        """What the administrator reads when choosing the kind of a step."""
        return _now("Le persone che rivedono per i territori della pagina possono approvare questo passo")

    @transaction.atomic
    def start(self, workflow_state: WorkflowState, user=None) -> TaskState:
        """Begin the step for a page, or pass it over; like Wagtail's, with the territories in between."""
        page = workflow_state.content_object
        revision = page.get_latest_revision()
        state = TerritoryTaskState(workflow_state=workflow_state, task=self, revision=revision)
        state.save()
        state.territories.set(territories_of(revision.as_object()))
        if self._is_passed_over(workflow_state, state):
            state.status = TaskState.STATUS_SKIPPED
            state.finished_at = timezone.now()
            state.save()
            return state
        if getattr(page, "locked_by", None) and not self.readers(state).filter(pk=page.locked_by.pk).exists():
            page.locked, page.locked_by, page.locked_at = False, None, None
            page.save(update_fields=["locked", "locked_by", "locked_at"])
        task_submitted.send(sender=TerritoryTaskState, instance=state, user=user)
        return state

    def _is_passed_over(self, workflow_state: WorkflowState, state: TerritoryTaskState) -> bool:
        """Whether the step would ask for too little or too much.

        A page that was in review when the step was put before the others has had a later one approved: it must not
        come back to this one.
        """
        order = dict(workflow_state.workflow.workflow_tasks.values_list("task_id", "sort_order"))
        mine = order.get(self.pk) or 0
        later = [task for task, place in order.items() if (place or 0) > mine]
        if workflow_state.successful_task_states.filter(task__in=later).exists():
            return True
        return not self.own_readers(state).exists() and Task.objects.active().filter(pk__in=later).exists()

    @staticmethod
    def own_readers(state: TerritoryTaskState) -> TerritoryReviewerQuerySet:
        """The rows of those who review for the territories of a page and did not write it."""
        authors = (state.workflow_state.requested_by_id, state.revision.user_id)
        return TerritoryReviewer.objects.who_may_read(state.territories.all(), authors)

    def readers(self, state: TaskState) -> QuerySet[User]:
        """Who reads one page at this step: the people of its territories, or those of the groups."""
        rows = self.own_readers(state.specific)
        people = User.objects.order_by("last_name", "first_name", "pk")
        if rows.exists():
            return people.filter(pk__in=rows.values("person"))
        return people.filter(is_active=True, pk__in=User.objects.filter(groups__in=self.groups.all()).values("pk"))

    def readers_of_page(self, page) -> QuerySet[User]:
        """Who reads a page that is at this step now."""
        state = page.current_workflow_task_state
        return self.readers(state) if state else User.objects.none()

    def get_task_states_user_can_moderate(self, user, **kwargs) -> QuerySet[TaskState]:
        """The pages at this step that one person may approve."""
        waiting = TerritoryTaskState.objects.filter(task=self, status=TaskState.STATUS_IN_PROGRESS)
        if not user.is_superuser:
            readers = TerritoryReviewer.objects.of_outer_state()
            mine = Q(Exists(readers.filter(person=user)))
            if self.groups.filter(pk__in=user.groups.values("pk")).exists():
                mine = mine | Q(~Exists(readers))
            waiting = waiting.filter(mine)
        return TaskState.objects.filter(pk__in=waiting.values("pk"))

    def _may_act(self, obj, user) -> bool:
        mine = self.get_task_states_user_can_moderate(user)
        return user.is_superuser or TaskState.objects.for_instance(obj).filter(pk__in=mine.values("pk")).exists()

    def user_can_access_editor(self, obj, user) -> bool:
        """Whoever reads the page opens it, whatever the section."""
        return self._may_act(obj, user)

    def locked_for_user(self, obj, user) -> bool:
        """Nobody else changes it meanwhile."""
        return not self._may_act(obj, user)

    def user_can_lock(self, obj, user) -> bool:
        """Who reads may keep it from the other readers."""
        return self._may_act(obj, user)

    def get_actions(self, obj, user) -> list[tuple[str, str, bool]]:
        """What the person may do with the page; the last value says whether a form opens."""
        if not self._may_act(obj, user):
            return []
        return [
            ("reject", _now("Richiedi modifiche"), True),
            ("approve", pgettext("workflow", "Approva"), False),
            ("approve", _now("Approva con un commento"), True),
        ]


def territories_of(page) -> list[Territory]:
    """The territories that a page speaks of, as its revision has them; none where its type has none."""
    return list(page.territories.all()) if hasattr(page, "territories") else []
