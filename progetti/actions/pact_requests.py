"""How somebody joins a pact: asks, confirms by e-mail, is verified, and may take the signature back.

Every door (page, link in the e-mail, admin) comes through here.
"""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from portal.registry.models import Organisation
from portal.users.models import User

from .. import pact_letters as letters
from ..errors import ActionRefused
from ..models import PactPage, PactRequest, PactSignatory, PactVersion
from ..pact_enums import ALLOWED, PENDING, RequestState
from ..permissions import may_moderate_pacts

TEXT_CHANGED = _("Nel frattempo il testo del patto è cambiato: leggi quello nuovo e conferma.")


@transaction.atomic
def ask_to_join(pact: PactPage, values: Mapping[str, Any], language: str) -> PactRequest:
    """Keep a request to join the text in force and send its author the link that confirms it.

    The same address asking again for the same name replaces what it wrote, as long as nobody has confirmed it.

    Args:
        pact: its page, in any language.
        values: organisation_name, person_name, consent, role, commitments, resources, email.
        language: in which the author reads.

    Raises:
        ActionRefused: the pact takes no signatures now.
    """
    version = pact.version_in_force()
    if version is None or not pact.takes_signatures(pact.state_with(True)):
        raise ActionRefused(_("In questo momento il patto non raccoglie nuove firme."), "closed")
    # The text stays locked until the end: a double click waits here and finds the first request.
    PactVersion.objects.select_for_update().get(pk=version.pk)
    request = PactRequest.objects.filter(
        version=version,
        email__iexact=values["email"],
        organisation_name__iexact=values.get("organisation_name", ""),
        state__in=PENDING,
    ).first()
    if request is not None and request.state == RequestState.CONFIRMED:
        # Nobody learns here that it exists: its author is told by e-mail.
        letters.send_already_asked(request)
        return request
    request = request or PactRequest(version=version)
    for name, value in values.items():
        setattr(request, name, value)
    request.language = language
    request.asked_at = timezone.now()
    request.full_clean(
        exclude=["version", "decided_by", "signatory"], validate_unique=False, validate_constraints=False
    )
    request.save()
    letters.send_confirmation(request)
    return request


def confirm_request(request: PactRequest, number: int) -> PactRequest:
    """The author confirms, having read a version of the text.

    Args:
        number: of the version that the page of confirmation showed.

    Raises:
        ActionRefused: another text is in force by now (the request moves to it, to be confirmed again), or the request
            is no longer waiting.
    """
    changed = False
    with transaction.atomic():
        request = _locked(request)
        in_force = PactVersion.objects.filter(pact=request.version.pact_id).begun().order_by("-number").first()
        if in_force is not None and in_force.pk != request.version_id and request.state == RequestState.WAITING:
            _move_to(request, in_force)
        changed = request.version.number != number
        if not changed:
            _change(request, RequestState.CONFIRMED)
            request.confirmed_at = timezone.now()
            request.save()
            _log(request, "pact_request_confirmed", None)
            letters.send_to_verify(request)
    if changed:
        raise ActionRefused(TEXT_CHANGED, "text_changed")
    return request


@transaction.atomic
def cancel_request(request: PactRequest) -> PactRequest:
    """The author takes back a request that nobody has decided yet.

    Raises:
        ActionRefused: it was decided.
    """
    request = _locked(request)
    _change(request, RequestState.CANCELLED)
    request.decided_at = timezone.now()
    request.save()
    _log(request, "pact_request_cancelled", None)
    return request


@transaction.atomic
def accept_request(
    request: PactRequest, *, by: User | None, role: str = "", organisation: Organisation | None = None
) -> PactSignatory:
    """The redazione has verified a confirmed request: its author signs the version in force, and is told.

    Args:
        role: another role than the one asked for, if any.
        organisation: the organisation of the registry that the author speaks for, if it is there.

    Raises:
        PermissionDenied: somebody who does not moderate pacts.
        ActionRefused: it is not confirmed, the text in force is not the one that was confirmed, or the organisation
            signed it already.
    """
    _require_moderator(by)
    request = _locked(request)
    in_force = request.version.pact.version_in_force()
    if in_force is None or in_force.pk != request.version_id:
        raise ActionRefused(
            _("Il testo è cambiato dopo la conferma: chiedi di confermare di nuovo, poi verifica."), "text_changed"
        )
    _change(request, RequestState.ACCEPTED)
    now = timezone.now()
    signatory = PactSignatory(
        version=request.version,
        organisation=organisation,
        signed_on=timezone.localtime(request.confirmed_at).date(),
        verified_on=timezone.localdate(),
        verified_by=by,
        **{name: getattr(request, name) for name in _COPIED},
    )
    signatory.role = role or request.role
    try:
        with transaction.atomic():
            signatory.save()
    except IntegrityError:
        raise ActionRefused(_("Questa organizzazione ha già firmato questa versione."), "signed_already") from None
    request.signatory, request.decided_at, request.decided_by = signatory, now, by
    request.save()
    _log(request, "pact_request_accepted", by)
    letters.send_accepted(request)
    return signatory


