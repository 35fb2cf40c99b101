"""A young person's list in a round. The round is locked, so that no list is saved after it has been read."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import rounds, scoring
from ..enums_rounds import LIST_LENGTH, RoundState
from ..errors import GuardRefused, NotPermitted
from ..models import MatchRound, RoundChoice, RoundPerson, RoundResult, YouthProfile
from ..permissions_rounds import why_not_in_rounds


def save_list(
    match_round: MatchRound, profile: YouthProfile, offers: Sequence[int], by, motivation: str = ""
) -> RoundPerson:
    """Keep a person's list in place of the one they had. An empty list takes them out of the round.

    Args:
        offers: ids of offers of the round (`RoundOffer`), the most wanted first.

    Raises:
        NotPermitted: `by` is not the young person.
        GuardRefused: `lists_closed`, `may_take_part`, `not_left_over`, `list_length`, `repeated`, or `not_possible`
            with the reason.
    """
    if by is None or profile.user_id != by.pk:
        raise NotPermitted
    if len(offers) > LIST_LENGTH:
        raise GuardRefused(
            _("Puoi mettere in lista al massimo %(most)s offerte.") % {"most": LIST_LENGTH}, "list_length"
        )
    if len(set(offers)) != len(offers):
        raise GuardRefused(_("Un'offerta sta nella lista una volta sola."), "repeated")
    with transaction.atomic():
        match_round = MatchRound.objects.select_for_update().get(pk=match_round.pk)
        profile = YouthProfile.objects.for_matching().get(pk=profile.pk)
        _check_open(match_round)
        _check_person(match_round, profile)
        person, _created = RoundPerson.objects.get_or_create(round=match_round, youth=profile)
        _check_possible(match_round, profile, offers)
        person.choices.all().delete()
        RoundChoice.objects.bulk_create(
            RoundChoice(person=person, round_offer_id=pk, rank=rank) for rank, pk in enumerate(offers, start=1)
        )
        person.motivation = motivation.strip()
        person.shared = _shared(profile) if offers else {}
        person.saved_at = timezone.now() if offers else None
        person.save()
    return person


def lists_are_open(match_round: MatchRound) -> bool:
    """Whether lists can be saved at this moment."""
    return match_round.state == RoundState.OPEN and (
        match_round.lists_open_at <= timezone.now() < match_round.lists_close_at
    )


def _check_open(match_round: MatchRound) -> None:
    if lists_are_open(match_round):
        return
    if match_round.state == RoundState.OPEN and timezone.now() < match_round.lists_open_at:
        raise GuardRefused(_("Le liste non sono ancora aperte."), "lists_closed")
    raise GuardRefused(_("Le liste sono chiuse: vale l'ultima che hai salvato in tempo."), "lists_closed")


def _check_person(match_round: MatchRound, profile: YouthProfile) -> None:
    if profile.desk_id != match_round.desk_id:
        raise NotPermitted
    why_not = why_not_in_rounds(profile)
    if why_not:
        raise GuardRefused(why_not, "may_take_part")
    if match_round.previous_id:
        left = RoundResult.objects.filter(round=match_round.previous_id, youth=profile, round_offer__isnull=True)
        if not left.exists():
            raise GuardRefused(
                _("Questa tornata è per chi è rimasto senza proposta in quella di prima."), "not_left_over"
            )


def _check_possible(match_round: MatchRound, profile: YouthProfile, offers: Sequence[int]) -> None:
    if not offers:
        return
    found = rounds.choosable(profile, match_round)
    possible = {found.row(line.offer).pk for line in found.possible}
    for pk in offers:
        if pk in possible:
            continue
        for line in found.blocked:
            if found.row(line.offer).pk == pk:
                raise GuardRefused(
                    f"«{found.row(line.offer).offer.title}»: {scoring.sentence(line.obstacles[0])}", "not_possible"
                )
        raise GuardRefused(
            _("Una delle offerte della lista non è più disponibile: ricarica la pagina."), "not_possible"
        )


def _shared(profile: YouthProfile) -> dict:
    """What a candidature would show, without an offer to sort the skills by."""
    return {
        "name": profile.user.get_full_name(),
        "home": str(profile.home),
        "status": profile.status,
        "study_path": profile.study_path,
        "study_note": profile.study_note,
        "skills": [*profile.terms.get("skills", ()), *profile.terms.get("languages", ())],
        "availability": profile.availability,
    }
