"""The verbs of applications as data: from which states each may start, where it leads, and how to try it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from sportello.actions import (
    applications,
    applications_acceptance,
    applications_desk,
    applications_guarantee,
    applications_host,
)
from sportello.application_enums import CLOSED_STATES
from sportello.enums import Actor, ApplicationState
from sportello.models import Application, Offer, Seat
from sportello.transitions import APPLICATION, find
from tests.factories.people import consent_to, guardian_of, make_minor
from tests.factories.sportello import HostFactory, UserFactory, YouthFactory, operator_of, owner_of

S = ApplicationState
ANY = frozenset(S.values)


@dataclass(frozen=True)
class Verb:
    """One action: `sources` are the states it is for; the table may know other ways to the same state."""

    name: str
    target: str
    act: Callable
    sources: frozenset[str] = ANY

    def is_allowed(self, state: str, actor: str) -> bool:
        row = find(APPLICATION, state, self.target)
        return state in self.sources and row is not None and actor in row.actors


def take_every_seat(offer: Offer) -> None:
    """Give the free seats of an offer to people made for it, straight in the database."""
    for seat in Seat.objects.filter(offer=offer).free():
        Application.objects.create(
            youth=YouthFactory(desk=offer.desk),
            offer=offer,
            desk=offer.desk,
            seat=seat,
            state=S.ACCEPTED,
            motivation="Sì.",
            start_date=offer.start_date,
            end_date=offer.end_date,
        )


def _waitlist(application: Application, by) -> None:
    take_every_seat(application.offer)
    applications_host.waitlist(application, by)


def _expire(application: Application, by) -> None:
    # Time has no other door than the command's.
    assert by is None
    applications_guarantee.expire(application, timezone.now() + timedelta(days=16))


VERBS = (
    Verb("apply", S.SUBMITTED, lambda a, by: applications.apply(a.youth, a.offer, "Sì.", by), frozenset({S.DRAFT})),
    Verb("pass", S.SUBMITTED, applications_desk.pass_review, frozenset({S.IN_REVIEW})),
    Verb("return", S.DRAFT, lambda a, by: applications_desk.return_to_draft(a, by, "Togli il telefono.")),
    Verb("shortlist", S.SHORTLISTED, applications_host.shortlist),
    Verb("waitlist", S.WAITLISTED, _waitlist),
    Verb("offer", S.OFFERED, applications_host.offer_seat),
    Verb("reject", S.REJECTED, lambda a, by: applications_host.reject(a, by, "Cerchiamo altro.")),
    Verb("rescind", S.RESCINDED, lambda a, by: applications_host.rescind(a, by, "Chiudiamo.")),
    Verb("withdraw", S.WITHDRAWN, applications.withdraw),
    Verb("discard", S.WITHDRAWN, applications.discard, frozenset({S.DRAFT})),
    Verb("decline", S.DECLINED, applications.decline),
    Verb("accept", S.ACCEPTED, applications_acceptance.accept),
    Verb("cancel", S.CANCELLED, lambda a, by: applications_acceptance.cancel(a, by, "L'impresa chiude.")),
    Verb("reopen", S.SUBMITTED, applications_desk.reopen, frozenset(CLOSED_STATES)),
)
EXPIRE = Verb("expire", S.EXPIRED, _expire)


def with_guardian(application: Application) -> Application:
    """Make an application that of a minor of sixteen, with every consent that a guardian can give."""
    Offer.objects.filter(pk=application.offer_id).update(minimum_age=14)
    make_minor(application.youth)
    consent_to(application)
    application.refresh_from_db()
    return application


def cast_of(application: Application) -> dict[str, object]:
    """Who may try something on an application, by the side they are on; `None` is the system."""
    return {
        Actor.YOUTH: application.youth.user,
        Actor.GUARDIAN: guardian_of(application.youth),
        Actor.HOST: owner_of(application.offer.host),
        Actor.DESK: operator_of(application.desk),
        Actor.SYSTEM: None,
        "stranger": UserFactory(),
        "other youth": YouthFactory(desk=application.desk).user,
        "other host": owner_of(HostFactory()),
        "other desk": operator_of(HostFactory().desk),
    }
