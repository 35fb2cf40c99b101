"""What the Sportello writes to who begins to work at a desk."""

from collections.abc import Iterator

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from ..models import DeskMembership
from .common import Message, Notice, message


def about_desk_member(membership_id: int) -> Iterator[Message]:
    """The e-mail to the person themselves; nothing if they are gone meanwhile."""
    member = DeskMembership.objects.select_related("desk", "user").filter(pk=membership_id, is_active=True).first()
    if member is not None:
        yield message(member.user.email, settings.LANGUAGE_CODE, member.user.first_name, _joined, member, member.desk)


def _joined(member: DeskMembership) -> Notice:
    return Notice(
        subject=_("Da adesso lavori allo Sportello"),
        happened=_("%(desk)s ti ha aperto la porta. Il tuo ruolo: %(role)s.")
        % {"desk": member.desk.name, "role": member.get_role_display()},
        todo=_("Entra con il tuo account e, se te lo chiede, attiva il secondo passaggio: poi trovi tutto nel menu."),
        path=reverse("wagtailadmin_home"),
        label=_("Entra"),
    )
