"""What waits for the commit: letters are queued once the change is there, and never undo it."""

import pytest

from sportello import tasks
from sportello.actions import applications_acceptance, applications_host
from sportello.enums import PlacementState
from tests.factories.sportello import make_application, owner_of

pytestmark = pytest.mark.django_db


def test_a_queue_that_is_down_costs_nobody_what_they_did(django_capture_on_commit_callbacks, monkeypatch, caplog):
    """The change stays, whoever made it is told that it is done, and the log says what was not sent."""
    row, asked = make_application(), []

    def enqueue(self, *args, **kwargs):
        asked.append(args)
        raise OSError("The queue is down.")

    monkeypatch.setattr(type(tasks.notify_about_application), "enqueue", enqueue)
    with django_capture_on_commit_callbacks(execute=True):
        accepted = applications_acceptance.accept(
            applications_host.offer_seat(row, owner_of(row.offer.host)), row.youth.user
        )
    assert accepted.state == PlacementState.PREPARING
    # One letter that cannot be queued does not keep the others from being tried.
    assert len(asked) > 3
    assert caplog.text.count("Error calling") == len(asked)
