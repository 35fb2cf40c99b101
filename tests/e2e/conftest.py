"""The demo as its users get it, in a real Chromium: own database, own content, own web server on loopback."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.e2e.accounts import PASSWORD, Account
from tests.e2e.serving import copy_of, free_port, loaded_demo, serving

CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve a copy of the loaded demo from a folder of its own; yields its address.

    LOADED_DEMO names a folder in which the demo is loaded before, or by the first that needs it (tests.e2e.serving).
    DEMO_ADDRESS names one that is already running, which is quicker while writing tests.
    """
    if "DEMO_ADDRESS" in os.environ:
        yield os.environ["DEMO_ADDRESS"]
        return
    ours = tmp_path_factory.getbasetemp()
    of_all_workers = ours.parent if "PYTEST_XDIST_WORKER" in os.environ else ours
    loaded = loaded_demo(Path(os.environ.get("LOADED_DEMO") or of_all_workers / "loaded-demo"))
    folder, port = tmp_path_factory.mktemp("demo"), free_port()
    copy_of(loaded, folder, port)
    with serving(folder, port) as address:
        yield address


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
