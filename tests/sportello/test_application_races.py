"""Applications pulled at from two sides at once, on PostgreSQL: one wins, the other is told, the log is true."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from sportello.actions import (
    applications,
    applications_acceptance,
    applications_desk,
    applications_guarantee,
    applications_host,
    applications_interviews,
)
from sportello.application_enums import InterviewState
from sportello.enums import ApplicationState, OfferState
from sportello.models import AnswerReminder, Application, InterviewSlot, Offer, Seat
from tests.factories.applications import in_days, make_shortlisted
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

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes one transaction at a time"),
]
S = ApplicationState


def seats_add_up(offer: Offer) -> None:
    """Nobody waits in line while a seat is free, and «full» means full."""
    offer.refresh_from_db()
    free = Seat.objects.filter(offer=offer).free().exists()
    assert not (free and Application.objects.filter(offer=offer).in_line().exists())
    if offer.state in (OfferState.PUBLISHED, OfferState.FULL):
        assert (offer.state == OfferState.FULL) is not free


def test_two_operators_on_one_application():
    host = HostFactory()
    first, second = operator_of(host.desk), make_operator(host.desk)
    offer = make_offer(host)
    for _run in range(REPEATS):
        row = make_application(offer, motivation="Scrivetemi a marta@example.org")
        assert row.state == S.IN_REVIEW
        results = race(
            lambda row=row: applications_desk.pass_review(row, first),
            lambda row=row: applications_desk.return_to_draft(row, second, "Togli l'e-mail."),
        )
        assert len(winners(results)) == 1
        assert refusals(results) == {"wrong_state"}
        log_tells_the_truth(row)


def test_the_waiting_list_against_expiry_and_withdrawal():
    host = HostFactory()
    owner = owner_of(host)
    later = timezone.now() + timedelta(days=9)
    for _run in range(REPEATS):
        offer = make_offer(host, seats_count=1)
        next_one, last, held = make_shortlisted(offer), make_shortlisted(offer), make_offered(offer)
        for row in (next_one, last):
            applications_host.waitlist(row, owner)
        results = race(
            lambda row=held: applications_guarantee.expire(row, later),
            lambda row=held: applications.decline(row, row.youth.user),
            lambda row=next_one: applications.withdraw(row, row.youth.user),
            lambda row=last: applications.withdraw(row, row.youth.user),
        )
        # One of the first two, and of the last two whoever was quicker than the list.
        assert len(winners(results[:2])) == 1
        assert refusals(results) <= {"wrong_state"}
        log_tells_the_truth(held, next_one, last)
        offered = [row for row in (next_one, last) if row.state == S.OFFERED]
        assert len(offered) == len([row for row in results[2:] if row not in winners(results[2:])])
        assert len(offered) <= 1
        seats_add_up(offer)


def test_accepted_while_it_expires():
    offer = make_offer(seats_count=50)
    for _run in range(REPEATS):
        row = make_offered(offer)
        later = timezone.now() + timedelta(days=9)
        results = race(
            lambda row=row: applications_acceptance.accept(row, row.youth.user),
            lambda row=row, later=later: applications_guarantee.expire(row, later),
        )
        assert len(winners(results)) == 1
        assert refusals(results) == {"wrong_state"}
        log_tells_the_truth(row)
        if row.state == S.ACCEPTED:
            applications_acceptance.cancel(row, operator_of(offer.desk), "Prova.")


def test_the_offer_closes_while_people_answer():
    """Closing starts from the offer, accepting from the person: neither waits for the other for ever."""
    host = HostFactory()
    owner = owner_of(host)

    def close(offer: Offer) -> str:
        with transaction.atomic():
            locked = Offer.objects.select_for_update().get(pk=offer.pk)
            return f"closed {len(applications_host.close_for_offer(locked, owner))}"

    for _run in range(REPEATS):
        one, two = make_offer(host, seats_count=1), make_offer(host, seats_count=1)
        young = YouthFactory(desk=host.desk)
        held, waiting = make_offered(one, young), make_application(two, young)
        others = [make_application(two) for _n in range(2)]
        race(
            lambda held=held, young=young: applications_acceptance.accept(held, young.user),
            lambda two=two: close(two),
            lambda row=others[0]: applications.withdraw(row, row.youth.user),
        )
        log_tells_the_truth(held, waiting, *others)
        assert held.state == S.ACCEPTED
        assert waiting.state in (S.SUPERSEDED, S.REJECTED)
        assert others[0].state in (S.WITHDRAWN, S.REJECTED)
        assert others[1].state == S.REJECTED


def test_the_guarantee_runs_twice_at_once():
    offer = make_offer()
    for run in range(REPEATS):
        row = make_application(offer)
        Application.objects.filter(pk=row.pk).update(waiting_from=timezone.now() - timedelta(days=11))
        reports = race(*[lambda: applications_guarantee.tend()] * 3)
        assert sum(report.reminders for report in reports) == 1
        assert sum(report.desk_told for report in reports) == 1
        assert AnswerReminder.objects.count() == 3 * (run + 1)
        assert AnswerReminder.objects.filter(application=row, sent=True).count() == 2


def test_one_hour_of_the_host_picked_by_two():
    host = HostFactory()
    owner = owner_of(host)
    offers = [make_offer(host) for _n in range(2)]
    pair = [make_shortlisted(offer) for offer in offers]
    for _run in range(REPEATS):
        InterviewSlot.objects.update(state=InterviewState.CANCELLED)
        slots = []
        for minutes, row in zip((0, 15), pair, strict=True):
            moment = in_days(5) + timedelta(minutes=minutes)
            slots += applications_interviews.propose(row, [moment], 30, "In bottega", owner)
        results = race(
            *(lambda slot=slot: applications_interviews.pick(slot, slot.application.youth.user) for slot in slots)
        )
        assert len(winners(results)) == 1
        assert refusals(results) == {"slot_taken"}
        assert InterviewSlot.objects.picked().count() == 1


def test_reopened_by_two_operators():
    offer = make_offer()
    first, second = operator_of(offer.desk), make_operator(offer.desk)
    for _run in range(REPEATS):
        row = make_application(offer)
        applications.withdraw(row, row.youth.user)
        results = race(*(lambda row=row, by=by: applications_desk.reopen(row, by) for by in (first, second)))
        assert len(winners(results)) == 1
        assert refusals(results) == {"wrong_state"}
        log_tells_the_truth(row)


def test_two_seats_of_a_host_that_may_have_one_person_at_a_time():
    host = HostFactory(permanent_staff=3)
    owner = owner_of(host)
    for _run in range(REPEATS):
        rows = [make_application(make_offer(host)) for _offer in range(2)]
        results = race(*(lambda row=row: applications_host.offer_seat(row, owner) for row in rows))
        assert len(winners(results)) == 1
        assert refusals(results) == {"host_cap"}
        log_tells_the_truth(*rows)
        applications.decline(winners(results)[0], winners(results)[0].youth.user)
