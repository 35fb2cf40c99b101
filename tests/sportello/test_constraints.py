"""The database refuses by itself what the actions refuse: tried in raw SQL, past every line of Python."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import ProtectedError

from sportello.actions import applications_acceptance
from sportello.enums import ApplicationState, HostRole
from sportello.models import Application, ApplicationEvent, HostMembership, Placement, Seat
from tests.factories.sportello import (
    HostFactory,
    UserFactory,
    YouthFactory,
    bare_application,
    make_application,
    make_offer,
    make_offered,
    operator_of,
    owner_of,
)

pytestmark = pytest.mark.django_db
S = ApplicationState


def refused(sql: str, *values) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def done(sql: str, *values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        assert cursor.rowcount == 1


def test_one_seat_is_given_once():
    offer = make_offer(seats_count=2)
    first = make_offered(offer)
    second = make_offered(offer)
    refused("UPDATE sportello_application SET seat_id = %s WHERE id = %s", first.seat_id, second.pk)
    refused("UPDATE sportello_application SET state = 'offered', seat_id = NULL WHERE id = %s", first.pk)


@pytest.mark.parametrize("state", S.values)
def test_a_seat_if_and_only_if_offered_or_accepted(state):
    application = bare_application(state)
    if application.seat_id:
        refused("UPDATE sportello_application SET seat_id = NULL WHERE id = %s", application.pk)
    else:
        seat = Seat.objects.filter(offer=application.offer).first()
        refused("UPDATE sportello_application SET seat_id = %s WHERE id = %s", seat.pk, application.pk)


def test_the_seat_of_an_application_is_one_of_its_offer():
    waiting, elsewhere = make_application(), make_offer()
    own, other = Seat.objects.filter(offer=waiting.offer).first(), Seat.objects.filter(offer=elsewhere).first()
    give = (
        "UPDATE sportello_application SET state = 'offered', seat_id = %s, start_date = '2026-01-01', "
        "end_date = '2026-02-01', expires_at = created_at, waiting_from = NULL WHERE id = %s"
    )
    refused(give, other.pk, waiting.pk)
    done(give, own.pk, waiting.pk)
    refused("UPDATE sportello_application SET seat_id = %s WHERE id = %s", other.pk, waiting.pk)
    refused("UPDATE sportello_application SET offer_id = %s WHERE id = %s", elsewhere.pk, waiting.pk)
    refused("UPDATE sportello_seat SET offer_id = %s, n = 40 WHERE id = %s", elsewhere.pk, own.pk)
    # Written whole, and not changed: it is looked at as well.
    young = YouthFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.create(
            youth=young,
            offer=waiting.offer,
            desk=waiting.desk,
            state=ApplicationState.ACCEPTED,
            seat=other,
            start_date=waiting.offer.start_date,
            end_date=waiting.offer.end_date,
        )
    # Nobody has it: it may go where it likes, and a seat with somebody may be counted anew.
    done("UPDATE sportello_seat SET offer_id = %s, n = 40 WHERE id = %s", waiting.offer_id, other.pk)
    done("UPDATE sportello_seat SET n = 41 WHERE id = %s", own.pk)
    done("UPDATE sportello_application SET seat_id = %s WHERE id = %s", other.pk, waiting.pk)


def test_one_active_application_for_each_young_person_and_offer():
    first = make_application()
    other = make_application(youth=first.youth, offer=make_offer(host=first.offer.host))
    refused("UPDATE sportello_application SET offer_id = %s WHERE id = %s", first.offer_id, other.pk)
    done("UPDATE sportello_application SET state = 'withdrawn' WHERE id = %s", first.pk)
    done("UPDATE sportello_application SET offer_id = %s WHERE id = %s", first.offer_id, other.pk)


def test_reason_state_and_times():
    application = make_application()
    refused("UPDATE sportello_application SET state = 'rejected', reason = '' WHERE id = %s", application.pk)
    refused("UPDATE sportello_application SET state = 'sognata' WHERE id = %s", application.pk)
    refused("UPDATE sportello_application SET expires_at = %s WHERE id = %s", application.submitted_at, application.pk)
    offered = make_offered()
    refused("UPDATE sportello_application SET expires_at = NULL WHERE id = %s", offered.pk)
    refused("UPDATE sportello_application SET start_date = NULL WHERE id = %s", offered.pk)
    refused(
        "UPDATE sportello_application SET end_date = %s WHERE id = %s",
        offered.start_date - timedelta(days=1),
        offered.pk,
    )


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("seats_count", 0),
        ("seats_count", 51),
        ("state", "ovunque"),
        ("kind", "vacanza"),
        ("moderated_at", None),
        ("moderated_by_id", None),
        ("schedule", 1 << 21),
        ("end_date", "2020-01-01"),
        ("maximum_age", 17),
        ("state", "returned"),
    ],
)
def test_offers(column, value):
    offer = make_offer()
    refused(f"UPDATE sportello_offer SET {column} = %s WHERE id = %s", value, offer.pk)


def test_seat_numbers():
    offer = make_offer(seats_count=2)
    refused("UPDATE sportello_seat SET n = 1 WHERE offer_id = %s AND n = 2", offer.pk)
    refused("UPDATE sportello_seat SET n = 51 WHERE offer_id = %s AND n = 2", offer.pk)


def test_hosts():
    host, other = HostFactory(), HostFactory()
    refused("UPDATE sportello_host SET fiscal_code = %s WHERE id = %s", other.fiscal_code, host.pk)
    refused("UPDATE sportello_host SET fiscal_code = '123' WHERE id = %s", host.pk)
    refused("UPDATE sportello_host SET verified_by_id = NULL WHERE id = %s", host.pk)
    refused("UPDATE sportello_host SET state = 'suspended' WHERE id = %s", host.pk)
    refused("UPDATE sportello_host SET state = 'famosa' WHERE id = %s", host.pk)
    with pytest.raises(IntegrityError), transaction.atomic():
        HostMembership.objects.create(host=host, user=owner_of(host))


def test_a_host_keeps_an_owner():
    host, other = HostFactory(), HostFactory()
    only = host.memberships.get()
    for change in ("is_active = false", "role = 'tutor'", f"host_id = {other.pk}"):
        refused(f"UPDATE sportello_hostmembership SET {change} WHERE id = %s", only.pk)
    refused("DELETE FROM sportello_hostmembership WHERE id = %s", only.pk)
    HostMembership.objects.create(host=host, user=UserFactory(), role=HostRole.TUTOR)
    refused("UPDATE sportello_hostmembership SET is_active = false WHERE id = %s", only.pk)
    second = HostMembership.objects.create(host=host, user=UserFactory(), role=HostRole.OWNER)
    done("UPDATE sportello_hostmembership SET is_active = false WHERE id = %s", only.pk)
    refused("UPDATE sportello_hostmembership SET role = 'recruiter' WHERE id = %s", second.pk)
    done("UPDATE sportello_hostmembership SET chosen_at = created_at WHERE id = %s", second.pk)


def test_one_placement_at_a_time():
    offer = make_offer(seats_count=2)
    held = make_offered(offer)
    first = applications_acceptance.accept(held, held.youth.user)
    other = make_offered(make_offer(), YouthFactory(desk=offer.desk))
    values = (other.pk, first.youth_id, offer.desk_id, first.end_date, first.end_date + timedelta(days=9))
    insert = (
        "INSERT INTO sportello_placement (application_id, youth_id, desk_id, state, start_date, end_date, created_at) "
        "VALUES (%s, %s, %s, '{}', %s, %s, CURRENT_TIMESTAMP)"
    )
    refused(insert.format("preparing"), *values)
    done(insert.format("cancelled"), *values)
    second = Placement.objects.get(application=other)
    refused("UPDATE sportello_placement SET state = 'active' WHERE id = %s", second.pk)
    done("UPDATE sportello_placement SET start_date = %s WHERE id = %s", first.end_date + timedelta(days=1), second.pk)
    done("UPDATE sportello_placement SET state = 'active' WHERE id = %s", second.pk)
    refused("UPDATE sportello_placement SET end_date = %s WHERE id = %s", second.end_date, first.pk)
    done("UPDATE sportello_placement SET state = 'active' WHERE id = %s", first.pk)


def test_desk_memberships_and_profiles():
    host = HostFactory()
    operator = operator_of(host.desk)
    refused(
        "INSERT INTO sportello_deskmembership (desk_id, user_id, role, is_active, created_at) "
        "SELECT desk_id, user_id, role, is_active, created_at FROM sportello_deskmembership WHERE user_id = %s",
        operator.pk,
    )
    youth = YouthFactory()
    refused("UPDATE sportello_youthprofile SET availability = %s WHERE id = %s", 1 << 21, youth.pk)
    refused(
        "UPDATE sportello_youthprofile SET available_from = '2027-02-02', available_until = '2027-02-01' WHERE id = %s",
        youth.pk,
    )


def test_events_are_only_ever_added():
    application = make_application()
    event = ApplicationEvent.objects.filter(application=application).first()
    event.reason = "riscritto"
    with pytest.raises(TypeError):
        event.save()
    with pytest.raises(TypeError):
        event.delete()
    with pytest.raises(TypeError):
        ApplicationEvent.objects.filter(pk=event.pk).update(reason="riscritto")
    with pytest.raises(TypeError):
        ApplicationEvent.objects.all().delete()
    with pytest.raises(ProtectedError):
        application.delete()
