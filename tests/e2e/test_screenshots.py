"""The pictures of the README: `make screenshots` takes them anew; otherwise the pages are only opened."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.e2e import accounts

pytestmark = pytest.mark.browser


def picture(visitor, name: str) -> None:
    visitor.page.evaluate("document.querySelectorAll('img[loading=lazy]').forEach(image => image.loading = 'eager')")
    visitor.page.wait_for_load_state("networkidle")
    assert visitor.page.locator("h1").count() == 1
    folder = os.environ.get("TAKE_SCREENSHOTS")
    if folder:
        visitor.page.screenshot(path=str(Path(folder) / name))


def test_home(visitor):
    visitor.open("/")
    picture(visitor, "home.png")


@pytest.mark.parametrize("visitor", [{"width": 390, "height": 844}], indirect=True)
def test_offers_with_reasons(visitor):
    visitor.sign_in(accounts.YOUTH)
    visitor.open("/area/giovane/offerte/")
    picture(visitor, "offers.png")
