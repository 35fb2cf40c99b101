"""Several people at the same instant, in real threads on PostgreSQL: exactly one wins, the others are told why.

SQLite lets one transaction write at a time, so there is nothing to race for. RACE_REPEATS sets how often each is run.
"""

from datetime import date

import pytest
from django.db import connection

from sportello.actions import (
    applications,
    applications_acceptance,
    applications_host,
    consents,
    host_members,
    hosts,
    offers,
)
from sportello.actions.youth import save_profile
from sportello.enums import ApplicationState, HostRole, OfferState
from sportello.models import Application, ApplicationEvent, Host, HostMembership, Offer, Placement, YouthProfile
from tests.factories.people import allow, guardian_of, make_minor
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
    operator_of,
    owner_of,
    vat_number,
)
from tests.helpers.races import REPEATS, log_tells_the_truth, race, refusals, winners

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql",
        reason="SQLite writes one transaction at a time: races are run on PostgreSQL (set DATABASE_URL)",
    ),
]
S = ApplicationState


def back_to_submitted(offer: Offer) -> None:
    """Put everything back for the next run; what happened stays in the log."""
    Application.objects.update(state=S.SUBMITTED, seat=None, expires_at=None, start_date=None, end_date=None)
    Offer.objects.filter(pk=offer.pk).update(state=OfferState.PUBLISHED)


def test_the_last_seat_wanted_by_twenty():
    offer = make_offer(seats_count=1)
    owner = owner_of(offer.host)
    waiting = [make_application(offer, YouthFactory(desk=offer.desk)) for _n in range(20)]
    for _run in range(REPEATS):
        results = race(*(lambda row=row: applications_host.offer_seat(row, owner) for row in waiting))
        assert len(winners(results)) == 1
        assert refusals(results) == {"seat_free"}
        assert Application.objects.filter(state=S.OFFERED).count() == 1
        offer.refresh_from_db()
        assert offer.state == OfferState.FULL
        assert ApplicationEvent.objects.filter(to_state=S.OFFERED).latest("pk").application == winners(results)[0]
        back_to_submitted(offer)
    assert ApplicationEvent.objects.filter(to_state=S.OFFERED).count() == REPEATS


def test_the_same_candidature_sent_four_times_at_once():
    for _run in range(REPEATS):
        offer = make_offer()
        young = YouthFactory(desk=offer.desk)
        results = race(*[lambda offer=offer, young=young: applications.apply(young, offer, "Sì.", young.user)] * 4)
        assert len(winners(results)) == 1
        assert refusals(results) == {"already_applied"}
        log_tells_the_truth(Application.objects.get(youth=young))


def test_the_limit_of_open_candidatures_holds():
    host = HostFactory()
    young = YouthFactory(desk=host.desk)
    some = [make_offer(host) for _n in range(8)]
    results = race(*(lambda row=row: applications.apply(young, row, "Sì.", young.user) for row in some))
    assert len(winners(results)) == 5
    assert refusals(results) == {"fewer_than_five_open"}


def test_two_offers_for_the_same_days_accepted_at_once():
    host = HostFactory()
    for _run in range(REPEATS):
        young = YouthFactory(desk=host.desk)
        pair = [make_offered(make_offer(host, seats_count=1), young) for _n in range(2)]
        results = race(*(lambda row=row, by=young.user: applications_acceptance.accept(row, by) for row in pair))
        assert len(winners(results)) == 1
        assert refusals(results) == {"wrong_state"}
        states = sorted(Application.objects.filter(youth=young).values_list("state", flat=True))
        assert states == [S.ACCEPTED, S.SUPERSEDED]
        assert Placement.objects.filter(youth=young).count() == 1
        log_tells_the_truth(*pair)
        freed = Application.objects.get(youth=young, state=S.SUPERSEDED).offer
        assert freed.state == OfferState.PUBLISHED


def test_accepted_twice_at_once():
    for _run in range(REPEATS):
        row = make_offered()
        results = race(*[lambda row=row: applications_acceptance.accept(row, row.youth.user)] * 3)
        assert len(winners(results)) == 1
        assert refusals(results) == {"wrong_state"}
        assert row.events.filter(to_state=S.ACCEPTED).count() == 1


def test_withdrawn_while_a_seat_is_offered():
    offer = make_offer()
    owner = owner_of(offer.host)
    for _run in range(REPEATS):
        row = make_application(offer)
        results = race(
            lambda row=row: applications.withdraw(row, row.youth.user),
            lambda row=row: applications_host.offer_seat(row, owner),
        )
        assert len(winners(results)) == 1
        assert refusals(results) == {"wrong_state"}
        log_tells_the_truth(row)
        assert row.state in (S.WITHDRAWN, S.OFFERED)
        back_to_submitted(offer)


