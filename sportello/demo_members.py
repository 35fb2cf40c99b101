"""The demo's other people of a host: who selects, and who accompanies, so that their pages can be tried too."""

from .actions import host_members
from .enums import HostRole
from .models import Host, Offer


def load_members(host: Host, owner, recruiter, tutor, followed: list[Offer]) -> None:
    """Invite two people to a host, who accept; the tutor follows some offers. Who is there already stays as is."""
    for user, role in ((recruiter, HostRole.RECRUITER), (tutor, HostRole.TUTOR)):
        if host.memberships.filter(user=user).exists():
            continue
        membership = host_members.accept_invitation(host_members.invite(host, owner, user.email, role), user)
        if role == HostRole.TUTOR:
            host_members.change_member(membership, owner, role, followed)
