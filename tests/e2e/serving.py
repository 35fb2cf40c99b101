"""The portal on a loopback address for the browser: a folder with a database of its own, content, a web server.

`python -m tests.e2e.serving FOLDER` loads the demo there; with the folder's name in LOADED_DEMO the browser tests take
copies of it. Loading takes a minute: so it can be done beside other things, and once for all the workers.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from portal.settings.env import BASE_DIR
from tests.helpers.database import migrated_copy

DATABASE = "demo.sqlite3"
LOADED = "content"


def _environment(folder: Path, port: int) -> dict[str, str]:
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
        "DATABASE_URL": f"sqlite:///{folder / DATABASE}",
        "BASE_URL": f"http://127.0.0.1:{port}",
        "DEMO_FOLDER": str(folder),
        "PORT": str(port),
    }


def put_content(folder: Path, port: int, content: list[list[str]]) -> None:
    """Make a folder with a migrated database, what `content` puts into it, and the static files.

    Args:
        content: arguments for Python, each list a program that puts content into the database.
    """
    folder.mkdir(parents=True, exist_ok=True)
    migrated_copy(folder / DATABASE)
    for arguments in (*content, ["manage.py", "collectstatic", "--noinput", "--verbosity", "0"]):
        subprocess.run(
            [sys.executable, *arguments],
            cwd=BASE_DIR, env=_environment(folder, port), stdout=subprocess.DEVNULL, check=True,
        )  # fmt: skip


def loaded_demo(parent: Path) -> Path:
    """Return a folder inside `parent` with the demo loaded, which nobody may change; one loads, the others wait."""
    parent.mkdir(parents=True, exist_ok=True)
    with (parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (parent / LOADED).exists():
            unfinished = parent / "unfinished"
            shutil.rmtree(unfinished, ignore_errors=True)
            put_content(unfinished, free_port(), [["manage.py", "load_demo"]])
            unfinished.rename(parent / LOADED)
    return parent / LOADED


def copy_of(loaded: Path, folder: Path, port: int) -> None:
    """Make `folder` a copy of a loaded demo, for another port."""
    shutil.copytree(loaded, folder, dirs_exist_ok=True)
    with closing(sqlite3.connect(folder / DATABASE)) as database, database:
        database.execute("UPDATE wagtailcore_site SET port = ?", [port])


def free_port() -> int:
    """Return a port of the loopback address that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def serving(folder: Path, port: int) -> Iterator[str]:
    """Serve the portal of a folder; gives its address."""
    with (folder / "server.log").open("w") as log:
        server = subprocess.Popen(
            [str(Path(sys.executable).parent / "gunicorn"), "portal.wsgi"],
            cwd=BASE_DIR, env=_environment(folder, port), stdout=log, stderr=log,
        )  # fmt: skip
        try:
            _wait_for(f"http://127.0.0.1:{port}/health/ready/", server)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(timeout=30)


def _wait_for(url: str, server: subprocess.Popen) -> None:
    for _attempt in range(240):
        if server.poll() is not None:
            raise RuntimeError("The web server ended before it answered.")
        try:
            with urllib.request.urlopen(url, timeout=5) as response:
                if response.status == 200:
                    return
        except OSError:
            time.sleep(0.25)
    raise RuntimeError(f"{url} did not answer within a minute.")


if __name__ == "__main__":
    loaded_demo(Path(sys.argv[1]))
