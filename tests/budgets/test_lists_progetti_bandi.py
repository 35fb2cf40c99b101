"""Queries of lists and pages of projects and calls: within the budget, and the same at N and at 3N."""

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories import bandi, progetti

pytestmark = pytest.mark.django_db

LIST_BUDGET, DETAIL_BUDGET = 10, 12
N = 4


def cost(client, url: str) -> int:
    """Queries of a page for an anonymous reader, with the site already known to the process and nothing else."""
    client.get("/health/live/")
    cache.clear()
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(url)
    assert response.status_code == 200
    writes = [query for query in queries if not query["sql"].lstrip("(").startswith("SELECT")]
    assert not writes, "a page that is read writes"
    return len(queries)


@pytest.mark.parametrize(
    ("make", "url"),
    [
        (progetti.full_project, "/progetti/?stato=under_way"),
        (lambda: progetti.body(members=2), "/governance/"),
        (progetti.pact, "/patti/"),
        (progetti.meeting, "/governance/sedute/"),
        (progetti.decision, "/governance/decisioni/?esito=approved"),
        (bandi.full_call, "/bandi/?q=bando"),
    ],
    ids=["projects", "bodies", "pacts", "meetings", "decisions", "calls"],
)
def test_a_list_costs_the_same_however_long_it_is(client, make, url):
    for _ in range(N):
        make()
    few = cost(client, url)
    for _ in range(2 * N):
        make()
    assert cost(client, url) == few
    assert few <= LIST_BUDGET


@pytest.mark.parametrize(
    ("make", "few_rows", "many_rows"),
    [
        (progetti.full_project, {"partners": N}, {"partners": 2 * N}),
        (progetti.body, {"members": N}, {"members": 3 * N}),
    ],
    ids=["project", "body"],
)
def test_a_page_costs_the_same_however_many_rows_it_has(client, make, few_rows, many_rows):
    few = cost(client, make(**few_rows).url)
    assert cost(client, make(**many_rows).url) == few
    assert few <= DETAIL_BUDGET


@pytest.mark.parametrize("make", [bandi.full_call, progetti.vision, progetti.pact], ids=["call", "vision", "pact"])
def test_a_page_is_within_its_budget(client, make):
    assert cost(client, make().url) <= DETAIL_BUDGET


def test_a_body_costs_the_same_however_much_it_did(client):
    body = progetti.body(members=2, parent_body=progetti.body())
    costs = []
    for rows in (N, 2 * N):
        for _ in range(rows):
            progetti.decision(taken_by=body, meeting=progetti.meeting(meeting_of=body))
            progetti.body(parent_body=body)
        costs.append(cost(client, body.url))
    assert costs[0] == costs[1] <= DETAIL_BUDGET + 1  # the parent


def test_a_decision_and_a_meeting_are_within_their_budget(client):
    decision = progetti.decision(number="1")
    decision.meeting = progetti.meeting(meeting_of=decision.taken_by)
    decision.projects = [progetti.project() for _ in range(3)]
    decision.save()
    assert cost(client, decision.url) <= DETAIL_BUDGET
    assert cost(client, decision.meeting.url) <= DETAIL_BUDGET
