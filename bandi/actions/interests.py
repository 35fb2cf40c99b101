"""How an organisation says that it is interested in a call: it asks, confirms by e-mail, is let in, may withdraw.

Every door (page, link in the e-mail, admin) comes through here.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from portal.registry.models import Organisation

from .. import interest_letters as letters
from ..enums import InterestState
from ..errors import ActionRefused
from ..models import CallInterest, CallPage
from ..models.interest import STANDING
from ..permissions import may_publish
from ..reading import source_of

LOG_CONFIRMED, LOG_ACCEPTED = "bandi.interest_confirmed", "bandi.interest_accepted"
LOG_REFUSED, LOG_WITHDRAWN = "bandi.interest_refused", "bandi.interest_withdrawn"

# Who does not confirm, or is refused, is forgotten after so long; who is in, so long after the call is closed.
FORGET_AFTER = timedelta(days=30)
FORGET_CLOSED_AFTER = timedelta(days=365)

# From which states each change may start.
_FROM = {
    InterestState.CONFIRMED: (InterestState.WAITING,),
    InterestState.ACCEPTED: (InterestState.CONFIRMED, InterestState.REFUSED),
    InterestState.REFUSED: (InterestState.CONFIRMED, InterestState.ACCEPTED),
    InterestState.WITHDRAWN: STANDING,
}
_REFUSALS = {
    InterestState.CONFIRMED: _("Questa adesione non aspetta più una conferma."),
    InterestState.ACCEPTED: _("Questa adesione non si può accogliere: non è confermata, o è già decisa."),
    InterestState.REFUSED: _("Questa adesione non si può rifiutare: non è confermata, o è già decisa."),
    InterestState.WITHDRAWN: _("Questa adesione è già ritirata o rifiutata."),
}


@transaction.atomic
def say_interest(call: CallPage, values: Mapping[str, Any], language: str) -> CallInterest:
    """Keep what an organisation says and send its author the link that confirms it.

    The same address writing again for the same organisation replaces what it wrote, as long as nobody has confirmed it.

    Args:
        call: its page, in any language.
        values: organisation_name, contact_name, email, brings, seeks, may_be_shown.
        language: in which the author reads.

    Raises:
        ActionRefused: nobody can join the call now.
    """
    if not call.takes_interests:
        raise ActionRefused(_("In questo momento non si raccolgono adesioni a questo bando."), "closed")
    # The call stays locked until the end: a double click waits here and finds the first row.
    source = CallPage.objects.select_for_update().get(pk=source_of(call).pk)
    found = CallInterest.objects.filter(
        call=source,
        email__iexact=values["email"],
        organisation_name__iexact=values["organisation_name"],
        state__in=STANDING,
    ).first()
    if found is not None and found.state != InterestState.WAITING:
        # Nobody learns here that it exists: its author is told by e-mail.
        letters.send_already_in(found)
        return found
    interest = found or CallInterest(call=source)
    for name, value in values.items():
        setattr(interest, name, value)
    interest.language = language
    interest.asked_at = timezone.now()
    interest.full_clean()
    interest.save()
    letters.send_confirmation(interest)
    return interest


@transaction.atomic
def confirm_interest(interest: CallInterest) -> CallInterest:
    """The author confirms the address; the redazione is told.

    Raises:
        ActionRefused: it is no longer waiting, or nobody can join the call any more.
    """
    interest = _locked(interest)
    if not interest.call.takes_interests:
        raise ActionRefused(_("In questo momento non si raccolgono adesioni a questo bando."), "closed")
    _change(interest, InterestState.CONFIRMED)
    interest.confirmed_at = timezone.now()
    interest.save()
    log(instance=interest.call, action=LOG_CONFIRMED, user=None)
    letters.send_to_check(interest)
    return interest


@transaction.atomic
def accept_interest(interest: CallInterest, *, by, organisation: Organisation | None = None) -> CallInterest:
    """The redazione lets an organisation in, and tells it.

    Args:
        by: who decides, who may publish the call.
        organisation: the organisation of the registry that it is, if it is there.

    Raises:
        PermissionDenied: `by` may not publish the call.
        ActionRefused: it is not confirmed, or already in.
    """
    interest = _decide(interest, InterestState.ACCEPTED, by)
    interest.organisation, interest.reason = organisation, ""
    interest.save()
    log(instance=interest.call, action=LOG_ACCEPTED, user=by)
    letters.send_accepted(interest)
    return interest


@transaction.atomic
def refuse_interest(interest: CallInterest, *, by, reason: str) -> CallInterest:
    """The redazione does not let an organisation in, or takes it off the page, and tells it why.

    Raises:
        PermissionDenied: `by` may not publish the call.
        ActionRefused: it is not confirmed, or already refused or withdrawn.
    """
    interest = _decide(interest, InterestState.REFUSED, by)
    interest.reason = reason
    interest.save()
    log(instance=interest.call, action=LOG_REFUSED, user=by)
    letters.send_refused(interest)
    return interest


@transaction.atomic
def withdraw_interest(interest: CallInterest) -> CallInterest:
    """The author takes it back: it leaves the page at once, and who wrote it is forgotten.

    Raises:
        ActionRefused: there is nothing to take back.
    """
    interest = _locked(interest)
    _change(interest, InterestState.WITHDRAWN)
    interest.email = interest.contact_name = ""
    interest.may_be_shown = False
    interest.save()
    log(instance=interest.call, action=LOG_WITHDRAWN, user=None)
    return interest


def write_to(sender: CallInterest, receiver: CallInterest, text: str) -> None:
    """Pass a message from one organisation to another by e-mail. The answer goes straight to the sender.

    Nothing is kept. The receiver learns the sender's address, the sender does not learn the receiver's.

    Raises:
        ActionRefused: one of the two is not in, or they are not in the same call.
    """
    both = {sender.state, receiver.state} == {InterestState.ACCEPTED}
    if not both or sender.call_id != receiver.call_id or sender.pk == receiver.pk or not receiver.email:
        raise ActionRefused(_("Questa organizzazione non riceve messaggi da qui."), "no_message")
    letters.send_message(sender, receiver, text)


@transaction.atomic
def forget_old(now: datetime) -> int:
    """Delete what nobody confirmed or was refused long ago, and who wrote for organisations in calls long closed.

    Returns:
        how many rows were deleted or emptied.
    """
    old = CallInterest.objects.filter(
        state__in=(InterestState.WAITING, InterestState.REFUSED), asked_at__lt=now - FORGET_AFTER
    )
    deleted, _by_model = old.delete()
    closed = CallPage.objects.in_state("closed", "revoked", now=now - FORGET_CLOSED_AFTER)
    kept = CallInterest.objects.filter(call__in=closed.order_by().values("pk")).exclude(email="", contact_name="")
    return deleted + kept.update(email="", contact_name="")


def _locked(interest: CallInterest) -> CallInterest:
    # The table of the row alone: PostgreSQL does not lock through an outer join.
    found = CallInterest.objects.select_for_update(of=("self",)).select_related("call")
    return found.get(pk=interest.pk)


def _change(interest: CallInterest, state: InterestState) -> None:
    if interest.state not in _FROM[state]:
        raise ActionRefused(_REFUSALS[state], "state")
    interest.state = state


def _decide(interest: CallInterest, state: InterestState, by) -> CallInterest:
    interest = _locked(interest)
    if not may_publish(by, interest.call):
        raise PermissionDenied
    _change(interest, state)
    interest.decided_at, interest.decided_by = timezone.now(), by
    return interest
