"""What the Sportello writes to people: what happened, what to do now, by when, whom to ask, one link.

Subjects carry no personal data and no title: they show on locked screens. The texts are drawn in each reader's
language; `templates/emails/sportello/notice.*` only give them their frame.
"""

from collections.abc import Iterator

from django.conf import settings
from django.contrib.auth import get_user_model

from ..consents import is_minor
from ..models import Application, Consent, Desk, GuardianLink, Host, Offer, Proposal, YouthProfile
from .applications import APPLICATION_NOTICES as ON_THE_WAY
from .common import GUARDIAN, YOUTH, Message, message, messages
from .desk import DESK_NOTICES, DESK_OFFER_NOTICES
from .desk_decisions import DESK_DECISION_NOTICES
from .desk_members import about_desk_member
from .host_members import about_host_invitation, about_host_member
from .hosts import HOST_NOTICES
from .interviews import INTERVIEW_NOTICES, about_interview
from .offers import OFFER_NOTICES
from .own_data import ACCOUNT_NOTICES
from .people import CANCELLED_NOTICES, CONSENT_NOTICES, GUARDIAN_NOTICES, LINK_NOTICES, guardian_invited
from .proposals import PROPOSAL_NOTICES
from .waiting import WAITING_NOTICES

__all__ = [
    "APPLICATION_NOTICES",
    "CONSENT_NOTICES",
    "HOST_NOTICES",
    "INTERVIEW_NOTICES",
    "LINK_NOTICES",
    "OFFER_NOTICES",
    "PROPOSAL_NOTICES",
    "about_account",
    "about_application",
    "about_consent",
    "about_desk_member",
    "about_guardian",
    "about_host",
    "about_host_invitation",
    "about_host_member",
    "about_interview",
    "about_offer",
    "about_proposal",
]

APPLICATION_NOTICES = ON_THE_WAY | DESK_DECISION_NOTICES | WAITING_NOTICES | CANCELLED_NOTICES | GUARDIAN_NOTICES


def about_application(application_id: int, notice: str) -> Iterator[Message]:
    """The e-mails of a notice about an application."""
    application = Application.objects.for_detail().get(pk=application_id)
    audience, build = (APPLICATION_NOTICES | DESK_NOTICES)[notice]
    if audience == GUARDIAN and not (application.start_date and is_minor(application.youth, application.start_date)):
        # Of age when it begins: they decide alone.
        return
    yield from messages(audience, build, application, application.offer.host, application.desk, application.youth)


def about_offer(offer_id: int, notice: str) -> Iterator[Message]:
    """The e-mails of a notice about an offer."""
    offer = Offer.objects.select_related("host__organisation", "desk").get(pk=offer_id)
    audience, build = (OFFER_NOTICES | DESK_OFFER_NOTICES)[notice]
    yield from messages(audience, build, offer, offer.host, offer.desk)


def about_proposal(proposal_id: int, notice: str) -> Iterator[Message]:
    """The e-mails of a notice about a proposal."""
    proposal = Proposal.objects.select_related("offer__host__organisation", "youth__user", "desk").get(pk=proposal_id)
    audience, build = PROPOSAL_NOTICES[notice]
    yield from messages(audience, build, proposal, None, proposal.desk, proposal.youth)


def about_host(host_id: int, notice: str) -> Iterator[Message]:
    """The e-mails of a notice about a host."""
    host = Host.objects.select_related("organisation", "desk", "pact_signature__version").get(pk=host_id)
    audience, build = HOST_NOTICES[notice]
    yield from messages(audience, build, host, host, host.desk)


def about_consent(consent_id: int, notice: str) -> Iterator[Message]:
    """The e-mails of a notice about a consent."""
    consent = Consent.objects.select_related("youth__user", "youth__desk", "application__offer").get(pk=consent_id)
    audience, build = CONSENT_NOTICES[notice]
    yield from messages(audience, build, consent, None, consent.youth.desk, consent.youth)


def about_account(user_id: int, notice: str) -> Iterator[Message]:
    """The e-mails of a notice about somebody's own data; none if no desk is open yet."""
    user = get_user_model().objects.get(pk=user_id)
    profile = YouthProfile.objects.filter(user=user).select_related("desk").first()
    desk = profile.desk if profile else Desk.objects.order_by("pk").first()
    if desk is not None:
        language = profile.language if profile else settings.LANGUAGE_CODE
        yield message(user.email, language, user.first_name, ACCOUNT_NOTICES[notice], user, desk)


def about_guardian(link_id: int, notice: str, path: str = "") -> Iterator[Message]:
    """The e-mails of a notice about who answers for a young person: the invitation, or its answer."""
    link = GuardianLink.objects.for_list().get(pk=link_id)
    desk = link.youth.desk
    if notice == "guardian_invited":
        guardian = link.guardian
        name = guardian.user.first_name if guardian.user else ""
        yield message(guardian.address, guardian.language, name, lambda row: guardian_invited(row, path), link, desk)
        return
    yield from messages(YOUTH, LINK_NOTICES[notice], link, None, desk, link.youth)
