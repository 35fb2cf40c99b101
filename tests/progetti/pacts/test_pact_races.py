"""Two at once on PostgreSQL: a double click, two of the redazione, two runs of the reminders."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from progetti.actions import pact_requests as acts
from progetti.errors import ActionRefused
from progetti.models import PactReminder, PactRequest, PactSignatory, PactVersion
from progetti.pact_upkeep import remind_of_endings
from tests.factories.pacts import TEXT, day_ago, make_request, make_version, open_pact
from tests.factories.progetti import pact
from tests.helpers.races import REPEATS

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes one at a time"),
]


def at_once(*works):
    """Run all at the same moment, each on a connection of its own; what each returned or raised."""
    barrier = Barrier(len(works))

    def run(work):
        try:
            barrier.wait(timeout=10)
            return work()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def test_whatever_comes_twice_happens_once():
    page = open_pact().pact
    for time in range(REPEATS):
        values = {"email": f"ada{time}@example.org", "person_name": "Ada", "role": "carer", "commitments": "Poto."}
        answers = at_once(*[lambda values=values: acts.ask_to_join(page, values, "it")] * 3)
        assert {type(answer) for answer in answers} == {PactRequest}
        found = PactRequest.objects.get(email=values["email"])

        acts.confirm_request(found, 1)
        answers = at_once(*[lambda found=found: acts.accept_request(found, by=None)] * 3)
        assert sorted(type(answer).__name__ for answer in answers) == [
            "ActionRefused",
            "ActionRefused",
            "PactSignatory",
        ]
        assert PactSignatory.objects.count() == time + 1

    # Two texts written at the same time get two numbers, or one of them is told why not.
    answers = at_once(*[lambda: make_version(page, days_ago=0, text=TEXT)] * 2)
    assert sorted(type(answer).__name__ for answer in answers) == ["PactVersion", "ValidationError"]
    assert PactVersion.objects.filter(pact=page).count() == 2


def test_reminders_of_an_ending_are_written_once():
    for time in range(REPEATS):
        ending = pact(end=day_ago(-10))
        assert sorted(at_once(*[remind_of_endings] * 3)) == [0, 0, 1], time
        assert PactReminder.objects.filter(pact=ending).count() == 2


def test_refusing_and_accepting_at_once_leaves_one_decision():
    version, accepted = make_version(), 0
    for time in range(REPEATS):
        found = make_request(version, email=f"ada{time}@example.org")
        answers = at_once(
            lambda found=found: acts.accept_request(found, by=None),
            lambda found=found: acts.refuse_request(found, by=None, reason="No"),
        )
        assert sum(isinstance(answer, ActionRefused) for answer in answers) == 1
        found.refresh_from_db()
        accepted += found.state == "accepted"
        assert PactSignatory.objects.count() == accepted
