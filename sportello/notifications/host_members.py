"""What the Sportello writes to who is invited to a host, or whose part in it changes."""

from collections.abc import Callable, Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.pages.words import day_words

from ..models import HostInvitation, HostMembership
from .common import Message, Notice, message


def about_host_invitation(invitation_id: int) -> Iterator[Message]:
    """The e-mail with the link; nothing for an invitation that is no longer open."""
    invitation = HostInvitation.objects.for_page().get(pk=invitation_id)
    if invitation.is_open:
        yield message(invitation.email, invitation.language, "", _invited, invitation, invitation.host.desk)


def about_host_member(membership_id: int, notice: str) -> Iterator[Message]:
    """The e-mail to the person themselves."""
    member = HostMembership.objects.select_related("host__organisation", "host__desk", "user").get(pk=membership_id)
    build = MEMBER_NOTICES[notice]
    yield message(member.user.email, member.language, member.user.first_name, build, member, member.host.desk)


def _invited(invitation: HostInvitation) -> Notice:
    return Notice(
        subject=_("Ti invitano allo Sportello Talenti"),
        happened=_(
            "%(who)s ti invita a far parte di %(host)s nello Sportello Talenti, dove giovani e realtà del territorio "
            "si incontrano. Il tuo ruolo: %(role)s."
        )
        % {
            "who": invitation.invited_by.get_full_name() or invitation.invited_by.email,
            "host": invitation.host.organisation.name,
            "role": invitation.get_role_display(),
        },
        todo=_("Apri l'invito e decidi. Se non ti aspettavi questo messaggio, puoi ignorarlo: non succede nulla."),
        by_when=_("L'invito vale fino a %(until)s.") % {"until": day_words(timezone.localdate(invitation.expires_at))},
        path=invitation.link,
        label=_("Apri l'invito"),
    )


def _role_changed(member: HostMembership) -> Notice:
    return Notice(
        subject=_("Il tuo ruolo è cambiato"),
        happened=_("Per %(host)s ora il tuo ruolo è: %(role)s.")
        % {"host": member.host.organisation.name, "role": member.get_role_display()},
        todo=_("Non devi fare nulla: la tua area mostra ciò che puoi vedere e fare."),
        path=reverse("area:home"),
        label=_("Vai alla tua area"),
    )


def _removed(member: HostMembership) -> Notice:
    return Notice(
        subject=_("Non agisci più per una realtà"),
        happened=_("Da adesso non agisci più per %(host)s.") % {"host": member.host.organisation.name},
        todo=_("Se pensi che sia un errore, scrivi a chi segue la realtà oppure allo Sportello."),
        path=reverse("area:home"),
        label=_("Vai alla tua area"),
    )


MEMBER_NOTICES: dict[str, Callable] = {"member_role_changed": _role_changed, "member_removed": _removed}
