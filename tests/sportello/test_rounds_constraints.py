"""What rounds must never hold, refused by the database itself: tried in raw SQL, past every line of Python."""

import pytest
from django.db import IntegrityError, connection, transaction

from sportello.models import RoundEvent, RoundResult, RoundRun, RoundSending
from tests.factories.rounds import add_list, bring_to, make_round, supervisor_of

pytestmark = pytest.mark.django_db


def refused(sql: str, *values) -> None:
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)


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
    one, two = RoundResult.objects.order_by("pk")
    refused("UPDATE sportello_roundresult SET seat_id = %s WHERE id = %s", one.seat_id, two.pk)
    refused("UPDATE sportello_roundresult SET youth_id = %s WHERE id = %s", one.youth_id, two.pk)
    refused("UPDATE sportello_roundresult SET seat_id = NULL WHERE id = %s", two.pk)
    refused("UPDATE sportello_roundresult SET round_offer_id = NULL WHERE id = %s", two.pk)
    for table, change in (
        ("roundchoice", "rank = 11"),
        ("roundchoice", "rank = 0"),
        ("roundchoice", "rank = 1"),
        ("roundband", "band = 5"),
        ("roundband", "band = NULL"),
        ("roundband", "source = 'altri'"),
        ("roundrun", "kind = 'finta'"),
        ("roundevent", "actor = 'altri'"),
    ):
        refused(f"UPDATE sportello_{table} SET {change}")
    row = match_round.people.order_by("pk").first()
    refused("UPDATE sportello_roundperson SET youth_id = %s WHERE id <> %s", people[0].pk, row.pk)
    refused("UPDATE sportello_roundperson SET pseudonym = %s WHERE id <> %s", row.pseudonym, row.pk)
    refused(
        "INSERT INTO sportello_roundrun (round_id, number, kind, label, input, input_sha256, output, output_sha256, "
        "figures, at) SELECT round_id, number, kind, label, input, input_sha256, output, output_sha256, figures, at "
        "FROM sportello_roundrun"
    )


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
