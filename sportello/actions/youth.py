"""Young people: their profile."""

from collections.abc import Mapping
from datetime import date

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from sportello.matching import age_on

from ..enums import ADULT_AGE
from ..errors import GuardRefused
from ..models import Desk, YouthProfile

_LISTS = ("interests", "skills", "goals")


def is_minor(birth_date: date) -> bool:
    """Whether somebody is under age today."""
    return age_on(birth_date, timezone.localdate()) < ADULT_AGE


def save_profile(user, values: Mapping) -> YouthProfile:
    """Create or change somebody's profile. Nothing at all is kept of a minor: their guardian comes first.

    Args:
        values: fields of `YouthProfile` by name, lists of `interests`, `skills` and `goals`, the `first_name` and
            `last_name` of the account, and `matching_consent` (bool).

    Raises:
        GuardRefused: `minor` or `no_desk`.
    """
    values = dict(values)
    if is_minor(values["birth_date"]):
        raise GuardRefused(_("Per ora ci si può registrare da soli dai 18 anni."), "minor")
    names = {name: values.pop(name) for name in ("first_name", "last_name") if name in values}
    lists = {name: values.pop(name) for name in _LISTS if name in values}
    consent = values.pop("matching_consent", None)
    with transaction.atomic():
        # The account's row is the lock: a double click creates one profile.
        user = get_user_model().objects.select_for_update().get(pk=user.pk)
        profile = YouthProfile.objects.select_for_update().filter(user=user).first()
        if profile is None:
            profile = YouthProfile(user=user, language=(get_language() or "it").split("-")[0])
        if profile.desk_id is None or profile.home_id != values["home"].pk:
            desk = Desk.objects.for_municipality(values["home"])
            if desk is None:
                raise GuardRefused(_("Non c'è ancora uno Sportello aperto: torna a trovarci."), "no_desk")
            profile.desk = desk
        for name, value in values.items():
            setattr(profile, name, value)
        if consent is not None:
            profile.matching_consent_at = (profile.matching_consent_at or timezone.now()) if consent else None
        profile.save()
        for name, value in lists.items():
            getattr(profile, name).set(value)
        profile.refresh_terms()
        for name, value in names.items():
            setattr(user, name, value)
        if names:
            user.save(update_fields=list(names))
    return profile
