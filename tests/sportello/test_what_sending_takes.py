"""What a candidature takes besides its state: the age on the real first day, yeses that still stand, once a host."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sportello import scoring
from sportello.actions import (
    applications,
    applications_acceptance,
    applications_desk,
    applications_guarantee,
    applications_host,
    applications_interviews,
    applications_messages,
    consents,
    hosts,
)
from sportello.actions import youth as youth_actions
from sportello.actions.offer_life import change_seats, suspend_offer
from sportello.application_enums import ReviewCause
from sportello.enums import ApplicationState, OfferKind
from sportello.enums_people import ConsentPurpose
from sportello.errors import ActionError
from sportello.models import Application, Offer
from tests.factories.people import allow, birth_date, guardian_of, make_minor
from tests.factories.sportello import (
    HostFactory,
    YouthFactory,
    make_application,
    make_offer,
    make_offered,
    operator_of,
    owner_of,
)
from tests.helpers.strict import StrictClient

pytestmark = pytest.mark.django_db
S, P = ApplicationState, ConsentPurpose


def refusal(call, *args, **kwargs) -> str:
    with pytest.raises(ActionError) as error:
        call(*args, **kwargs)
    assert str(error.value).strip()
    return error.value.code


def in_days(days: int):
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def nearly_of_age():
    """Eighteen in forty days, free from the forty-fifth on: what asks for eighteen years is possible from then on."""
    offer = make_offer(hazards="Seghe e piallatrici.", minimum_age=18, duration_weeks=9, seats_count=1)
    young = YouthFactory(desk=offer.desk, birth_date=birth_date(18, in_days=40), available_from=in_days(45))
    return make_application(offer, young)


class TestTheAgeOfTheFirstDay:
    def test_a_seat_from_a_day_on_which_the_law_says_no(self, nearly_of_age):
        owner = owner_of(nearly_of_age.offer.host)
        days = (in_days(31), in_days(50))
        assert refusal(applications_host.offer_seat, nearly_of_age, owner, *days) == "age"
        page = StrictClient()
        page.force_login(owner)
        url = reverse("area:host_application_offer", args=[nearly_of_age.pk])
        answer = page.post(url, {"start_date": days[0], "end_date": days[1], "message": "Vieni!"}, follow=True)
        words = answer.content.decode()
        assert "dell&#x27;età" in words or "l&#x27;età della persona non va bene" in words
        assert "18" not in words.split("l&#x27;età della persona")[1][:200]
        nearly_of_age.refresh_from_db()
        assert nearly_of_age.state == S.SUBMITTED
        applications_host.offer_seat(nearly_of_age, owner, in_days(46), in_days(70))

    def test_who_gives_no_days_gives_possible_ones(self, nearly_of_age):
        row = applications_host.offer_seat(nearly_of_age, operator_of(nearly_of_age.desk))
        assert row.start_date == in_days(45)

    def test_the_waiting_list_too(self, nearly_of_age):
        offer = nearly_of_age.offer
        owner = owner_of(offer.host)
        make_offered(offer)
        applications_host.shortlist(nearly_of_age, owner)
        applications_host.waitlist(nearly_of_age, owner)
        change_seats(offer, owner, 2)
        nearly_of_age.refresh_from_db()
        assert (nearly_of_age.state, nearly_of_age.start_date) == (S.OFFERED, in_days(45))

    def test_who_has_grown_too_old_in_line_is_passed_over(self, nearly_of_age):
        offer, owner = nearly_of_age.offer, owner_of(nearly_of_age.offer.host)
        behind = make_application(offer)
        make_offered(offer)
        for row in (nearly_of_age, behind):
            applications_host.shortlist(row, owner)
            applications_host.waitlist(row, owner)
        Offer.objects.filter(pk=offer.pk).update(minimum_age=20)
        change_seats(offer, owner, 2)
        assert [Application.objects.get(pk=row.pk).state for row in (nearly_of_age, behind)] == [
            S.WAITLISTED,
            S.OFFERED,
        ]

    def test_the_desk_reads_first_by_the_same_first_day(self):
        offer = make_offer(minimum_age=15, kind=OfferKind.SHORT, duration_weeks=4)
        minor = make_minor(desk=offer.desk, available_from=in_days(60))
        minor.birth_date = birth_date(16, in_days=50)
        minor.save()
        allow(minor)
        assert make_application(offer, minor).state == S.SUBMITTED
        sooner = make_minor(desk=offer.desk)
        sooner.birth_date = birth_date(16, in_days=50)
        sooner.save()
        allow(sooner)
        row = make_application(offer, sooner)
        assert (row.state, row.review_causes) == (S.IN_REVIEW, [ReviewCause.UNDER_16])


class TestTheYesesStillStand:
    def test_what_a_guardian_closed_the_desk_does_not_open_again(self):
        offer = make_offer(minimum_age=15)
        minor = make_minor(desk=offer.desk)
        (yes,) = allow(minor)
        row = make_application(offer, minor)
        consents.revoke(yes, guardian_of(minor))
        row.refresh_from_db()
        assert row.state == S.WITHDRAWN
        operator = operator_of(offer.desk)
        assert refusal(applications_desk.reopen, row, operator) == "consent_applying"
        row.refresh_from_db()
        assert (row.state, row.reopened_at) == (S.WITHDRAWN, None)
        allow(minor)
        assert applications_desk.reopen(row, operator).state == S.SUBMITTED

    def test_nor_lets_it_pass_without_the_persons_own_yes(self):
        row = make_application(motivation="Scrivimi: a@example.org")
        assert row.state == S.IN_REVIEW
        youth_actions.save_profile(row.youth.user, {"matching_consent": False})
        operator = operator_of(row.desk)
        assert refusal(applications_desk.pass_review, row, operator) == "consent_matching"
        youth_actions.save_profile(row.youth.user, {"matching_consent": True})
        assert applications_desk.pass_review(row, operator).state == S.SUBMITTED


class TestOnceWithTheSameHost:
    @pytest.fixture
    def lived(self):
        """A traineeship that is about to begin, and another one at the same host later on."""
        row = make_offered()
        applications_acceptance.accept(row, row.youth.user)
        dates = {"start_date": in_days(200), "end_date": in_days(300)}
        return row, make_offer(row.offer.host, **dates), dates

    def test_whoever_applies_and_by_whatever_door(self, lived):
        row, again, dates = lived
        for by in (row.youth.user, operator_of(row.desk)):
            assert refusal(applications.apply, row.youth, again, "Torno volentieri.", by) == "same_host"
        elsewhere = make_offer(HostFactory(desk=row.desk), **dates)
        assert make_application(elsewhere, row.youth).state == S.SUBMITTED

    def test_another_kind_is_another_thing(self, lived):
        row, _again, dates = lived
        other = make_offer(row.offer.host, kind=OfferKind.VOLUNTEERING, **dates)
        assert make_application(other, row.youth).state == S.SUBMITTED

    def test_one_called_off_is_none(self, lived):
        row, again, _dates = lived
        applications_acceptance.cancel(row, operator_of(row.desk), "L'impresa chiude.")
        assert make_application(again, row.youth).state == S.SUBMITTED

    def test_the_list_says_the_same(self, lived):
        row, again, dates = lived
        other = make_offer(row.offer.host, kind=OfferKind.VOLUNTEERING, **dates)
        found = scoring.suggestions(row.youth, timezone.localdate(), 20, 20)
        possible = {line.offer.pk for line in found.possible}
        assert other.pk in possible
        assert again.pk in {line.offer.pk for line in found.impossible}
        applications_acceptance.cancel(row, operator_of(row.desk), "L'impresa chiude.")
        found = scoring.suggestions(row.youth, timezone.localdate(), 20, 20)
        assert again.pk in {line.offer.pk for line in found.possible}


class TestTheBirthDateIsNotForTheMinorToMove:
    def test_older_by_a_few_months_is_older(self):
        """The consent depends on the age at the start: seventeen and a half today may be eighteen by then."""
        minor = make_minor(age=17)
        same = {"birth_date": minor.birth_date}
        assert youth_actions.save_profile(minor.user, same).birth_date == minor.birth_date
        older = {"birth_date": minor.birth_date - timedelta(days=120)}
        assert refusal(youth_actions.save_profile, minor.user, older) == "birth_date"
        younger = {"birth_date": minor.birth_date + timedelta(days=120)}
        assert youth_actions.save_profile(minor.user, younger).birth_date == younger["birth_date"]

    def test_nor_for_whoever_is_waited_for(self):
        row = make_application()
        other = {"birth_date": row.youth.birth_date + timedelta(days=1)}
        assert refusal(youth_actions.save_profile, row.youth.user, other) == "birth_date"
        applications.withdraw(row, row.youth.user)
        assert youth_actions.save_profile(row.youth.user, other).birth_date == other["birth_date"]


class TestAsManyPeopleAsAHostMayHave:
    """Law's cap is on people at a time, over all the host's offers of a kind: each offer alone keeps to it."""

    @pytest.fixture
    def small(self):
        """A host of three people, which may have one trainee at a time, with two offers and somebody for each."""
        host = HostFactory(permanent_staff=3)
        dates = {"start_date": in_days(30), "end_date": in_days(400), "duration_weeks": 10, "seats_count": 1}
        return host, [make_application(make_offer(host, **dates)) for _offer in range(2)]

    def test_the_second_seat_is_for_other_days(self, small):
        host, (first, second) = small
        owner = owner_of(host)
        applications_host.offer_seat(first, owner, in_days(40), in_days(109))
        with pytest.raises(ActionError) as refused:
            applications_host.offer_seat(second, owner, in_days(109), in_days(178))
        assert refused.value.code == "host_cap"
        assert "Con 3 dipendenti si può ospitare 1 persona alla volta" in str(refused.value)
        assert applications_host.offer_seat(second, owner, in_days(110), in_days(179)).state == S.OFFERED

    def test_what_comes_free_may_be_given_and_other_kinds_count_apart(self, small):
        host, (first, second) = small
        owner = owner_of(host)
        row = applications_host.offer_seat(first, owner)
        assert refusal(applications_host.offer_seat, second, owner) == "host_cap"
        other = make_application(make_offer(host, kind=OfferKind.VOLUNTEERING))
        assert applications_host.offer_seat(other, owner).state == S.OFFERED
        applications_acceptance.accept(row, row.youth.user)
        assert refusal(applications_host.offer_seat, second, owner) == "host_cap"
        applications_acceptance.cancel(row, operator_of(host.desk), "L'impresa chiude.")
        assert applications_host.offer_seat(second, owner).state == S.OFFERED

    def test_nor_does_the_waiting_list_give_more(self, small):
        host, (first, second) = small
        owner = owner_of(host)
        # In line behind somebody who has the only seat until later on.
        ahead = make_application(second.offer)
        row = applications_host.offer_seat(ahead, owner, in_days(300), in_days(370))
        applications_host.shortlist(second, owner)
        applications_host.waitlist(second, owner)
        applications_host.offer_seat(first, owner, in_days(31), in_days(100))
        applications.decline(row, row.youth.user)
        second.refresh_from_db()
        assert second.state == S.WAITLISTED


class TestWhileTheDeskClearsSomethingUp:
    @pytest.mark.parametrize("what", ["host", "offer"])
    def test_nothing_goes_on_and_everybody_may_step_back(self, what):
        host = HostFactory()
        offer, owner, operator = make_offer(host, seats_count=3), owner_of(host), operator_of(host.desk)
        held, sent, met = make_offered(offer), make_application(offer), make_application(offer)
        to_read = make_application(offer, motivation="Scrivimi: a@example.org")
        applications_host.shortlist(met, owner)
        if what == "host":
            hosts.suspend_host(host, operator, "Una segnalazione grave.")
        else:
            suspend_offer(offer, operator, "Una segnalazione grave.")
        for call in (
            lambda: applications_host.shortlist(sent, owner),
            lambda: applications_host.offer_seat(met, owner),
            lambda: applications_interviews.propose(met, [timezone.now() + timedelta(days=1)], 30, "Qui", owner),
            lambda: applications_acceptance.accept(held, held.youth.user),
            lambda: applications_desk.pass_review(to_read, operator),
        ):
            assert refusal(call) == "suspended"
        if what == "host":
            assert refusal(applications_messages.write, met, owner, "Vieni lo stesso.") == "suspended"
        applications_messages.write(met, operator, "Aspetta, ti chiamiamo noi.")
        applications.withdraw(met, met.youth.user)
        applications_host.reject(sent, owner, "Non possiamo.")
        assert applications.decline(held, held.youth.user).state == S.DECLINED

    def test_nor_does_the_line_move(self):
        host = HostFactory()
        offer, owner = make_offer(host, seats_count=1), owner_of(host)
        waits = make_application(offer)
        applications_host.shortlist(waits, owner)
        held = make_offered(offer)
        applications_host.waitlist(waits, owner)
        hosts.suspend_host(host, operator_of(host.desk), "Una segnalazione grave.")
        applications.decline(held, held.youth.user)
        assert applications_guarantee.tend().moved_up == 0
        waits.refresh_from_db()
        assert waits.state == S.WAITLISTED
        # Back again: what waited meanwhile goes on, once.
        hosts.verify_host(host, operator_of(host.desk))
        assert [applications_guarantee.tend().moved_up for _time in range(2)] == [1, 0]
        waits.refresh_from_db()
        assert waits.state == S.OFFERED
