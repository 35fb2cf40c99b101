"""How old is what we kept? A number in the database that grows with every change of what the public reads.

Whatever is kept under the number that a request found when it began can never be shown after a change: the next
request finds another number. Every process sees it, and no code has to remember to say that it changed something:
each statement that writes to a table is noticed where it leaves for the database, and the number grows as soon as
the transaction is committed. What comes after the commit, the answer to the editor included, comes after the number.

A few tables are left out because no public page shows them (sign-ins, comments of editors, what people tell the desk);
a table that nobody has thought of counts. Revisions and the log of pages count too, although most speak of drafts: the
public versions of a page are read from them, and the log is written after the page. What changes by itself as time
goes by (a call that closes at noon) is nobody's write: whoever keeps something gives it `settings.PAGES_KEPT_SECONDS`
at most.
"""

import re
from contextvars import ContextVar
from functools import partial, update_wrapper
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "ops_contentversion"
NEVER_SHOWN = (
    TABLE,
    "account_",
    "auth_",
    "django_",
    "home_territoryreview",
    "home_territorytaskstate",
    "media_customrendition",
    "mfa_",
    "socialaccount_",
    "users_",
    "usersessions_",
    "wagtailadmin_",
    "wagtailcore_apitoken",
    "wagtailcore_comment",
    "wagtailcore_modellogentry",
    "wagtailcore_referenceindex",
    "wagtailcore_task",
    "wagtailcore_uploadedfile",
    "wagtailcore_workflow",
    "wagtailusers_",
    "progetti_projectfollower",
    "sportello_applicationmessage",
    "sportello_attachedcv",
    "sportello_consent",
    "sportello_curriculumvitae",
    "sportello_exportrecord",
    "sportello_guardian",
    "sportello_inboxmark",
    "sportello_interviewslot",
    "sportello_proposal",
    "sportello_round",
    "sportello_supportnote",
    "sportello_youthprofile",
)
"""Beginnings of the names of tables that no public page reads."""

_READS = ("SELECT", "(SELECT", "SAVEPOINT", "RELEASE", "ROLLBACK", "PRAGMA", "EXPLAIN", "BEGIN", "SET ", "SHOW ")
_WRITE = re.compile(r'\s*(?:INSERT(?: OR \w+)? INTO|UPDATE|DELETE FROM)\s+"?(\w+)"?', re.IGNORECASE)

_of_request: ContextVar[list[int | None] | None] = ContextVar("content_version", default=None)


def read() -> int | None:
    """Read the number; None where nothing may be kept. One small query."""
    if not settings.PAGES_KEPT_SECONDS:
        return None
    try:
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(f"SELECT number FROM {TABLE} WHERE id = 1")  # noqa: S608  a constant
            row = cursor.fetchone()
    except DatabaseError:
        return None
    return row[0] if row else None


def of_request() -> int | None:
    """The number for the request under way, read when it is first asked for; None where nothing may be kept.

    Ask for it before reading what is to be kept under it.
    """
    holder = _of_request.get()
    if holder is None:
        return None
    if not holder:
        holder.append(read())
    return holder[0]


def remember() -> Any:
    """A request begins; the answer goes to `forget`."""
    return _of_request.set([])


def forget(token: Any) -> None:
    """The request is over."""
    _of_request.reset(token)


def notice_writes(connection: BaseDatabaseWrapper, **_kwargs: Any) -> None:
    """Watch a new connection; a receiver of `connection_created`."""
    wanted = settings.PAGES_KEPT_SECONDS and connection.alias == DEFAULT_DB_ALIAS
    if wanted and _watch not in connection.execute_wrappers:
        connection.execute_wrappers.append(_watch)


def is_public_write(sql: str) -> bool:
    """Whether a statement may change what the public reads. What is not understood may."""
    if sql[:10].upper().startswith(_READS):
        return False
    found = _WRITE.match(sql)
    return not (found and found[1].startswith(NEVER_SHOWN))


def _watch(execute: Any, sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
    result = execute(sql, params, many, context)
    # Some statements of the driver are no text: what is not understood may be a write.
    if is_public_write(sql if isinstance(sql, str) else ""):
        _grow_on_commit(context["connection"])
    return result


def _grow_on_commit(connection: BaseDatabaseWrapper) -> None:
    if not connection.in_atomic_block and not connection.get_autocommit():
        # Somebody commits by hand, and nobody can be told when.
        return
    # A savepoint that is rolled back takes its callbacks with it: so this looks rather than remembers.
    if not any(isinstance(entry[1], _Grow) for entry in connection.run_on_commit):
        # With the name of what it calls: Django writes it down when it fails.
        transaction.on_commit(update_wrapper(_Grow(grow), grow), using=connection.alias, robust=True)


class _Grow(partial):
    """The callback, recognisable among the others that wait for the commit."""


def grow() -> None:
    """Let the number grow: everything kept until now is old."""
    try:
        with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
            cursor.execute(f"UPDATE {TABLE} SET number = number + 1 WHERE id = 1")  # noqa: S608  a constant
    except DatabaseError:
        # While the first migrations run there is no such table, and nobody reads anything yet.
        return
