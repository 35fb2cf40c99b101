"""Queries of the rounds' pages and of a run: the same at N and at 3N."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from sportello import rounds, rounds_fairness
from sportello.actions import round_runs
from sportello.models import RoundPerson
from tests.budgets.test_sportello import same_cost
from tests.factories.rounds import add_list, bring_to, make_round, offers_of, supervisor_of
from tests.factories.sportello import YouthFactory, operator_of, owner_of

pytestmark = pytest.mark.django_db
YOUTH, HOST, DESK = 16, 16, 24


def test_a_round_of_any_size_is_read_in_so_many_queries():
    match_round = make_round(offers=3, seats=2)
    costs = []
    for n in (3, 6):
        for _n in range(n):
            add_list(match_round, 0, 1, 2)
        with CaptureQueriesContext(connection) as read:
            rounds.build_input(match_round)
        with CaptureQueriesContext(connection) as ran:
            round_runs.dry_run(match_round, operator_of(match_round.desk))
        costs.append((len(read), len(ran)))
    assert costs[0] == costs[1]
    assert costs[0][0] <= 12
    bring_to(match_round, "run")
    with CaptureQueriesContext(connection) as published:
        round_runs.publish(match_round, supervisor_of(match_round.desk))
    assert len(published) <= 26, "\n".join(query["sql"] for query in published)
    with CaptureQueriesContext(connection) as reported:
        rounds_fairness.report(match_round)
    assert len(reported) <= 6


def test_lists_and_bands():
    match_round = make_round(offers=2, seats=2)
    young = YouthFactory(desk=match_round.desk)
    operator = operator_of(match_round.desk)

    def fill(n: int) -> None:
        for _n in range(n):
            add_list(match_round, 0, 1)

    same_cost(fill, reverse("area:youth_round", args=[match_round.pk]), YOUTH, young.user)
    same_cost(fill, reverse("sportello_round:people", args=[match_round.pk]), DESK, operator)
    bring_to(match_round, "bands")
    (one, _two) = offers_of(match_round)

    def more(n: int) -> None:
        """People who would have been there all along: their list and bands straight as rows."""
        for _n in range(n):
            person = RoundPerson.objects.create(round=match_round, youth=YouthFactory(desk=match_round.desk))
            person.bands.create(round_offer=one, band=2)

    same_cost(more, reverse("area:host_round", args=[one.pk]), HOST, owner_of(one.offer.host))
    same_cost(more, reverse("sportello_round:offer_bands", args=[one.pk]), DESK, operator)
    same_cost(more, reverse("sportello_round:bands", args=[match_round.pk]), DESK, operator)


def test_rounds_in_lists():
    match_round = make_round(offers=1)
    host = offers_of(match_round)[0].offer.host
    young = add_list(match_round, 0)

    def fill(n: int) -> None:
        for _n in range(n):
            make_round(host=host, offers=1)

    same_cost(fill, reverse("area:youth_rounds"), YOUTH, young.user)
    same_cost(fill, reverse("area:host_rounds"), HOST, owner_of(host))
    same_cost(fill, reverse("sportello_round:index"), DESK, operator_of(match_round.desk))
