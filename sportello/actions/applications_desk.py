"""What the desk decides about applications: pass or return what it reads first, reopen once."""

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .. import consents
from ..application_enums import CLOSED_STATES
from ..enums import ApplicationState, OfferState
from ..enums_people import ConsentPurpose
from ..errors import GuardRefused
from ..models import Application
from .applications import check_fewer_than_five_open
from .applications_machine import (
    GIVING_STATES,
    Words,
    change,
    free_seat,
    no_seat,
    require_not_suspended,
    require_source,
)

S = ApplicationState


def pass_review(application: Application, by) -> Application:
    """The desk has read an application and lets it go to the host.

    Raises:
        NotPermitted, WrongState: see `actions.common`.
        GuardRefused: `offer_open`, the offer has closed in the meantime; `consent_…`, a yes no longer stands.
    """

    def check(locked: Application) -> None:
        require_source(locked, S.IN_REVIEW)
        require_not_suspended(locked)
        _check_consents(locked)
        _check_offer_goes_on(locked, (*GIVING_STATES, OfferState.FULL))

    return change(application, S.SUBMITTED, by, "application_passed", "application_received", prepare=check)


def return_to_draft(application: Application, by, reason: str) -> Application:
    """The desk sends an application back to its author, with what to change; what was written is still there.

    Raises:
        NotPermitted, WrongState: see `actions.common`.
        GuardRefused: `reason` is missing.
    """
    return change(application, S.DRAFT, by, "application_returned", words=Words(reason, shared=True))


def reopen(application: Application, by, reason: str = "") -> Application:
    """The desk opens a closed application again, once, if the offer has a free seat: the host's time starts anew.

    Raises:
        NotPermitted, WrongState: see `actions.common`.
        GuardRefused: `never_sent`, `reopened_once`, `offer_open`, `seat_free`, `fewer_than_five_open`,
            `already_applied` (a later application to the same offer is open) or `consent_…` (a yes was taken back).
    """

    def check(locked: Application) -> None:
        require_source(locked, *CLOSED_STATES)
        require_not_suspended(locked)
        if locked.submitted_at is None:
            raise GuardRefused(_("Non era mai arrivata a chi ospita: se ne può scrivere un'altra."), "never_sent")
        if locked.reopened_at is not None:
            raise GuardRefused(_("È già stata riaperta una volta."), "reopened_once")
        if locked.offer.state == OfferState.FULL or free_seat(locked.offer) is None:
            raise no_seat()
        _check_offer_goes_on(locked, GIVING_STATES)
        if Application.objects.filter(youth_id=locked.youth_id, offer_id=locked.offer_id).active().exists():
            raise GuardRefused(_("C'è già una candidatura a questa offerta."), "already_applied")
        check_fewer_than_five_open(locked.youth_id)
        _check_consents(locked)
        locked.reopened_at = timezone.now()

    return change(
        application,
        S.SUBMITTED,
        by,
        "application_reopened",
        "application_reopened_host",
        words=Words(reason.strip()),
        prepare=check,
    )


_NO_CONSENT: dict[str, Promise] = {
    ConsentPurpose.MATCHING: _(
        "La persona ha tolto il permesso di usare i suoi dati per proporle esperienze: prima deve ridarlo lei."
    ),
    ConsentPurpose.APPLYING: _(
        "All'inizio avrebbe meno di 18 anni e chi risponde non dice di sì, o non più: prima serve quel sì."
    ),
}


def _check_consents(application: Application) -> None:
    """Nothing goes to a host without the yeses that sending it takes, whoever sends it."""
    youth = application.youth
    start = consents.first_day(youth, application.offer, timezone.localdate())
    for item in consents.missing(youth, start):
        raise GuardRefused(_NO_CONSENT[item.purpose], f"consent_{item.purpose}")


def _check_offer_goes_on(application: Application, states: tuple[str, ...]) -> None:
    offer = application.offer
    if offer.state not in states or offer.end_date < timezone.localdate():
        raise GuardRefused(_("Questa offerta non accetta più candidature."), "offer_open")
