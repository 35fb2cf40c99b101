"""How the people who review the pages of a territory are read, and the pages that wait for them."""

from collections.abc import Iterable

from django.contrib.auth.backends import ModelBackend
from django.db import models
from django.db.models import OuterRef, Value
from django.db.models.functions import Coalesce

from portal.registry.models import Territory
from portal.users.models import User


def admin_people() -> models.QuerySet[User]:
    """People who may enter the admin: nobody else can be asked to review."""
    return ModelBackend().with_perm("wagtailadmin.access_admin")


class TerritoryReviewerQuerySet(models.QuerySet):
    """Reads who reviews for which territory."""

    def able(self) -> "TerritoryReviewerQuerySet":
        """Without those who can no longer sign in to the admin: a page would wait for them for ever."""
        return self.filter(person__in=admin_people().values("pk"))

    def who_may_read(self, territories: Iterable, authors: Iterable = ()) -> "TerritoryReviewerQuerySet":
        """Who may review a page of some territories; nobody reviews what they wrote."""
        return self.able().filter(territory__in=territories).exclude(person__in=[who for who in authors if who])

    def of_outer_state(self) -> "TerritoryReviewerQuerySet":
        """The same as a subquery of states of a review: whoever asked for it or wrote what was sent is an author."""
        links = Territory.review_states.through  # type: ignore[attr-defined]  # the other end of TerritoryTaskState's
        territories = links.objects.filter(territorytaskstate=OuterRef(OuterRef("pk"))).values("territory")
        nobody = Value(0)
        return (
            self.able()
            .filter(territory__in=territories)
            .exclude(person=Coalesce(OuterRef("workflow_state__requested_by"), nobody))
            .exclude(person=Coalesce(OuterRef("revision__user"), nobody))
        )
