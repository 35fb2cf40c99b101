"""What anybody can send without an account, in a real browser: its headers decide too whether it arrives."""

from __future__ import annotations

import time

import pytest

pytestmark = pytest.mark.browser


def test_following_a_project_from_the_form_to_the_link_in_the_mail(visitor):
    # The demo may be one that is already running, and already followed.
    page, email = visitor.page, f"lettrice{time.time_ns() // 1_000_000}@example.org"
    visitor.open("/segui/progetto/territori-generativi/")
    page.fill("main [name=email]", email)
    for button in ("form", "letter"):
        if button == "letter":
            visitor.open("/demo/posta/")
            with page.expect_navigation():
                page.locator("main li", has_text=email).first.locator("a").click()
            visitor.open(page.locator(f"main a[href^='{visitor.address}']").first.get_attribute("href"))
        with page.expect_navigation():
            page.locator("main form button.btn-primary[type=submit]").last.click()
        assert "403" not in page.inner_text("main"), button
    assert "Territori Generativi" in page.inner_text("main")
    assert (visitor.errors, visitor.outside) == ([], [])
