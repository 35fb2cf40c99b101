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
