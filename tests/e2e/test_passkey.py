"""A passkey from its creation to signing in with it, with the authenticator that Chromium can pretend to have."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.e2e.accounts import AUTHOR, PASSWORD
from tests.e2e.axe import violations
from tests.e2e.conftest import Visitor

pytestmark = pytest.mark.browser


@pytest.fixture
def visitor(browser: Browser, demo: str):
    """Browsers accept passkeys without TLS on "localhost" only, not on an address of numbers."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, locale="it-IT")
    visitor = Visitor(context, demo.replace("127.0.0.1", "localhost"))
    session = context.new_cdp_session(visitor.page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    yield visitor
    context.close()


def test_from_creating_it_to_signing_in_with_it(visitor):
    page = visitor.page
    visitor.sign_in(AUTHOR)
    visitor.open("/account/2fa/webauthn/add/")
    if page.locator("input[name=password]").count():
        page.fill("input[name=password]", PASSWORD)
        page.click("main form button[type=submit]")
    assert violations(page) == []
    page.fill("main input[name=name]", "Telefono di prova")
    page.click("#mfa_webauthn_add")
    page.wait_for_url("**/recovery-codes/**")
    visitor.open("/account/2fa/webauthn/")
    assert "Telefono di prova" in page.inner_text("main")
    assert violations(page) == []

    visitor.open("/account/logout/")
    page.click("main form button[type=submit]")
    visitor.open("/account/login/")
    assert violations(page) == []
    page.click("#passkey_login")
    page.wait_for_url(lambda url: "/account/login" not in url)
    assert visitor.errors == []

    # The demo may be one that somebody goes on using: the passkey goes as it came.
    visitor.open("/account/2fa/webauthn/")
    page.click("main a[href*='/remove/']")
    if page.locator("input[name=password]").count():
        page.fill("input[name=password]", PASSWORD)
        page.click("main form button[type=submit]")
    page.click("main form button[type=submit]")
    page.wait_for_url("**/account/2fa/webauthn/")
    assert "Non ne hai ancora" in page.inner_text("main")


def test_a_browser_without_the_passkey_is_told(visitor):
    visitor.open("/account/login/")
    visitor.page.click("#passkey_login")
    alert = visitor.page.locator("[data-passkey-error]:visible")
    alert.wait_for()
    assert "Riprova" in alert.inner_text()


def test_without_javascript_the_other_ways_are_there(browser, demo):
    context = browser.new_context(java_script_enabled=False, locale="it-IT")
    visitor = Visitor(context, demo)
    visitor.open("/account/login/")
    assert not visitor.page.locator("#passkey_login").is_visible()
    assert visitor.page.locator("main form button[type=submit]").first.is_visible()
    context.close()
