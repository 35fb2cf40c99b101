"""The desk corrects a birth date: written down with its reason, and refused where what stands would break."""

from collections.abc import Iterator
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import consents, permissions, scoring, tasks
from ..enums import ApplicationState
from ..enums_rounds import LIVE_STATES, RoundState
from ..errors import GuardRefused, NotPermitted
from ..models import Application, BirthDateCorrection, Offer, RoundChoice, YouthProfile
from .common import after_commit
from .hosts import require_reason
from .locks import lock_youth
from .youth import is_too_young

OLDEST = 100


def correct_birth_date(youth: YouthProfile, birth_date: date, reason: str, by) -> YouthProfile:
    """Correct a birth date. Whatever depends on age is looked at again with the new date first.

    Raises:
        NotPermitted: `by` does not work at the desk of the young person.
        GuardRefused: `reason`, `same`, `birth_date` (no date that somebody alive was born on), `too_young`,
            `standing` (a candidature or a place would no longer be possible), `consent` (one would lack the
            guardian's yes) or `in_round`, each with a sentence that says what to do first.
    """
    desk_ids = permissions.desks_of(by)
    if desk_ids is not None and youth.desk_id not in desk_ids:
        raise NotPermitted
    reason = require_reason(reason)[:300]
    today = timezone.localdate()
    if birth_date > today or birth_date.year < today.year - OLDEST:
        raise GuardRefused(_("Questa data non può essere giusta: controlla l'anno."), "birth_date")
    if is_too_young(birth_date):
        raise GuardRefused(
            _(
                "Con questa data ha meno di 14 anni: non può avere un account. La data non si cambia: la persona deve "
                "cancellarlo da «I tuoi dati», o lo fa chi gestisce il portale."
            ),
            "too_young",
        )
    with transaction.atomic():
        lock_youth(youth.pk)
        youth = YouthProfile.objects.for_matching().get(pk=youth.pk)
        if birth_date == youth.birth_date:
            raise GuardRefused(_("È già questa la data scritta nel profilo."), "same")
        after = replace_birth_date(youth, birth_date)
        _check_applications(youth, after)
        _check_rounds(youth, after)
        BirthDateCorrection.objects.create(youth=youth, before=youth.birth_date, after=birth_date, reason=reason, by=by)
        YouthProfile.objects.filter(pk=youth.pk).update(birth_date=birth_date, updated_at=timezone.now())
        youth.birth_date = birth_date
        after_commit(tasks.notify_about_account, youth.user_id, "birth_date_corrected")
    return youth


def _check_applications(youth: YouthProfile, after: YouthProfile) -> None:
    today = timezone.localdate()
    rows = list(Application.objects.filter(youth=youth).standing().order_by("pk"))
    offers = {row.pk: row for row in Offer.objects.for_matching().filter(pk__in=[row.offer_id for row in rows])}
    for row in rows:
        offer = offers[row.offer_id]
        start = row.start_date or consents.first_day(youth, offer, today)
        what = {"offer": offer.title}
        for sentence in _broken(youth, after, offer, start):
            raise GuardRefused(
                _("«%(offer)s» non sarebbe più possibile. %(why)s Prima va chiusa quella candidatura.")
                % {**what, "why": sentence},
                "standing",
            )
        if consents.is_minor(after, start) and not consents.is_minor(youth, start):
            # With a seat the yes to that very experience counts too.
            seated = row if row.state in (ApplicationState.OFFERED, ApplicationState.ACCEPTED) else None
            row.youth = after
            if any(item.purpose != consents.P.MATCHING for item in consents.missing(after, start, seated)):
                raise GuardRefused(
                    _(
                        "Con questa data per «%(offer)s» servirebbe il sì di chi risponde per lei o per lui, e non "
                        "c'è. Prima va chiusa quella candidatura: poi si corregge la data, si invita chi risponde, e "
                        "la candidatura si può riaprire."
                    )
                    % what,
                    "consent",
                )


def _check_rounds(youth: YouthProfile, after: YouthProfile) -> None:
    """Once the lists are closed nobody can change theirs: what it asks for has to stay possible."""
    rows = RoundChoice.objects.filter(person__youth=youth, person__round__state__in=LIVE_STATES)
    rows = rows.exclude(person__round__state=RoundState.OPEN).select_related("person__round", "round_offer")
    for row in rows.order_by("pk"):
        offer = Offer.objects.for_matching().get(pk=row.round_offer.offer_id)
        for sentence in _broken(youth, after, offer, consents.first_day(youth, offer, timezone.localdate())):
            raise GuardRefused(
                _(
                    "Nella tornata «%(round)s» ha in lista «%(offer)s», che non sarebbe più possibile. %(why)s "
                    "Aspetta che la tornata finisca, o escludi prima quella coppia con chi supervisiona."
                )
                % {"round": row.person.round.name, "offer": offer.title, "why": sentence},
                "in_round",
            )


def replace_birth_date(youth: YouthProfile, birth_date: date) -> YouthProfile:
    """Return a copy of a profile, not to be saved, as it would be with another birth date."""
    copied = YouthProfile.objects.for_matching().get(pk=youth.pk)
    copied.birth_date = birth_date
    return copied


def _broken(youth: YouthProfile, after: YouthProfile, offer: Offer, start: date) -> Iterator[str]:
    """What the new date would make impossible in a pair and the present one does not, in words for the desk."""
    there = {item.key for item in scoring.age_obstacles(youth, offer, start)}
    for item in scoring.age_obstacles(after, offer, start):
        if item.key not in there:
            yield scoring.sentence(item, "staff")
