"""How the parts of a plan are read."""

from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import Max, OuterRef, Q, Subquery
from wagtail.models import Page

from portal.pages.querysets import public

from .plan_enums import ActionStatus


class ObjectiveQuerySet(models.QuerySet):
    """Reads the objectives of plans."""

    def of_plan(self, plan_id: int) -> "ObjectiveQuerySet":
        """The objectives of a plan in the order of their codes."""
        return self.filter(plan_id=plan_id).order_by("order_key", "pk")


class ActionQuerySet(models.QuerySet):
    """Reads the actions of plans."""

    def of_plan(self, plan_id: int) -> "ActionQuerySet":
        """The actions of a plan in the order of their codes."""
        return self.filter(plan_id=plan_id).order_by("order_key", "pk")

    def with_last_news(self) -> "ActionQuerySet":
        """Each action with `last_update` (a day) and `last_change` (a moment), or None."""
        from .models import ActionChange, ActionUpdate

        updates = ActionUpdate.objects.filter(action=OuterRef("pk")).order_by().values("action")
        changes = ActionChange.objects.filter(action=OuterRef("pk")).order_by().values("action")
        return self.annotate(
            last_update=Subquery(updates.annotate(last=Max("date")).values("last")),
            last_change=Subquery(changes.annotate(last=Max("at")).values("last")),
        )

    def late(self, today: date) -> "ActionQuerySet":
        """Actions past their end on that day that are neither done nor cancelled, as `rollup.is_late` says."""
        return self.filter(end__lt=today).exclude(status__in=(ActionStatus.DONE, ActionStatus.CANCELLED))

    def for_admin(self) -> "ActionQuerySet":
        """For the list of actions in the admin, with what its columns show."""
        return self.select_related("objective", "plan", "responsible").with_last_news()


class ActionChangeQuerySet(models.QuerySet):
    """Reads the history of actions; what is in it is neither changed nor taken out."""

    def update(self, **kwargs):
        raise TypeError("the history of an action is only ever added to")

    def delete(self):
        raise TypeError("the history of an action is only ever added to")

    def of_plan(self, plan_id: int) -> "ActionChangeQuerySet":
        """Every change in a plan, oldest first."""
        return self.filter(action__plan_id=plan_id).order_by("at", "pk")

    def until(self, moment: datetime) -> "ActionChangeQuerySet":
        """What had happened before that moment."""
        return self.filter(at__lt=moment)


class NodeLinkQuerySet(models.QuerySet):
    """Reads what points to a node of a plan: contributions and indicators."""

    def of_plan(self, plan_id: int) -> Self:
        """Whatever points to any node of a plan."""
        return self.filter(Q(axis__plan_id=plan_id) | Q(objective__plan_id=plan_id) | Q(action__plan_id=plan_id))

    def under_axis(self, axis_id: int) -> Self:
        """Whatever points to an axis, or to anything below it."""
        return self.filter(Q(axis_id=axis_id) | Q(objective__axis_id=axis_id) | Q(action__objective__axis_id=axis_id))

    def under_objective(self, objective_id: int) -> Self:
        """Whatever points to an objective, or to one of its actions."""
        return self.filter(Q(objective_id=objective_id) | Q(action__objective_id=objective_id))

    def under_action(self, action_id: int) -> Self:
        """Whatever points to an action."""
        return self.filter(action_id=action_id)


class ContributionQuerySet(NodeLinkQuerySet):
    """Reads which pages contribute to which nodes; pages that are not live or not public never come out."""

    def readable(self) -> "ContributionQuerySet":
        """Only contributions of pages that everybody may read, in the same query."""
        return self.filter(page__in=public(Page.objects.live()))


class IndicatorQuerySet(NodeLinkQuerySet):
    """Reads indicators."""

    def with_latest(self) -> "IndicatorQuerySet":
        """Indicators with their territory and only the last measurement, by code and territory: one query."""
        from .models import Measurement

        last = Measurement.objects.filter(indicator=OuterRef("pk")).order_by("-ends_on", "-period")
        return (
            self.select_related("territory")
            .annotate(last_period=Subquery(last.values("period")[:1]), last_value=Subquery(last.values("value")[:1]))
            .order_by("code", "territory__name", "pk")
        )

    def with_series(self) -> "IndicatorQuerySet":
        """Indicators with their territory and measurements, by code and territory: two queries."""
        return (
            self.select_related("territory", "axis", "objective", "action")
            .prefetch_related("measurements")
            .order_by("code", "territory__name", "pk")
        )
