"""The answer guarantee and what the desk decides: reminded once, closed with courtesy, read first, reopened once."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core import mail
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from portal.ops.mail import compose_email
from sportello import notifications, review
from sportello.actions import (
    applications,
    applications_acceptance,
    applications_desk,
    applications_guarantee,
    applications_host,
)
from sportello.enums import ApplicationState, OfferState, PlacementState
from sportello.errors import ActionError
from sportello.models import AnswerReminder, Application, ApplicationEvent, Offer
from tests.factories.applications import make_shortlisted
from tests.factories.people import allow, make_minor
from tests.factories.sportello import YouthFactory, make_application, make_offer, make_offered, operator_of, owner_of

pytestmark = pytest.mark.django_db
S = ApplicationState


def wait(row: Application, days: int) -> Application:
    """Let an application have waited for so many days."""
    Application.objects.filter(pk=row.pk).update(waiting_from=timezone.now() - timedelta(days=days))
    row.refresh_from_db()
    return row


def letters(django_capture_on_commit_callbacks) -> list[tuple[str, str]]:
    """Run the command and return whom it wrote to, and about what."""
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        call_command("tend_applications", stdout=StringIO())
    return [(letter.to[0], letter.subject) for letter in mail.outbox]


def refusal(call, *args, **kwargs) -> str:
    with pytest.raises(ActionError) as error:
        call(*args, **kwargs)
    return error.value.code


class TestReminders:
    def test_day_by_day_and_never_twice(self, django_capture_on_commit_callbacks):
        row = make_application()
        owner, operator = owner_of(row.offer.host).email, operator_of(row.desk).email
        told = {}
        for day in (0, 2, 3, 4, 7, 8, 10, 14):
            wait(row, day)
            # The stretch of waiting is the same: only time went by.
            AnswerReminder.objects.filter(application=row).update(waiting_from=row.waiting_from)
            told[day] = [to for to, _subject in letters(django_capture_on_commit_callbacks)]
            assert letters(django_capture_on_commit_callbacks) == []
        assert told == {0: [], 2: [], 3: [owner], 4: [], 7: [owner], 8: [], 10: [operator], 14: []}
        wait(row, 15)
        last = letters(django_capture_on_commit_callbacks)
        assert {to for to, _subject in last} == {row.youth.user.email, owner}
        row.refresh_from_db()
        assert (row.state, row.events.last().actor) == (S.EXPIRED, "system")
        assert letters(django_capture_on_commit_callbacks) == []

    def test_one_that_fails_does_not_keep_the_others_waiting(self, monkeypatch, caplog):
        bad, good = wait(make_application(), 15), wait(make_application(), 15)
        expire = applications_guarantee.expire

        def fail_with_one(row, now):
            if row.pk == bad.pk:
                raise RuntimeError("unexpected")
            return expire(row, now)

        monkeypatch.setattr(applications_guarantee, "expire", fail_with_one)
        assert applications_guarantee.tend().closed == 1
        good.refresh_from_db()
        assert good.state == S.EXPIRED
        assert f"Left for the next run: closing application {bad.pk}." in caplog.messages
        monkeypatch.undo()
        assert applications_guarantee.tend().closed == 1

    def test_late_it_writes_once_to_each(self, django_capture_on_commit_callbacks):
        row = wait(make_application(), 12)
        assert sorted(letters(django_capture_on_commit_callbacks)) == sorted(
            [
                (owner_of(row.offer.host).email, "Una candidatura aspetta da una settimana"),
                (operator_of(row.desk).email, "Una candidatura senza risposta da dieci giorni"),
            ]
        )
        assert sorted(AnswerReminder.objects.values_list("day", "sent")) == [(3, False), (7, True), (10, True)]

    def test_very_late_it_only_closes(self, django_capture_on_commit_callbacks):
        row = wait(make_application(), 40)
        assert len(letters(django_capture_on_commit_callbacks)) == 2
        row.refresh_from_db()
        assert row.state == S.EXPIRED

    def test_answering_starts_the_count_again(self, django_capture_on_commit_callbacks):
        row = wait(make_application(), 9)
        row = applications_host.shortlist(row, owner_of(row.offer.host))
        assert letters(django_capture_on_commit_callbacks) == []
        wait(row, 16)
        assert applications_guarantee.tend().closed == 1

    def test_the_database_lets_a_step_in_once(self):
        row = make_application()
        first = AnswerReminder.objects.create(application=row, waiting_from=row.waiting_from, day=3)
        with pytest.raises(IntegrityError), transaction.atomic():
            AnswerReminder.objects.create(application=row, waiting_from=first.waiting_from, day=3)
        with pytest.raises(IntegrityError), transaction.atomic():
            AnswerReminder.objects.create(application=row, waiting_from=first.waiting_from, day=4)

    def test_the_budget_grows_with_what_is_due_only(self, django_assert_max_num_queries):
        offer = make_offer()
        for _n in range(4):
            make_application(offer)
        with django_assert_max_num_queries(3):
            applications_guarantee.tend()


class TestTheDeskReadsFirst:
    def test_what_makes_it_read(self):
        offer = make_offer(minimum_age=14)
        young = make_minor(YouthFactory(desk=offer.desk), age=15)
        assert review.causes(young, offer, "Mi piace.") == ["under_16"]
        grown = YouthFactory(desk=offer.desk)
        assert review.causes(grown, offer, "Mi piace, ho finito nel 2024 con 85 su 100.") == []
        for text in ("a@b.it", "333 12 34 567", "www.sito.it", "https://sito.it", "+39 333.1234567"):
            assert review.causes(grown, offer, f"Scrivimi: {text}") == ["contacts"], text

    def test_the_desk_itself_has_read_what_it_sends(self):
        offer = make_offer()
        row = applications.apply(YouthFactory(desk=offer.desk), offer, "Tel. 333 1234567", operator_of(offer.desk))
        assert (row.state, row.sender) == (S.SUBMITTED, "desk")

    def test_passed_it_reaches_the_host_then(self):
        row = make_application(motivation="Tel. 333 1234567")
        assert row.submitted_at is None
        row = applications_desk.pass_review(row, operator_of(row.desk))
        assert (row.state, row.review_causes, row.submitted_at is not None) == (S.SUBMITTED, [], True)

    def test_what_never_reached_the_host_it_never_sees(self):
        row = make_application(motivation="Tel. 333 1234567")
        applications.withdraw(row, row.youth.user)
        assert not Application.objects.for_hosts([row.offer.host_id]).exists()
        assert make_application(row.offer, row.youth).state == S.SUBMITTED


class TestReopening:
    def test_once_and_only_with_a_free_seat(self):
        offer = make_offer(seats_count=1)
        row, operator = make_application(offer), operator_of(offer.desk)
        applications.withdraw(row, row.youth.user)
        held = make_offered(offer)
        assert refusal(applications_desk.reopen, row, operator) == "seat_free"
        applications.decline(held, held.youth.user)
        assert applications_desk.reopen(row, operator).state == S.SUBMITTED
        applications.withdraw(row, row.youth.user)
        assert refusal(applications_desk.reopen, row, operator) == "reopened_once"

    def test_a_cancelled_placement_begins_again(self):
        row = make_offered()
        operator = operator_of(row.desk)
        first = applications_acceptance.accept(row, row.youth.user)
        assert refusal(applications_acceptance.cancel, row, operator, " ") == "reason"
        applications_acceptance.cancel(row, operator, "La bottega chiude per lavori.")
        first.refresh_from_db()
        assert first.state == PlacementState.CANCELLED
        row = applications_desk.reopen(row, operator)
        row = applications_host.offer_seat(row, owner_of(row.offer.host))
        again = applications_acceptance.accept(row, row.youth.user)
        assert (again.pk, again.state) == (first.pk, PlacementState.PREPARING)

    def test_not_what_has_begun(self):
        row = make_offered()
        applications_acceptance.accept(row, row.youth.user)
        row.placement.state = PlacementState.ACTIVE
        row.placement.save()
        assert refusal(applications_acceptance.cancel, row, operator_of(row.desk), "Prova") == "placement_not_started"


class TestTheWaitingList:
    def test_a_free_seat_comes_first(self):
        row = make_shortlisted()
        assert refusal(applications_host.waitlist, row, owner_of(row.offer.host)) == "no_seat_free"

    def test_the_last_seat_accepted_lines_up_who_was_to_be_met(self):
        offer = make_offer(seats_count=1)
        met, unread, held = make_shortlisted(offer), make_application(offer), make_offered(offer)
        applications_acceptance.accept(held, held.youth.user)
        for row, state in ((met, S.WAITLISTED), (unread, S.SUBMITTED)):
            row.refresh_from_db()
            assert row.state == state
        assert applications_guarantee.tend(timezone.now() + timedelta(days=30)).closed == 1
        met.refresh_from_db()
        assert met.state == S.WAITLISTED

    def test_in_order_and_as_long_as_there_are_seats(self):
        offer = make_offer(seats_count=2)
        owner = owner_of(offer.host)
        line = [make_shortlisted(offer) for _n in range(3)]
        held = [make_offered(offer) for _n in range(2)]
        line = [applications_host.waitlist(row, owner) for row in line]
        applications_host.rescind(held[0], owner, "Un imprevisto.")
        applications_guarantee.expire(held[1], timezone.now() + timedelta(days=9))
        states = [Application.objects.get(pk=row.pk).state for row in line]
        assert states == [S.OFFERED, S.OFFERED, S.WAITLISTED]
        assert Offer.objects.get(pk=offer.pk).state == OfferState.FULL


class TestTheLog:
    def refused(self, sql: str, *values) -> None:
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql, values)

    def test_the_database_keeps_it(self):
        row = make_application()
        event = ApplicationEvent.objects.filter(application=row).last()
        self.refused("DELETE FROM sportello_applicationevent WHERE id = %s", event.pk)
        for column, value in (
            ("to_state", "accepted"),
            ("actor", "host"),
            ("reason", "Un altro"),
            ("at", timezone.now()),
            ("user_id", owner_of(row.offer.host).pk),
        ):
            self.refused(f"UPDATE sportello_applicationevent SET {column} = %s WHERE id = %s", value, event.pk)
        with pytest.raises(IntegrityError), transaction.atomic():
            ApplicationEvent._base_manager.bulk_update([ApplicationEvent(pk=event.pk, actor="host")], ["actor"])

    def test_words_and_people_may_be_forgotten(self):
        row = make_application()
        applications_host.reject(row, owner_of(row.offer.host), "Un motivo.")
        with connection.cursor() as cursor:
            cursor.execute("UPDATE sportello_applicationevent SET reason = '', message = '', user_id = NULL")
        assert set(ApplicationEvent.objects.values_list("reason", "user")) == {("", None)}


def test_every_letter_about_an_application_in_both_languages():
    row = make_offered()
    allow(make_minor(row.youth))
    for language in ("it", "en"):
        type(row.youth).objects.filter(pk=row.youth_id).update(language=language)
        for notice in notifications.APPLICATION_NOTICES:
            for message in notifications.about_application(row.pk, notice):
                letter = compose_email("sportello/notice", message.to, message.context, message.language)
                assert letter.body
                assert "%(" not in letter.body + letter.alternatives[0][0]
                if message.language == "en":
                    assert " candidatura" not in letter.body.replace(row.desk.name, ""), notice
