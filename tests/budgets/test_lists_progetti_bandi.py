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
        (bandi.full_call, "/bandi/?q=bando"),
    ],
    ids=["projects", "bodies", "pacts", "calls"],
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
