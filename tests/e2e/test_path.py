"""The Sportello's path from end to end: a phone without JavaScript for the people, the admin for the desk."""

from __future__ import annotations

import time
from datetime import date, timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Locator
from stdnum import luhn

from tests.e2e.accounts import OPERATOR
from tests.e2e.conftest import Visitor

pytestmark = pytest.mark.browser

PASSWORD = "quattro parole facili insieme"
# The demo may be one that is already running, and already walked.
RUN = f"{time.time_ns() // 1_000_000 % 10_000_000:07d}"
BUSINESS, YOUNG = f"officina{RUN}@example.org", f"giada{RUN}@example.org"
TITLE = f"Una prova in officina {RUN}"
VAT_NUMBER = f"{RUN}001" + luhn.calc_check_digit(f"{RUN}001")


@pytest.fixture
def people(browser: Browser, demo: str):
    """Two people with a phone and no JavaScript, and somebody at the desk with a computer."""
    phones = [
        browser.new_context(viewport={"width": 360, "height": 740}, locale="it-IT", java_script_enabled=False)
        for _person in range(2)
    ]
    computer = browser.new_context(viewport={"width": 1280, "height": 900}, locale="it-IT")
    yield [Visitor(context, demo) for context in (*phones, computer)]
    for context in (*phones, computer):
        context.close()


def go(visitor: Visitor, control: Locator) -> None:
    """Click a link or a button, and wait for the page it leads to: a slow server must not be read too soon."""
    with visitor.page.expect_navigation():
        control.click()


def submit(visitor: Visitor) -> None:
    """Press the one main button of the page."""
    go(visitor, visitor.page.locator("main form button.btn-primary[type=submit]").last)


def fill(visitor: Visitor, **values: str) -> None:
    for name, value in values.items():
        visitor.page.fill(f"main [name={name}]", value)


def newest_letter(visitor: Visitor, recipient: str) -> str:
    """Open the newest e-mail to somebody in the demo's letterbox, and give the address of its link."""
    visitor.open("/demo/posta/")
    go(visitor, visitor.page.locator("main li", has_text=recipient).first.locator("a"))
    return visitor.page.locator(f"main a[href^='{visitor.address}']").first.get_attribute("href")


def sign_up(visitor: Visitor, email: str, first_name: str) -> None:
    visitor.open("/account/signup/")
    birth_date = "1990-05-14"
    names = {"first_name": first_name, "last_name": "Prova", "birth_date": birth_date}
    fill(visitor, **names, email=email, password1=PASSWORD, password2=PASSWORD)
    visitor.page.check("main [name=privacy]")
    submit(visitor)
    visitor.open(newest_letter(visitor, email))
    assert "Conferma" in visitor.page.inner_text("h1")
    submit(visitor)
    if "/account/login" in visitor.page.url:
        fill(visitor, login=email, password=PASSWORD)
        submit(visitor)


def main_text(visitor: Visitor) -> str:
    return visitor.page.inner_text("body")


def write_offer(business: Visitor, today: date) -> None:
    """Go through the steps of an offer with two seats, and send it."""
    business.open("/area/azienda/offerte/nuova/")
    fill(business, title=TITLE, summary="Due mesi tra i motori.")
    business.page.check("main [name=kind][value=short]")
    business.page.select_option("main [name=sector]", index=1)
    submit(business)
    fill(business, tasks="Smontare, pulire, rimontare.")
    submit(business)
    start, end = today + timedelta(days=30), today + timedelta(days=75)
    fill(business, start_date=start.isoformat(), end_date=end.isoformat(), weekly_hours="8")
    for box in ("0", "3"):
        business.page.check(f"main [name=schedule][value='{box}']")
    submit(business)
    # Where the business works is there already.
    assert business.page.input_value("main [name=municipality_name]").startswith("Chieri")
    submit(business)
    fill(business, minimum_age="18", tutor_name="Gina, titolare")
    submit(business)
    # No seat is no offer: the page says so, and keeps what was written.
    fill(business, seats_count="0", indemnity="100")
    submit(business)
    assert business.page.locator("main .error-summary").count() == 1
    assert business.page.input_value("main [name=indemnity]") == "100"
    fill(business, seats_count="2")
    submit(business)
    # The last page shows all of it before it is sent.
    assert "Guarda e invia" in business.page.inner_text("h1")
    assert "Smontare, pulire, rimontare." in main_text(business)
    submit(business)


