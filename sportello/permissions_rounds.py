"""Who may do what in rounds."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from . import consents, permissions
from .enums import Actor
from .enums_people import ConsentPurpose
from .models import MatchRound, YouthProfile


def actors_on_round(user, match_round: MatchRound) -> frozenset[str]:
    """On whose behalf somebody can act on a round; no user is the clock."""
    if user is None:
        return frozenset({Actor.SYSTEM})
    desk_ids = permissions.desks_of(user)
    return frozenset({Actor.DESK}) if desk_ids is None or match_round.desk_id in desk_ids else frozenset()


def why_none_in_rounds(profiles: Iterable[YouthProfile]) -> dict[int, str | Promise]:
    """Say who of many may not take part in rounds, by id, and why in a sentence.

    Needed are an open account, the yes to being matched and, of minors, the yes of who answers for them to their
    candidatures, since a round ends in one. One query at most, for profiles read with `for_matching()`.
    """
    found: dict[int, str | Promise] = {}
    minors, today = [], timezone.localdate()
    for profile in profiles:
        if not profile.user.is_active:
            found[profile.pk] = _("Il tuo account è disattivato: scrivi allo Sportello.")
        elif not profile.matching_consent_at:
            found[profile.pk] = _("Per partecipare serve il tuo permesso all'abbinamento: lo dai in fondo al profilo.")
        elif consents.is_minor(profile, today):
            minors.append(profile.pk)
    if minors:
        agreed = consents.standing_of_many(minors, ConsentPurpose.APPLYING)
        words = _(
            "Hai meno di 18 anni: per partecipare serve prima il sì di chi risponde per te. "
            "Invitalo dalla pagina «Genitori e tutori»."
        )
        found.update((pk, words) for pk in minors if pk not in agreed)
    return found


def why_not_in_rounds(profile: YouthProfile) -> str | Promise | None:
    """Say in a sentence why somebody may not take part in rounds; None when they may."""
    return why_none_in_rounds([profile]).get(profile.pk)
