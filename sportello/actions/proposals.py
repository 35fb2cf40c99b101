"""What the desk proposes to a young person, and how it ends."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import permissions, scoring, tasks
from ..enums_matching import MAX_OPEN_PROPOSALS, ProposalState
from ..errors import GuardRefused, NotPermitted, WrongState
from ..models import Application, Offer, Proposal, YouthProfile
from .common import after_commit, write_log
from .locks import lock_youth


def propose(youth: YouthProfile, offer: Offer, by, message: str = "") -> Proposal:
    """Propose an offer to a young person who agreed to be proposed things. They are told; nothing else happens.

    Raises:
        NotPermitted: `by` does not work at the desk of both.
        GuardRefused: `offer_open`, `already_applied`, `declined_before`, `already_proposed`, `proposals_waiting`, or
            the key of the obstacle that makes the pair impossible (see `sportello.matching.obstacles`).
    """
    desk_ids = permissions.desks_of(by)
    if desk_ids is not None and not {youth.desk_id, offer.desk_id} <= set(desk_ids):
        raise NotPermitted
    try:
        with transaction.atomic():
            lock_youth(youth.pk)
            youth = YouthProfile.objects.for_matching().get(pk=youth.pk)
            offer = Offer.objects.for_matching().get(pk=offer.pk)
            _check(youth, offer)
            pair = scoring.pair_score(youth, offer)
            proposal = Proposal.objects.create(
                youth=youth,
                offer=offer,
                desk_id=youth.desk_id,
                message=(message or "").strip(),
                score=pair.value,
                breakdown=scoring.to_json(pair),
                proposed_by=by,
            )
            write_log(offer, "offer_proposed", by)
            after_commit(tasks.notify_about_proposal, proposal.pk, "proposal_sent")
    except IntegrityError as error:
        raise _already_proposed() from error
    return proposal


def _already_proposed() -> GuardRefused:
    return GuardRefused(_("Questa offerta è già stata proposta e aspetta una risposta."), "already_proposed")


def _check(youth: YouthProfile, offer: Offer) -> None:
    # As for who applies: also its host has to be there, or the person would be written to about what they cannot open.
    if not (offer.is_published and offer.is_on_show):
        raise GuardRefused(_("Questa offerta non accetta più candidature."), "offer_open")
    # A draft that nobody else has read is theirs alone: the desk is not told that it is there.
    if Application.objects.filter(youth=youth, offer=offer).ever_sent().exists():
        raise GuardRefused(_("C'è già una candidatura a questa offerta."), "already_applied")
    if Proposal.objects.declined().filter(youth=youth, offer=offer).exists():
        raise GuardRefused(_("La persona ha già detto che questa offerta non le interessa."), "declined_before")
    waiting = list(Proposal.objects.waiting().filter(youth=youth).values_list("offer_id", flat=True))
    if offer.pk in waiting:
        raise _already_proposed()
    if len(waiting) >= MAX_OPEN_PROPOSALS:
        raise GuardRefused(
            _("Ci sono già %(most)s proposte che aspettano una risposta: prima di altre, sentitevi.")
            % {"most": MAX_OPEN_PROPOSALS},
            "proposals_waiting",
        )
    obstacles = scoring.obstacles(youth, offer)
    if obstacles:
        raise GuardRefused(scoring.sentence(obstacles[0], "staff"), obstacles[0].key)


def decline(proposal: Proposal, by) -> Proposal:
    """The young person says that it does not interest them. No reason is asked for.

    Raises:
        NotPermitted: `by` is somebody else.
        WrongState: it is closed already.
    """
    if by is None or proposal.youth.user_id != by.pk:
        raise NotPermitted
    return _close(proposal, ProposalState.DECLINED)


def take_back(proposal: Proposal, by) -> Proposal:
    """The desk thinks again before the young person answers.

    Raises:
        NotPermitted: `by` does not work at its desk.
        WrongState: it is closed already.
    """
    desk_ids = permissions.desks_of(by)
    if desk_ids is not None and proposal.desk_id not in desk_ids:
        raise NotPermitted
    return _close(proposal, ProposalState.TAKEN_BACK)


def accept_by_applying(youth: YouthProfile, offer: Offer) -> None:
    """Close the proposal that an application answers. Called inside the transaction of the application."""
    rows = Proposal.objects.waiting().filter(youth=youth, offer=offer)
    rows.update(state=ProposalState.ACCEPTED, answered_at=timezone.now())


def _close(proposal: Proposal, state: str) -> Proposal:
    with transaction.atomic():
        proposal = Proposal.objects.select_for_update().get(pk=proposal.pk)
        if proposal.state != ProposalState.SENT:
            raise WrongState(
                _("Questa proposta è già stata chiusa: %(state)s.") % {"state": proposal.get_state_display()}
            )
        proposal.state = state
        proposal.answered_at = timezone.now()
        proposal.save(update_fields=["state", "answered_at"])
    return proposal
