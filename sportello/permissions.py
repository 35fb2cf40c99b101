"""Who may do what, as predicates: pages, Wagtail admin and commands all ask here.

For a change of state the question is on whose behalf somebody can act; the transition table says what that allows.
"""

from django.db.models import Exists

from .enums import Actor, DeskRole, HostRole
from .models import Application, DeskMembership, GuardianLink, Host, HostMembership, Offer, YouthProfile
from .querysets_desks import WORKING_ROLES


def works_at_desk(user) -> bool:
    """Whether somebody sees the Sportello in the Wagtail admin at all."""
    desk_ids = desks_of(user)
    return desk_ids is None or bool(desk_ids)


def desks_of(user) -> list[int] | None:
    """Return the ids of the desks somebody works at as operator or supervisor; None means all (superusers)."""
    if not user.is_authenticated or not user.is_active:
        return []
    if user.is_superuser:
        return None
    return [desk_id for desk_id, role in memberships_of(user) if role in WORKING_ROLES]


def memberships_of(user) -> list[tuple[int, str]]:
    """Return (desk id, role) of somebody's active memberships, of every role: auditors' too, who only look."""
    if not user.is_authenticated or not user.is_active:
        return []
    if not hasattr(user, "_desk_memberships"):
        # Asked by the menu, the list and the page of one request: read once for each user object.
        rows = DeskMembership.objects.filter(user=user, is_active=True).order_by("desk_id", "pk")
        user._desk_memberships = list(rows.values_list("desk_id", "role"))
    return user._desk_memberships


def supervises(user, desk_id: int | None = None) -> bool:
    """Whether somebody is a supervisor of a desk, or of any when none is given; superusers are of all."""
    if user is None or not user.is_authenticated or not user.is_active:
        return False
    if user.is_superuser:
        return True
    return any(role == DeskRole.SUPERVISOR and desk_id in (None, pk) for pk, role in memberships_of(user))


def _works_at(user, desk_id: int) -> bool:
    desk_ids = desks_of(user)
    return desk_ids is None or desk_id in desk_ids


def _acts_for_host(user, host_id: int) -> bool:
    """Whether somebody writes offers and answers for a host: a tutor only reads."""
    return HostMembership.objects.working().filter(user=user, host_id=host_id).exists()


def host_memberships_of(user) -> list[HostMembership]:
    """Return what somebody belongs to among the hosts, with the hosts: the one that acts now comes first.

    Each says in `answers` whether they also answer, or have answered, for a young person.
    """
    return list(HostMembership.objects.of_user(user).annotate(answers=Exists(_confirmed_links(user))))


def answers_for(user, youth_id: int) -> bool:
    """Whether somebody answers for a young person who is under age today."""
    return GuardianLink.objects.standing().of(user).filter(youth_id=youth_id).exists()


def is_guardian(user) -> bool:
    """Whether somebody answers, or has answered, for a young person."""
    return _confirmed_links(user).exists()


def _confirmed_links(user):
    return GuardianLink.objects.of(user).filter(confirmed_at__isnull=False)


def host_of(user) -> Host | None:
    """Return the host that somebody acts for now, with its organisation and desk; None if none.

    Whoever belongs to several acts for the one chosen last: see `actions.host_members.choose_host`.
    """
    membership = HostMembership.objects.of_user(user).first()
    return membership.host if membership else None


def may_decide(membership: HostMembership) -> bool:
    """Owner: everything, also who belongs to the host, its data and the signature of the pact."""
    return membership.owns


def may_work(membership: HostMembership) -> bool:
    """Owner or recruiter: offers and applications."""
    return membership.works


def may_read(membership: HostMembership) -> bool:
    """Whoever belongs to the host; a tutor reads only what concerns the offers they follow."""
    return membership.is_active


def owns_host(user, host: Host) -> bool:
    """Whether somebody decides for a host about its people, its data and the pact."""
    return HostMembership.objects.active().filter(user=user, host=host, role=HostRole.OWNER).exists()


def acts_for_others(user) -> bool:
    """Whether somebody is here for a host or a desk, not for themself."""
    return host_of(user) is not None or works_at_desk(user)


def profile_of(user) -> YouthProfile | None:
    """Return somebody's profile as a young person, with `answers` (for another one, as a parent); None if none."""
    rows = YouthProfile.objects.for_matching().annotate(answers=Exists(_confirmed_links(user)))
    return rows.filter(user=user).first()


def actors_on_host(user, host: Host) -> frozenset[str]:
    """On whose behalf somebody can act on a host; no user is the system itself."""
    if user is None:
        return frozenset({Actor.SYSTEM})
    actors = set()
    if _works_at(user, host.desk_id):
        actors.add(Actor.DESK)
    if _acts_for_host(user, host.pk):
        actors.add(Actor.HOST)
    return frozenset(actors)


def actors_on_offer(user, offer: Offer) -> frozenset[str]:
    """On whose behalf somebody can act on an offer."""
    if user is None:
        return frozenset({Actor.SYSTEM})
    actors = set()
    if _works_at(user, offer.desk_id):
        actors.add(Actor.DESK)
    if _acts_for_host(user, offer.host_id):
        actors.add(Actor.HOST)
    return frozenset(actors)


def actors_on_application(user, application: Application) -> frozenset[str]:
    """On whose behalf somebody can act on an application."""
    if user is None:
        return frozenset({Actor.SYSTEM})
    actors = set()
    if application.youth.user_id == user.pk:
        actors.add(Actor.YOUTH)
    elif answers_for(user, application.youth_id):
        actors.add(Actor.GUARDIAN)
    if _acts_for_host(user, application.offer.host_id):
        actors.add(Actor.HOST)
    if _works_at(user, application.desk_id):
        actors.add(Actor.DESK)
    return frozenset(actors)
