"""What needs a consent waits for it, whoever may give it gives it, and taking it back closes what was open."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from sportello import consents
from sportello.actions import applications_acceptance, applications_host
from sportello.actions import consents as actions
from sportello.enums import Actor, ApplicationState, OfferState, PlacementState
from sportello.enums_people import ConsentPurpose
from sportello.errors import ActionError, NotPermitted
from sportello.models import Application, Consent, ConsentText, GuardianLink
from tests.factories.people import allow, birth_date, guardian_of, make_guardian, make_minor
from tests.factories.sportello import (
    HostFactory,
    UserFactory,
    YouthFactory,
    make_application,
    make_offer,
    operator_of,
    owner_of,
)

pytestmark = pytest.mark.django_db
S, P = ApplicationState, ConsentPurpose


def refusal(call, *args, **kwargs) -> str:
    with pytest.raises(ActionError) as error:
        call(*args, **kwargs)
    assert str(error.value).strip()
    return error.value.code


def open_to_minors(**changes):
    return make_offer(minimum_age=15, seats_count=1, **changes)


@pytest.fixture
def offered():
    """A minor's application whose seat is offered, with the guardian's yes to apply."""
    offer = open_to_minors()
    minor = make_minor(desk=offer.desk)
    allow(minor)
    row = make_application(offer, minor)
    return applications_host.offer_seat(row, owner_of(offer.host))


class TestBefore:
    def test_a_minor_applies_only_once_the_guardian_has_said_yes(self):
        offer = open_to_minors()
        minor = make_minor(desk=offer.desk)
        assert refusal(make_application, offer, minor) == "consent_applying"
        assert not Application.objects.exists()
        allow(minor)
        assert make_application(offer, minor).state == S.SUBMITTED

    def test_the_age_that_counts_is_that_of_the_first_day(self):
        today = timezone.localdate()
        offer = open_to_minors(start_date=today + timedelta(days=30), duration_weeks=9)
        nearly = YouthFactory(desk=offer.desk, birth_date=birth_date(18, in_days=29))
        assert make_application(offer, nearly).state == S.SUBMITTED
        late = YouthFactory(desk=offer.desk, birth_date=birth_date(18, in_days=31))
        assert refusal(make_application, offer, late) == "consent_applying"
        late.available_from = today + timedelta(days=40)
        late.save()
        assert make_application(offer, late).state == S.SUBMITTED

    def test_accepting_needs_a_yes_to_that_very_experience(self, offered):
        minor = offered.youth
        assert refusal(applications_acceptance.accept, offered, minor.user) == "consent_experience"
        offered.refresh_from_db()
        assert offered.state == S.OFFERED
        actions.grant(minor, P.EXPERIENCE, guardian_of(minor), offered)
        assert applications_acceptance.accept(offered, minor.user).state == PlacementState.PREPARING

    def test_a_yes_to_other_days_is_no_yes_to_these(self, offered):
        minor, guardian = offered.youth, guardian_of(offered.youth)
        first = actions.grant(minor, P.EXPERIENCE, guardian, offered)
        Application.objects.filter(pk=offered.pk).update(end_date=offered.end_date + timedelta(days=1))
        assert refusal(applications_acceptance.accept, offered, minor.user) == "consent_experience"
        second = actions.grant(minor, P.EXPERIENCE, guardian, offered)
        first.refresh_from_db()
        assert (first.is_standing, second.is_standing) == (False, True)
        assert refusal(actions.refuse, minor, P.EXPERIENCE, guardian, offered) == "already_given"
        # To other days one may also say no: the yes to the former ones does not stand in the way.
        Application.objects.filter(pk=offered.pk).update(end_date=offered.end_date + timedelta(days=2))
        actions.refuse(minor, P.EXPERIENCE, guardian, offered)
        assert not minor.consents.standing().about(P.EXPERIENCE, offered).exists()
        actions.grant(minor, P.EXPERIENCE, guardian, offered)
        applications_acceptance.accept(offered, minor.user)

    def test_of_age_when_it_begins(self):
        today = timezone.localdate()
        offer = open_to_minors(start_date=today + timedelta(days=30), duration_weeks=9)
        nearly = YouthFactory(desk=offer.desk, birth_date=birth_date(18, in_days=29))
        row = applications_host.offer_seat(make_application(offer, nearly), owner_of(offer.host))
        assert applications_acceptance.accept(row, nearly.user)

    def test_what_is_missing_is_said_all_at_once(self, offered):
        minor = offered.youth
        minor.matching_consent_at = None
        start = offered.start_date
        Consent.objects.all().delete()
        lacking = consents.missing(minor, start, offered)
        assert [item.purpose for item in lacking] == [P.MATCHING, P.APPLYING, P.EXPERIENCE]
        assert consents.missing(YouthFactory(), start) == []


class TestWhoMay:
    def test_only_who_answers_for_them_says_yes(self):
        offer = open_to_minors()
        minor = make_minor(desk=offer.desk)
        invited = make_guardian(minor)
        GuardianLink.objects.filter(pk=invited.pk).update(confirmed_at=None, relation="")
        ended = make_guardian(minor)
        GuardianLink.objects.filter(pk=ended.pk).update(ended_at=timezone.now())
        for somebody in (
            minor.user,
            invited.guardian.user,
            ended.guardian.user,
            guardian_of(make_minor(desk=offer.desk)),
            operator_of(offer.desk),
            owner_of(offer.host),
        ):
            with pytest.raises(NotPermitted):
                actions.grant(minor, P.APPLYING, somebody)
        # Nor does who answers for one young person about the candidature of another.
        another = make_minor(desk=offer.desk)
        row = make_application(make_offer(offer.host))
        with pytest.raises(NotPermitted):
            actions.grant(another, P.EXPERIENCE, guardian_of(another), row)
        assert not Consent.objects.exists()

    def test_on_the_eighteenth_birthday_it_ends_by_itself(self):
        minor = make_minor()
        guardian = guardian_of(minor)
        minor.birth_date = birth_date(18)
        minor.save()
        with pytest.raises(NotPermitted):
            actions.grant(minor, P.APPLYING, guardian)

    def test_saying_yes_again_changes_nothing(self):
        minor = make_minor()
        assert allow(minor) == allow(minor)
        assert refusal(actions.refuse, minor, P.APPLYING, guardian_of(minor)) == "already_given"

    def test_a_no_is_kept_and_is_no_end(self):
        minor = make_minor()
        guardian = guardian_of(minor)
        no = actions.refuse(minor, P.APPLYING, guardian)
        assert (no.is_standing, no.refused_at is None) == (False, False)
        assert not consents.has_standing(minor, P.APPLYING)
        allow(minor)
        assert consents.has_standing(minor, P.APPLYING)

    def test_the_words_are_kept_with_the_yes(self):
        consent = allow(make_minor())[0]
        text = consent.text
        assert consent.evidence["text_sha256"] == text.digest
        text.body = "Altro."
        with pytest.raises(TypeError):
            text.save()
        newer = ConsentText.objects.create(
            purpose=P.APPLYING,
            version=2,
            valid_from=timezone.localdate(),
            title="D",
            title_en="Q",
            body="B",
            body_en="B",
        )
        assert allow(make_minor())[0].text == newer
        consent.refresh_from_db()
        assert consent.is_standing


class TestTakingBack:
    def test_to_apply(self):
        host = HostFactory()
        minor = make_minor(desk=host.desk)
        yes = allow(minor)[0]
        sent = make_application(make_offer(host, minimum_age=15), minor)
        held = make_application(make_offer(host, minimum_age=15, seats_count=1), minor)
        held = applications_host.offer_seat(held, owner_of(host))
        other = make_application(make_offer(host), YouthFactory(desk=host.desk))
        guardian = guardian_of(minor)
        actions.revoke(yes, guardian)
        for row in (sent, held, other):
            row.refresh_from_db()
        assert (sent.state, held.state, other.state) == (S.WITHDRAWN, S.DECLINED, S.SUBMITTED)
        for row in (sent, held):
            event = row.events.latest("pk")
            assert (event.actor, event.user, event.to_state) == (Actor.GUARDIAN, guardian, row.state)
        held.offer.refresh_from_db()
        assert held.offer.state == OfferState.PUBLISHED
        assert refusal(make_application, make_offer(host, minimum_age=15), minor) == "consent_applying"
        assert refusal(actions.revoke, yes, guardian) == "wrong_state"

    def test_what_begins_after_the_birthday_goes_on(self):
        today = timezone.localdate()
        offer = open_to_minors(start_date=today + timedelta(days=30), duration_weeks=9)
        minor = YouthFactory(desk=offer.desk, birth_date=birth_date(18, in_days=20))
        make_guardian(minor)
        yes = allow(minor)[0]
        row = make_application(offer, minor)
        actions.revoke(yes, guardian_of(minor))
        row.refresh_from_db()
        assert row.state == S.SUBMITTED

    def test_to_an_experience_not_yet_accepted(self, offered):
        minor, guardian = offered.youth, guardian_of(offered.youth)
        yes = actions.grant(minor, P.EXPERIENCE, guardian, offered)
        actions.revoke(yes, guardian)
        offered.refresh_from_db()
        assert offered.state == S.DECLINED
        assert refusal(applications_acceptance.accept, offered, minor.user) == "wrong_state"

    def test_to_one_accepted_in_the_meantime(self, offered):
        minor, guardian = offered.youth, guardian_of(offered.youth)
        yes = actions.grant(minor, P.EXPERIENCE, guardian, offered)
        placement = applications_acceptance.accept(offered, minor.user)
        assert refusal(actions.revoke, yes, guardian) == "accepted_meanwhile"
        yes.refresh_from_db()
        assert yes.is_standing
        actions.revoke(yes, guardian, cancel_placement=True)
        placement.refresh_from_db()
        offered.refresh_from_db()
        assert (placement.state, offered.state, offered.seat) == (PlacementState.CANCELLED, S.CANCELLED, None)

    def test_to_one_under_way_is_recorded_and_the_desk_is_told(
        self, offered, django_capture_on_commit_callbacks, mailoutbox
    ):
        minor, guardian = offered.youth, guardian_of(offered.youth)
        yes = actions.grant(minor, P.EXPERIENCE, guardian, offered)
        placement = applications_acceptance.accept(offered, minor.user)
        type(placement).objects.filter(pk=placement.pk).update(state=PlacementState.ACTIVE)
        mailoutbox.clear()
        with django_capture_on_commit_callbacks(execute=True):
            actions.revoke(yes, guardian)
        placement.refresh_from_db()
        assert placement.state == PlacementState.ACTIVE
        desk = operator_of(offered.desk)
        assert desk.email in {mail.to[0] for mail in mailoutbox}


def refused(sql: str, *values) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_the_database_refuses_the_same(offered):
    minor, guardian = offered.youth, guardian_of(offered.youth)
    yes = minor.consents.get(purpose=P.APPLYING)
    about = actions.grant(minor, P.EXPERIENCE, guardian, offered)
    columns = "youth_id, purpose, application_id, text_id, given_by_id, given_as, granted_at, refused_at, revoked_at"
    for row in (yes, about):
        refused(
            f"INSERT INTO sportello_consent ({columns}, evidence) "
            f"SELECT {columns}, evidence FROM sportello_consent WHERE id = %s",
            row.pk,
        )
    table = "UPDATE sportello_consent SET"
    refused(f"{table} refused_at = granted_at WHERE id = %s", yes.pk)
    refused(f"{table} granted_at = NULL WHERE id = %s", yes.pk)
    refused(f"{table} revoked_at = '2020-01-01 00:00:00+00' WHERE id = %s", yes.pk)
    refused(f"{table} given_as = 'youth' WHERE id = %s", yes.pk)
    refused(f"{table} purpose = 'altro' WHERE id = %s", yes.pk)
    refused(f"{table} application_id = NULL WHERE id = %s", about.pk)
    refused(f"{table} application_id = %s WHERE id = %s", offered.pk, yes.pk)
    link = minor.guardian_links.get()
    columns = (
        "youth_id, guardian_id, invited_as, invited_at, key_digest, key_expires_at, relation, confirmed_at, created_at"
    )
    refused(
        f"INSERT INTO sportello_guardianlink ({columns}) SELECT {columns} FROM sportello_guardianlink WHERE id = %s",
        link.pk,
    )
    table = "UPDATE sportello_guardianlink SET"
    refused(f"{table} relation = '' WHERE id = %s", link.pk)
    refused(f"{table} relation = 'zia' WHERE id = %s", link.pk)
    refused(f"{table} key_digest = 'abc' WHERE id = %s", link.pk)
    other = make_guardian(make_minor(), UserFactory())
    refused("UPDATE sportello_guardian SET email = upper(%s) WHERE id = %s", link.guardian.email, other.guardian_id)
