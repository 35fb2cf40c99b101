"""The test databases: copies of one that was migrated once, because migrating takes longer than hundreds of tests.

`python -m tests.helpers.database` migrates the one that DATABASE_URL asks for, so that it is there when tests begin.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg import sql

from portal.settings.env import BASE_DIR

TEMPLATES = BASE_DIR / "var" / "test-databases"
KEPT = 4
PREFIX = "portal_migrated_"


def _migrations() -> dict[str, str]:
    """Each migration of ours with a digest of its text, and what we depend on under the name of its lock file."""
    files = [BASE_DIR / "requirements" / "dev.txt"]
    for app in ("portal", "progetti", "bandi", "sportello", "home"):
        files += sorted((BASE_DIR / app).rglob("migrations/*.py"))
    return {str(path.relative_to(BASE_DIR)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _name_of(migrations: dict[str, str]) -> str:
    return hashlib.sha256(json.dumps(migrations, sort_keys=True).encode()).hexdigest()[:16]


def _nearest(kept: dict[str, dict[str, str]], migrations: dict[str, str]) -> str | None:
    """The kept template that has most of these migrations and no other one; None if there is none."""
    lock_file = "requirements/dev.txt"
    fitting = [
        (len(known), name)
        for name, known in kept.items()
        if known.items() <= migrations.items() and known[lock_file] == migrations[lock_file]
    ]
    return max(fitting, default=(0, None))[1]


@contextmanager
def _alone(kind: str) -> Iterator[None]:
    """One process migrates, the others wait for what it made."""
    TEMPLATES.mkdir(parents=True, exist_ok=True)
    with (TEMPLATES / f"{kind}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _migrate(url: str) -> None:
    subprocess.run(
        [sys.executable, "-W", "ignore", "manage.py", "migrate", "--verbosity", "0"],
        cwd=BASE_DIR,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "portal.settings.test", "DATABASE_URL": url},
        check=True,
    )


def migrated_file() -> Path:
    """Return a migrated SQLite database, which nobody may change.

    It is migrated once for each set of migrations, from the nearest earlier set that is still kept.
    """
    migrations = _migrations()
    template = TEMPLATES / f"{_name_of(migrations)}.sqlite3"
    with _alone("sqlite"):
        if not template.exists():
            unfinished = template.with_suffix(".unfinished")
            unfinished.unlink(missing_ok=True)
            kept = {notes.stem: json.loads(notes.read_text()) for notes in TEMPLATES.glob("*.json")}
            if base := _nearest(kept, migrations):
                shutil.copyfile(TEMPLATES / f"{base}.sqlite3", unfinished)
            _migrate(f"sqlite:///{unfinished}")
            unfinished.rename(template)
            template.with_suffix(".json").write_text(json.dumps(migrations))
            for old in sorted(TEMPLATES.glob("*.json"), key=lambda notes: notes.stat().st_mtime)[:-KEPT]:
                old.with_suffix(".sqlite3").unlink(missing_ok=True)
                old.unlink()
    return template


def migrated_copy(target: Path) -> None:
    """Put a freshly migrated SQLite database at `target`."""
    shutil.copyfile(migrated_file(), target)


def _as_template(server: psycopg.Connection, name: str, template: str | None = None) -> None:
    server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
    source = sql.Identifier(template or "template0")
    server.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), source))


def migrated_template(url: str) -> str:
    """Return the name of a migrated database on the PostgreSQL server at `url`, which nobody may change or stay in.

    As on SQLite it is made from the nearest earlier one; which migrations each has is in its comment.
    """
    migrations = _migrations()
    name = PREFIX + _name_of(migrations)
    query = "SELECT datname, shobj_description(oid, 'pg_database') FROM pg_database WHERE datname LIKE %s ORDER BY oid"
    with _alone("postgresql"), psycopg.connect(url, autocommit=True) as server:
        kept = {known: json.loads(words) for known, words in server.execute(query, [f"{PREFIX}%"]) if words}
        if name not in kept:
            _as_template(server, name, _nearest(kept, migrations))
            _migrate(_in_database(url, name))
            comment = sql.SQL("COMMENT ON DATABASE {} IS {}")
            server.execute(comment.format(sql.Identifier(name), sql.Literal(json.dumps(migrations))))
            for old in [*kept][: -KEPT + 1]:
                server.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(old)))
    return name


@contextmanager
def migrated_database(url: str, name: str) -> Iterator[None]:
    """A freshly migrated database `name` on the PostgreSQL server at `url`, gone afterwards."""
    template = migrated_template(url)
    with _alone("postgresql"), psycopg.connect(url, autocommit=True) as server:
        _as_template(server, name, template)
    yield
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _in_database(url: str, name: str) -> str:
    return f"{url.rpartition('/')[0]}/{name}"


def keep_what_migrations_put_in(connection) -> None:
    """Let a test that commits leave behind the tables as the migrations filled them (PostgreSQL), not empty.

    Consent texts, the root of the pages and the like are there for the next test. DELETE, not TRUNCATE, which makes a
    thousand files anew each time; with the triggers off, because append-only tables refuse it. Only a superuser may
    turn them off: for any other user all stays as Django does it.
    """
    quote = connection.ops.quote_name
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        if not cursor.fetchone()[0]:
            return
        cursor.execute("DROP SCHEMA IF EXISTS migrated CASCADE")
        cursor.execute("CREATE SCHEMA migrated")
        refill = {}
        for table in connection.introspection.django_table_names(only_existing=True, include_views=False):
            cursor.execute(f"SELECT EXISTS (SELECT FROM {quote(table)})")
            if not cursor.fetchone()[0]:
                continue
            cursor.execute(
                "SELECT column_name FROM information_schema.columns"
                " WHERE table_schema = 'public' AND table_name = %s AND is_generated = 'NEVER'",
                [table],
            )
            columns = ", ".join(quote(name) for (name,) in cursor.fetchall())
            cursor.execute(f"CREATE TABLE migrated.{quote(table)} AS SELECT {columns} FROM {quote(table)}")
            refill[table] = f"INSERT INTO {quote(table)} ({columns}) SELECT {columns} FROM migrated.{quote(table)}"

    def sql_flush(_style, tables, *, reset_sequences=False, allow_cascade=False):
        return [
            "SET LOCAL session_replication_role = replica",
            *(f"DELETE FROM {quote(table)}" for table in tables),
            *(refill[table] for table in tables if table in refill),
        ]

    connection.ops.sql_flush = sql_flush


if __name__ == "__main__":
    address = os.environ["DATABASE_URL"]
    if address.startswith("sqlite"):
        migrated_file()
    else:
        migrated_template(address)
