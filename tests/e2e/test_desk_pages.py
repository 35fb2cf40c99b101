"""The desk's own screens in the admin, as a supervisor: axe finds nothing, nothing scrolls sideways.

What axe says of Wagtail's own frame is looked at too: with the version that is pinned it finds nothing either.
"""

from __future__ import annotations

import pytest

from tests.e2e import accounts
from tests.e2e.axe import violations

pytestmark = pytest.mark.browser

SCREENS = (
    "in-arrivo/",
    "in-arrivo/?tipo=unanswered&scegli=tutte",
    "in-arrivo/?q=nessuno-si-chiama-così",
    "in-arrivo/esito/",
    "da-controllare/offerte/",
    "da-controllare/realta/",
    "giovani/",
    "candidature/",
    "realta/1/",
    "offerte/1/",
    "candidature/1/",
    "candidature/1/withdraw/",
    "giovani/1/",
    "giovani/2/candida/",
    "note/giovane/1/",
    "note/",
    "esportazioni/",
    "numeri/",
    "numeri/?dal=boh",
)


@pytest.mark.parametrize("visitor", [{"width": 360, "height": 740}, {"width": 1280, "height": 900}], indirect=True)
def test_the_screens_of_the_desk(visitor):
    visitor.sign_in(accounts.SUPERVISOR)
    problems = []
    for screen in SCREENS:
        response = visitor.open(f"/admin/sportello/{screen}")
        if response is None or response.status != 200:
            problems.append(f"{screen}: status {response and response.status}")
            continue
        problems += [f"{screen}: {line}" for line in violations(visitor.page)]
        width = visitor.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if width > 0:
            problems.append(f"{screen}: scrolls sideways by {width} px")
    problems += [f"console: {line}" for line in visitor.errors]
    visitor.open("/admin/sportello/non-esiste/")
    assert "Questa pagina non c'è" in visitor.page.inner_text("h1")
    problems += [f"not found: {line}" for line in violations(visitor.page)]
    problems += [f"outside request: {url}" for url in visitor.outside]
    assert not problems, "\n".join(problems)


def test_several_rows_are_worked_through_with_the_keyboard_alone(visitor):
    visitor.sign_in(accounts.SUPERVISOR)
    visitor.open("/admin/sportello/in-arrivo/?scegli=tutte")
    page = visitor.page
    page.focus("#desk-action")
    page.keyboard.press("Tab")
    with page.expect_navigation(url="**/esito/"):
        page.keyboard.press("Enter")
    assert violations(page) == []
    page.focus("text=Torna sui tuoi passi")
    with page.expect_navigation(url="**/esito/"):
        page.keyboard.press("Enter")
    assert "Non me ne occupo più" in page.inner_text("main")
