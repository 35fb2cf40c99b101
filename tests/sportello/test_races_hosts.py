"""Hosts and desks at the same instant, in real threads on PostgreSQL: see test_races."""

from datetime import timedelta

from django.utils import timezone

from sportello.actions import desks, host_members, pacts, rules
from sportello.enums import DeskRole, HostRole
from sportello.models import DeskMembership, HostInvitation, HostMembership, PactSignature, ProgrammeRule
from tests.factories.sportello import DeskFactory, HostFactory, UserFactory, make_operator, owner_of, pact_in_force
from tests.sportello import test_races
from tests.sportello.test_races import REPEATS, race, refusals, winners

pytestmark = test_races.pytestmark


def test_the_pact_signed_by_two_owners_at_once():
    version = pact_in_force()
    for _run in range(REPEATS):
        host = HostFactory(signed=False)
        other = HostMembership.objects.create(host=host, user=UserFactory(), role=HostRole.OWNER)
        people = [owner_of_first(host), other.user]
        results = race(
            *(lambda host=host, by=by: pacts.sign_pact(host, by, version.sha256, "Piera Fantini") for by in people)
        )
        assert len(winners(results)) == 1
        assert refusals(results) == {"already_signed"}
        assert PactSignature.objects.filter(host=host).count() == 1


def owner_of_first(host):
    return host.memberships.order_by("pk").first().user


def test_one_invitation_accepted_by_two_people_at_once():
    for _run in range(REPEATS):
        host = HostFactory(signed=False)
        invitation = host_members.invite(host, owner_of(host), "nina@example.org", HostRole.TUTOR)
        people = [UserFactory(), UserFactory()]
        results = race(
            *(lambda row=invitation, by=by: host_members.accept_invitation(row, by) for by in people),
        )
        assert len(winners(results)) == 1
        assert refusals(results) == {"wrong_state"}
        assert host.memberships.count() == 2


def test_an_invitation_sent_twice_at_once():
    for _run in range(REPEATS):
        host = HostFactory(signed=False)
        owner = owner_of(host)
        results = race(
            *[lambda host=host, by=owner: host_members.invite(host, by, "nina@example.org", HostRole.TUTOR)] * 3
        )
        assert len(winners(results)) == 1
        assert refusals(results) == {"already_invited"}
        assert HostInvitation.objects.filter(host=host).count() == 1


def test_two_owners_who_step_down_at_once():
    for _run in range(REPEATS):
        host = HostFactory(signed=False)
        HostMembership.objects.create(host=host, user=UserFactory(), role=HostRole.OWNER)
        both = list(host.memberships.select_related("user", "host"))
        results = race(*(lambda row=row: host_members.change_member(row, row.user, HostRole.TUTOR) for row in both))
        assert len(winners(results)) == 1
        assert refusals(results) == {"last_owner"}
        assert host.memberships.filter(role=HostRole.OWNER, is_active=True).count() == 1


def test_somebody_appointed_twice_and_a_rule_written_twice_at_once():
    desk = DeskFactory()
    both = [make_operator(desk, DeskRole.SUPERVISOR) for _n in range(2)]
    for run in range(REPEATS):
        user = UserFactory()
        results = race(
            *(lambda by=by, user=user: desks.appoint_by_email(desk, by, user.email, DeskRole.OPERATOR) for by in both)
        )
        assert len(winners(results)) == 1
        assert refusals(results) == {"already_here"}
        assert DeskMembership.objects.filter(user=user).count() == 1
        day = timezone.localdate() + timedelta(days=run)
        values = {"kind": "short", "region": "Molise", "valid_from": day, "source": "Prova"}
        results = race(*(lambda by=by, values=values: rules.add_rule(values, by) for by in both))
        assert len(winners(results)) == 1
        assert refusals(results) == {"valid_from"}
        assert ProgrammeRule.objects.filter(region="Molise", valid_from=day).count() == 1
