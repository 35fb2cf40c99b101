"""The test database: on SQLite a copy of one that was migrated once, because migrating takes longer than most tests."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from portal.settings.env import BASE_DIR

TEMPLATES = BASE_DIR / "var" / "test-databases"


def _fingerprint() -> str:
    """Changes with every migration of ours and with every release of what we depend on."""
    digest = hashlib.sha256((BASE_DIR / "requirements" / "dev.txt").read_bytes())
    for app in ("portal", "progetti", "bandi", "sportello", "home"):
        for path in sorted((BASE_DIR / app).rglob("migrations/*.py")):
            digest.update(str(path.relative_to(BASE_DIR)).encode() + path.read_bytes())
    return digest.hexdigest()[:16]


def migrated_copy(target: Path) -> None:
    """Put a freshly migrated SQLite database at `target`, migrating only if no copy of these migrations is kept."""
    TEMPLATES.mkdir(parents=True, exist_ok=True)
    template = TEMPLATES / f"{_fingerprint()}.sqlite3"
    with (TEMPLATES / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not template.exists():
            for old in TEMPLATES.glob("*.sqlite3*"):
                old.unlink()
            unfinished = template.with_suffix(".unfinished")
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
        shutil.copyfile(template, target)
