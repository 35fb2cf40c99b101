"""The indexes of search and of references, kept only in the tests that read them.

A page that is saved writes to both, which is an eighth to a quarter of the time of the tests that make pages. Those
that search say so with the marker `indexed`. One that searches without it fails: an empty answer would prove nothing.
"""

from __future__ import annotations

from typing import Any

import modelsearch.signal_handlers
import wagtail.signal_handlers
from modelsearch.backends.base import BaseSearchBackend

kept = True
"""Whether what is saved now is written to the indexes."""


class _OnlyWhenKept:
    """A background task of Wagtail that is begun only while the indexes are kept."""

    def __init__(self, task: Any) -> None:
        self._task = task

    def enqueue(self, *args: Any, **kwargs: Any) -> None:
        if kept:
            self._task.enqueue(*args, **kwargs)


def _refusing(search: Any) -> Any:
    def refuse_or_search(self, *args: Any, **kwargs: Any):
        if not kept:
            raise AssertionError("This test searches an index that is not kept: mark it `indexed`.")
        return search(self, *args, **kwargs)

    return refuse_or_search


def install() -> None:
    """Put the switch between Wagtail's signals and the indexes; once, before any test."""
    for module, name in (
        (modelsearch.signal_handlers, "insert_or_update_object_task"),
        (wagtail.signal_handlers, "update_reference_index_task"),
    ):
        setattr(module, name, _OnlyWhenKept(getattr(module, name)))
    for name in ("search", "autocomplete"):
        setattr(BaseSearchBackend, name, _refusing(getattr(BaseSearchBackend, name)))


def keep(wanted: bool) -> None:
    """Keep the indexes from now on, or don't."""
    global kept
    kept = wanted
