"""How the desks and who works at them are read, and what every row that carries its desk shares."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Count, Q

from portal.registry.models import Municipality, Territory

from .enums import DeskRole

if TYPE_CHECKING:
    from .models import Desk

WORKING_ROLES = (DeskRole.OPERATOR, DeskRole.SUPERVISOR)


class DeskScoped(models.QuerySet):
    """Rows that carry their desk."""

    def of_desks(self, desk_ids: list[int] | None):
        """Rows of these desks; None means all of them, for superusers."""
        return self if desk_ids is None else self.filter(desk_id__in=desk_ids)


class DeskQuerySet(models.QuerySet):
    """Reads the desks."""

    def for_municipality(self, municipality: Municipality) -> "Desk | None":
        """Return the desk that looks after a municipality.

        The one whose territory names it; otherwise the one of its region; otherwise the first that opened.
        """
        named = Territory.objects.filter(municipalities=municipality).values("pk")
        region = Territory.objects.filter(region=municipality.region, region__gt="").values("pk")
        nearness = models.Case(
            models.When(territory__in=named, then=0),
            models.When(territory__in=region, then=1),
            default=2,
            output_field=models.IntegerField(),
        )
        desks: models.QuerySet = self.annotate(elsewhere=nearness).order_by("elsewhere", "pk")
        return desks.first()

    def of_desks(self, desk_ids: list[int] | None) -> "DeskQuerySet":
        """These desks; None means all of them, for superusers."""
        return self if desk_ids is None else self.filter(pk__in=desk_ids)

    def for_list(self) -> "DeskQuerySet":
        """For the list of desks: by name, with how many people work there and how many municipalities are theirs."""
        return (
            self.select_related("territory")
            .annotate(
                people=Count("memberships", filter=Q(memberships__is_active=True), distinct=True),
                municipalities=Count("territory__municipalities", distinct=True),
            )
            .order_by("name", "pk")
        )


class DeskMembershipQuerySet(models.QuerySet):
    """Reads who works at the desks."""

    def working(self) -> "DeskMembershipQuerySet":
        """Active operators and supervisors: auditors only look, at pages that do not exist yet."""
        return self.filter(is_active=True, role__in=WORKING_ROLES, user__is_active=True)