@transaction.atomic
def refuse_request(request: PactRequest, *, by: User | None, reason: str) -> PactRequest:
    """The redazione does not accept a request, says why, and its author reads it; the undecided ones only.

    A request whose address nobody confirmed is closed without a letter: it may be somebody else's address.

    Raises:
        PermissionDenied: somebody who does not moderate pacts.
        ActionRefused: it was decided already, or there is no reason.
    """
    _require_moderator(by)
    request = _locked(request)
    if not reason.strip():
        raise ActionRefused(_("Scrivi il motivo: chi lo riceve deve poterlo capire."), "no_reason")
    was_confirmed = request.state == RequestState.CONFIRMED
    _change(request, RequestState.REFUSED)
    request.reason = reason.strip()
    request.decided_at, request.decided_by = timezone.now(), by
    request.save()
    _log(request, "pact_request_refused", by)
    if was_confirmed:
        letters.send_refused(request)
    return request


@transaction.atomic
def ask_again(request: PactRequest, *, by: User | None) -> PactRequest:
    """Ask the author of a request to confirm the text that is in force now, with a new e-mail.

    Raises:
        PermissionDenied: somebody who does not moderate pacts.
        ActionRefused: the request is confirmed for the text in force, or was decided, or there is no text any more.
    """
    _require_moderator(by)
    request = _locked(request)
    in_force = request.version.pact.version_in_force()
    if in_force is None:
        raise ActionRefused(_("Il patto non ha un testo in vigore."), "no_text")
    if request.state == RequestState.CONFIRMED:
        if in_force.pk == request.version_id:
            raise ActionRefused(_("Ha già confermato il testo in vigore."), "confirmed")
        _change(request, RequestState.WAITING)
    elif request.state != RequestState.WAITING:
        raise _wrong_state(request)
    _move_to(request, in_force)
    request.asked_at = timezone.now()
    request.save()
    _log(request, "pact_request_asked_again", by)
    letters.send_confirmation(request)
    return request


@transaction.atomic
def withdraw_signature(signatory: PactSignatory, *, by: User | None, reason: str = "") -> PactSignatory:
    """Take a signature back: the page stops showing it at once. Doing it again changes nothing.

    Args:
        by: somebody of the redazione; None for the signatory's own link.

    Raises:
        PermissionDenied: somebody who does not moderate pacts.
    """
    _require_moderator(by)
    signatory = PactSignatory.objects.select_for_update().get(pk=signatory.pk)
    if signatory.withdrawn_on is not None:
        return signatory
    signatory.withdrawn_on = timezone.localdate()
    signatory.withdrawal_reason = reason.strip()
    signatory.save(update_fields=["withdrawn_on", "withdrawal_reason"])
    _log(signatory, "pact_signature_withdrawn", by)
    letters.send_withdrawn(signatory, by_redazione=by is not None)
    return signatory


@transaction.atomic
def restore_signature(signatory: PactSignatory, *, by: User | None) -> PactSignatory:
    """Undo a withdrawal made by mistake.

    Raises:
        PermissionDenied: somebody who does not moderate pacts.
        ActionRefused: in the meantime the organisation signed again.
    """
    _require_moderator(by)
    signatory = PactSignatory.objects.select_for_update().get(pk=signatory.pk)
    signatory.withdrawn_on, signatory.withdrawal_reason = None, ""
    try:
        with transaction.atomic():
            signatory.save(update_fields=["withdrawn_on", "withdrawal_reason"])
    except IntegrityError:
        raise ActionRefused(_("Questa organizzazione ha già firmato questa versione."), "signed_already") from None
    _log(signatory, "pact_signature_restored", by)
    return signatory


_COPIED = ("organisation_name", "person_name", "consent", "commitments", "resources", "email", "language")


def _require_moderator(by: User | None) -> None:
    if not may_moderate_pacts(by):
        raise PermissionDenied


def _locked(request: PactRequest) -> PactRequest:
    """The request as it is now, kept by this transaction until its end."""
    return PactRequest.objects.select_for_update(of=("self",)).select_related("version__pact").get(pk=request.pk)


def _change(request: PactRequest, target: str) -> None:
    if target not in ALLOWED[request.state]:
        raise _wrong_state(request)
    request.state = target


def _wrong_state(request: PactRequest) -> ActionRefused:
    message = _("Nel frattempo qualcosa è cambiato: ora lo stato è «%(state)s».")
    return ActionRefused(message % {"state": request.get_state_display()}, "wrong_state")


def _move_to(request: PactRequest, version: PactVersion) -> None:
    """Let the request be about another version of the text; of two that become the same, the older one goes."""
    if version.pk == request.version_id:
        return
    PactRequest.objects.filter(
        version=version,
        email__iexact=request.email,
        organisation_name__iexact=request.organisation_name,
        state__in=PENDING,
    ).exclude(pk=request.pk).delete()
    request.version = version
    request.confirmed_at = None
    request.save(update_fields=["version", "confirmed_at", "state"])


def _log(thing: PactRequest | PactSignatory, action: str, by: User | None) -> None:
    """Write into Wagtail's log, where the history of each row shows it; no name of a person goes there."""
    log(instance=thing, action=f"progetti.{action}", user=by)
