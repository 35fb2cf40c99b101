"""Expensive data made once for all tests of a module, each of which finds it as it was made."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import cache
from django.db import transaction
from django.utils import translation


@contextmanager
def kept_for_the_module(django_db_blocker) -> Iterator[None]:
    """Hold a transaction open round the tests of a module: what is made in it is there for all, and gone after.

    Each test has its own savepoint inside, so it cannot spoil what the next one finds in the database; Python objects
    it must leave as they are. It is not for tests that commit for themselves (`transaction=True`): they cannot see it.
    """
    around = transaction.atomic()
    # As Django's own TestCase says it, so that `durable` blocks may be entered inside.
    around._from_testcase = True  # type: ignore[attr-defined]
    with django_db_blocker.unblock(), around:
        cache.clear()
        with translation.override("it"):
            yield
        transaction.set_rollback(True)
