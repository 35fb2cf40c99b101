"""The verbs one by one: what they refuse, what they leave behind."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from sportello.actions import (
    applications,
    applications_acceptance,
    applications_guarantee,
    applications_host,
    desks,
    host_members,
    hosts,
    offers,
    youth,
)
from sportello.enums import MAX_OPEN_APPLICATIONS, ApplicationState, HostRole, OfferKind, OfferState, PlacementState
from sportello.errors import ActionError, NotPermitted, WrongState
from sportello.models import Application, Desk, Host, HostMembership, Placement, YouthProfile
from tests.factories.sportello import (
    DeskFactory,
    HostFactory,
    MunicipalityFactory,
    SectorFactory,
    SkillFactory,
    UserFactory,
    YouthFactory,
    make_application,
    make_offer,
    make_offered,
    make_operator,
    offer_values,
    operator_of,
    owner_of,
    vat_number,
)

pytestmark = pytest.mark.django_db
S = ApplicationState


def refusal(call, *args, **kwargs) -> str:
    """The code with which an action refuses."""
    with pytest.raises(ActionError) as error:
        call(*args, **kwargs)
    assert str(error.value).strip()
    return error.value.code


def register(**changes):
    values = {
        "user": UserFactory(),
        "name": "Bottega Nuova",
        "kind": "business",
        "fiscal_code": vat_number(77),
        "municipality": MunicipalityFactory(),
        "contact_name": "Piera Fantini",
    }
    return hosts.register_host(**(values | changes))


class TestHosts:
    def test_registering_makes_an_owner_and_waits_for_the_desk(self):
        desk = DeskFactory()
        host = register(fiscal_code=f"IT {vat_number(77)}")
        assert (host.state, host.desk, host.fiscal_code) == ("registered", desk, vat_number(77))
        assert host.memberships.get().role == HostRole.OWNER

    def test_the_desk_of_the_municipality_comes_first(self):
        DeskFactory()
        here = DeskFactory()
        municipality = MunicipalityFactory()
        here.territory.municipalities.add(municipality)
        here.territory.save()
        assert register(municipality=municipality).desk == here

    def test_the_same_code_twice(self):
        DeskFactory()
        register()
        assert refusal(register, name="Un'altra") == "already_registered"
        assert Host.objects.count() == 1

    def test_the_same_person_twice(self):
        DeskFactory()
        user = UserFactory()
        register(user=user)
        assert refusal(register, user=user, fiscal_code=vat_number(78)) == "already_member"

    @pytest.mark.parametrize("code", ["", "123", "12345678901", "ABCDEF12G34H567X", "00000000000"])
    def test_a_code_without_the_form_of_one(self, code):
        DeskFactory()
        with pytest.raises(ValidationError):
            register(fiscal_code=code)
        assert not Host.objects.exists()

    def test_without_a_desk(self):
        assert refusal(register) == "no_desk"

    def test_the_last_owner_stays(self):
        host = HostFactory()
        membership = host.memberships.get()
        assert refusal(host_members.end_membership, membership, membership.user) == "last_owner"
        other = HostMembership.objects.create(host=host, user=UserFactory(), role=HostRole.OWNER)
        host_members.end_membership(membership, other.user)
        assert refusal(host_members.end_membership, other, other.user) == "last_owner"
        with pytest.raises(NotPermitted):
            host_members.end_membership(other, membership.user)

    def test_a_suspended_host_disappears_from_the_public_at_once(self):
        offer = make_offer()
        today = timezone.localdate()
        show = type(offer).objects.on_show(today)
        assert show.exists()
        hosts.suspend_host(offer.host, operator_of(offer.desk), "Non risponde più.")
        assert not show.exists()
        assert refusal(make_application, offer) == "offer_open"
        hosts.verify_host(offer.host, operator_of(offer.desk))
        assert show.exists()

    def test_suspending_needs_a_reason(self):
        host = HostFactory()
        assert refusal(hosts.suspend_host, host, operator_of(host.desk), "  ") == "reason"


class TestOffers:
    def test_seats_follow_the_number_asked_for(self):
        host = HostFactory()
        offer = offers.save_offer(host, owner_of(host), offer_values(seats_count=3))
        assert list(offer.seats.values_list("n", flat=True)) == [1, 2, 3]
        offers.save_offer(host, owner_of(host), {"seats_count": 1}, offer)
        assert list(offer.seats.values_list("n", flat=True)) == [1]

    @pytest.mark.parametrize("seats", [0, -1, 51])
    def test_a_number_of_seats_that_makes_no_sense(self, seats):
        host = HostFactory()
        assert refusal(offers.save_offer, host, owner_of(host), offer_values(seats_count=seats)) == "seats"
        assert not host.offers.exists()

    def test_dates_the_wrong_way_round(self):
        host = HostFactory()
        values = offer_values(start_date=date(2027, 3, 2), end_date=date(2027, 3, 1))
        assert refusal(offers.save_offer, host, owner_of(host), values) == "dates"

    def test_nobody_publishes_for_a_host_that_is_not_verified_or_has_not_signed(self):
        host = HostFactory(verified=False)
        offer = make_offer(host, OfferState.IN_REVIEW)
        assert refusal(offers.publish_offer, offer, operator_of(host.desk)) == "host_signed"
        hosts.verify_host(host, operator_of(host.desk))
        assert refusal(offers.publish_offer, offer, operator_of(host.desk)) == "host_signed"
        offer.refresh_from_db()
        assert offer.state == OfferState.IN_REVIEW

    def test_dates_gone_by(self):
        today = timezone.localdate()
        values = {"start_date": today - timedelta(days=9), "end_date": today - timedelta(days=1)}
        offer = make_offer(state=OfferState.DRAFT, **values)
        assert refusal(offers.submit_offer, offer, owner_of(offer.host)) == "dates_ahead"

    def test_a_published_offer_is_not_rewritten(self):
        offer = make_offer()
        with pytest.raises(WrongState):
            offers.save_offer(offer.host, owner_of(offer.host), {"title": "Altro"}, offer)

    def test_pause_and_resume(self):
        offer = make_offer()
        owner = owner_of(offer.host)
        offer = offers.pause_offer(offer, owner)
        assert refusal(make_application, offer) == "offer_open"
        assert offers.resume_offer(offer, owner).state == OfferState.PUBLISHED

    def test_a_host_cannot_publish_by_resuming(self):
        offer = make_offer(state=OfferState.IN_REVIEW)
        with pytest.raises(ActionError):
            offers.resume_offer(offer, owner_of(offer.host))
        offer.refresh_from_db()
        assert offer.state == OfferState.IN_REVIEW

    def test_full_when_the_last_seat_goes_and_back_when_it_returns(self):
        offer = make_offer(seats_count=1)
        application = make_offered(offer)
        offer.refresh_from_db()
        assert offer.state == OfferState.FULL
        applications.decline(application, application.youth.user)
        offer.refresh_from_db()
        assert offer.state == OfferState.PUBLISHED


class TestApplying:
    def test_the_score_and_the_shared_data_are_kept(self):
        application = make_application()
        assert 0 <= application.score <= 100
        for side in ("youth", "host"):
            assert sum(row["weight"] for row in application.breakdown[side]) == 100
        assert application.shared["name"] == application.youth.user.get_full_name()
        assert application.youth.user.email not in str(application.shared)
        assert str(application.youth.birth_date) not in str(application.shared)

    def test_twice(self):
        application = make_application()
        assert refusal(make_application, application.offer, application.youth) == "already_applied"
        assert Application.objects.count() == 1

    def test_again_after_withdrawing(self):
        application = make_application()
        applications.withdraw(application, application.youth.user)
        assert refusal(make_application, application.offer, application.youth) == "already_applied"

    def test_never_more_than_the_limit(self):
        host = HostFactory()
        person = YouthFactory(desk=host.desk)
        first = make_application(make_offer(host), person)
        for _n in range(MAX_OPEN_APPLICATIONS - 1):
            make_application(make_offer(host), person)
        assert refusal(make_application, make_offer(host), person) == "fewer_than_five_open"
        applications.withdraw(first, person.user)
        make_application(make_offer(host), person)

    def test_an_incomplete_profile(self):
        assert refusal(make_application, youth=YouthFactory(lists=False)) == "profile_complete"

    @pytest.mark.parametrize("state", [OfferState.DRAFT, OfferState.IN_REVIEW])
    def test_an_offer_that_is_not_out(self, state):
        assert refusal(make_application, make_offer(state=state)) == "offer_open"

    def test_an_impossible_pair(self):
        offer = make_offer(maximum_age=19)
        assert refusal(make_application, offer) == "too_old"

    def test_no_motivation(self):
        assert refusal(make_application, motivation="  ") == "motivation"

    def test_on_behalf_of_somebody_else(self):
        offer, person = make_offer(), YouthFactory()
        with pytest.raises(NotPermitted):
            applications.apply(person, offer, "Perché sì.", UserFactory())

    def test_the_desk_on_behalf(self):
        offer = make_offer()
        person = YouthFactory(desk=offer.desk)
        application = applications.apply(person, offer, "Me l'ha detto a voce.", operator_of(offer.desk))
        assert application.sender == "desk"


class TestSeats:
    def test_the_lowest_free_one_for_the_earliest_days(self):
        offer = make_offer(duration_weeks=2, kind=OfferKind.SHORT)
        application = make_offered(offer)
        assert application.seat.n == 1
        assert application.start_date == offer.start_date
        assert application.end_date == offer.start_date + timedelta(days=13)
        assert timedelta(days=7) - timedelta(minutes=2) <= application.expires_at - timezone.now() < timedelta(days=8)
        assert make_offered(offer).seat.n == 2

    def test_no_seat_left(self):
        offer = make_offer(seats_count=1)
        waiting = make_application(offer)
        make_offered(offer)
        assert refusal(applications_host.offer_seat, waiting, owner_of(offer.host)) == "seat_free"

    def test_days_outside_the_period(self):
        application = make_application()
        offer, owner = application.offer, owner_of(application.offer.host)
        late = offer.end_date + timedelta(days=1)
        assert refusal(applications_host.offer_seat, application, owner, offer.start_date, late) == "dates"
        assert refusal(applications_host.offer_seat, application, owner, offer.end_date, offer.start_date) == "dates"

    def test_accepting_begins_a_placement(self):
        application = make_offered()
        placement = applications_acceptance.accept(application, application.youth.user)
        assert placement.state == PlacementState.PREPARING
        assert (placement.start_date, placement.end_date) == (application.start_date, application.end_date)

    def test_accepting_too_late(self):
        application = make_offered()
        Application.objects.filter(pk=application.pk).update(expires_at=timezone.now())
        assert refusal(applications_acceptance.accept, application, application.youth.user) == "still_held"
        assert not Placement.objects.exists()

    def test_accepting_closes_what_is_on_the_same_days_and_only_that(self):
        host = HostFactory()
        person = YouthFactory(desk=host.desk)
        today = timezone.localdate()
        short = {"kind": OfferKind.SHORT}
        late = {"start_date": today + timedelta(days=200), "end_date": today + timedelta(days=220), **short}
        accepted = make_offered(make_offer(host), person)
        rival = make_offered(make_offer(host, seats_count=1), person)
        waiting = make_application(make_offer(host), person)
        after = make_application(make_offer(host, **late), person)
        # A fortnight in a period much longer than the accepted one: it still fits afterwards.
        long = {"end_date": today + timedelta(days=300), "duration_weeks": 2, **short}
        flexible = make_application(make_offer(host, **long), person)
        listed = {row.pk for row in applications_acceptance.closed_by_accepting(accepted)}
        applications_acceptance.accept(accepted, person.user)
        states = {row.pk: row.state for row in Application.objects.all()}
        assert listed == {rival.pk, waiting.pk}
        assert {pk for pk, state in states.items() if state == S.SUPERSEDED} == listed
        assert states[after.pk] == states[flexible.pk] == S.SUBMITTED
        rival.offer.refresh_from_db()
        assert rival.offer.state == OfferState.PUBLISHED

    def test_no_second_placement_on_the_same_days(self):
        first, second = make_offer(), make_offer()
        person = YouthFactory(desk=first.desk)
        busy = make_offered(first, person)
        applications_acceptance.accept(busy, person.user)
        # A seat that cannot be accepted is not offered, by anybody; one that was, is not accepted.
        sent = make_application(second, person)
        assert refusal(applications_host.offer_seat, sent, owner_of(second.host)) == "no_overlap"
        Placement.objects.update(state=PlacementState.CANCELLED)
        applications_host.offer_seat(sent, owner_of(second.host))
        Placement.objects.update(state=PlacementState.PREPARING)
        assert refusal(applications_acceptance.accept, sent, person.user) == "no_overlap"

    def test_nor_does_the_line_offer_days_that_are_taken(self):
        today = timezone.localdate()
        later = {"end_date": today + timedelta(days=300), "duration_weeks": 2, "kind": OfferKind.SHORT}
        line, elsewhere = make_offer(seats_count=1, **later), make_offer()
        person, owner = YouthFactory(desk=line.desk), owner_of(line.host)
        waiting = [make_application(line, person), make_application(line)]
        held = make_offered(line)
        for row in waiting:
            applications_host.shortlist(row, owner)
            applications_host.waitlist(row, owner)
        # There is room for a fortnight afterwards, so they stay in line.
        applications_acceptance.accept(make_offered(elsewhere, person), person.user)
        applications.decline(held, held.youth.user)
        assert [Application.objects.get(pk=row.pk).state for row in waiting] == [S.WAITLISTED, S.OFFERED]

    def test_expiry_runs_twice(self):
        application = make_offered()
        later = timezone.now() + timedelta(days=9)
        assert applications_guarantee.expire_due() == 0
        assert applications_guarantee.expire_due(later) == 1
        assert applications_guarantee.expire_due(later) == 0
        application.refresh_from_db()
        assert (application.state, application.seat) == (S.EXPIRED, None)

    def test_a_no_needs_its_reason(self):
        application = make_application()
        assert refusal(applications_host.reject, application, owner_of(application.offer.host), " ") == "reason"

    def test_read_once(self):
        application = make_application()
        owner = owner_of(application.offer.host)
        first = applications_host.mark_read(application, owner).read_at
        assert applications_host.mark_read(application, owner).read_at == first
        with pytest.raises(NotPermitted):
            applications_host.mark_read(application, application.youth.user)

    def test_who_answers_has_read_it(self):
        application = make_application()
        assert application.read_at is None
        assert applications_host.shortlist(application, owner_of(application.offer.host)).read_at is not None


class TestProfiles:
    def values(self, **changes):
        return {
            "first_name": "Marta",
            "last_name": "Esempio",
            "birth_date": date(2004, 5, 14),
            "home": MunicipalityFactory(),
            "interests": [SectorFactory()],
            "skills": [SkillFactory()],
            "goals": [],
            "matching_consent": True,
        } | changes

    def test_saving_twice_changes_the_one_profile(self):
        DeskFactory()
        user = UserFactory(first_name="", last_name="")
        youth.save_profile(user, self.values())
        profile = youth.save_profile(user, self.values(first_name="Marta Anna"))
        assert YouthProfile.objects.get() == profile
        user.refresh_from_db()
        assert user.get_full_name() == "Marta Anna Esempio"
        assert [item.key for item in profile.missing] == ["status", "study_path", "availability", "max_distance_km"]

    def test_nothing_is_kept_of_who_is_under_14(self):
        DeskFactory()
        user = UserFactory(first_name="")
        today = timezone.localdate()
        birth = date(today.year - 14, today.month, today.day) + timedelta(days=1)
        assert refusal(youth.save_profile, user, self.values(birth_date=birth)) == "too_young"
        user.refresh_from_db()
        assert not YouthProfile.objects.exists()
        assert user.first_name == ""

    def test_fourteen_today(self):
        DeskFactory()
        today = timezone.localdate()
        youth.save_profile(UserFactory(), self.values(birth_date=date(today.year - 14, today.month, today.day)))

    def test_a_minor_does_not_become_of_age_by_writing_another_date(self):
        DeskFactory()
        user = UserFactory()
        today = timezone.localdate()
        youth.save_profile(user, self.values(birth_date=date(today.year - 16, 1, 1)))
        older = self.values(birth_date=date(today.year - 20, 1, 1))
        assert refusal(youth.save_profile, user, older) == "birth_date"
        assert youth.save_profile(user, self.values(birth_date=date(today.year - 16, 2, 1))).birth_date.month == 2

    def test_taking_the_consent_back(self):
        DeskFactory()
        user = UserFactory()
        assert youth.save_profile(user, self.values()).matching_consent_at
        assert youth.save_profile(user, self.values(matching_consent=False)).matching_consent_at is None


class TestDesks:
    def test_appointing_twice_is_once(self):
        desk = DeskFactory()
        user = UserFactory()
        assert desks.appoint(desk, user) == desks.appoint(desk, user)
        user = type(user).objects.get(pk=user.pk)
        assert user.has_perm("wagtailadmin.access_admin")

    def test_another_desk_has_no_say(self):
        host = HostFactory()
        with pytest.raises(NotPermitted):
            hosts.suspend_host(host, make_operator(), "Perché sì.")

    def test_an_auditor_only_looks(self):
        host = HostFactory()
        auditor = make_operator(host.desk, "auditor")
        with pytest.raises(NotPermitted):
            hosts.suspend_host(host, auditor, "Perché sì.")
        assert Desk.objects.count() == 1
