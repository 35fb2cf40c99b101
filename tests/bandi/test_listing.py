"""Filters of the list of calls that no other list has."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bandi.states import end_of_day
from tests.factories import bandi
from tests.factories.registry import OrganisationFactory

pytestmark = pytest.mark.django_db


def titles(client, query: str) -> list[str]:
    return [page.title for page in client.get(f"/bandi/?{query}").context["results"]]


def test_by_issuing_body_amount_and_deadline(client):
    today, body = timezone.localdate(), OrganisationFactory(name="Fondazione Alta", slug="fondazione-alta")
    bandi.call(title="Grande", maximum_grant=80_000, issuing_body=body, deadline=end_of_day(today + timedelta(days=7)))
    bandi.call(
        title="Piccolo", maximum_grant=5_000, total_amount=90_000, deadline=end_of_day(today + timedelta(days=8))
    )
    bandi.call(title="Senza massimo", total_amount=30_000, deadline=end_of_day(today + timedelta(days=60)))
    bandi.call(title="Senza importi", deadline=None, until_funds_run_out=True)
    for query, expected in [
        ("ente=fondazione-alta", ["Grande"]),
        ("importo=30.000", ["Grande", "Senza massimo"]),
        ("importo=80000", ["Grande"]),
        ("importo=80.000,01", []),
        ("scadenza=7", ["Grande"]),
        ("scadenza=30", ["Grande", "Piccolo"]),
        ("scadenza=90", ["Grande", "Piccolo", "Senza massimo"]),
        ("scadenza=30&importo=6000", ["Grande"]),
    ]:
        assert titles(client, query) == expected, query
    page = client.get("/bandi/?ente=fondazione-alta&importo=20000").content.decode()
    assert "Fondazione Alta (1)" in page
    assert "20.000\N{NO-BREAK SPACE}€" in page


@pytest.mark.parametrize("query", ["importo=molto", "importo=-5", "scadenza=8", "ente=nessuno"])
def test_a_value_that_makes_no_sense_is_said_and_not_applied(client, query):
    bandi.call(title="C'è")
    response = client.get(f"/bandi/?{query}")
    assert len(response.context["problems"]) == 1
    assert [page.title for page in response.context["results"]] == ["C'è"]


def test_a_deadline_that_was_moved_counts_as_it_is_now(client):
    now = timezone.now()
    bandi.call(
        title="Prorogato",
        deadline=now - timedelta(days=1),
        acts=[bandi.extension(now + timedelta(days=5))],
    )
    bandi.call(title="Già scaduto", deadline=now - timedelta(days=1))
    assert titles(client, "stato=tutti&scadenza=7") == ["Prorogato"]
