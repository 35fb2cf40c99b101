"""Rounds in a real browser: the desk's pages in each state, a list and bands made with the keyboard and no script."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e import accounts
from tests.e2e.axe import violations
from tests.e2e.conftest import Visitor

pytestmark = pytest.mark.browser

PUBLISHED, TO_PUBLISH, BANDS = "già conclusa", "da pubblicare", "fasce in corso"
OPEN, SECOND = "prova aperta", "Seconda"
PAGES = {
    OPEN: ("", "offerte/", "date/", "liste/", "coppie/", "esecuzioni/", "cancel/"),
    BANDS: ("", "fasce/"),
    TO_PUBLISH: ("", "esecuzioni/", "esecuzioni/1/", "confronto/", "publish/", "reopen/"),
    PUBLISHED: ("", "risultati/", "risultati/?chi=senza", "equita/", "send/"),
    SECOND: ("", "liste/"),
}
SIZES = [{"width": 360, "height": 740}, {"width": 1280, "height": 900}]


@pytest.fixture
def phone(browser: Browser, demo: str) -> Iterator[Visitor]:
    """A phone that runs no script."""
    size = {"width": 360, "height": 740}
    context = browser.new_context(viewport=size, locale="it-IT", reduced_motion="reduce", java_script_enabled=False)
    yield Visitor(context, demo)
    context.close()


def problems_of(visitor: Visitor, path: str) -> list[str]:
    """What is wrong with a page: how it answers, axe, sideways scroll."""
    response = visitor.open(path)
    if response is None or response.status != 200:
        return [f"{path}: status {response and response.status}"]
    found = [f"{path}: {line}" for line in violations(visitor.page)]
    width = visitor.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    return [*found, f"{path}: scrolls sideways by {width} px"] if width > 0 else found


def address(page: Page, words: str) -> str:
    """Where the link leads that has these words in it."""
    return page.locator("main a", has_text=words).first.get_attribute("href") or ""


@pytest.mark.parametrize("visitor", SIZES, indirect=True)
def test_the_screens_of_the_desk(visitor):
    visitor.sign_in(accounts.SUPERVISOR)
    problems = problems_of(visitor, "/admin/sportello/tornate/")
    rounds = {words: address(visitor.page, words) for words in PAGES}
    for words, pages in PAGES.items():
        for page in pages:
            problems += problems_of(visitor, rounds[words] + page)
    visitor.open(rounds[TO_PUBLISH] + "confronto/")
    first, second = (box.get_attribute("value") for box in visitor.page.locator("select[name=first] option").all()[1:])
    problems += problems_of(visitor, f"{rounds[TO_PUBLISH]}confronto/?first={first}&second={second}")
    assert visitor.page.locator("main .error-message, main .field-error").count() == 0
    visitor.open(rounds[BANDS] + "fasce/")
    offer = visitor.page.locator("main a[href*='/tornate/fasce/']").first
    problems += problems_of(visitor, offer.get_attribute("href") or "")
    problems += [f"console: {line}" for line in visitor.errors]
    problems += [f"outside request: {url}" for url in visitor.outside]
    assert not problems, "\n".join(problems)


@pytest.mark.parametrize("visitor", SIZES, indirect=True)
@pytest.mark.parametrize(("account", "area"), [(accounts.YOUTH, "giovane"), (accounts.HOST, "azienda")])
def test_the_pages_of_the_people(visitor, account, area):
    visitor.sign_in(account)
    problems = problems_of(visitor, f"/area/{area}/tornate/")
    links = visitor.page.locator(f"main a[href*='/area/{area}/tornate/']").all()
    addresses = {link.get_attribute("href") or "" for link in links}
    assert len(addresses) >= 4, addresses
    for path in sorted(addresses):
        problems += problems_of(visitor, path)
    assert not problems, "\n".join(problems)


def test_a_list_is_made_with_the_keyboard_and_no_script(phone):
    phone.sign_in(accounts.YOUTH)
    phone.open("/area/giovane/tornate/")
    phone.open(address(phone.page, OPEN))
    page = phone.page
    before = page.locator("ol.rows .rows__title").all_inner_texts()
    page.locator("button[name=giu]").first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    after = page.locator("ol.rows .rows__title").all_inner_texts()
    assert after[:2] == [before[1], before[0]]
    assert after[2:] == before[2:]
    assert "la lista non è ancora salvata" in page.inner_text("main")
    # The page opens at the line that was moved: the next press of Tab is on it, not at the top of the page.
    page.keyboard.press("Tab")
    assert before[0] in page.locator("ol.rows > li", has=page.locator(":focus")).inner_text()
    page.get_by_role("button", name="Salva la lista").first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator("ol.rows .rows__title").all_inner_texts() == after
    assert "non è ancora salvata" not in page.inner_text("main")
    assert "Questa è una bozza" not in page.inner_text("main")


def test_bands_are_made_with_the_keyboard_and_no_script(phone):
    phone.sign_in(accounts.HOST)
    phone.open("/area/azienda/tornate/")
    page = phone.page
    rows = page.locator("main li", has_text=BANDS).all()
    for path in [row.locator("a").first.get_attribute("href") for row in rows]:
        phone.open(path or "")
        if page.locator("form .bands-form select").count():
            break
    choice = page.locator("form .bands-form select").first
    name, was = choice.get_attribute("name"), choice.input_value()
    choice.focus()
    page.keyboard.press("ArrowDown" if was == "1" else "ArrowUp")
    chosen = page.locator(f"select[name={name}]").input_value()
    assert chosen != was
    page.get_by_role("button", name="Salva le fasce").focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.locator(f"select[name={name}]").input_value() == chosen
    assert "È una bozza fatta con i punteggi" not in page.inner_text("main")


def test_the_desk_walks_a_round_on_a_phone_with_no_script(phone):
    phone.sign_in(accounts.SUPERVISOR)
    phone.open("/admin/sportello/tornate/")
    page = phone.page
    # Not under the sidebar, which only a script fills: what can be clicked is not covered.
    page.locator("main a", has_text=OPEN).first.click()
    page.locator("main a", has_text="Coppie").first.click()
    page.get_by_label("E-mail della persona").fill(accounts.YOUTH.email)
    page.locator("select[name=round_offer]").select_option(index=1)
    page.get_by_label("Escluso").check()
    page.get_by_label("Il motivo").fill("Lavora lì una persona della famiglia.")
    page.get_by_role("button", name="Salva la coppia").click()
    assert "Coppia salvata" in page.inner_text("main")
    page.locator("main a", has_text="Togli").first.click()
    page.get_by_role("button", name="Togli la coppia").click()
    assert "Nessuna coppia, per ora." in page.inner_text("main")
