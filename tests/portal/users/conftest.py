"""What the tests of accounts share."""

import re

import pytest
from django.core import mail
from django.test import TestCase

from tests.helpers.strict import StrictClient


class PostingClient(StrictClient):
    """The strict client in which what waits for the commit happens: each request is a transaction of its own."""

    def request(self, **request):
        with TestCase.captureOnCommitCallbacks(execute=True):
            return super().request(**request)


@pytest.fixture
def client() -> PostingClient:
    return PostingClient()


@pytest.fixture
def last_link():
    """The first link of the last e-mail to an address, as a path of the portal."""

    def find(address: str) -> str:
        message = [item for item in mail.outbox if item.to == [address]][-1]
        return re.search(r"http://testserver(/\S+)", message.body)[1]

    return find