def test_from_registration_to_a_seat(people):
    business, young, desk = people
    today = timezone.localdate()

    # A business registers and writes an offer with two seats.
    sign_up(business, BUSINESS, "Gina")
    business.open("/area/azienda/registrazione/")
    fill(
        business,
        name=f"Officina Prova {RUN}",
        fiscal_code=VAT_NUMBER,
        municipality_name="Chieri",
        contact_name="Gina Prova",
    )
    business.page.check("main [name=kind][value=business]")
    submit(business)
    assert "/area/azienda/" in business.page.url
    write_offer(business, today)
    assert "controllo" in main_text(business).lower()

    # The desk verifies the business.
    desk.sign_in(OPERATOR)
    desk.open("/admin/sportello/realta/")
    go(desk, desk.page.get_by_role("link", name=f"Officina Prova {RUN}").first)
    go(desk, desk.page.get_by_role("link", name="Verifica").first)
    go(desk, desk.page.locator("main form button[type=submit], form button.button[type=submit]").last)

    # The business reads the pact and signs it; before, nothing of it may be published.
    business.open(newest_letter(business, BUSINESS))
    assert "Manca la firma" in main_text(business)
    submit(business)
    assert business.page.locator("main .error-summary").count() == 1
    fill(business, signer_name="Gina Prova")
    for box in ("read", "authorised"):
        business.page.check(f"main [name={box}]")
    submit(business)
    assert "Il patto è firmato" in main_text(business)
    desk.open("/admin/sportello/offerte/")
    go(desk, desk.page.get_by_role("link", name=TITLE).first)
    go(desk, desk.page.get_by_role("link", name="Pubblica").first)
    go(desk, desk.page.locator("main form button[type=submit], form button.button[type=submit]").last)

    # The public finds it; a young person registers, tells about themselves and applies.
    young.open(f"/sportello/?q={RUN}")
    assert TITLE in main_text(young)
    sign_up(young, YOUNG, "Giada")
    young.open("/area/giovane/profilo/")
    fill(young, birth_date="2004-05-14", home_name="Chieri")
    young.page.keyboard.press("Escape")
    submit(young)
    young.page.check("main [name=status][value=seeking]")
    young.page.select_option("main [name=study_path]", "vocational")
    submit(young)
    for name in ("interests", "skills"):
        young.page.locator(f"main [name={name}]").first.check()
        submit(young)
    for box in ("0", "3", "6"):
        young.page.check(f"main [name=availability][value='{box}']")
    submit(young)
    fill(young, max_distance_km="20")
    submit(young)
    submit(young)  # no CV
    young.page.check("main [name=matching_consent]")
    submit(young)
    young.open("/area/giovane/offerte/")
    assert TITLE in main_text(young)
    young.open(f"/sportello/?q={RUN}")
    go(young, young.page.get_by_role("link", name=TITLE).first)
    go(young, young.page.locator("main a[href*='/candidatura/']").first)
    fill(young, motivation="Mi piace capire come funzionano le cose, e con le mani imparo prima.")
    submit(young)
    assert "/area/giovane/candidature/" in young.page.url

    # The business reads the application and offers a seat.
    business.open(newest_letter(business, BUSINESS))
    assert "capire come funzionano" in main_text(business)
    go(business, business.page.locator("main a[href$='/offri/']").first)
    submit(business)

    # The young person accepts; both see it, and so does the desk.
    young.open(newest_letter(young, YOUNG))
    go(young, young.page.locator("main a[href$='/accetta/']").first)
    submit(young)
    assert "accettat" in main_text(young).lower()
    business.open("/area/azienda/")
    assert "accettat" in main_text(business).lower()
    desk.open("/admin/sportello/candidature/?q=Giada")
    assert "Giada Prova" in main_text(desk)

    for visitor in people[:2]:
        assert visitor.outside == []
        assert visitor.errors == []
