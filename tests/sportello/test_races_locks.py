"""What waits for what: pulled at from two sides at once on PostgreSQL, nothing counts twice and nothing locks up."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from sportello.actions import (
    applications,
    applications_acceptance,
    applications_guarantee,
    applications_host,
    consents,
    desks,
    guardians,
    host_members,
    hosts,
    own_data,
)
from sportello.actions.youth import save_profile
from sportello.enums import ApplicationState, DeskRole, HostRole
from sportello.enums_people import ConsentPurpose
from sportello.models import Application, DeletionRequest, HostInvitation
from tests.factories.people import guardian_of, make_minor
from tests.factories.sportello import (
    DeskFactory,
    HostFactory,
    MunicipalityFactory,
    UserFactory,
    YouthFactory,
    make_application,
    make_offer,
    make_offered,
    make_operator,
    owner_of,
    vat_number,
)
from tests.helpers.races import REPEATS, log_tells_the_truth, race, refusals, winners

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes one transaction at a time"),
]
S = ApplicationState


def register(user, name: str, code: str, place):
    return hosts.register_host(
        user=user, name=name, kind="business", fiscal_code=code, municipality=place, contact_name="Io"
    )


def put_in_line(*rows: Application) -> None:
    """As a line stands when its host had as many people as it may: waiting, although a seat is free."""
    Application.objects.filter(pk__in=[row.pk for row in rows]).update(
        state=S.WAITLISTED, waitlisted_at=timezone.now(), waiting_from=None
    )


def test_two_lines_of_a_host_that_may_have_one_person_at_a_time():
    host = HostFactory(permanent_staff=3)
    people = [YouthFactory(desk=host.desk) for _n in range(4)]
    for _run in range(REPEATS):
        offers = [make_offer(host), make_offer(host)]
        waiting = [make_application(offer, person) for offer, person in zip(offers, people[:2], strict=True)]
        leaving = [make_application(offer, person) for offer, person in zip(offers, people[2:], strict=True)]
        put_in_line(*waiting)
        # Whatever happens on an offer lets its line move up.
        race(
            lambda row=leaving[0]: applications.withdraw(row, row.youth.user),
            lambda row=leaving[1]: applications.withdraw(row, row.youth.user),
            applications_guarantee.move_lines,
        )
        offered = Application.objects.filter(pk__in=[row.pk for row in waiting], state=S.OFFERED)
        assert offered.count() == 1
        for row in waiting:
            row.refresh_from_db()
            (applications.decline if row.state == S.OFFERED else applications.withdraw)(row, row.youth.user)


def test_a_line_moves_up_while_the_host_gives_a_seat_elsewhere():
    host = HostFactory(permanent_staff=3)
    owner = owner_of(host)
    people = [YouthFactory(desk=host.desk) for _n in range(3)]
    for _run in range(REPEATS):
        one, two = make_offer(host), make_offer(host)
        waiting, leaving = make_application(one, people[0]), make_application(one, people[1])
        chosen = make_application(two, people[2])
        put_in_line(waiting)
        results = race(
            lambda row=leaving: applications.withdraw(row, row.youth.user),
            lambda row=chosen: applications_host.offer_seat(row, owner),
        )
        assert refusals(results) <= {"host_cap"}
        assert Application.objects.filter(pk__in=[waiting.pk, chosen.pk], state=S.OFFERED).count() == 1
        for row in (waiting, chosen):
            row.refresh_from_db()
            (applications.decline if row.state == S.OFFERED else applications.withdraw)(row, row.youth.user)


def test_seats_of_two_hosts_let_go_crosswise():
    """Who accepts at one host lets the seat at the other go: hosts are locked in the order of their ids."""
    pair = [HostFactory() for _n in range(2)]
    for _run in range(REPEATS):
        offers = [make_offer(host, seats_count=2) for host in pair]
        people = [YouthFactory(desk=pair[0].desk) for _n in range(2)]
        waiting = [make_application(offer) for offer in offers]
        held = [[make_offered(offer, person) for offer in offers] for person in people]
        put_in_line(*waiting)
        results = race(
            lambda row=held[0][0]: applications_acceptance.accept(row, row.youth.user),
            lambda row=held[1][1]: applications_acceptance.accept(row, row.youth.user),
        )
        assert len(winners(results)) == 2
        log_tells_the_truth(*held[0], *held[1])
        for row in waiting:
            row.refresh_from_db()
        assert [row.state for row in waiting] == [S.OFFERED, S.OFFERED]


def test_a_profile_saved_while_its_person_withdraws():
    """The one begins from the account, the other writes the account into its log."""
    host = HostFactory()
    offer = make_offer(host)
    for _run in range(REPEATS):
        row = make_application(offer)
        user = row.youth.user
        results = race(
            lambda user=user: save_profile(user, {"phone": "0110000000", "first_name": "Marta"}),
            lambda row=row, user=user: applications.withdraw(row, user),
            lambda user=user: save_profile(user, {"phone": "0110000001", "last_name": "Rossi"}),
        )
        assert len(winners(results)) == 3
        log_tells_the_truth(row)


def test_a_change_of_mind_against_the_deletion():
    """Either it came in time and everything is there, or it came too late and says so."""
    later = timezone.now() + timedelta(days=own_data.UNDO_DAYS + 1)
    for run in range(REPEATS):
        # Of who has applied a nameless account stays, of others nothing.
        user = (make_application().youth if run % 2 else YouthFactory()).user
        own_data.ask_deletion(user)
        undone, erased = race(lambda user=user: own_data.undo_deletion(user), lambda: own_data.erase_due(later))
        assert erased == ((0, 0) if undone else (1, 0))
        assert type(user).objects.filter(pk=user.pk, is_active=True).exists() is undone
        requests = DeletionRequest.objects.filter(user=user.pk)
        assert {row.undone_at is not None for row in requests} <= {undone}


def test_one_account_pulled_to_two_sides():
    """Who decides at a desk, or answers for a host, takes no other side: whichever door came first holds."""
    host = HostFactory()
    owner, home = owner_of(host), MunicipalityFactory()
    chief = make_operator(host.desk, DeskRole.SUPERVISOR)
    for run in range(REPEATS):
        user, vat = UserFactory(), vat_number(7000 + run)
        invitation = host_members.invite(host, owner, user.email, HostRole.RECRUITER)
        results = race(
            lambda user=user, row=invitation: host_members.accept_invitation(row, user),
            lambda user=user: save_profile(user, {"birth_date": date(2004, 5, 14), "home": home}),
            lambda user=user: desks.appoint_by_email(host.desk, chief, user.email, DeskRole.OPERATOR),
            lambda user=user, code=vat: register(user, "Bottega", code, home),
        )
        won = winners(results)
        # To one's own host one may be called by another.
        assert len(won) == 1 or {type(row).__name__ for row in won} == {"Host", "HostMembership"}
        assert refusals(results) <= {"young", "desk", "other_part", "already_member"}
        HostInvitation.objects.all().delete()


def test_four_of_the_same_name_register_at_once():
    DeskFactory()
    place = MunicipalityFactory()
    for run in range(REPEATS):
        people = [(UserFactory(), f"Bottega {run}", vat_number(8000 + 4 * run + n), place) for n in range(4)]
        results = race(*(lambda person=person: register(*person) for person in people))
        assert len({host.organisation.slug for host in winners(results)}) == 4


def test_a_yes_said_while_its_guardian_steps_back():
    """A yes of somebody who answers no more is worth nothing: it is taken back with the others, or not given."""
    host = HostFactory()
    for _run in range(REPEATS):
        young = make_minor(YouthFactory(desk=host.desk))
        guardian = guardian_of(young)
        link = young.guardian_links.get()
        results = race(
            lambda young=young, by=guardian: consents.grant(young, ConsentPurpose.APPLYING, by),
            lambda link=link, by=guardian: guardians.step_back(link, by),
        )
        assert refusals(results) <= {"not_permitted"}
        link.refresh_from_db()
        assert link.ended_at is not None
        assert not young.consents.standing().exists()


def test_two_supervisors_who_take_each_other_out():
    desk = DeskFactory()
    for _run in range(REPEATS):
        desk.memberships.update(is_active=False)
        pair = [make_operator(desk, DeskRole.SUPERVISOR) for _n in range(2)]
        rows = [desk.memberships.select_related("user").get(user=user, is_active=True) for user in pair]
        results = race(
            lambda row=rows[0], by=pair[1]: desks.end_desk_membership(row, by),
            lambda row=rows[1], by=pair[0]: desks.end_desk_membership(row, by),
        )
        assert len(winners(results)) == 1
        assert refusals(results) == {"not_permitted"}
        assert desk.memberships.working().filter(role=DeskRole.SUPERVISOR).count() == 1
