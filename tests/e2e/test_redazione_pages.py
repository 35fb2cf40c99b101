"""The redazione's own screens in the admin on a phone: axe finds nothing, nothing scrolls sideways."""

from __future__ import annotations

import pytest

from tests.e2e import accounts
from tests.e2e.axe import violations

pytestmark = pytest.mark.browser

SCREENS = (
    "",
    "piano/",
    "bandi/interessi/?stato=accepted",
    "patti/richieste/",
    "patti/firme/",
    "elenchi/bandi/",
    "snippets/progetti/action/",
    "reports/qualita/",
)


@pytest.mark.parametrize("visitor", [{"width": 360, "height": 740}], indirect=True)
def test_the_screens_of_the_redazione_on_a_phone(visitor):
    visitor.sign_in(accounts.REVIEWER)
    page, problems = visitor.page, []
    for screen in SCREENS:
        response = visitor.open(f"/admin/{screen}")
        if response is None or response.status != 200:
            problems.append(f"{screen}: status {response and response.status}")
            continue
        problems += [f"{screen}: {line}" for line in violations(page)]
        if page.evaluate("() => document.documentElement.scrollWidth > window.innerWidth"):
            problems.append(f"{screen}: scrolls sideways")
    visitor.open("/admin/patti/firme/")
    narrow = page.locator("td.title").first.evaluate("cell => cell.clientWidth")
    assert narrow > 150
    # The last column is out of sight, not out of reach.
    assert page.locator("#listing-results").evaluate("strip => getComputedStyle(strip).overflowX") == "auto"
    assert [*problems, *visitor.errors, *visitor.outside] == []


@pytest.mark.parametrize("visitor", [{"width": 360, "height": 740}], indirect=True)
def test_the_form_of_a_page_names_its_text_editors(visitor):
    visitor.sign_in(accounts.REVIEWER)
    page = visitor.page
    visitor.open("/admin/elenchi/progetti/")
    visitor.open(page.locator("td.title a[href*='/edit/']").last.get_attribute("href") or "")
    page.locator("[role=textbox][aria-labelledby]").first.wait_for(state="attached")
    assert violations(page) == []
    names = page.locator("[role=textbox][contenteditable]").evaluate_all(
        "editors => editors.map(editor => document.getElementById(editor.getAttribute('aria-labelledby'))?.textContent)"
    )
    assert "Come partecipare" in {(name or "").strip() for name in names}
