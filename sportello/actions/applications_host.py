"""What a host answers to an application: read, met, in line, a seat, a no.

The desk may give seats, too. Locks and what every change shares are in `applications_machine`.
"""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .. import calendar, permissions
from ..enums import Actor, ApplicationState, OfferState
from ..errors import GuardRefused, NotPermitted
from ..models import Application, Offer
from .applications_machine import SYSTEM, Words, change, free_seat, give_seat, move, require_not_suspended, tell

S = ApplicationState


def mark_read(application: Application, by) -> Application:
    """The host tells the young person that it has read the application. Once is enough.

    Raises:
        NotPermitted: `by` does not act for the host.
    """
    if Actor.HOST not in permissions.actors_on_application(by, application):
        raise NotPermitted
    Application.objects.filter(pk=application.pk, read_at__isnull=True).update(read_at=timezone.now())
    application.refresh_from_db(fields=["read_at"])
    return application


def shortlist(application: Application, by, message: str = "") -> Application:
    """The host wants to know the young person better; now a meeting can be proposed.

    Raises:
        NotPermitted, WrongState: see `actions.common`.
        GuardRefused: `suspended`, the offer or the host is.
    """
    words = Words(message=message.strip())
    return change(application, S.SHORTLISTED, by, "application_shortlisted", words=words, prepare=require_not_suspended)


def waitlist(application: Application, by, message: str = "") -> Application:
    """Put a shortlisted young person in line for the next free seat; the system may, too, when all seats are taken.

    Raises:
        NotPermitted, WrongState: see `actions.common`.
        GuardRefused: `no_seat_free`, there is a free seat to offer instead; `offer_open`; `suspended`.
    """

    def check(locked: Application) -> None:
        require_not_suspended(locked)
        if locked.offer.state == OfferState.CLOSED:
            raise GuardRefused(_("Questa offerta non è pubblicata: non si possono offrire posti."), "offer_open")
        if free_seat(locked.offer) is not None:
            raise GuardRefused(_("C'è ancora un posto libero: offrilo, oppure rispondi di no."), "no_seat_free")

    words = Words(message=message.strip())
    return change(application, S.WAITLISTED, by, "application_waitlisted", words=words, prepare=check)


def offer_seat(
    application: Application, by, start: date | None = None, end: date | None = None, message: str = ""
) -> Application:
    """Give the lowest free seat of the offer for these days, held for a week for the young person to answer.

    Args:
        start, end: first and last day; the earliest possible for both sides if they are not given.

    Raises:
        NotPermitted, WrongState: see `actions.common`.
        GuardRefused: `seat_free`, `offer_open`, `dates` (not in order, past, or outside the offer's period), `age` (not
            that of this person on the first day), `no_overlap` (they are somewhere else on some of these days) or
            `host_cap` (the host has as many people as it may on those days).
    """
    free_from = application.youth.available_from
    default_start, default_end = calendar.earliest_days(application.offer, timezone.localdate(), free_from)
    first, last = start or default_start, end or default_end
    if first > last:
        raise GuardRefused(_("La data di fine viene prima di quella di inizio."), "dates")
    if first < timezone.localdate():
        raise GuardRefused(_("Il primo giorno è già passato: scegline uno più avanti."), "dates")
    if first < application.offer.start_date or last > application.offer.end_date:
        raise GuardRefused(_("Le date devono stare nel periodo dell'offerta."), "dates")
    return change(
        application,
        S.OFFERED,
        by,
        "seat_offered",
        words=Words(message=message.strip()),
        prepare=lambda locked: give_seat(locked, first, last),
    )


def reject(application: Application, by, reason: str, *, message: str = "", share: bool = False) -> Application:
    """The host says no, and why.

    Args:
        reason: why, for the host's and the desk's own eyes.
        message: what the young person reads; a courteous text of ours if it is empty.
        share: whether the young person reads the reason too.

    Raises:
        NotPermitted, WrongState: see `actions.common`.
        GuardRefused: `reason` is missing.
    """
    return change(application, S.REJECTED, by, "application_rejected", words=Words(reason, message, share))


def rescind(application: Application, by, reason: str, *, message: str = "", share: bool = False) -> Application:
    """The host takes an offered seat back, and says why; the desk is told. See `reject`."""
    words = Words(reason, message, share)
    return change(application, S.RESCINDED, by, "seat_rescinded", "seat_rescinded_desk", words=words)


def close_for_offer(offer: Offer, by, reason: str = "") -> list[Application]:
    """Close what still waits on an offer that ends: to be called with the offer locked, in the same transaction.

    Offered and accepted seats stay as they are: a promise is taken back one by one, with `rescind`.

    Args:
        by: who closes the offer; it is written down on their behalf, as the system's if it is None.
        reason: why, in the log; young people read a courteous text.
    """
    actors = permissions.actors_on_offer(by, offer) | SYSTEM
    waiting = Application.objects.filter(offer=offer, state__in=(S.IN_REVIEW, S.SUBMITTED, S.SHORTLISTED, S.WAITLISTED))
    closed = []
    for application in waiting.select_for_update().order_by("pk"):
        application.offer = offer
        move(application, S.REJECTED, actors, by, Words(reason.strip() or str(_("L'offerta è stata chiusa."))))
        tell(application, "offer_closed")
        closed.append(application)
    return closed
