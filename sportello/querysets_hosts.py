"""How hosts, their people and what they signed are read."""

from datetime import date

from django.db import models
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from .enums import HostRole, HostState, OfferState
from .querysets_desks import DeskScoped

WORKING_HOST_ROLES = (HostRole.OWNER, HostRole.RECRUITER)
"""Who writes offers and answers applications; a tutor only reads what concerns the offers they follow."""


class HostQuerySet(DeskScoped):
    """Reads the hosts."""

    def for_desk_list(self) -> "HostQuerySet":
        """For the desk's list: who waits for verification first, longest wait on top."""
        waiting = models.Case(models.When(state=HostState.REGISTERED, then=0), default=1)
        return (
            self.select_related("organisation__municipality")
            .annotate(waiting=waiting)
            .order_by("waiting", "created_at", "pk")
        )

    def on_show(self) -> "HostQuerySet":
        """What everybody may read about: hosts that signed the pact, also on a pause."""
        return self.filter(state=HostState.SIGNED)

    def for_public_page(self) -> "HostQuerySet":
        """For a host's own page: two queries."""
        return self.on_show().select_related("organisation__municipality", "desk").prefetch_related("sectors")

    def for_public_list(self) -> "HostQuerySet":
        """For the list of hosts by name, each with how many offers of it take applications: one query."""
        from .models import Offer

        mine = (
            Offer.objects.on_show(timezone.localdate())
            .filter(host=OuterRef("pk"), state=OfferState.PUBLISHED)
            .order_by()
            .values("host")
            .annotate(n=Count("pk"))
            .values("n")
        )
        return (
            self.on_show()
            .select_related("organisation__municipality")
            .annotate(open_offers=Coalesce(Subquery(mine, output_field=models.IntegerField()), 0))
            .order_by("organisation__name", "pk")
        )


class HostMembershipQuerySet(models.QuerySet):
    """Reads who acts for the hosts."""

    def active(self) -> "HostMembershipQuerySet":
        """People who belong to a host today."""
        return self.filter(is_active=True, user__is_active=True)

    def working(self) -> "HostMembershipQuerySet":
        """People who write offers and answer for a host today."""
        return self.active().filter(role__in=WORKING_HOST_ROLES)

    def other_owners(self, membership) -> "HostMembershipQuerySet":
        """Who else owns the host of a membership today: a host is never left without an owner."""
        return self.active().filter(host_id=membership.host_id, role=HostRole.OWNER).exclude(pk=membership.pk)

    def of_user(self, user) -> "HostMembershipQuerySet":
        """What somebody belongs to, with the hosts: the one they chose last comes first."""
        return (
            self.active()
            .filter(user=user)
            .select_related("host__organisation__municipality", "host__desk")
            .order_by(F("chosen_at").desc(nulls_last=True), "pk")
        )

    def for_members_page(self) -> "HostMembershipQuerySet":
        """For the host's page of its people: owners first, then by name."""
        rank = models.Case(
            models.When(role=HostRole.OWNER, then=0), models.When(role=HostRole.RECRUITER, then=1), default=2
        )
        return (
            self.active()
            .select_related("user")
            .prefetch_related("offers")
            .annotate(rank=rank)
            .order_by("rank", "user__first_name", "user__last_name", "pk")
        )


class HostInvitationQuerySet(models.QuerySet):
    """Reads the invitations."""

    def pending(self) -> "HostInvitationQuerySet":
        """Not answered nor cancelled; those whose time is over too, because they can be sent again."""
        return self.filter(state="pending").order_by("created_at", "pk")

    def for_page(self) -> "HostInvitationQuerySet":
        """With what the page and the e-mail say."""
        return self.select_related("host__organisation", "host__desk", "invited_by")


class PactSignatureQuerySet(models.QuerySet):
    """Reads the signatures; what is signed cannot be changed."""

    def without_pdf(self) -> "PactSignatureQuerySet":
        """Those whose PDF has not been made yet."""
        return self.filter(pdf="")

    def add_pdf(self, name: str, digest: str) -> int:
        """The one thing that is added to a signature, once; return how many rows got it."""
        return super().update(pdf=name, pdf_sha256=digest)

    def update(self, **kwargs):
        raise TypeError("A signature is written once and never changed.")

    def delete(self):
        raise TypeError("A signature is never deleted.")


def hosts_on_show(today: date, prefix: str = "") -> Q:
    """The condition under which the public may see a host and its offers: pact signed, and not on a pause.

    Args:
        prefix: the way from the rows to the host, such as `host__`.
    """
    back = Q(**{f"{prefix}paused_until__isnull": True}) | Q(**{f"{prefix}paused_until__lt": today})
    return Q(**{f"{prefix}state": HostState.SIGNED}) & back


def hosts_off_show(today: date) -> Q:
    """The opposite of `hosts_on_show`, of few hosts as a rule: its first half is the condition of an index."""
    unsigned = ~Q(state=HostState.SIGNED)
    return (unsigned | Q(paused_until__isnull=False)) & (unsigned | Q(paused_until__gte=today))
