"""What rounds must never hold, refused by the database itself: tried in raw SQL, past every line of Python."""

import pytest
from django.db import IntegrityError, connection, transaction

from sportello.models import RoundEvent, RoundResult, RoundRun, RoundSending, Seat
from tests.factories.rounds import add_list, bring_to, make_round, supervisor_of
from tests.factories.sportello import YouthFactory

pytestmark = pytest.mark.django_db


def refused(sql: str, *values) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def done(sql: str, *values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        assert cursor.rowcount == 1


ONE_MORE_RESULT = (
    "INSERT INTO sportello_roundresult (round_id, run_id, youth_id, round_offer_id, seat_id, rank, pinned, why) "
    "VALUES (%s, %s, %s, %s, %s, %s, FALSE, '[]')"
)


def test_what_the_database_refuses():
    match_round = make_round(offers=2, seats=2)
    people = [add_list(match_round, 0, 1) for _n in range(2)]
    bring_to(match_round, "published")
    pk = match_round.pk
    for change in (
        "state = 'sognata'",
        "seed = ''",
        "run_id = NULL",
        "published_by_id = NULL",
        "published_at = NULL",
        "state = 'ready'",
        "state = 'cancelled'",
        "number = 2",
        "wider_percent = 50",
        "lists_close_at = lists_open_at",
        "bands_close_at = lists_open_at",
    ):
        refused(f"UPDATE sportello_matchround SET {change} WHERE id = %s", pk)
    one, _two = RoundResult.objects.order_by("pk")
    young, free = YouthFactory(), Seat.objects.filter(round_results=None).first()
    offer_id, taken = match_round.offers.get(offer=free.offer_id).pk, one.seat_id
    for youth_id, round_offer_id, seat_id in (
        (one.youth_id, offer_id, free.pk),
        (young.pk, offer_id, taken),
        (young.pk, offer_id, None),
        (young.pk, None, free.pk),
    ):
        refused(ONE_MORE_RESULT, pk, one.run_id, youth_id, round_offer_id, seat_id, 1)
    refused(ONE_MORE_RESULT, pk, one.run_id, young.pk, None, None, 1)
    done(ONE_MORE_RESULT, pk, one.run_id, young.pk, offer_id, free.pk, 1)
    for table, change in (
        ("roundchoice", "rank = 11"),
        ("roundchoice", "rank = 0"),
        ("roundchoice", "rank = 1"),
        ("roundband", "band = 5"),
        ("roundband", "band = NULL"),
        ("roundband", "source = 'altri'"),
    ):
        refused(f"UPDATE sportello_{table} SET {change}")
    row = match_round.people.order_by("pk").first()
    refused("UPDATE sportello_roundperson SET youth_id = %s WHERE id <> %s", people[0].pk, row.pk)
    refused("UPDATE sportello_roundperson SET pseudonym = %s WHERE id <> %s", row.pseudonym, row.pk)
    again = (
        "INSERT INTO sportello_roundrun (round_id, number, kind, label, input, input_sha256, output, output_sha256, "
        "figures, at) SELECT round_id, {number}, {kind}, label, input, input_sha256, output, output_sha256, figures, "
        "at FROM sportello_roundrun"
    )
    refused(again.format(number="number", kind="kind"))
    refused(again.format(number="number + 1", kind="'finta'"))
    done(again.format(number="number + 1", kind="kind"))
    event = (
        "INSERT INTO sportello_roundevent (round_id, verb, from_state, to_state, actor, reason, at) "
        "SELECT id, 'provata', '', '', '{actor}', '', created_at FROM sportello_matchround"
    )
    refused(event.format(actor="altri"))
    done(event.format(actor="desk"))


def test_what_was_run_and_told_is_only_ever_added():
    match_round = make_round(offers=1)
    add_list(match_round, 0)
    bring_to(match_round, "published")
    RoundSending.objects.create(result=RoundResult.objects.get(), message="Prova.", by=supervisor_of(match_round.desk))
    for model in (RoundRun, RoundResult, RoundSending, RoundEvent):
        row = model.objects.first()
        for attempt in (
            row.save,
            row.delete,
            lambda model=model, pk=row.pk: model.objects.update(pk=pk),
            lambda model=model: model.objects.all().delete(),
        ):
            with pytest.raises(TypeError):
                attempt()


def test_what_was_run_and_told_stays_in_the_database_too():
    match_round = make_round(offers=1)
    add_list(match_round, 0)
    bring_to(match_round, "published")
    by = supervisor_of(match_round.desk)
    RoundSending.objects.create(result=RoundResult.objects.get(), message="Prova.", by=by)
    for table, change in (
        ("roundrun", "output = '{}'"),
        ("roundrun", "label = 'Un’altra'"),
        ("roundresult", "rank = 2"),
        ("roundresult", "why = '[1]'"),
        ("roundsending", "message = ''"),
        ("roundevent", "verb = 'un altro'"),
        ("roundevent", "reason = 'Un altro.'"),
    ):
        refused(f"UPDATE sportello_{table} SET {change}")
        refused(f"DELETE FROM sportello_{table}")
    # Who did it and what was written about somebody may be forgotten.
    for table, change in (
        ("roundrun", "by_id = NULL"),
        ("roundsending", "by_id = NULL"),
        ("roundevent", "user_id = NULL, reason = '—'"),
    ):
        with connection.cursor() as cursor:
            cursor.execute(f"UPDATE sportello_{table} SET {change}")
            assert cursor.rowcount