def test_accepted_while_the_host_takes_it_back():
    """Hosts and young people on the same rows at once: each seat is either accepted or taken back, never both."""
    host = HostFactory()
    owner = owner_of(host)
    for _run in range(REPEATS):
        one, two = make_offer(host, seats_count=1), make_offer(host, seats_count=1)
        young = [YouthFactory(desk=host.desk) for _n in range(2)]
        held = [make_offered(one, young[0]), make_offered(two, young[1])]
        race(
            lambda held=held: applications_acceptance.accept(held[0], held[0].youth.user),
            lambda held=held: applications_acceptance.accept(held[1], held[1].youth.user),
            lambda held=held: applications_host.rescind(held[0], owner, "Chiudiamo."),
            lambda held=held: applications_host.rescind(held[1], owner, "Chiudiamo."),
        )
        for row in held:
            row.refresh_from_db()
            assert row.state in (S.ACCEPTED, S.RESCINDED)
            assert row.events.count() == 4


def test_a_guardian_takes_the_consent_back_while_the_seat_is_accepted():
    """Either there is a placement and a yes that stands, or neither: never a placement without its consent."""
    host = HostFactory()
    owner = owner_of(host)
    for _run in range(REPEATS):
        young = make_minor(YouthFactory(desk=host.desk))
        allow(young)
        guardian = guardian_of(young)
        row = applications_host.offer_seat(make_application(make_offer(host, minimum_age=15), young), owner)
        yes = consents.grant(young, "experience", guardian, row)
        results = race(
            lambda row=row, by=young.user: applications_acceptance.accept(row, by),
            lambda yes=yes, by=guardian: consents.revoke(yes, by),
        )
        assert len(winners(results)) == 1
        row.refresh_from_db()
        yes.refresh_from_db()
        last = row.events.latest("pk")
        if row.state == S.ACCEPTED:
            assert refusals(results) == {"accepted_meanwhile"}
            assert (yes.is_standing, last.actor, last.user) == (True, "youth", young.user)
            assert Placement.objects.filter(application=row, state="preparing").count() == 1
        else:
            assert refusals(results) == {"wrong_state"}
            assert (row.state, yes.is_standing, last.actor, last.user) == (S.DECLINED, False, "guardian", guardian)
            assert not Placement.objects.filter(application=row).exists()


def test_two_operators_on_one_offer():
    for _run in range(REPEATS):
        offer = make_offer(state=OfferState.IN_REVIEW)
        first, second = operator_of(offer.desk), make_operator(offer.desk)
        results = race(
            lambda offer=offer, by=first: offers.publish_offer(offer, by),
            lambda offer=offer, by=second: offers.return_offer(offer, by, "Manca l'orario."),
        )
        assert len(winners(results)) == 1
        assert refusals(results) == {"wrong_state"}


def test_the_same_code_registered_at_once():
    DeskFactory()
    place = MunicipalityFactory()
    for run in range(REPEATS):
        people = [UserFactory() for _n in range(4)]
        code = vat_number(5000 + run)
        results = race(
            *(
                lambda user=user, code=code: hosts.register_host(
                    user=user, name="Bottega", kind="business", fiscal_code=code, municipality=place, contact_name="Io"
                )
                for user in people
            )
        )
        assert len(winners(results)) == 1
        assert refusals(results) == {"already_registered"}
        assert Host.objects.filter(fiscal_code=code).count() == 1


def test_two_owners_who_leave_at_once():
    for _run in range(REPEATS):
        host = HostFactory()
        HostMembership.objects.create(host=host, user=UserFactory(), role=HostRole.OWNER)
        both = list(host.memberships.select_related("user"))
        results = race(*(lambda row=row: host_members.end_membership(row, row.user) for row in both))
        assert len(winners(results)) == 1
        assert refusals(results) == {"last_owner"}
        assert host.memberships.active().count() == 1


def test_a_profile_saved_twice_at_once():
    DeskFactory()
    home = MunicipalityFactory()
    for _run in range(REPEATS):
        user = UserFactory()
        values = {"birth_date": date(2004, 5, 14), "home": home}
        results = race(*[lambda user=user, values=values: save_profile(user, values)] * 3)
        assert len(winners(results)) == 3
        assert YouthProfile.objects.filter(user=user).count() == 1
