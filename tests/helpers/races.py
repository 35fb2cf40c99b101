"""Several people at the same instant, each in a thread and on a connection of their own."""

import os
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from threading import Barrier

from django.db import connections

from sportello.errors import ActionError
from sportello.models import Application

REPEATS = int(os.environ.get("RACE_REPEATS", "5"))
"""How often each race is run: few in every run, 200 before a release."""


def race(*calls) -> list:
    """Do all the calls at once; return what each gave: a result or its refusal."""
    start = Barrier(len(calls))

    def run(call):
        try:
            start.wait(timeout=30)
            return call()
        except ActionError as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


def winners(results: list) -> list:
    """What was done."""
    return [result for result in results if not isinstance(result, ActionError)]


def refusals(results: list) -> set[str]:
    """Why the others were refused; each has a sentence to show."""
    refused = [result for result in results if isinstance(result, ActionError)]
    assert all(str(error).strip() for error in refused)
    return {error.code for error in refused}


def log_tells_the_truth(*rows: Application) -> None:
    """Each line begins where the one before ended, and the last one is where the application is."""
    for row in rows:
        row.refresh_from_db()
        events = list(row.events.order_by("pk").values_list("from_state", "to_state"))
        assert all(before[1] == after[0] for before, after in pairwise(events)), events
        assert (events[0][0], events[-1][1]) == ("", row.state), events
