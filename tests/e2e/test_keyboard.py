"""A young person who uses the keyboard alone, from the list of experiences to an application that is sent and left."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import Browser

from tests.e2e.accounts import HOST
from tests.e2e.conftest import Visitor
from tests.e2e.keyboard import Hands
from tests.e2e.test_path import fill, go, newest_letter, submit

pytestmark = pytest.mark.browser

PASSWORD = "quattro parole facili insieme"
YOUNG = f"teo{time.time_ns() // 1_000_000 % 10_000_000:07d}@example.org"
OFFER = "Rimettere in piedi una sedia"
MOTIVATION = "Le sedie rotte le tengo: vorrei imparare come si fa a rimetterle in piedi."


@pytest.fixture
def host(browser: Browser, demo: str):
    """Who receives the application, with a mouse: what they do is tried elsewhere."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="it-IT", reduced_motion="reduce")
    yield Visitor(context, demo)
    context.close()


def test_a_young_persons_whole_way_by_keyboard_alone(visitor, host):
    hands = Hands(visitor)
    search(hands)
    sign_up(hands, host)
    tell_about_oneself(hands)
    apply(hands)
    propose_times(host)
    meet_and_leave(hands)
    assert visitor.errors == []
    assert visitor.outside == []


def search(hands: Hands) -> None:
    """The filters, with a place from the list of suggestions; then the offer, and the way to apply."""
    page = hands.page
    hands.visitor.open("/sportello/")
    hands.to("Cerca e filtra")
    hands.press("Enter")
    hands.to("Vicino a")
    hands.suggested("chier", "Chieri (TO)")
    hands.to("Entro quanti chilometri")
    hands.press("ArrowDown")
    hands.follow("Mostra", tag="button")
    assert "vicino=Chieri" in page.url
    hands.follow(OFFER)
    hands.follow("Candidati")
    assert "/account/login/" in page.url


def sign_up(hands: Hands, mailbox: Visitor) -> None:
    """A new account, with a mistake on the way; then the link in the e-mail."""
    page = hands.page
    hands.follow("Crea il tuo account")
    hands.to("Data di nascita")
    page.keyboard.type("10102004")
    hands.to("Nome")
    page.keyboard.type("Teo")
    hands.to("Cognome")
    page.keyboard.type("Tasti")
    hands.to("Indirizzo e-mail")
    page.keyboard.type(YOUNG)
    for field in ("password1", "password2"):
        hands.to(field=field)
        page.keyboard.type(PASSWORD)
    # The box was overlooked: the summary has the focus, and its line leads to the box.
    hands.follow("Crea l'account", tag="button")
    assert "error-summary" in hands.where()["classes"]
    hands.to(tag="a")
    hands.press("Enter")
    assert hands.where()["field"] == "privacy"
    hands.press("Space")
    hands.to(field="password1", key="Shift+Tab")
    page.keyboard.type(PASSWORD)
    hands.to(field="password2")
    page.keyboard.type(PASSWORD)
    hands.follow("Crea l'account", tag="button")
    hands.visitor.open(newest_letter(mailbox, YOUNG))
    hands.follow("Conferma", tag="button")


def tell_about_oneself(hands: Hands) -> None:
    """The steps of the profile, one after the other; the last one leads back to the experience one came for."""
    page = hands.page
    assert page.inner_text("h1") == "Chi sei"
    hands.to("Comune in cui vivi")
    hands.press("Tab")
    hands.to("Salva e vai avanti", tag="button")
    hands.enter()
    # The municipality was skipped.
    assert "error-summary" in hands.where()["classes"]
    hands.to(tag="a")
    hands.press("Enter")
    assert hands.where()["field"] == "home_name"
    hands.suggested("chieri", "Chieri (TO)")
    go_on(hands, "Che cosa fai")
    hands.to(field="status")
    hands.press("ArrowDown")
    hands.to(field="study_path")
    hands.press("ArrowDown")
    go_on(hands, "Che cosa ti piace")
    hands.to("Artigianato e restauro")
    hands.press("Space")
    go_on(hands, "Che cosa sai fare")
    hands.to("Manualità")
    hands.press("Space")
    go_on(hands, "Quando puoi")
    hands.to(field="availability")
    while hands.where()["field"] == "availability":
        hands.press("Space")
        hands.step()
    go_on(hands, "Fin dove arrivi")
    hands.to(field="max_distance_km")
    hands.type("20")
    go_on(hands, "Curriculum")
    go_on(hands, "Il tuo permesso")
    hands.to(field="matching_consent")
    hands.press("Space")
    hands.follow("Salva e finisci")
    assert page.inner_text("h1") == OFFER


def go_on(hands: Hands, title: str) -> None:
    """Save a step, which opens the next."""
    hands.follow("Salva e vai avanti", tag="button")
    assert hands.page.inner_text("h1") == title


def apply(hands: Hands) -> None:
    """The letter, empty at first; beside it is what the host will read."""
    page = hands.page
    assert "Teo Tasti" in page.locator("main aside").inner_text()
    hands.follow("Invia la candidatura")
    assert "error-summary" in hands.where()["classes"]
    hands.to(tag="a")
    hands.press("Enter")
    assert hands.where()["field"] == "motivation"
    hands.type(MOTIVATION)
    hands.follow("Invia la candidatura")
    assert MOTIVATION in page.inner_text("main")
    hands.follow("Scrivi un messaggio")
    hands.to("Il tuo messaggio")
    hands.type("Posso venire a vedere la bottega?")
    hands.follow("Invia il messaggio")
    assert "Posso venire a vedere la bottega?" in page.inner_text("main ol")
    hands.follow("Torna alla candidatura")


def propose_times(host: Visitor) -> None:
    """The host wants to know them, and proposes two times."""
    address = newest_letter(host, HOST.email)
    host.sign_in(HOST)
    host.open(address)
    go(host, host.page.locator("main a[href$='/conosci/']"))
    submit(host)
    if not host.page.url.endswith("/incontri/"):
        go(host, host.page.locator("main a[href$='/incontri/']"))
    day = timezone.localdate() + timedelta(days=5)
    fill(host, time_1=f"{day}T15:00", time_2=f"{day}T17:30", place="In bottega, via Prova 1")
    submit(host)


def meet_and_leave(hands: Hands) -> None:
    """One of the times is picked, then the application is withdrawn: each after a question that can be left."""
    page = hands.page
    hands.visitor.open(page.url)
    hands.follow("Scelgo questo")
    hands.follow("", tag="button", classes="btn btn-primary btn-lg")
    assert "L'incontro è fissato" in page.inner_text("main")
    hands.follow("Ritira la candidatura")
    hands.follow("Torna indietro")
    hands.follow("Ritira la candidatura")
    hands.follow("Ritiro la candidatura", tag="button")
    assert page.locator(".state", has_text="Ritirata").is_visible()
