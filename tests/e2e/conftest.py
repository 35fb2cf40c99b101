"""The demo as its users get it, in a real Chromium: own database, own content, own web server on loopback."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from portal.settings.env import BASE_DIR
from tests.e2e.accounts import PASSWORD, Account
from tests.helpers.database import migrated_copy

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Load the demo into a folder of its own and serve it; yields its address.

    DEMO_ADDRESS names one that is already running, which is quicker while writing tests.
    """
    if "DEMO_ADDRESS" in os.environ:
        yield os.environ["DEMO_ADDRESS"]
        return
    folder = tmp_path_factory.mktemp("demo")
    migrated_copy(folder / "demo.sqlite3")
    with serve(folder, [["manage.py", "load_demo"]]) as address:
        yield address


@contextmanager
def serve(folder: Path, content: list[list[str]]) -> Iterator[str]:
    """Serve the portal of a folder, whose database is `demo.sqlite3` there; gives its address.

    Args:
        content: arguments for Python, each list a program that puts content into the database before.
    """
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "portal.settings.dev",
        "DATABASE_URL": f"sqlite:///{folder / 'demo.sqlite3'}",
        "BASE_URL": address,
        "DEMO_FOLDER": str(folder),
        "PORT": str(port),
    }
    for arguments in (*content, ["manage.py", "collectstatic", "--noinput", "--verbosity", "0"]):
        subprocess.run([sys.executable, *arguments], cwd=BASE_DIR, env=environment, check=True)
    log = (folder / "server.log").open("w")
    server = subprocess.Popen(
        [str(Path(sys.executable).parent / "gunicorn"), "portal.wsgi"],
        cwd=BASE_DIR, env=environment, stdout=log, stderr=log,
    )  # fmt: skip
    try:
        _wait_for(f"{address}/health/ready/", server)
        yield address
    finally:
        server.terminate()
        server.wait(timeout=30)
        log.close()


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


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    path = os.environ.get("CHROMIUM") or "/usr/bin/chromium"
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=CHROMIUM_ARGUMENTS)
        yield chromium
        chromium.close()


class Visitor:
    """Somebody with a browser: remembers the pages' console errors and requests to the outside."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context = context
        self.address = address
        self.page: Page = context.new_page()
        self.errors: list[str] = []
        self.outside: list[str] = []
        self.page.on("console", lambda message: message.type == "error" and self.errors.append(message.text))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))
        self.page.on("request", self._note_outside)

    def _note_outside(self, request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.outside.append(request.url)

    def open(self, path: str):
        """Go to a path of the demo and wait until it is loaded."""
        return self.page.goto(path if path.startswith("http") else self.address + path)

    def sign_in(self, account: Account) -> None:
        """Sign in through the form, as anybody does."""
        self.open("/account/login/")
        self.page.fill("input[name=login]", account.email)
        self.page.fill("input[name=password]", PASSWORD)
        self.page.click("main form button[type=submit]")
        self.page.wait_for_url(lambda url: "/account/login" not in url)


@pytest.fixture
def visitor(browser: Browser, demo: str, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    """A desktop visitor without an account; parametrise `viewport` indirectly for other sizes."""
    size = getattr(request, "param", {"width": 1280, "height": 900})
    context = browser.new_context(viewport=size, locale="it-IT", reduced_motion="reduce")
    yield Visitor(context, demo)
    context.close()
