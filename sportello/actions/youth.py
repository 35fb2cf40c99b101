"""Young people: their profile."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sportello.matching import age_on

from .. import permissions
from ..enums import ADULT_AGE
from ..enums_people import DIGITAL_CONSENT_AGE, ConsentPurpose
from ..errors import GuardRefused
from ..models import Application, Desk, YouthProfile
from . import consents
from .locks import lock_account

_LISTS = ("interests", "skills", "goals")


def is_minor(birth_date: date) -> bool:
    """Whether somebody is under age today."""
    return age_on(birth_date, timezone.localdate()) < ADULT_AGE


def is_too_young(birth_date: date) -> bool:
    """Whether somebody may not have an account yet, whoever agrees."""
    return age_on(birth_date, timezone.localdate()) < DIGITAL_CONSENT_AGE


def save_profile(user, values: Mapping) -> YouthProfile:
    """Create or change somebody's profile. Of who is under 14 nothing at all is kept.

    Args:
        values: fields of `YouthProfile` by name, lists of `interests`, `skills` and `goals`, the `first_name` and
            `last_name` of the account, and `matching_consent` (bool). What is left out stays as it is; the first time
            `birth_date` and `home` are needed.

    Raises:
        GuardRefused: `too_young`, `birth_date` (a minor who would become older, or somebody whose candidatures rest
            on the date), `other_part` (the account acts for a host or a desk) or `no_desk`.
    """
    values = dict(values)
    birth_date = values.get("birth_date")
    if birth_date is not None and is_too_young(birth_date):
        raise GuardRefused(_("Ci si può registrare dai 14 anni."), "too_young")
    names = {name: values.pop(name) for name in ("first_name", "last_name") if name in values}
    lists = {name: values.pop(name) for name in _LISTS if name in values}
    consent = values.pop("matching_consent", None)
    with transaction.atomic():
        # The account's row is the lock: a double click creates one profile.
        user = lock_account(user)
        profile = YouthProfile.objects.select_for_update(no_key=True).filter(user=user).first()
        if profile is None:
            if permissions.acts_for_others(user):
                raise GuardRefused(
                    _("Con questo account segui già una realtà o uno Sportello: per cercare usane un altro."),
                    "other_part",
                )
            profile = YouthProfile(user=user, language=(get_language() or "it").split("-")[0])
        elif birth_date is not None and birth_date != profile.birth_date:
            _check_new_birth_date(profile, birth_date)
        home = values.get("home")
        if home is not None and (profile.desk_id is None or profile.home_id != home.pk):
            desk = Desk.objects.for_municipality(home)
            if desk is None:
                raise GuardRefused(_("Non c'è ancora uno Sportello aperto: torna a trovarci."), "no_desk")
            profile.desk = desk
        for name, value in values.items():
            setattr(profile, name, value)
        profile.save()
        if consent is not None:
            _answer(profile, user, consent)
        for name, value in lists.items():
            getattr(profile, name).set(value)
        profile.refresh_terms()
        for name, value in names.items():
            setattr(user, name, value)
        if names:
            user.save(update_fields=list(names))
    return profile


def _check_new_birth_date(profile: YouthProfile, birth_date: date) -> None:
    """What the age decides is not decided by who writes the date: the desk corrects it, having seen a document."""
    if is_minor(profile.birth_date) and birth_date < profile.birth_date:
        # Also by a few months: the consent of who answers for them depends on the age at the start of an experience.
        raise GuardRefused(
            _("Questa data ti farebbe più grande: se quella di prima era sbagliata, scrivi allo Sportello."),
            "birth_date",
        )
    if Application.objects.filter(youth=profile).standing().exists():
        raise GuardRefused(
            _("Hai candidature in corso, e la data conta per quelle: per correggerla scrivi allo Sportello."),
            "birth_date",
        )


def _answer(profile: YouthProfile, user, consent: bool) -> None:
    """Say yes to being proposed experiences, or take it back, with its record; the row of the profile is locked."""
    if consent:
        profile.matching_consent_at = consents.grant(profile, ConsentPurpose.MATCHING, user).granted_at
        return
    given = profile.consents.standing().about(ConsentPurpose.MATCHING).first()
    if given is not None:
        consents.revoke(given, user)
    profile.matching_consent_at = None
    profile.save(update_fields=["matching_consent_at"])
