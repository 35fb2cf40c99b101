"""The test database: on SQLite a copy of one that was migrated once, because migrating takes longer than most tests."""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from portal.settings.env import BASE_DIR

TEMPLATES = BASE_DIR / "var" / "test-databases"


KEPT = 4


def _migrations() -> dict[str, str]:
    """Each migration of ours with a digest of its text, and what we depend on under the name of its lock file."""
    files = [BASE_DIR / "requirements" / "dev.txt"]
    for app in ("portal", "progetti", "bandi", "sportello", "home"):
        files += sorted((BASE_DIR / app).rglob("migrations/*.py"))
    return {str(path.relative_to(BASE_DIR)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _start_from(migrations: dict[str, str]) -> Path | None:
    """Return the kept template that has most of these migrations and no other one; None if there is none."""
    fitting = []
    for notes in TEMPLATES.glob("*.json"):
        known = json.loads(notes.read_text())
        if known.items() <= migrations.items() and known["requirements/dev.txt"] == migrations["requirements/dev.txt"]:
            fitting.append((len(known), notes.with_suffix(".sqlite3")))
    return max(fitting, default=(0, None))[1]


def migrated_copy(target: Path) -> None:
    """Put a freshly migrated SQLite database at `target`.

    It is migrated once for each set of migrations, from the nearest earlier set that is still kept.
    """
    TEMPLATES.mkdir(parents=True, exist_ok=True)
    migrations = _migrations()
    name = hashlib.sha256(json.dumps(migrations, sort_keys=True).encode()).hexdigest()[:16]
    template = TEMPLATES / f"{name}.sqlite3"
    with (TEMPLATES / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not template.exists():
            unfinished = template.with_suffix(".unfinished")
            unfinished.unlink(missing_ok=True)
            if base := _start_from(migrations):
                shutil.copyfile(base, unfinished)
            subprocess.run(
                [sys.executable, "-W", "ignore", "manage.py", "migrate", "--verbosity", "0"],
                cwd=BASE_DIR,
                env={
                    **os.environ,
                    "DJANGO_SETTINGS_MODULE": "portal.settings.test",
                    "DATABASE_URL": f"sqlite:///{unfinished}",
                },
                check=True,
            )
            unfinished.rename(template)
            template.with_suffix(".json").write_text(json.dumps(migrations))
            for old in sorted(TEMPLATES.glob("*.json"), key=lambda notes: notes.stat().st_mtime)[:-KEPT]:
                old.with_suffix(".sqlite3").unlink(missing_ok=True)
                old.unlink()
        shutil.copyfile(template, target)


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
