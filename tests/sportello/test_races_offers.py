"""Offers changed from two sides at once, on PostgreSQL: places, the end of an offer, what the desk decides."""

from wagtail.models import ModelLogEntry

from sportello.actions import applications, applications_host, offer_life, offers
from sportello.enums import SEATED_STATES, ApplicationState, OfferState
from sportello.models import Application, Offer, Seat
from tests.factories.sportello import (
    HostFactory,
    YouthFactory,
    make_application,
    make_offer,
    make_offered,
    make_operator,
    operator_of,
    owner_of,
)
from tests.helpers.races import REPEATS, log_tells_the_truth, race, refusals, winners
from tests.sportello import test_races

pytestmark = test_races.pytestmark
O, S = OfferState, ApplicationState  # noqa: E741  as in the transition table


def logged(offer: Offer, *actions: str) -> list[str]:
    """Return which of some things were written down about an offer, in their order."""
    rows = ModelLogEntry.objects.filter(object_id=str(offer.pk), content_type__model="offer")
    written = rows.order_by("pk").values_list("action", flat=True)
    return [name for action in written if (name := action.removeprefix("sportello.")) in actions]


def test_a_place_taken_away_while_it_is_offered():
    """Two places, one of them given: either the other goes, or it is given; the count is the rows there are."""
    host = HostFactory()
    owner, operator = owner_of(host), operator_of(host.desk)
    for _run in range(REPEATS):
        offer = make_offer(host, seats_count=2)
        held, waiting = make_offered(offer), make_application(offer)
        results = race(
            lambda offer=offer: offer_life.change_seats(offer, operator, 1),
            lambda row=waiting: applications_host.offer_seat(row, owner),
        )
        assert len(winners(results)) == 1
        offer.refresh_from_db()
        log_tells_the_truth(held, waiting)
        lowered = waiting.state == S.SUBMITTED
        assert refusals(results) == ({"seat_free"} if lowered else {"seats"})
        assert offer.seats_count == (1 if lowered else 2) == Seat.objects.filter(offer=offer).count()
        assert Application.objects.filter(offer=offer, state__in=SEATED_STATES).count() == offer.seats_count
        assert logged(offer, "offer_seats_changed") == (["offer_seats_changed"] if lowered else [])
        assert offer.state == O.FULL


def test_an_offer_closed_while_people_apply():
    """Who came before the end gets the courteous answer, who came after is told that it is closed."""
    host = HostFactory()
    owner = owner_of(host)
    people = [YouthFactory(desk=host.desk) for _n in range(3)]
    for _run in range(REPEATS):
        offer = make_offer(host)
        closed, *sent = race(
            lambda offer=offer: offer_life.close_offer(offer, owner),
            *(lambda offer=offer, by=by: applications.apply(by, offer, "Sì.", by.user) for by in people),
        )
        assert closed.state == O.CLOSED
        assert refusals(sent) <= {"offer_open"}
        rows = list(Application.objects.filter(offer=offer))
        assert {row.pk for row in rows} == {row.pk for row in winners(sent)}
        log_tells_the_truth(*rows)
        assert {row.state for row in rows} <= {S.REJECTED}
        assert logged(offer, "offer_closed") == ["offer_closed"]


def test_an_offer_approved_twice_and_returned_at_once():
    host = HostFactory()
    first, second, third = operator_of(host.desk), make_operator(host.desk), make_operator(host.desk)
    for _run in range(REPEATS):
        offer = make_offer(host, state=O.IN_REVIEW)
        results = race(
            lambda offer=offer: offers.publish_offer(offer, first),
            lambda offer=offer: offers.publish_offer(offer, second),
            lambda offer=offer: offers.return_offer(offer, third, "Manca l'orario."),
        )
        (won,) = winners(results)
        assert refusals(results) == {"wrong_state"}
        offer.refresh_from_db()
        by = (first, second, third)[results.index(won)]
        assert offer.moderated_by == by
        assert offer.state == (O.RETURNED if by == third else O.PUBLISHED)
        assert offer.state_reason == ("Manca l'orario." if by == third else "")
        written = logged(offer, "offer_published", "offer_returned")
        assert written == ["offer_returned" if by == third else "offer_published"]


def test_places_changed_while_the_offer_comes_back():
    """One verb begins at the host, the other at the offer: neither waits for the other for ever."""
    host = HostFactory()
    owner, operator = owner_of(host), operator_of(host.desk)
    for run in range(REPEATS):
        offer = offers.pause_offer(make_offer(host), owner)
        results = race(
            lambda offer=offer: offers.resume_offer(offer, owner),
            lambda offer=offer, run=run: offer_life.change_seats(offer, operator, 2 + run % 3),
            lambda offer=offer: offer_life.change_seats(offer, owner, 5),
        )
        assert len(winners(results)) == 3
        offer.refresh_from_db()
        assert offer.state == O.PUBLISHED
        assert offer.seats_count == Seat.objects.filter(offer=offer).count()
        assert offer.seats_count in (2 + run % 3, 5)
